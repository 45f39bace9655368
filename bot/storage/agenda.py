"""The agenda: what is planned on a case, for whoever holds it when its time comes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from bot.domain.agenda import Planned
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import ON_CASES
from bot.storage import tables
from bot.storage.cases import owner_of
from bot.storage.transaction import Transaction

A, C, P = tables.agenda, tables.cases, tables.people

_HELD = select(A).join(C, C.c.code == A.c.case_code).where(C.c.status == "claimed")


class Agenda:
    """What is due, on which case."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(
        self,
        case: CaseCode,
        lawyer: PersonId,
        due: datetime,
        *,
        deadline: str | None = None,
        runs_out: datetime | None = None,
    ) -> Planned:
        """Speak of this case then; what is planned on it for the same moment, or the same deadline, is one thing."""
        same = A.c.due == due if deadline is None else A.c.deadline == deadline
        rows = await self._tx.read(select(A).where(A.c.case_code == case, same).limit(1))
        if rows and deadline is None:
            return _planned(rows[0])
        await self.drop([row.id for row in rows])
        planned = Planned(self._tx.new_id(), case, lawyer, due, deadline, runs_out)
        values = {"id": planned.id, "case_code": case, "lawyer": lawyer, "due": due}
        await self._tx.write(insert(A).values(**values, deadline=deadline, runs_out=runs_out))
        return planned

    async def find(self, planned: int) -> Planned | None:
        """What has this id; None when it is done."""
        rows = await self._tx.read(select(A).where(A.c.id == planned))
        return _planned(rows[0]) if rows else None

    async def of(self, case: CaseCode) -> list[Planned]:
        """What is planned on a case, the soonest first."""
        return await self._found(select(A).where(A.c.case_code == case))

    async def of_lawyer(self, lawyer: PersonId) -> list[Planned]:
        """What is planned on the cases a lawyer holds, the soonest first."""
        return await self._found(_HELD.where(C.c.lawyer == lawyer))

    async def due(self, since: datetime, limit: int = 200) -> list[tuple[PersonId, Planned]]:
        """What has fallen due from this moment on and nobody was told of, with the lawyer who holds the case.

        Left out is what is planned for somebody who can't be written to: it waits for who holds the case next.
        """
        query = (
            _HELD.add_columns(P.c.id.label("holder"))
            .join(P, P.c.id == C.c.lawyer)
            .where(P.c.role.in_(sorted(ON_CASES)), P.c.started, P.c.reachable)
            .where(A.c.due <= self._tx.now, A.c.due >= since, _untold())
            .order_by(A.c.due, A.c.id)
            .limit(limit)
        )
        if self._tx.dialect == "postgresql":
            query = query.with_for_update(of=A, skip_locked=True)
        return [(PersonId(row.holder), _planned(row)) for row in await self._tx.read(query)]

    async def told(self, planned: Iterable[Planned]) -> None:
        """It has been spoken of now."""
        ids = [each.id for each in planned]
        await self._tx.write(update(A).where(A.c.id.in_(ids)).values(told_at=self._tx.now))

    async def put_off(self, planned: Planned, due: datetime) -> None:
        """Speak of it then."""
        await self._tx.write(update(A).where(A.c.id == planned.id).values(due=due))

    async def drop(self, ids: Iterable[int]) -> None:
        """Done, or its reason is gone."""
        await self._tx.write(delete(A).where(A.c.id.in_(list(ids))))

    async def drop_ended(self) -> int:
        """What has fallen due of cases that had ended by then; how much that was. Who goes on later begins anew."""
        closed = select(C.c.code).where(C.c.status == "closed")
        found = await self._tx.read(select(A.c.id).where(A.c.due <= self._tx.now, A.c.case_code.in_(closed)))
        if found:
            await self.drop([row.id for row in found])
        return len(found)

    async def note(self, planned: Planned, words: str) -> None:
        """What it is for, in the lawyer's words."""
        owner = owner_of(planned.case)
        if await self._tx.ready(owner):
            sealed = self._tx.seal(owner, _place(planned), words)
            await self._tx.write(update(A).where(A.c.id == planned.id).values(sealed=sealed))

    async def words(self, planned: Planned) -> str | None:
        """What it is for; None when that was not said."""
        rows = await self._tx.read(select(A.c.sealed).where(A.c.id == planned.id, A.c.sealed.is_not(None)))
        owner = owner_of(planned.case)
        if not rows or not await self._tx.ready(owner):
            return None
        words: str = self._tx.unseal(owner, _place(planned), rows[0].sealed)
        return words

    async def _found(self, query: Any) -> list[Planned]:
        return [_planned(row) for row in await self._tx.read(query.order_by(A.c.due, A.c.id))]


def _untold() -> ColumnElement[bool]:
    return or_(A.c.told_at.is_(None), A.c.told_at < A.c.due)


def _place(planned: Planned) -> str:
    return f"agenda.sealed/{planned.id}"


def _planned(row: Any) -> Planned:
    return Planned(
        row.id, CaseCode(row.case_code), PersonId(row.lawyer), row.due, row.deadline, row.runs_out,
        row.sealed is not None, row.told_at,
    )  # fmt: skip
