"""Floods: how much of what she writes rings the lawyer's phone. All of it is kept; what is folded is a tap away.

An album is one message. Twenty in a minute is far more than anybody writes in trouble; nobody is limited by it who
tells a story in many short lines. The same words again, with nothing of the lawyer's in between, tell nothing new.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.intake import Author

BURST = 20
"""Messages within `BURST_WITHIN` that are passed on one by one."""

BURST_WITHIN = timedelta(minutes=1)
REPEATED_WITHIN = timedelta(minutes=10)

OPENING = 40
"""Entries of a whole appeal that come by themselves when it is taken; the rest is a tap away."""

APPEALS = 3
"""Appeals of one person within `APPEALS_WITHIN` whose cards take their turn like anybody's. An outreach worker may send
more, and somebody who means ill: none is refused, and none keeps another person's card waiting."""

APPEALS_WITHIN = timedelta(hours=1)

APPEALS_TOLD_EVERY = timedelta(minutes=10)
"""How often the coordinators are told of appeals beyond these."""

DRAFT_MUCH = 500
"""At so many messages in one draft she is told that all of it is kept, and how it gets read."""


class Fold(StrEnum):
    """Why an entry waits behind a notice in the lawyer's chat."""

    MORE = "more"
    REPEATED = "repeated"


@dataclass(frozen=True)
class Said:
    """Something said in a case lately, as far as a flood is told by it.

    `size`: of its words as they are kept; `words` opens them (the same words, the same bytes), `album` what ties it to
    other parts. Both are opened only where it depends on them: most of what she writes has a size of its own.
    """

    id: int
    author: Author
    at: datetime
    replaces: int | None
    size: int
    words: Callable[[], bytes]
    album: Callable[[], str | None]


def folded(lately: Sequence[Said], entry: int) -> Fold | None:
    """Why this entry of hers is folded; None when it goes to the lawyer by itself.

    `lately`: what was said in the case within the longer of the two spans, by either, in order; the entry among it.
    """
    now = next(each for each in lately if each.id == entry)
    earlier = [each for each in lately if each.id != entry and each.at > now.at - REPEATED_WITHIN]
    answered = max((each.id for each in earlier if each.author is Author.LAWYER), default=0)
    hers = [each for each in earlier if each.author is Author.SEEKER]
    if any(_same(each, now) for each in hers if each.id > answered):
        return Fold.REPEATED
    burst = [each for each in hers if each.at > now.at - BURST_WITHIN]
    many = len(burst) >= BURST and len({_message(each) for each in (*burst, now)}) > BURST
    return Fold.MORE if many else None


def _same(earlier: Said, now: Said) -> bool:
    alike = earlier.size == now.size and earlier.replaces == now.replaces
    return alike and earlier.words() == now.words() and now.album() is None


def _message(said: Said) -> str:
    """What makes one message: the parts of an album are one."""
    return said.album() or str(said.id)
