"""Erasure: keys destroyed, rows removed, and nothing left by which an account could be found.

Whoever has an appeal erased leaves her chat at once: her row is cut off from the account, and what still has to be
said or deleted there is sealed with the hotline's own key until it is done. What remains of a case is a row to count.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, insert, or_, select, update

from bot.domain.ids import CaseCode, PersonId, new_person_id
from bot.domain.people import NOBODY, Person
from bot.domain.report import Week
from bot.storage import erased, tables
from bot.storage.cases import ERASED, owner_of
from bot.storage.chats import Chats
from bot.storage.cipher import HOTLINE
from bot.storage.people import person_owner
from bot.storage.tables import EPOCH
from bot.storage.transaction import Transaction

C, P, K, OUT = tables.cases, tables.people, tables.keys, tables.outbox
S, M, TOP, ASIDE, STATE = tables.shown, tables.chat_messages, tables.topics, tables.set_aside, tables.hotline_state
SEEN = tables.seen_updates
OF_A_CASE = (
    tables.withheld, tables.entries, tables.conflicts, tables.consents, tables.hand_overs, tables.case_notes,
    tables.referrals, tables.agenda, tables.complaints, TOP,
)  # fmt: skip
"""What goes with a case, what refers to other rows before those."""

WAITS_MOST = timedelta(hours=1)
"""What could not be said or deleted in the chat of somebody who has left is given up then."""

UNSETTLED = ("waiting", "sending")
LEAVING, SWEPT = "leaving", "swept"
OWED = "owed to the erasure list"


class Erasure:
    """What it takes to keep nothing."""

    def __init__(self, tx: Transaction, chats: Chats) -> None:
        self._tx = tx
        self._chats = chats

    async def leave(self, person: Person, until: datetime) -> None:
        """Cut her row off from her account: from now on only her return code finds it; it is destroyed then."""
        owner = person_owner(person.id)
        await self._tx.ready(owner)
        await self._own_what_was_set_aside(person, owner)
        await self._tx.write(
            update(P)
            .where(P.c.id == person.id)
            .values(
                lookup=f"left:{new_person_id(self._tx.chance)}",
                sealed_account=self._tx.seal(owner, f"people.sealed_account/{person.id}", NOBODY),
                current_case=None,
                held=False,
                erase_at=until,
            )
        )
        self._tx.erased.append(f"{erased.LEFT} {person.id}")
        await self.to_scrub(LEAVING)

    async def come_back(self, person: Person) -> None:
        """She came in time: her row is not destroyed."""
        await self._tx.write(update(P).where(P.c.id == person.id).values(erase_at=None))
        self._tx.erased.append(f"{erased.BACK} {person.id}")

    async def owe(self, entries: list[str]) -> None:
        """What the erasure list does not know yet is kept here until it does."""
        owed = await self._owed()
        await self._tx.write(delete(STATE).where(STATE.c.name == OWED))
        await self._tx.write(insert(STATE).values(name=OWED, value="\n".join([*owed, *entries])))

    async def list_owed(self) -> int:
        """Try again to put on the erasure list what could not be put there; how much that is."""
        owed = await self._owed()
        if owed:
            await self._tx.write(delete(STATE).where(STATE.c.name == OWED))
            self._tx.erased += owed
        return len(owed)

    async def _owed(self) -> list[str]:
        rows = await self._tx.read(select(STATE.c.value).where(STATE.c.name == OWED))
        return rows[0].value.splitlines() if rows else []

    async def empty(self, chat: str) -> tuple[list[int], list[int], bool]:
        """Forget a chat. What stood in it, its topics, and whether something is on the way there right now."""
        standing = await self._chats.standing(chat)
        topics = [row[0] for row in await self._tx.read(select(TOP.c.thread_id).where(TOP.c.chat == chat))]
        sending = select(OUT.c.id).where(OUT.c.chat == chat, OUT.c.state == "sending").limit(1)
        busy = bool(await self._tx.read(sending, touching=(OUT,)))
        going = and_(OUT.c.method.like("Delete%"), OUT.c.owner == HOTLINE, OUT.c.state.in_(UNSETTLED))
        await self._drop(OUT, and_(OUT.c.chat == chat, ~going))  # a code or a word she typed is deleted all the same
        for table in (S, M, TOP):
            await self._drop(table, table.c.chat == chat)
        return standing, topics, busy

    async def standing(self, code: CaseCode) -> dict[str, list[int]]:
        """What stands of a case in any chat and can still be deleted there, by chat; also what was written there."""
        found = await self._chats.of_case(code)
        shown = select(S.c.chat, S.c.message_id).where(S.c.case_code == code).order_by(S.c.message_id)
        for row in await self._tx.read(shown, touching=(S,)):
            found.setdefault(row.chat, []).append(row.message_id)
        return {chat: sorted({*ids} & {*await self._chats.standing(chat)}) for chat, ids in found.items()}

    async def topics(self, code: CaseCode) -> dict[str, int]:
        """The topics of a case, by chat."""
        rows = await self._tx.read(select(TOP.c.chat, TOP.c.thread_id).where(TOP.c.case_code == code))
        return {row.chat: row.thread_id for row in rows}

    async def withdraw(self, code: CaseCode) -> None:
        """Nothing of this case is said to anybody any more."""
        await self._drop(OUT, or_(OUT.c.case_code == code, OUT.c.owner == owner_of(code), OUT.c.slot.like(f"%:{code}")))
        await self._tx.write(update(OUT).where(OUT.c.topic == code).values(topic=None), touching=(OUT,))
        await self._drop(tables.reminders, tables.reminders.c.case_code == code)
        await self._tx.write(update(M).where(M.c.case_code == code).values(case_code=None), touching=(M,))

    async def due(self) -> list[PersonId]:
        """Whose time has come."""
        rows = await self._tx.read(select(P.c.id).where(P.c.erase_at <= self._tx.now).order_by(P.c.erase_at))
        return [PersonId(row.id) for row in rows]

    async def person(self, person: PersonId, zone: ZoneInfo) -> None:
        """Destroy a person: the key, the words, the cases; nothing remains but rows to count."""
        for row in await self._tx.read(select(C.c.code).where(C.c.seeker == person)):
            await self.case(CaseCode(row.code), zone)
        self._tx.erased.append(f"{erased.PERSON} {person}")
        owner = person_owner(person)
        await self._drop(OUT, OUT.c.owner == owner)
        await self._drop(S, S.c.slot.like(f"%:{person}"))
        theirs = SEEN.c.update_id.in_(select(ASIDE.c.update_id).where(ASIDE.c.owner == owner))
        await self._tx.write(update(SEEN).where(theirs).values(outcome="refused", why="erased"))
        await self._drop(ASIDE, ASIDE.c.owner == owner)
        for table in (tables.draft_words, tables.drafts, tables.notes, tables.code_tries, tables.warnings):
            await self._drop(table, table.c.person == person)
        await self._drop(P, P.c.id == person)
        await self._destroy_key(owner)

    async def case(self, code: CaseCode, zone: ZoneInfo) -> None:
        """Destroy a case. Which messages show it is remembered until they are gone too (`sweep`)."""
        await self.withdraw(code)
        for table in OF_A_CASE:
            await self._drop(table, table.c.case_code == code)
        await self._drop(S, S.c.case_code.is_(None) & S.c.slot.like(f"%:{code}"))
        await self._tx.write(update(P).where(P.c.current_case == code).values(current_case=None))
        row = (await self._tx.read(select(C).where(C.c.code == code)))[0]
        await self._drop(C, C.c.code == code)
        await self._tx.write(insert(C).values(**self._counted(row, zone)))
        self._tx.erased.append(f"{erased.CASE} {code}")
        await self._destroy_key(owner_of(code))

    def _counted(self, row: Any, zone: ZoneInfo) -> dict[str, Any]:
        """The row that stays: the week, and what she allowed to be counted, so coarse that it is nobody's."""
        kept: dict[str, Any] = {
            "code": f"{ERASED}:{new_person_id(self._tx.chance)}",
            "status": ERASED,
            "submitted_at": _monday(row.submitted_at, zone),
            "urgency": "",
            "category": "",
        }
        if row.consent_statistics:
            kept |= {"urgency": row.urgency, "category": row.category, "country": row.country, "outcome": row.outcome}
            kept |= {"age": row.age and (row.age if row.age == "under_18" else "18_plus"), "consent_statistics": True}
            kept |= {"gbvims": row.gbvims, "channel": row.channel, "told_elsewhere": row.told_elsewhere}
            moments = {"taken_at": row.taken_at, "closed_at": row.closed_at}
            kept |= {name: at and _monday(at, zone) for name, at in moments.items()}
        return kept

    async def orphans(self) -> dict[str, list[int]]:
        """What has come to stand in a chat after its case was withdrawn from everybody, by chat; taken off the list."""
        seen = exists().where(C.c.code == M.c.case_code, C.c.status != "shut")
        gone = and_(M.c.case_code.is_not(None), ~seen)
        found: dict[str, list[int]] = {}
        for row in await self._tx.read(select(M.c.chat, M.c.message_id).where(gone), touching=(M,)):
            found.setdefault(row.chat, []).append(row.message_id)
        if found:
            await self._drop(M, gone)
        return found

    async def sweep(self) -> bool:
        """Forget what was kept for chats nobody is in any more, once it is settled; True when nothing is left."""
        nobodys = _nobodys(OUT.c.chat)
        long_ago = int((self._tx.now - WAITS_MOST - EPOCH) / timedelta(microseconds=1)) << 10
        lost_group = and_(OUT.c.state == "dead", OUT.c.why == "unreachable")
        settled = or_(OUT.c.state.not_in(UNSETTLED), OUT.c.id < long_ago)
        await self._drop(OUT, and_(nobodys, settled, ~lost_group))
        on_the_way = exists().where(OUT.c.state.in_(UNSETTLED))
        for table in (S, M, TOP):
            await self._drop(table, and_(_nobodys(table.c.chat), ~on_the_way.where(OUT.c.chat == table.c.chat)))
        no_case = and_(S.c.case_code.is_not(None), ~exists().where(C.c.code == S.c.case_code))
        await self._drop(S, and_(no_case, ~on_the_way.where(OUT.c.slot == S.c.slot)))
        left = select(func.count()).select_from(OUT).where(nobodys, OUT.c.state.in_(UNSETTLED))
        return not (await self._tx.read(left))[0][0]

    async def unfinished(self) -> bool:
        """True while something erased may still be found in a chat, or in a freed page of the database."""
        return bool(await self._tx.read(select(STATE.c.value).where(STATE.c.name == "scrub")))

    async def to_scrub(self, how_far: str) -> None:
        """Freed pages are overwritten after this transaction; also after a restart, if the process dies before."""
        await self._tx.write(delete(STATE).where(STATE.c.name == "scrub"))
        value = f"{how_far}:{self._tx.new_id()}"
        await self._tx.write(insert(STATE).values(name="scrub", value=value))
        self._tx.scrub = True

    async def _own_what_was_set_aside(self, person: Person, owner: str) -> None:
        """Updates of hers that nobody could handle are sealed with her key from now on, to go with it."""
        for row in await self._tx.read(select(ASIDE).where(ASIDE.c.owner != owner)):
            place = f"set_aside.sealed/{row.update_id}"
            await self._tx.ready(row.owner)
            raw = self._tx.unseal(row.owner, place, row.sealed)
            if _names(raw, person.account):
                values = {"owner": owner, "sealed": self._tx.seal(owner, place, raw)}
                await self._tx.write(update(ASIDE).where(ASIDE.c.update_id == row.update_id).values(**values))

    async def _destroy_key(self, owner: str) -> None:
        await self._drop(K, K.c.owner == owner)
        self._tx.destroyed.append(owner)
        await self.to_scrub(LEAVING)

    async def _drop(self, table: Table, where: ColumnElement[bool]) -> None:
        await self._tx.write(delete(table).where(where), touching=(table,))


def _nobodys(chat: ColumnElement[str]) -> ColumnElement[bool]:
    """A chat of nobody's. Asked for each chat by itself: of a million people only those are looked up that are here."""
    return and_(*(~exists().where(table.c.lookup == chat) for table in (P, tables.groups)))


def _monday(moment: datetime, zone: ZoneInfo) -> datetime:
    return Week.of(moment, zone).span(zone)[0]


def _names(raw: Any, account: int) -> bool:
    """True when this account stands anywhere in an update."""
    if isinstance(raw, dict):
        return any(_names(each, account) for each in raw.values())
    if isinstance(raw, list):
        return any(_names(each, account) for each in raw)
    return bool(raw == account and not isinstance(raw, bool))
