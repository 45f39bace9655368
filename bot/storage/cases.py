"""Cases: read as the state they are in, moved only from the state they were seen in."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Row, and_, func, insert, literal, or_, select, update

from bot.domain.case import Case, CaseFile, Claimed, Closed, Contact, Outcome, Queued, Shut, Submitted, Work
from bot.domain.coding import Channel, Circumstance, Coding, Gbvims, Violator
from bot.domain.consent import Consents
from bot.domain.errors import NotFound, OutOfDate
from bot.domain.ids import CaseCode, PersonId, new_case_code
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.triage import Urgency
from bot.storage import tables
from bot.storage.journal import Journal
from bot.storage.tables import Moment
from bot.storage.transaction import Transaction

State = TypeVar("State", Submitted, Queued, Claimed, Closed)
ERASED = "erased"
"""The status of a row that is no case any more: it is only counted."""

T = tables.cases


def owner_of(code: CaseCode) -> str:
    """The name under which a case's data key is kept."""
    return f"case:{code}"


class Cases:
    """The cases of the hotline."""

    def __init__(self, tx: Transaction, journal: Journal) -> None:
        self._tx = tx
        self._journal = journal

    async def new_code(self) -> CaseCode:
        """A code no case has or had: the journal still names those that are erased."""
        while True:
            code = new_case_code(self._tx.chance)
            had = select(tables.journal.c.id).where(tables.journal.c.case_code == code).limit(1)
            if not await self._tx.read(select(T.c.code).where(T.c.code == code)) and not await self._tx.read(had):
                return code

    async def open(self, case: Submitted | Queued) -> None:
        """Keep a new case, with a data key of its own."""
        await self._tx.new_key(owner_of(case.file.code))
        await self._tx.write(insert(T).values(**_columns(case), code=case.file.code, channel=case.file.channel))

    async def entered(self, code: CaseCode, by: PersonId) -> None:
        """Who wrote it down for her."""
        await self._tx.write(update(T).where(T.c.code == code).values(entered_by=by))

    async def find(self, code: CaseCode) -> Case | None:
        """The case in the state it is in; None when there is none, or none any more."""
        rows = await self._tx.read(select(T).where(T.c.code == code, T.c.status != ERASED))
        return case_of(rows[0]) if rows else None

    async def get(self, code: CaseCode, state: type[State]) -> State:
        """The case in this very state. Raises NotFound, or OutOfDate when it has moved on."""
        case = await self.find(code)
        if case is None:
            raise NotFound("refusal.no_case", code=code)
        if not isinstance(case, state):
            raise OutOfDate("refusal.moved_on", code=code)
        return case

    async def move(self, old: Case, new: Case, *, actor: Person | None, action: Action) -> None:
        """From one state to the next, and into the journal. Raises OutOfDate when somebody moved it before."""
        moved = await self._tx.write(
            update(T)
            .where(
                T.c.code == old.file.code,
                T.c.status == _status(old),
                T.c.version == old.file.version,
            )
            .values(**_columns(new) | _first_taken(new) | {"version": old.file.version + 1})
        )
        if not moved:
            raise OutOfDate("refusal.moved_on", code=old.file.code)
        self._journal.note(action, actor=actor, case=old.file.code)

    async def held_by(self, lawyer: PersonId) -> list[Claimed]:
        """The cases a lawyer holds, the most urgent and oldest first."""
        rows = await self._tx.read(select(T).where(and_(T.c.lawyer == lawyer, T.c.status == "claimed")))
        found = [case for case in map(case_of, rows) if isinstance(case, Claimed)]
        return sorted(found, key=lambda case: (case.file.urgency.order, case.at))

    async def of_seeker(self, seeker: PersonId) -> list[Case]:
        """Her cases, the newest first."""
        rows = await self._tx.read(select(T).where(T.c.seeker == seeker).order_by(T.c.submitted_at.desc()))
        return [case_of(row) for row in rows]

    async def officials_involved(self, seeker: PersonId) -> bool:
        """True when an officer or an official has a part in any case of hers."""
        named = or_(T.c.officials == "yes", T.c.category == "POL")
        return bool(await self._tx.read(select(T.c.code).where(T.c.seeker == seeker, named).limit(1)))

    async def sent_before(self, file: CaseFile, within: timedelta) -> int:
        """How many appeals the same person had sent in the time before this one."""
        before = (T.c.submitted_at < file.submitted_at, T.c.submitted_at > file.submitted_at - within)
        query = select(func.count()).select_from(T).where(T.c.seeker == file.seeker, *before)
        return int((await self._tx.read(query))[0][0])

    async def waiting_for_a_group(self) -> list[Submitted]:
        """The cases that came in while there was no operator group."""
        rows = await self._tx.read(select(T).where(T.c.status == "submitted").order_by(T.c.submitted_at))
        return [case for case in map(case_of, rows) if isinstance(case, Submitted)]

    async def queue(self) -> list[Queued]:
        """Everything that waits for a lawyer, the most urgent and oldest first."""
        rows = await self._tx.read(select(T).where(T.c.status == "queued"))
        found = [case for case in map(case_of, rows) if isinstance(case, Queued)]
        return sorted(found, key=lambda case: (case.file.urgency.order, case.since))

    async def set_language(self, seeker: PersonId, language: str) -> None:
        """Her open cases are read in the language she has chosen now."""
        open_ = (T.c.seeker == seeker, T.c.status != "closed")
        await self._tx.write(update(T).where(*open_).values(language=language))

    async def touch(self, case: Case) -> None:
        """Whoever moves this case from what was seen until now is too late. Raises OutOfDate when it has moved."""
        seen = (T.c.code == case.file.code, T.c.version == case.file.version)
        if not await self._tx.write(update(T).where(*seen).values(version=case.file.version + 1)):
            raise OutOfDate("refusal.moved_on", code=case.file.code)

    async def she_wrote(self, code: CaseCode) -> None:
        """What its lawyer waited for has come. No move: her words go in whatever happens to the case meanwhile."""
        waits = (T.c.code == code, T.c.status == "claimed", T.c.work == Work.WAITING_FOR_HER)
        await self._tx.write(update(T).where(*waits).values(work=Work.WORKING))

    async def set_conflict(self, code: CaseCode, person: PersonId) -> None:
        """This lawyer never sees this case again."""
        if not await self.in_conflict(code, person):
            await self._tx.write(insert(tables.conflicts).values(case_code=code, person=person))

    async def in_conflict(self, code: CaseCode, person: PersonId) -> bool:
        """True when this lawyer said `not me` of this case."""
        conflict = tables.conflicts.c
        query = select(conflict.person).where(conflict.case_code == code, conflict.person == person)
        return bool(await self._tx.read(query))


