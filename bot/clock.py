"""The one door to real time and real chance; everything else is given them."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  (this is the door)


def system_chance(below: int) -> int:
    """A number from 0 up to, not including, `below`, that nobody can guess."""
    return secrets.randbelow(below)
