"""The desk: a lawyer's cases by what comes next, in piles and leaves; and how much of a case each of the team may see.

What comes next is what happens when he does nothing, so that is what his cases are sorted by.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.case import Case, Claimed, Closed, Queued, Shut, Work
from bot.domain.intake import Author
from bot.domain.people import Person
from bot.domain.rights import Right, allowed
from bot.domain.windows import Nature, Standing, WindowState

LATELY = timedelta(days=30)
"""Closed lately: for this long a lawyer finds what he closed on his desk."""

LEAF = 8
"""Cases of one leaf: two lines each, and still a phone's screen."""

NEVER = 10**17
"""Larger than any moment in microseconds: what nothing comes to stands behind what something comes to."""

ELSEWHERE = frozenset({Work.WAITING_FOR_AUTHORITY, Work.IN_COURT})
"""What a lawyer says of a case in which it is neither he nor she who is waited for."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Pile(StrEnum):
    """What of all cases the desk shows."""

    MINE = "mine"
    QUEUE = "queue"
    FOR_ME = "for_me"
    FOR_HER = "for_her"
    TODAY = "today"
    CLOSED = "closed"


class Cause(StrEnum):
    """Why something comes next."""

    SILENT = "silent"
    WINDOW = "window"
    AGENDA = "agenda"
    DEADLINE = "deadline"
    REFERRAL = "referral"


@dataclass(frozen=True)
class Coming:
    """What comes next in a case, by itself. `about`: which window it is."""

    at: datetime
    cause: Cause
    about: str | None = None


@dataclass(frozen=True)
class LastWord:
    """Who spoke last in a case, and when."""

    author: Author
    at: datetime


@dataclass(frozen=True)
class Line:
    """A case on the desk. `waiting_since`: since when she has had no answer."""

    case: Case
    last: LastWord | None = None
    waiting_since: datetime | None = None
    coming: tuple[Coming, ...] = ()

    @property
    def next(self) -> Coming | None:
        """The earliest of what comes."""
        return min(self.coming, key=lambda each: each.at, default=None)

    def with_windows(self, shown: Iterable[Standing]) -> "Line":
        """The same line, with what closes of these windows."""
        more = (Coming(at, Cause.WINDOW, each.window.code) for each in shown if (at := closes_at(each)) is not None)
        return replace(self, coming=tuple(sorted((*self.coming, *more), key=lambda each: each.at)))


@dataclass(frozen=True, order=True)
class Mark:
    """Where a leaf begins or ends: a place in the order of its pile that stays the same whatever comes in between."""

    rank: int
    code: str


@dataclass(frozen=True)
class Leaf:
    """One screen of a pile; whether there is more before it and after it."""

    lines: tuple[Line, ...]
    before: bool = False
    after: bool = False


class Sight(StrEnum):
    """How much of a case somebody may see."""

    NONE = "none"
    CARD = "card"
    """What the card shows, for a case that waits."""
    ENDED = "ended"
    """The same and how it ended, for who closed it."""
    OVERSEEN = "overseen"
    """The same and who has it, for whoever may read its journal."""
    WHOLE = "whole"
    """Everything, for who holds it."""


def goes_back_at(case: Claimed, waiting_since: datetime | None, look_at: datetime | None) -> datetime | None:
    """When it goes back to the queue if nobody answers: after twice its limit, never before it is looked at again.

    None while she waits for nothing. `look_at`: the next look for silence (a case that became more urgent while she
    waited is looked at one limit later).
    """
    if waiting_since is None:
        return None
    at = waiting_since + 2 * case.file.urgency.limit
    return at if look_at is None else max(at, look_at)


def reminded_at(case: Claimed, waiting_since: datetime, now: datetime) -> datetime | None:
    """When the lawyer is reminded of her words before that; None when he has been."""
    at = waiting_since + case.file.urgency.limit
    return at if at > now else None


def closes_at(shown: Standing) -> datetime | None:
    """Until when a window is open for certain, or at the very latest; None when it has closed or only fades."""
    match shown.state:
        case WindowState.OPEN:
            return shown.sure_until
        case WindowState.ANY_HOUR if shown.window.nature is not Nature.FADES:
            return shown.until
        case _:
            return None


def sight(person: Person, case: Case | None, *, conflict: bool) -> Sight:
    """How much of this case this member of the team may see; a case that isn't there looks like one that isn't his."""
    if case is None or conflict or isinstance(case, Shut) or case.file.seeker == person.id:
        return Sight.NONE
    match case:
        case Claimed(lawyer=holder) if holder == person.id:
            return Sight.WHOLE
        case Queued() if allowed(person, Right.TAKE):
            return Sight.CARD
        case Closed(lawyer=closer) if closer == person.id:
            return Sight.ENDED
        case _:
            return Sight.OVERSEEN if allowed(person, Right.READ_JOURNAL) else Sight.NONE


def mark_of(line: Line) -> Mark:
    """Where a line stands in its pile: held by what comes next, waiting by urgency and age, closed the newest first."""
    match line.case:
        case Claimed(at=at):
            rank = _micros(line.next.at) if line.next else NEVER + _micros(at)
        case Queued(since=since):
            rank = line.case.file.urgency.order * NEVER + _micros(since)
        case Closed(at=at):
            rank = -_micros(at)
        case _:
            rank = 0
    return Mark(rank, line.case.file.code)


def belongs(line: Line, pile: Pile, now: datetime, zone: ZoneInfo) -> bool:
    """True when this case, which the lawyer holds, lies in this pile."""
    match pile:
        case Pile.FOR_ME:
            return line.waiting_since is not None
        case Pile.FOR_HER:
            elsewhere = isinstance(line.case, Claimed) and line.case.work in ELSEWHERE
            return line.waiting_since is None and not elsewhere
        case Pile.TODAY:
            return line.next is not None and line.next.at <= _end_of_day(now, zone)
        case _:
            return pile is Pile.MINE


def counted(lines: Sequence[Line], now: datetime, zone: ZoneInfo) -> dict[Pile, int]:
    """How many of the cases he holds lie in each pile."""
    piles = (Pile.MINE, Pile.FOR_ME, Pile.FOR_HER, Pile.TODAY)
    return {pile: sum(belongs(line, pile, now, zone) for line in lines) for pile in piles}


def leaf(lines: Iterable[Line], mark: Mark | None, *, back: bool = False, most: int = LEAF) -> Leaf:
    """The lines after this mark, or before it; the first leaf when nothing is left there (a button grown old)."""
    found = sorted(lines, key=mark_of)
    marks = [mark_of(line) for line in found]
    if mark is None:
        start = 0
    elif back:
        start = max(bisect_left(marks, mark) - most, 0)
    else:
        start = bisect_right(marks, mark)
    if start >= len(found):
        start = 0
    return Leaf(tuple(found[start : start + most]), before=start > 0, after=start + most < len(found))


def fetched(found: Sequence[Line], mark: Mark | None, *, back: bool = False, most: int = LEAF) -> Leaf | None:
    """A leaf of what was looked up from this mark on, one line more than it shows; the order is that of looking.

    None when too little is left there, because the button grew old: then it is looked up from the beginning.
    """
    if mark is None or not back:
        lacking = mark is not None and not found
        return None if lacking else Leaf(tuple(found[:most]), before=mark is not None, after=len(found) > most)
    return Leaf(tuple(reversed(found[:most])), before=len(found) > most, after=True) if len(found) >= most else None


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def _end_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)
