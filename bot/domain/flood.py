"""Floods: how much of what she writes rings the lawyer's phone. All of it is kept; what is folded is a tap away.

An album is one message. Twenty in a minute is far more than anybody writes in trouble; nobody is limited by it who
tells a story in many short lines. The same words again, with nothing of the lawyer's in between, tell nothing new.
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from bot.domain.intake import Author, Entry

BURST = 20
"""Messages within `BURST_WITHIN` that are passed on one by one."""

BURST_WITHIN = timedelta(minutes=1)
REPEATED_WITHIN = timedelta(minutes=10)

OPENING = 40
"""Entries of a whole appeal that come by themselves when it is taken; the rest is a tap away."""

DRAFT_MUCH = 500
"""At so many messages in one draft she is told that all of it is kept, and how it gets read."""


class Fold(StrEnum):
    """Why an entry waits behind a notice in the lawyer's chat."""

    MORE = "more"
    REPEATED = "repeated"


def folded(lately: Sequence[Entry], entry: Entry) -> Fold | None:
    """Why this entry of hers is folded; None when it goes to the lawyer by itself.

    `lately`: what was said in the case within the longer of the two spans, by either, in order.
    """
    earlier = [each for each in lately if each.id != entry.id and each.at > entry.at - REPEATED_WITHIN]
    answered = max((each.id for each in earlier if each.author is Author.LAWYER), default=0)
    hers = [each for each in earlier if each.author is Author.SEEKER]
    if any(_same(each, entry) for each in hers if each.id > answered):
        return Fold.REPEATED
    burst = {_message(each) for each in hers if each.at > entry.at - BURST_WITHIN} | {_message(entry)}
    return Fold.MORE if len(burst) > BURST else None


def _same(earlier: Entry, entry: Entry) -> bool:
    return earlier.piece == entry.piece and earlier.replaces == entry.replaces and entry.piece.album is None


def _message(entry: Entry) -> str:
    """What makes one message: the parts of an album are one."""
    return entry.piece.album or str(entry.id)
