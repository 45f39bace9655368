"""What the buttons of charts and reports carry."""

from datetime import date
from typing import Annotated, Self

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.order import Asked, What
from bot.domain.period import Period
from bot.domain.report import Mode
from bot.domain.stretch import Stretch

Day = Annotated[str, Field(pattern=r"^\d{8}$")]


class ChartOf(CallbackData, prefix="wc"):
    """The chart of this week."""

    year: int
    number: int


class ReportFor(CallbackData, prefix="rq"):
    """The days a report is asked for; without one: which?"""

    of: Stretch | None = None


class ReportDays(CallbackData, prefix="rk"):
    """The days are going to be typed."""


class ReportOf(CallbackData, prefix="rp"):
    """A report as it is put together so far; `make`: it is made so."""

    first: Day
    last: Day
    what: What
    mode: Mode
    language: str
    make: bool = False

    @classmethod
    def of(cls, asked: Asked, *, make: bool = False) -> Self:
        """The button that leads to this asked."""
        return cls(
            first=f"{asked.period.first:%Y%m%d}",
            last=f"{asked.period.last:%Y%m%d}",
            what=asked.what,
            mode=asked.mode,
            language=asked.language or "",
            make=make,
        )

    @property
    def asked(self) -> Asked:
        """What it leads to. Raises ValueError for days there are not."""
        period = Period(date.fromisoformat(self.first), date.fromisoformat(self.last))
        return Asked(self.what, self.mode, period, self.language)


REPORT_BUTTONS: tuple[type[CallbackData], ...] = (ChartOf, ReportFor, ReportDays, ReportOf)
