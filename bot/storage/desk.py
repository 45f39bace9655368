"""The desk: a lawyer's cases with who spoke last and what comes next, and what waits; a statement a screen."""

from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, literal, or_, select, type_coerce

from bot.domain.case import Claimed
from bot.domain.desk import LEAF, NEVER, Cause, Coming, LastWord, Line, Mark, goes_back_at
from bot.domain.follow_up import ReminderKind
from bot.domain.ids import CaseCode, PersonId
from bot.domain.intake import Author
from bot.domain.triage import Urgency
from bot.storage import tables
from bot.storage.case_notes import DONE
from bot.storage.cases import case_of
from bot.storage.tables import EPOCH, Moment
from bot.storage.transaction import Transaction

C, E, R, CON = tables.cases, tables.entries, tables.reminders, tables.conflicts
AG, RF, N = tables.agenda, tables.referrals, tables.case_notes
_LAST, _HIS, _HERS = E.alias("last"), E.alias("his"), E.alias("hers")


def _alone(query: Select[Any]) -> Any:
    """One value about each case."""
    return query.correlate(C).scalar_subquery()


_SPOKEN = _alone(
    select(func.max(_HIS.c.id)).where(
        _HIS.c.case_code == C.c.code, _HIS.c.author == Author.LAWYER, _HIS.c.at >= C.c.claimed_at
    )
)
_NOTED = _alone(
    select(func.max(N.c.id)).where(
        N.c.case_code == C.c.code, N.c.author == C.c.lawyer, N.c.at >= C.c.claimed_at, DONE, C.c.channel.is_not(None)
    )
)
"""Where she came by phone, what he wrote down of it is his answer."""
_UNANSWERED = _alone(
    select(func.min(_HERS.c.at)).where(
        _HERS.c.case_code == C.c.code,
        _HERS.c.author == Author.SEEKER,
        _HERS.c.id > func.coalesce(_SPOKEN, 0),
        _HERS.c.at > func.coalesce(C.c.her_turn_at, literal(EPOCH, Moment)),
    )
)
_LINE = (
    select(
        C,
        _LAST.c.author.label("last_author"),
        _LAST.c.at.label("last_at"),
        func.coalesce(_SPOKEN, _NOTED).label("spoken"),
        _UNANSWERED.label("unanswered_at"),
        _alone(select(R.c.due).where(R.c.case_code == C.c.code, R.c.kind == ReminderKind.SILENT)).label("look_at"),
        _alone(select(func.min(AG.c.due)).where(AG.c.case_code == C.c.code, AG.c.deadline.is_(None))).label(
            "agenda_at"
        ),
        _alone(
            select(func.min(func.coalesce(AG.c.runs_out, AG.c.due))).where(
                AG.c.case_code == C.c.code, AG.c.deadline.is_not(None)
            )
        ).label("deadline_at"),
        _alone(select(func.min(RF.c.due)).where(RF.c.case_code == C.c.code)).label("referral_at"),
    )
    .select_from(C)
    .outerjoin(_LAST, _LAST.c.id == _alone(select(func.max(E.c.id)).where(E.c.case_code == C.c.code)))
)
_TOUCHED = (E, R, AG, RF, N)


class Desk:
    """What a lawyer sees of the cases at a glance."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def held(self, lawyer: PersonId, code: CaseCode | None = None) -> list[Line]:
        """The cases he holds, or this one of them."""
        query = _LINE.where(C.c.lawyer == lawyer, C.c.status == "claimed")
        if code is not None:
            query = query.where(C.c.code == code)
        return [_line(row) for row in await self._tx.read(query, touching=_TOUCHED)]

    async def waiting(self, lawyer: PersonId) -> int:
        """How many cases wait for somebody, apart from those that are nothing for him."""
        query = select(func.count()).select_from(C).where(*_waits_for(lawyer))
        return int((await self._tx.read(query))[0][0])

    async def queue(self, lawyer: PersonId, mark: Mark | None, *, back: bool) -> list[Line]:
        """What waits for somebody, from this mark on: one more than a leaf, the most urgent and oldest first."""
        steps = {each.value: literal(each.order * NEVER, BigInteger) for each in Urgency}
        rank = case(steps, value=C.c.urgency) + type_coerce(C.c.queued_at, BigInteger)
        return await self._from(select(C).where(*_waits_for(lawyer)), rank, mark, back=back)

    async def closed(self, lawyer: PersonId, lately: timedelta, mark: Mark | None, *, back: bool) -> list[Line]:
        """What he closed lately, from this mark on: one more than a leaf, the newest first."""
        query = select(C).where(C.c.lawyer == lawyer, C.c.status == "closed", C.c.closed_at > self._tx.now - lately)
        query = query.where(C.c.code.not_in(select(CON.c.case_code).where(CON.c.person == lawyer)))
        return await self._from(query, -type_coerce(C.c.closed_at, BigInteger), mark, back=back)

    async def _from(self, query: Select[Any], rank: ColumnElement[int], mark: Mark | None, *, back: bool) -> list[Line]:
        if mark is not None and back:
            query = query.where(or_(rank < mark.rank, and_(rank == mark.rank, C.c.code < mark.code)))
        elif mark is not None:
            query = query.where(or_(rank > mark.rank, and_(rank == mark.rank, C.c.code > mark.code)))
        downwards = mark is not None and back
        ordered = query.order_by(*((each.desc() if downwards else each.asc()) for each in (rank, C.c.code)))
        return [Line(case_of(row)) for row in await self._tx.read(ordered.limit(LEAF + 1))]


def _waits_for(lawyer: PersonId) -> tuple[ColumnElement[bool], ...]:
    conflicting = select(CON.c.case_code).where(CON.c.person == lawyer)
    return (C.c.status == "queued", C.c.seeker != lawyer, C.c.code.not_in(conflicting))


def _line(row: Any) -> Line:
    found = case_of(row)
    assert isinstance(found, Claimed)
    answered = row.spoken is not None or found.her_turn_at is not None
    waiting = row.unanswered_at if answered else found.at
    comes = (
        (goes_back_at(found, waiting, row.look_at), Cause.SILENT),
        (row.agenda_at, Cause.AGENDA),
        (row.deadline_at, Cause.DEADLINE),
        (row.referral_at, Cause.REFERRAL),
    )
    coming = sorted((Coming(at, cause) for at, cause in comes if at is not None), key=lambda each: each.at)
    last = LastWord(Author(row.last_author), row.last_at) if row.last_at is not None else None
    return Line(found, last, waiting, tuple(coming))
