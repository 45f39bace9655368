"""How long after an incident it is reported, in the steps of GBVIMS.

The steps are those in which the statistics of GBVIMS count the time between incident and report (also in GBVIMS+, see
`elapsed_reporting_time` in Primero by UNICEF): 0–3 days, 4–5 days, 6–14 days, 2 weeks to 1 month, more than 1 month.
They follow the medical windows of 72 and 120 hours, so days are counted as those are: whatever lies at most 72 hours
back is day 1 to 3; day 4 is 72 to 96 hours, and stands in 4–5 days. A month has 30 days.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Elapsed(StrEnum):
    """A step; OVER_5_DAYS where nothing closer than that is known."""

    DAYS_0_3 = "0_3_days"
    DAYS_4_5 = "4_5_days"
    DAYS_6_14 = "6_14_days"
    WEEKS_2_MONTH_1 = "2_weeks_1_month"
    OVER_1_MONTH = "over_1_month"
    OVER_5_DAYS = "over_5_days"


LAST_DAY: Mapping[Elapsed, int] = {
    Elapsed.DAYS_0_3: 3,
    Elapsed.DAYS_4_5: 5,
    Elapsed.DAYS_6_14: 14,
    Elapsed.WEEKS_2_MONTH_1: 30,
}
"""The last day of each step that has one."""


def elapsed(earliest: datetime | None, latest: datetime | None, reported: datetime) -> Elapsed | None:
    """The step in which something was reported that happened between these two moments; None when nobody knows.

    Only whole days are counted on both sides: the hours in which she still wrote don't move what she has said.
    """
    if latest is None:
        return None
    most = None if earliest is None else (reported - earliest) // DAY
    return step((reported - latest) // DAY, most)


def step(least: int, most: int | None) -> Elapsed | None:
    """The step of something that lies so many whole days back, at least and at most; of two steps at once none."""
    first = _of_day(max(least, 0) + 1)
    if most is None:
        return Elapsed.OVER_5_DAYS if first not in (Elapsed.DAYS_0_3, Elapsed.DAYS_4_5) else None
    return first if _of_day(max(most, least + 1, 1)) is first else None


def _of_day(day: int) -> Elapsed:
    return next((each for each, last in LAST_DAY.items() if day <= last), Elapsed.OVER_1_MONTH)
