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
    """What a note was written for. REACH and TOLD: what a coordinator was told by phone or in the street."""

    NOTE = "note"
    CLOSING = "closing"
    REOPENING = "reopening"
    HAND_OVER = "hand_over"
    REACH = "reach"
    TOLD = "told"


ENTERED = frozenset({NoteKind.REACH, NoteKind.TOLD})
"""Written down when an appeal that came by phone was entered: nobody is asked for one of these later."""


@dataclass(frozen=True)
class CaseNote:
    """One note: whose, when, for what, and its words."""

    id: int
    case: CaseCode
    author: PersonId
    at: datetime
    kind: NoteKind
    words: str


@dataclass(frozen=True)
class LooseEnds:
    """What is still open about a case that is to be closed: an offer, referrals without an answer, the agenda."""

    offered: bool
    referrals: int
    agenda: int


@dataclass(frozen=True)
class Wanted:
    """What somebody on the team was asked to write: for which kind of note, of which case, and what it leads to.

    `leads_to`: the outcome to close with, or the person to hand over to (none: whoever takes it).
    """

    kind: NoteKind
    case: CaseCode
    leads_to: str = ""

    @property
    def slot(self) -> str:
        """How the question is found again by a reply to it; also what the person's next text may be."""
        return f"{WANTED}{self.kind}:{self.leads_to}:{self.case}"

    @classmethod
    def of(cls, slot: str | None) -> "Wanted | None":
        """The question that stands in this slot; None for any other slot."""
        if slot is None or not slot.startswith(WANTED):
            return None
        kind, leads_to, code = slot.removeprefix(WANTED).split(":")
        return cls(NoteKind(kind), CaseCode(code), leads_to)


WANTED = "wanted:"
"""How the slot of such a question begins."""

WRITTEN = "written:"
"""How the slot of a note begins, in the chat where it was written."""


def written_slot(note: int) -> str:
    """The slot of a note: his own message, and the line that says that it is kept."""
    return f"{WRITTEN}{note}"
