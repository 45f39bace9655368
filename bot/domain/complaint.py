"""A complaint: what she tells the coordinators, and nobody else, of how her case is worked on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import CaseCode, PersonId
from bot.domain.intake import Piece

REMINDED_EVERY = timedelta(hours=24)
"""The coordinators are reminded this long after they last heard of one that nobody has answered."""

ABOUT, ANSWER = "complaint:", "complaint_answer:"
"""Before the code of the case in `awaiting`: her next text is a complaint, a coordinator's next text the answer."""

TYPED_WITHIN = timedelta(hours=1)
"""A complaint is thought over, and half of one in the wrong hands would be worse than a late one: longer than any
other question this one stays open."""

GOES_ON_FROM = 4000
"""Letters. Telegram's apps cut a longer text at 4096 and send the rest right after it: that belongs to it."""


@dataclass(frozen=True)
class Complaint:
    """Her words, and what the coordinators answered; `due`: when they are reminded of it, as long as nobody has."""

    id: int
    case: CaseCode
    at: datetime
    words: Piece
    answers: tuple[Piece, ...] = ()
    taken_by: PersonId | None = None
    due: datetime | None = None
    settled_at: datetime | None = None
