"""The one door to real time and real chance; everything else is given them.

Two clocks: the system's says what day and hour it is, and may be set, forward or back, at any moment. The stopwatch
only runs. What lasts seconds (the pace, a sign of life) is measured by the stopwatch; a date is the system's.
"""

import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

_RUNNING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where the system knows of such a clock (Linux, clock_gettime(2))."""

_NOUGHT = datetime(1970, 1, 1, tzinfo=UTC)

NOTICED = timedelta(seconds=1)
"""Clocks are corrected by less than this all the time, and nobody is hurt by it."""


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  (this is the door)


def steady_clock() -> datetime:
    """The stopwatch: a moment that only ever grows, as fast as time passes. Its date means nothing."""
    return _NOUGHT + timedelta(seconds=time.clock_gettime(_RUNNING))


def system_chance(below: int) -> int:
    """A number from 0 up to, not including, `below`, that nobody can guess."""
    return secrets.randbelow(below)


class Jumps:
    """Notices that a clock was set, for then it moves apart from the stopwatch."""

    def __init__(self, clock: Clock, steady: Clock) -> None:
        self._clock = clock
        self._steady = steady
        self._apart = clock() - steady()

    def look(self) -> timedelta:
        """How far the clock was set since the last look: forward, or back (below nought); nought when it was not."""
        before, self._apart = self._apart, self._clock() - self._steady()
        by = self._apart - before
        return by if abs(by) >= NOTICED else timedelta(0)
