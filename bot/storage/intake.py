"""Intake: which updates have had their effect, and those that could not be handled."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from bot.domain.people import Disguise
from bot.storage import tables
from bot.storage.cipher import HOTLINE
from bot.storage.people import person_owner
from bot.storage.transaction import Transaction

SEEN_FOR = timedelta(days=15)
"""Longer than Telegram keeps an update (24 h), and long enough to reckon a week up at the end of the next one."""


PASSED_ON = "passed_on:"
"""How the reason of an update begins whose words reached the case by the minimal path: it has no second effect."""


class Intake:
    """Every update has its effect once, or is set aside whole."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._came: dict[int, datetime] = {}
        """When the updates came that are taken up again in this transaction."""

    async def one_at_a_time(self, accounts: Collection[int]) -> None:
        """Wait until no other process works on what these people sent. Locks are taken in order: no two wait in a ring.

        SQLite has one process and one writer.
        """
        if self._tx.dialect != "sqlite":
            for number in sorted(int(self._tx.cipher.lookup("account", account)[:15], 16) for account in accounts):
                await self._tx.read(select(func.pg_advisory_xact_lock(number)))
            await self._tx.overtake()

    async def already_seen(self, update_ids: list[int]) -> set[int]:
        """Which of these updates have had their effect."""
        seen = tables.seen_updates.c.update_id
        return {row[0] for row in await self._tx.read(select(seen).where(seen.in_(update_ids)))}

    def done(self, update_id: int, outcome: str = "done", why: str | None = None) -> None:
        """This update's effects are in this transaction: it ended as `done`, `refused` (and why) or `set_aside`."""
        at = self._came.get(update_id, self._tx.now)
        self._tx.append(tables.seen_updates, update_id=update_id, at=at, outcome=outcome, why=why)

    async def set_aside(self, update_id: int, raw: dict[str, Any], why: str) -> None:
        """Keep an update that could not be handled, whole and sealed; with her key, if it is known whose it is."""
        owner = await self._owner(_sender(raw))
        sealed = self._tx.seal(owner, f"set_aside.sealed/{update_id}", raw)
        kept = {"update_id": update_id, "at": self._tx.now, "why": why, "owner": owner, "sealed": sealed}
        await self._tx.write(insert(tables.set_aside).values(kept))
        self.done(update_id, "set_aside", why)

    async def _owner(self, account: int | None) -> str:
        people = tables.people.c
        if account is not None:
            query = select(people.id).where(people.lookup == self._tx.cipher.lookup("account", account))
            for row in await self._tx.read(query):
                await self._tx.ready(person_owner(row.id))
                if self._tx.cipher.knows(person_owner(row.id)):
                    return person_owner(row.id)
        await self._tx.ready(HOTLINE)
        return HOTLINE

    async def waiting_aside(self) -> list[int]:
        """The updates that wait for somebody to look at them, the oldest first; not those of who has left.

        Nor those of somebody whose chat is a notebook now: her words to her lawyer would become a note there.
        """
        aside, people = tables.set_aside, tables.people
        away = people.c.erase_at.is_not(None) | (people.c.disguise == Disguise.SHOWN)
        query = select(aside.c.update_id).where(aside.c.owner.not_in(select("person:" + people.c.id).where(away)))
        rows = await self._tx.read(query.order_by(aside.c.at, aside.c.update_id))
        return [row.update_id for row in rows]

    async def take_up(self, update_id: int) -> dict[str, Any] | None:
        """Take an update that was set aside out, to be handled now. None when its words were passed on already."""
        aside, seen = tables.set_aside, tables.seen_updates
        rows = await self._tx.read(select(aside).where(aside.c.update_id == update_id))
        await self._tx.write(delete(aside).where(aside.c.update_id == update_id))
        await self._tx.write(delete(seen).where(seen.c.update_id == update_id), touching=(seen,))
        self._came |= {row.update_id: row.at for row in rows}
        if not rows or rows[0].why.startswith(PASSED_ON):
            self.done(update_id)
            return None
        await self._tx.ready(rows[0].owner)
        raw: dict[str, Any] = self._tx.unseal(rows[0].owner, f"set_aside.sealed/{update_id}", rows[0].sealed)
        return raw

    async def count_set_aside(self) -> int:
        """How many updates wait for a person to look at them."""
        return int((await self._tx.read(select(func.count()).select_from(tables.set_aside)))[0][0])

    async def oldest_aside(self) -> datetime | None:
        """Since when the oldest of them waits."""
        found: datetime | None = (await self._tx.read(select(func.min(tables.set_aside.c.at))))[0][0]
        return found

    async def forget_old(self) -> int:
        """Drop the ids of updates that can't come again."""
        seen = tables.seen_updates
        return await self._tx.write(delete(seen).where(seen.c.at < self._tx.now - SEEN_FOR))

    async def fact(self, name: str) -> str | None:
        """A fact of the process, kept over restarts."""
        state = tables.hotline_state
        rows = await self._tx.read(select(state.c.value).where(state.c.name == name))
        return rows[0].value if rows else None

    async def first_to_note(self, name: str, value: str) -> bool:
        """Note a fact of the process; True for one alone of all who note the same, whenever and wherever they run."""
        state = tables.hotline_state
        other = (state.c.name == name, state.c.value != value)
        if await self._tx.write(update(state).where(*other).values(value=value)):
            return True
        return bool(
            await self._tx.write(self._tx.upsert(state).values(name=name, value=value).on_conflict_do_nothing())
        )

    async def set_fact(self, name: str, value: str) -> None:
        """Keep a fact of the process."""
        state = tables.hotline_state
        await self._tx.write(delete(state).where(state.c.name == name))
        await self._tx.write(insert(state).values(name=name, value=value))


def _sender(raw: dict[str, Any]) -> int | None:
    """Whose update it is, as far as one that nobody could read tells it."""
    for part in raw.values():
        for name in ("from", "user"):
            who = part.get(name) if isinstance(part, dict) else None
            if isinstance(who, dict) and type(who.get("id")) is int:
                return int(who["id"])
    return None
