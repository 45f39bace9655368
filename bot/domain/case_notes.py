"""What the team writes down of a case, and never says to her."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.case import Outcome
from bot.domain.ids import CaseCode, PersonId

NOTE_MOST = 1000
"""Characters of one note: what has to be said at length is said to her, or stands in a document."""

NEEDS_REASON = frozenset({Outcome.REFERRED, Outcome.WITHDRAWN, Outcome.LOST_CONTACT, Outcome.OUT_OF_REMIT})
"""A case that ends like this ends without an answer of ours: whoever reads it later must learn why."""


class NoteKind(StrEnum):
    """What a note was written for."""

    NOTE = "note"
    CLOSING = "closing"
    REOPENING = "reopening"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class CaseNote:
    """One note: whose, when, for what, and its words."""

    id: int
    case: CaseCode
    author: PersonId
    at: datetime
    kind: NoteKind
    words: str
