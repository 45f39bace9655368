"""The journal: who saw and did what, without content."""

from bot.domain.ids import CaseCode, PersonId
from bot.storage import tables
from bot.storage.transaction import Transaction


class Journal:
    """Only ever grows."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def note(self, action: str, *, actor: PersonId | None, case: CaseCode | None = None) -> None:
        """Note that somebody did something, with this case if it was one."""
        self._tx.append(
            tables.journal, id=self._tx.new_id(), at=self._tx.now, actor=actor, action=action, case_code=case
        )
