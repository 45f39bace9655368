"""The journal: who saw and did what, without content."""

from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.storage import tables
from bot.storage.transaction import Transaction


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
