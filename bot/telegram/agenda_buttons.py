"""What the buttons of the agenda carry. A day is 20261205, a month 202612, a moment the minutes since 1970."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from aiogram.filters.callback_data import CallbackData
from pydantic import Field, model_validator

Month = Annotated[int, Field(ge=200001, le=299912)]
Day = Annotated[int, Field(ge=20000101, le=29991231)]
Hour = Annotated[int, Field(ge=0, le=23)]
Minutes = Annotated[int, Field(ge=0, lt=10**8)]
PlannedId = Annotated[int, Field(ge=0, lt=2**63)]
"""Forged numbers that can't be are no button at all."""


class PlanIn(CallbackData, prefix="yi"):
    """Remind him in so many days."""

    code: str
    days: Annotated[int, Field(ge=1, le=7)]


class PlanDay(CallbackData, prefix="ym"):
    """A month of the calendar, or a day of it; `of`: a day on which this deadline began to run."""

    code: str
    of: str = ""
    month: Month
    day: Annotated[int, Field(ge=0, le=31)] = 0

    @property
    def on(self) -> date:
        """The day, or the first of the month."""
        return date(self.month // 100, self.month % 100, self.day or 1)

    @model_validator(mode="after")
    def _exists(self) -> Self:
        self.on.toordinal()  # a ValueError where no calendar has it
        return self


class PlanHour(CallbackData, prefix="yh"):
    """An hour of a day."""

    code: str
    of: str = ""
    day: Day
    hour: Hour

    @property
    def on(self) -> date:
        """The day."""
        return date(self.day // 10000, self.day // 100 % 100, self.day % 100)

    @model_validator(mode="after")
    def _exists(self) -> Self:
        self.on.toordinal()  # a ValueError where no calendar has it
        return self


class PlanWords(CallbackData, prefix="yw"):
    """He writes when."""

    code: str


class PlanAt(CallbackData, prefix="ya"):
    """The moment he wrote is what he meant."""

    code: str
    minutes: Minutes


class DeadlineOf(CallbackData, prefix="yd"):
    """This deadline; `happened`: it runs from what she said."""

    code: str
    of: str
    happened: bool = False


class PlannedAct(StrEnum):
    """What is done with something planned."""

    SHOW = "show"
    DONE = "done"
    TOMORROW = "1"
    WEEK = "7"
    WHY = "why"
    DROP = "drop"


class PlannedDoes(CallbackData, prefix="yn"):
    """Something about what is planned."""

    id: PlannedId
    act: PlannedAct


class AgendaPage(CallbackData, prefix="yg"):
    """A page of everything that is due."""

    page: Annotated[int, Field(ge=0, lt=10_000)]


class Blank(CallbackData, prefix="yz"):
    """A place in the calendar that leads nowhere."""


AGENDA: tuple[type[CallbackData], ...] = (
    AgendaPage, Blank, DeadlineOf, PlanAt, PlanDay, PlanHour, PlanIn, PlannedDoes, PlanWords,
)  # fmt: skip
