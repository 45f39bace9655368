"""Any stretch of days: a week, a month, a quarter, or from one day to another."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo


@dataclass(frozen=True, order=True)
class Period:
    """From the first day to the last, both included, by the organisation's calendar."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """A calendar month. Raises ValueError for one that isn't."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Three calendar months, 1 to 4. Raises ValueError for one that isn't."""
        return cls(cls.month(year, 3 * quarter - 2).first, cls.month(year, 3 * quarter).last)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """As many days, right before it."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From the first moment of the first day up to, not including, that of the day after the last, in UTC."""
        start = datetime.combine(self.first, time(), tzinfo=zone)
        end = datetime.combine(self.last + timedelta(days=1), time(), tzinfo=zone)
        return start.astimezone(UTC), end.astimezone(UTC)

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"
