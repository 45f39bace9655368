"""What is kept of time, once the system's clock was set back.

Whatever was noted under the old clock lies in the future then: words that were due would wait, somebody who left would
count as being there, a lawyer's silence would not be noticed. So what happened comes back by as much as the clock went
back, and so does what was to come soon: how long ago something was, and how long something lasts, stay what they were.
A date of its own right (her hours, the day on which something is destroyed) stays. The journal is chained: no row of it
changes.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Table, delete, insert, or_, select, type_coerce, update

from bot.clock import NOTICED
from bot.storage import tables
from bot.storage.tables import EPOCH, Moment, metadata
from bot.storage.transaction import Transaction

OUT = tables.outbox

SOON = timedelta(hours=1)
"""The longest wait in which minutes count; longer ones may come later by as much as the clock went back."""

TO_COME = (tables.reminders.c.due, tables.warnings.c.due, tables.orders.c.due, tables.chat_messages.c.until)
DATES = (
    tables.journal.c.at,
    tables.cases.c.shut_until,
    tables.cases.c.hold_until,
    tables.cases.c.keep_until,
    tables.people.c.erase_at,
    tables.invitations.c.expires_at,
    tables.profiles.c.duty_until,
    tables.profiles.c.away_until,
    tables.agenda.c.due,
    tables.agenda.c.runs_out,
    tables.referrals.c.due,
    tables.complaints.c.due,
    OUT.c.not_before,
)
"""What never moves; the outbox has a rule of its own."""

_FACT = "clock set back from"


class Moments:
    """Every moment there is, whatever table it stands in."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def noted_later(self) -> datetime | None:
        """Until when something was noted under a clock that was ahead of this one; None when nothing was."""
        newest = self._tx.moment_of(await self._tx.newest_id())
        known = max(self._tx.now, await self._known())
        return newest if newest > known + NOTICED else None

    async def set_back(self, was: datetime) -> None:
        """The clock said `was` when it was set to what it says now."""
        by, soon = was - self._tx.now, was + SOON
        for column in _moments():
            if not any(column is each for each in (*DATES, *TO_COME)):
                await self._back(column, by, column > self._tx.now)
        for column in TO_COME:
            await self._back(column, by, column > self._tx.now, column <= soon)
        waits = (OUT.c.state == "waiting", OUT.c.not_before > self._tx.now)
        await self._tx.write(
            update(OUT).where(*waits, OUT.c.not_before <= was).values(not_before=self._tx.now), touching=(OUT,)
        )
        in_her_hours = OUT.c.slot.like("notice:%")
        await self._back(OUT.c.not_before, by, *waits, or_(OUT.c.slot.is_(None), ~in_her_hours))
        await self._note(was)

    async def _back(self, column: Column[Any], by: timedelta, *where: Any) -> None:
        table = column.table
        assert isinstance(table, Table)
        if table is tables.entries:  # by far the most rows, and none is older than its id
            where = (*where, table.c.id >= self._tx.id_at(self._tx.now))
        less = type_coerce(column, BigInteger) - by // timedelta(microseconds=1)
        await self._tx.write(update(table).where(*where).values({column: less}), touching=(table,))

    async def _known(self) -> datetime:
        """Up to where this has been seen to already."""
        state = tables.hotline_state
        rows = await self._tx.read(select(state.c.value).where(state.c.name == _FACT))
        return datetime.fromisoformat(rows[0].value) if rows else EPOCH

    async def _note(self, was: datetime) -> None:
        seen_to = max(was, await self._known()).isoformat()
        state = tables.hotline_state
        await self._tx.write(delete(state).where(state.c.name == _FACT))
        await self._tx.write(insert(state).values(name=_FACT, value=seen_to))


def _moments() -> list[Column[Any]]:
    """Every column that holds a moment."""
    return [column for table in metadata.sorted_tables for column in table.c if isinstance(column.type, Moment)]
