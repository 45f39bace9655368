"""Weeks and counts: what the coordinator's Monday is made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from bot.domain.period import Period
from bot.domain.triage import Category


@dataclass(frozen=True, order=True)
class Week:
    """An ISO 8601 week: Monday to Sunday; week 1 holds the year's first Thursday."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> Self:
        """The week a moment falls in, by the organisation's calendar."""
        iso = moment.astimezone(zone).isocalendar()
        return cls(iso.year, iso.week)

    @classmethod
    def read(cls, typed: str) -> Self:
        """`2026-W46` as typed. Raises ValueError for a week that isn't."""
        shape = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", typed.strip())
        if shape is None:
            raise ValueError(typed)
        iso = date.fromisocalendar(int(shape[1]), int(shape[2]), 1).isocalendar()
        return cls(iso.year, iso.week)

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def period(self) -> Period:
        """Its seven days."""
        return Period(self.monday, self.sunday)

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From the first moment of Monday up to, not including, the next Monday's, in UTC."""
        return self.period.span(zone)

    def shifted(self, weeks: int) -> "Week":
        """So many weeks later; earlier when negative."""
        iso = (self.monday + timedelta(weeks=weeks)).isocalendar()
        return Week(iso.year, iso.week)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


TOLD_AT = time(9)
"""On Monday, by the organisation's clock: the week that has ended is told of."""


def to_tell_of(now: datetime, zone: ZoneInfo) -> Week:
    """The week to tell of at this moment: until Monday, nine o'clock, it is still the one before."""
    hours_on_the_clock = timedelta(hours=TOLD_AT.hour)
    return Week.of(now.astimezone(zone) - hours_on_the_clock, zone).shifted(-1)


@dataclass(frozen=True)
class Tally:
    """What came in during a week, messages and taps, and how it ended: nothing may be missing."""

    week: Week
    received: int
    answered: int
    refused: int
    waiting: int

    @property
    def missing(self) -> int:
        """What came in, by Telegram's count, and ended in no way: 0 when it adds up."""
        return self.received - self.answered - self.refused - self.waiting


class Scope(StrEnum):
    """Which appeals are counted: all, for the team; or those whose sender agreed, for what leaves it."""

    TEAM = "team"
    CONSENTED = "consented"


TABLES = (
    "category", "subcategory", "country", "region", "language", "urgency", "age", "outcome", "channel", "gbvims",
    "violator", "elapsed",
)  # fmt: skip
"""In each of these a case stands once; the column of `cases` has the same name, but for what is worked out."""

WORKED_OUT = ("elapsed",)
"""No column: it follows from the moments of a case."""

MANY_AT_ONCE = ("context", "violated")
"""In these a case may stand several times, or not at all: they don't add up to the whole."""


@dataclass(frozen=True)
class Figures:
    """The appeals of a period in one scope, each table by code, the largest first; `` is not known.

    `appeals` are those that are counted in the tables. Beside them, and in no table: `tests` (somebody tried it out),
    `erased` (nothing is known of them but that they came), `without_consent` and `told_elsewhere` (both 0 for the
    team, which counts them; an appeal that is both stands in the first).
    """

    period: Period
    appeals: int
    tests: int
    erased: int
    without_consent: int
    told_elsewhere: int
    by: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Spread:
    """How long something took: half of the cases no longer than `median`, nine of ten no longer than `ninetieth`."""

    median: timedelta
    ninetieth: timedelta


@dataclass(frozen=True)
class Flow:
    """How the work went during a period.

    `came`, `claimed` (for the first time), `closed` and `reopened` during it; `waiting` when it was counted; `missed`:
    came during it and waited longer for a lawyer than the limit of their urgency. The spreads are of those that came
    during it; None where there is none yet. `referrals` begun, by the state they are in.
    """

    came: int
    claimed: int
    closed: int
    reopened: int
    waiting: int
    missed: int
    to_claim: Spread | None
    to_answer: Spread | None
    referrals: Mapping[str, int]


PAST_WEEKS = 8
"""So many weeks a week is compared with; fewer where the hotline has not had as many."""


@dataclass(frozen=True)
class Past:
    """What the appeals of a week are compared with.

    `week_before`: of the whole week before it; `by_now`: of that week up to the same hour, while the week runs.
    `mean`: a week, over as many `weeks` before it as the hotline has had, PAST_WEEKS at most.
    """

    week_before: int
    by_now: int | None
    weeks: int
    mean: float


@dataclass(frozen=True)
class WeeklyCounts:
    """Everything a week's screen is made of; what of it is shown first is the screen's own matter."""

    week: Week
    figures: Figures
    flow: Flow
    past: Past


def within(figures: Figures, category: Category) -> dict[str, int]:
    """The sub-categories of a category, the largest first; `` where none was said."""
    found = {
        code: number
        for code, number in figures.by["subcategory"].items()
        if any(code == each.code for each in category.subcategories)
    }
    unsaid = figures.by["category"].get(category.code, 0) - sum(found.values())
    return found | ({"": unsaid} if unsaid else {})


class Mode(StrEnum):
    """For whom the numbers are: the team's own are plain, those that leave it give nobody away."""

    TEAM = "team"
    PUBLICATION = "publication"


class Hidden(StrEnum):
    """What stands where a number is not told: FEW is 1 to 4, MORE hides what would betray another."""

    FEW = "few"
    MORE = "more"


Cell = int | Hidden


@dataclass(frozen=True)
class Report:
    """What a file shows of a period; `tables` as `Figures.by`. `flow` is for the team alone.

    `as_of`: the day on which a publication was counted. The same period is given again as it was told then.
    """

    period: Period
    mode: Mode
    appeals: Cell
    tests: Cell
    erased: Cell
    without_consent: Cell
    told_elsewhere: Cell
    tables: Mapping[str, Mapping[str, Cell]]
    flow: Flow | None = None
    as_of: date | None = None


def plain(figures: Figures, flow: Flow | None = None) -> Report:
    """The team's own report: every number as it is."""
    return Report(
        period=figures.period,
        mode=Mode.TEAM,
        appeals=figures.appeals,
        tests=figures.tests,
        erased=figures.erased,
        without_consent=figures.without_consent,
        told_elsewhere=figures.told_elsewhere,
        tables=figures.by,
        flow=flow,
    )
