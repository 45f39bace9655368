"""When a chat is hidden by itself: a table of moments, in her own time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hiding import hides_at
from bot.domain.people import AutoHide

ALMATY, BISHKEK = ZoneInfo("Asia/Almaty"), ZoneInfo("Asia/Bishkek")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("choice", "oldest", "newest", "zone", "hidden"),
    [
        (AutoHide.HOUR, at(1, 9), at(1, 10, 30), ALMATY, at(1, 11, 30)),
        (AutoHide.HOUR, at(1, 9), at(1, 9), ALMATY, at(1, 10)),
        (AutoHide.DAY, at(1, 9), at(1, 10), ALMATY, at(1, 19)),
        (AutoHide.DAY, at(1, 9), at(1, 10), BISHKEK, at(1, 18)),
        (AutoHide.DAY, at(1, 19), at(1, 20), ALMATY, at(2, 19)),
        (AutoHide.DAY, at(1, 18, 59), at(1, 23), ALMATY, at(1, 19)),
        (AutoHide.BEFORE_48H, at(1, 9), at(2, 22), ALMATY, at(3, 8)),
    ],
)
def test_the_moment(choice: AutoHide, oldest: datetime, newest: datetime, zone: ZoneInfo, hidden: datetime) -> None:
    assert hides_at(choice, oldest, newest, zone) == hidden
