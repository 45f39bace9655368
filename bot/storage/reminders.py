"""Reminders: the dates on which cases are looked at again."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.domain.follow_up import Reminder, ReminderKind
from bot.domain.ids import CaseCode
from bot.storage import tables
from bot.storage.transaction import Transaction

R = tables.reminders


class Reminders:
    """One reminder a case and kind."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def set(self, case: CaseCode, kind: ReminderKind, due: datetime, stage: int = 0) -> None:
        """Look at this case again then; an earlier date of the same kind is forgotten."""
        await self.drop(case, kind)
        await self._tx.write(insert(R).values(id=self._tx.new_id(), case_code=case, kind=kind, due=due, stage=stage))

    async def drop(self, case: CaseCode, kind: ReminderKind) -> None:
        """The reason is gone."""
        await self._tx.write(delete(R).where(R.c.case_code == case, R.c.kind == kind))

    async def find(self, case: CaseCode, kind: ReminderKind) -> Reminder | None:
        """The reminder of this kind; None when there is none."""
        rows = await self._tx.read(select(R).where(R.c.case_code == case, R.c.kind == kind))
        return Reminder(rows[0].id, case, kind, rows[0].due, rows[0].stage) if rows else None

    async def due(self, limit: int = 50) -> list[Reminder]:
        """What is due now, the oldest first; leased to this transaction where several processes run."""
        query = select(R).where(R.c.due <= self._tx.now).order_by(R.c.due).limit(limit)
        if self._tx.dialect == "postgresql":
            query = query.with_for_update(skip_locked=True)
        return [
            Reminder(row.id, CaseCode(row.case_code), ReminderKind(row.kind), row.due, row.stage)
            for row in await self._tx.read(query)
        ]

    async def again(self, reminder: Reminder, due: datetime | None, stage: int) -> None:
        """Look again then; never, when there is no date."""
        if due is None:
            await self._tx.write(delete(R).where(R.c.id == reminder.id))
        else:
            await self._tx.write(update(R).where(R.c.id == reminder.id).values(due=due, stage=stage))
