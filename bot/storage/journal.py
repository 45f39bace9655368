"""The journal: who saw and did what, without content."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from bot.domain.ids import CaseCode, PersonId
from bot.domain.journal import Action, Note
from bot.domain.people import Person, Role
from bot.storage import tables
from bot.storage.transaction import Transaction

J = tables.journal


class Journal:
    """Only ever grows."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def note(self, action: Action, *, actor: Person | None, case: CaseCode | None = None) -> None:
        """Note that somebody did something, with this case if it was one. Of a help-seeker not even the id is kept."""
        self._tx.append(
            tables.journal,
            id=self._tx.new_id(),
            at=self._tx.now,
            actor=actor.id if actor and actor.role else None,
            role=None if actor is None else actor.role or "seeker",
            action=action,
            case_code=case,
        )

    async def count(self, case: CaseCode, *, only: Collection[Action] = (), without: Collection[Action] = ()) -> int:
        """How many rows tell of this case: of these actions only, or of all but those."""
        query = select(func.count()).select_from(J).where(*_about(case, only, without))
        return int((await self._tx.read(query, touching=(J,)))[0][0])

    async def of(
        self,
        case: CaseCode,
        *,
        skip: int,
        limit: int,
        only: Collection[Action] = (),
        without: Collection[Action] = (),
    ) -> list[Note]:
        """What is noted of this case, of these actions only or of all but those, the oldest first."""
        query = select(J).where(*_about(case, only, without))
        return [
            Note(
                row.at,
                Action(row.action) if row.action in set(Action) else None,
                Role(row.role) if row.role in set(Role) else row.role,
                PersonId(row.actor) if row.actor else None,
            )
            for row in await self._tx.read(query.order_by(J.c.id).offset(skip).limit(limit), touching=(J,))
        ]


def _about(case: CaseCode, only: Collection[Action], without: Collection[Action]) -> list[ColumnElement[bool]]:
    these = [J.c.action.in_(list(only))] if only else []
    return [J.c.case_code == case, J.c.action.not_in(list(without)), *these]
