"""The sandbox's clock: real time plus an offset that a person at the page may move forward."""

from datetime import UTC, datetime, timedelta


class MovableClock:
    """Tell the time (aware, UTC); `advance` moves it forward, never back.

    Hand the same object to the bot and to the fake, so that "three days later" is true for both.
    """

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset  # noqa: TID251 - the one real clock of the sandbox

    def advance(self, by: timedelta) -> None:
        """Move the clock forward; a negative step raises ValueError, as time at Telegram never runs back."""
        if by < timedelta(0):
            raise ValueError("the clock only moves forward")
        self.offset += by
