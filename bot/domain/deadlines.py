"""Legal deadlines: how long each runs from its paper, and when whoever holds the case hears of it.

The lengths stand in `content/deadlines.yaml`, each with the fact it comes from; nothing is known of them here.
"""

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.agenda import MORNING, Quiet, at
from bot.domain.triage import Titles

LAST_MINUTE = time(23, 59)
"""A deadline of days runs out with its last day."""


class Unit(StrEnum):
    """What a deadline is counted in."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True)
class Deadline:
    """A deadline of one country's law. `checked`: known for certain and open to be shown; else a lawyer checks it.

    `categories`: where it is offered; none: everywhere. `window`: the window that counts the same hours.
    """

    code: str
    country: str
    categories: Sequence[str]
    length: int
    unit: Unit
    ahead: timedelta
    title: Titles
    start: Titles
    year: str
    source: str
    checked: bool
    window: str | None = None

    @property
    def hourly(self) -> bool:
        """True when the hour counts, not only the day."""
        return self.unit is Unit.HOURS

    def runs_out(self, start: datetime, zone: ZoneInfo) -> datetime:
        """When it ends, counted from this moment. Holidays are not known here: working days are Monday to Friday."""
        day = start.astimezone(zone).date()
        match self.unit:
            case Unit.HOURS:
                return start + timedelta(hours=self.length)
            case Unit.DAYS:
                return at(day + timedelta(days=self.length), LAST_MINUTE, zone)
            case Unit.MONTHS:
                return at(months_later(day, self.length), LAST_MINUTE, zone)
            case Unit.WORKING_DAYS:
                return at(_working_days_later(day, self.length), LAST_MINUTE, zone)

    def told_at(self, runs_out: datetime, quiet: Quiet, zone: ZoneInfo, now: datetime) -> datetime:
        """When to speak of it next: ahead of its end, then on its last morning; never in quiet hours, never later."""
        if self.hourly:
            return quiet.before(runs_out - self.ahead, zone)
        last = runs_out.astimezone(zone).date()
        ahead = at(last - self.ahead, MORNING, zone)
        return ahead if ahead > now else at(last, MORNING, zone)


def offered(
    deadlines: Iterable[Deadline], category: str, country: str | None, counted: Collection[str]
) -> list[Deadline]:
    """What may be noted on a case of this category and country, apart from what its windows count already."""
    return [
        each
        for each in deadlines
        if country in (None, each.country)
        and (not each.categories or category in each.categories)
        and not (each.window and each.window in counted)
    ]


def months_later(day: date, number: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _working_days_later(day: date, number: int) -> date:
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day
