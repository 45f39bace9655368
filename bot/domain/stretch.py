"""Stretches of the calendar: those asked for by a button, what a period is called, and whether it has begun."""

from datetime import date
from enum import StrEnum

from bot.domain.period import Period
from bot.domain.report import Week


class Unit(StrEnum):
    """What the calendar is divided into."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Stretch(StrEnum):
    """A unit that is running, or the one before it."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"

    def period(self, today: date) -> Period:
        """Its days, as of this day."""
        which, _, unit = self.partition("_")
        return around(today, Unit(unit)) if which == "this" else before(today, Unit(unit))


def around(day: date, unit: Unit) -> Period:
    """The week, month, quarter or year this day lies in."""
    match unit:
        case Unit.WEEK:
            iso = day.isocalendar()
            return Week(iso.year, iso.week).period
        case Unit.MONTH:
            return Period.month(day.year, day.month)
        case Unit.QUARTER:
            return Period.quarter(day.year, quarter_of(day))
        case Unit.YEAR:
            return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def before(day: date, unit: Unit) -> Period:
    """The one before that."""
    return around(around(day, unit).before().last, unit)


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def has_begun(period: Period, today: date) -> bool:
    """True for what is over, and for what ends with a week, month, quarter or year that is running."""
    ends = {around(today, unit).last for unit in Unit}
    return period.last <= today or (period.first <= today and period.last in ends)


def name_of(period: Period) -> str:
    """A period by its shortest name: `2026-W46`, `2026-10`, `2026-Q3`, `2026`, else its two days."""
    first, unit = period.first, next((each for each in Unit if period == around(period.first, each)), None)
    match unit:
        case Unit.WEEK:
            iso = first.isocalendar()
            return str(Week(iso.year, iso.week))
        case Unit.MONTH:
            return f"{first:%Y-%m}"
        case Unit.QUARTER:
            return f"{first.year}-Q{quarter_of(first)}"
        case Unit.YEAR:
            return str(first.year)
        case _:
            return f"{first}_{period.last}"
