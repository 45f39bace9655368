"""Windows: the time in which something still helps, counted from a moment that is known only as a range.

She answers with a range, so what happened lies between an earliest and a latest moment, and a window that lasts from
then on closes between two moments too. Until the first of them it is open for certain; after the second it has closed
for certain; in between it may close any hour, and nobody may be told that it is too late. How long each lasts stands
in `content/taxonomy.yaml` with the fact it comes from (HIV prophylaxis: WHO 2024, within 72 h; emergency
contraception: WHO 2016, within 120 h).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOUR = timedelta(hours=1)

RANGES: Mapping[str, tuple[int, int | None]] = {
    "lt24": (0, 24),
    "24_48": (24, 48),
    "48_72": (48, 72),
    "3_4d": (72, 96),
    "4_5d": (96, 120),
    "earlier": (120, None),
    "unknown": (0, None),
}
"""How many hours ago, at least and at most. Day 4 is 72 to 96 hours. Without a most, nobody knows how long ago."""

WARNED_BEFORE = timedelta(hours=12)
"""A window that may close is spoken of this long before: some of these hours are daytime, whenever it is."""

ACT_UNKNOWN = ("PEP72", "EC120")
"""The windows of somebody who said when and not what: those that close for good."""


class Nature(StrEnum):
    """What it means that a window has passed."""

    CLOSES = "closes"
    """It no longer works: prophylaxis, contraception."""

    FADES = "fades"
    """It is best by then and still helps later: a forensic examination, injuries written down."""

    LIMIT = "limit"
    """It binds others: how long somebody may be held without a judge."""


class WindowState(StrEnum):
    """How a window stands at a moment."""

    OPEN = "open"
    ANY_HOUR = "any_hour"
    CLOSED = "closed"


@dataclass(frozen=True)
class Window:
    """A time in which something helps, from what happened on. `country`: it is the law of one country alone."""

    code: str
    lasts: timedelta
    nature: Nature
    country: str | None = None


@dataclass(frozen=True)
class Standing:
    """A window at one moment: the whole hours left at least and at most, until when it is open for certain, and until
    when it may be.

    Hours are rounded down: nobody comes too late because of a rounding.
    """

    window: Window
    state: WindowState
    least: int
    most: int
    sure_until: datetime | None
    until: datetime


def happened_between(option: str, answered: datetime) -> tuple[datetime | None, datetime]:
    """The earliest and the latest moment a range stands for, said at `answered`; no earliest when nobody knows."""
    least, most = RANGES[option]
    return None if most is None else answered - most * HOUR, answered - least * HOUR


def standing(window: Window, earliest: datetime | None, latest: datetime, now: datetime) -> Standing:
    """How this window stands. Closed only when it has passed even for the latest moment; open while it can't have."""
    most = _hours(latest + window.lasts - now)
    sure_until = None if earliest is None else earliest + window.lasts
    least = 0 if sure_until is None else _hours(sure_until - now)
    before = WindowState.OPEN if least else WindowState.ANY_HOUR
    state = WindowState.CLOSED if latest + window.lasts <= now else before
    return Standing(window, state, least, most, sure_until, latest + window.lasts)


def standings(
    windows: Iterable[Window], earliest: datetime | None, latest: datetime | None, now: datetime
) -> list[Standing]:
    """How each of these stands; none while nobody said when."""
    return [] if latest is None else [standing(each, earliest, latest, now) for each in windows]


def warned_at(windows: Iterable[Window], earliest: datetime | None) -> list[datetime]:
    """When to speak of windows before they may close, the soonest first; windows that go together share a moment."""
    if earliest is None:
        return []
    return sorted({earliest + each.lasts - WARNED_BEFORE for each in windows})


def next_change(shown: Iterable[Standing], latest: datetime, now: datetime) -> datetime | None:
    """When the hours left read differently; None when everything has closed."""
    if all(each.state is WindowState.CLOSED for each in shown):
        return None
    return latest + ((now - latest) // HOUR + 1) * HOUR


def _hours(left: timedelta) -> int:
    return max(left // HOUR, 0)
