"""A case offered to a colleague, or to whoever takes it; until its note is accepted it stays where it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import CaseCode, PersonId

ASKED_AFTER = timedelta(hours=24)
"""When nobody has answered an offer for so long, whoever made it is told, once."""


@dataclass(frozen=True)
class HandOver:
    """An open offer: from whom, to whom (None: to whoever takes it), since when, with which note."""

    case: CaseCode
    giver: PersonId
    to: PersonId | None
    at: datetime
    note: int

    def is_for(self, person: PersonId) -> bool:
        """True when this person may accept it."""
        return person != self.giver and self.to in (None, person)
