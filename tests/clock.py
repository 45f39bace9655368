"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta


class StandingClock:
    """Friday 20 November 2026, 10:00 in Almaty, unless moved."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
        self._ran = self._now

    def __call__(self) -> datetime:
        return self._now

    def steady(self) -> datetime:
        """The stopwatch beside it: knows nothing of jumps."""
        return self._ran

    def advance(self, **span: float) -> None:
        """Later by so many days, hours, minutes, seconds."""
        self._now += timedelta(**span)
        self._ran += timedelta(**span)

    def jumps(self, **span: float) -> None:
        """Somebody sets the clock, forward or back; no time passes."""
        self._now += timedelta(**span)