def _file(row: Row[Any]) -> CaseFile:
    return CaseFile(
        code=CaseCode(row.code),
        seeker=PersonId(row.seeker),
        submitted_at=row.submitted_at,
        urgency=Urgency(row.urgency),
        category=row.category,
        subcategory=row.subcategory,
        language=row.language,
        country=row.country,
        region=row.region,
        for_whom=row.for_whom,
        safe_to_contact=row.safe_to_contact,
        age=row.age,
        happened=row.happened,
        happened_from=row.happened_from,
        happened_until=row.happened_until,
        officials=row.officials,
        danger=row.danger,
        contact=Contact(row.contact) if row.contact else None,
        hours=row.hours,
        consents=Consents(row.consent_share, row.consent_statistics, row.consent_follow_up, row.consent_evidence),
        prefers_woman=row.prefers_woman,
        coding=coding_of(row),
        channel=Channel(row.channel) if row.channel else None,
        version=row.version,
    )


def case_of(row: Row[Any]) -> Case:
    """A row of `cases` as the state it is."""
    file = _file(row)
    match row.status:
        case "submitted":
            return Submitted(file)
        case "queued":
            return Queued(file, since=row.queued_at)
        case "claimed":
            work = Work(row.work) if row.work else None
            return Claimed(file, PersonId(row.lawyer), row.claimed_at, work, row.her_turn_at)
        case "shut" if row.outcome is None:
            return Shut(file, until=row.shut_until)
        case status:
            closed = Closed(file, lawyer=PersonId(row.lawyer), outcome=Outcome(row.outcome), at=row.closed_at)
            return closed if status == "closed" else closed.shut(row.shut_until)


def coding_of(row: Row[Any]) -> Coding:
    """How a row of `cases` is coded."""
    return Coding(
        gbvims=Gbvims(row.gbvims) if row.gbvims else None,
        violator=Violator(row.violator) if row.violator else None,
        violated=tuple((row.violated or "").split()),
        circumstances=frozenset(map(Circumstance, (row.circumstances or "").split())),
        told_elsewhere=row.told_elsewhere,
    )


def _status(case: Case) -> str:
    return type(case).__name__.lower()


def _columns(case: Case) -> dict[str, Any]:
    file = case.file
    return {
        "status": _status(case),
        "seeker": file.seeker,
        "submitted_at": file.submitted_at,
        "urgency": file.urgency,
        "category": file.category,
        "subcategory": file.subcategory,
        "language": file.language,
        "country": file.country,
        "region": file.region,
        "for_whom": file.for_whom,
        "safe_to_contact": file.safe_to_contact,
        "age": file.age,
        "happened": file.happened,
        "happened_from": file.happened_from,
        "happened_until": file.happened_until,
        "officials": file.officials,
        "danger": file.danger,
        "contact": file.contact,
        "hours": file.hours,
        "consent_share": file.consents.share,
        "consent_statistics": file.consents.statistics,
        "consent_follow_up": file.consents.follow_up,
        "consent_evidence": file.consents.evidence,
        "prefers_woman": file.prefers_woman,
        **_coded(file.coding),
    } | _moments(case)


def _coded(coding: Coding) -> dict[str, Any]:
    return {
        "gbvims": coding.gbvims,
        "violator": coding.violator,
        "violated": " ".join(coding.violated) or None,
        "circumstances": " ".join(sorted(coding.circumstances)) or None,
        "told_elsewhere": coding.told_elsewhere,
    }


def _first_taken(case: Case) -> dict[str, Any]:
    """The moment at which the first lawyer took it; nothing that comes later changes it."""
    return {"taken_at": func.coalesce(T.c.taken_at, literal(case.at, Moment()))} if isinstance(case, Claimed) else {}


def _moments(case: Case) -> dict[str, datetime | str | None]:
    none = ("lawyer", "claimed_at", "work", "her_turn_at", "closed_at", "outcome", "shut_until")
    empty: dict[str, datetime | str | None] = dict.fromkeys(none)
    match case:
        case Submitted():
            return empty | {"queued_at": None}
        case Queued():
            return empty | {"queued_at": case.since}
        case Claimed():
            empty |= {"lawyer": case.lawyer, "claimed_at": case.at}
            return empty | {"work": case.work, "her_turn_at": case.her_turn_at}
        case Closed():
            del empty["claimed_at"]  # it stays as it was
            return empty | {"lawyer": case.lawyer, "closed_at": case.at, "outcome": case.outcome}
        case Shut():
            return (_moments(case.was) if case.was else empty) | {"shut_until": case.until}
