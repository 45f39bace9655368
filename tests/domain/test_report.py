"""ISO weeks by the organisation's calendar, in numbers."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.report import Week

ALMATY, BISHKEK = ZoneInfo("Asia/Almaty"), ZoneInfo("Asia/Bishkek")


@pytest.mark.parametrize(
    ("moment", "zone", "week"),
    [
        (datetime(2026, 11, 22, 18, 59, tzinfo=UTC), ALMATY, Week(2026, 47)),
        (datetime(2026, 11, 22, 19, 0, tzinfo=UTC), ALMATY, Week(2026, 48)),
        (datetime(2026, 11, 22, 18, 0, tzinfo=UTC), BISHKEK, Week(2026, 48)),
        (datetime(2027, 1, 1, 12, tzinfo=UTC), ALMATY, Week(2026, 53)),
        (datetime(2024, 12, 30, 12, tzinfo=UTC), ALMATY, Week(2025, 1)),
    ],
)
def test_the_week_of_a_moment(moment: datetime, zone: ZoneInfo, week: Week) -> None:
    assert Week.of(moment, zone) == week
    start, end = week.span(zone)
    assert start <= moment < end


def test_weeks_follow_each_other_without_a_gap() -> None:
    week = Week(2026, 52)
    for _ in range(60):
        later = week.shifted(1)
        assert week.span(ALMATY)[1] == later.span(ALMATY)[0]
        assert later.shifted(-1) == week
        week = later


@pytest.mark.parametrize("typed", ["2026-W46", "2026W46", " 2026-w46 "])
def test_a_week_as_typed(typed: str) -> None:
    assert Week.read(typed) == Week(2026, 46)
    assert Week(2026, 46).monday == date(2026, 11, 9)
    assert str(Week(2026, 5)) == "2026-W05"


@pytest.mark.parametrize("typed", ["", "46", "2026-46", "2026-W54", "2025-W53", "2026-W00", "W46-2026"])
def test_a_week_that_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Week.read(typed)
