"""What somebody asked to have made of the numbers: a chart or a file, and what became of the asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.case_log import Row
from bot.domain.ids import PersonId
from bot.domain.period import Period
from bot.domain.report import Mode, Report
from bot.domain.rights import Right
from bot.domain.stretch import name_of


class What(StrEnum):
    """What is made: a picture, or a kind of file."""

    CHART = "chart"
    DOCUMENT = "document"
    SPREADSHEET = "spreadsheet"
    TABLE = "table"
    LOG = "log"


FILES = tuple(what for what in What if what is not What.CHART)
"""What can be asked for by period; a chart belongs to a week."""

_ENDINGS = {What.CHART: "png", What.DOCUMENT: "docx", What.SPREADSHEET: "xlsx", What.TABLE: "csv", What.LOG: "csv"}

AGAIN_AFTER = (timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=10))
"""When it is made again after the first, second … try that ended in nothing; longer than making may last."""


class NotMade(Exception):
    """Nothing came of making one; it may go better another time."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Asked:
    """What is to be made."""

    what: What
    mode: Mode
    period: Period
    language: str | None

    @property
    def needs(self) -> Right:
        """The right to have it, asked when it is ordered, when it is made and when it is sent."""
        if self.what is What.CHART:
            return Right.COUNT
        return Right.TEAM_NUMBERS if self.mode is Mode.TEAM else Right.REPORT

    @property
    def file_name(self) -> str:
        """`zhanynda-2026-Q3-ru.xlsx`: which days and which language; whether it must stay within the team."""
        kind = ("cases",) if self.what is What.LOG else ()
        mark = ("not-for-publication",) if self.mode is Mode.TEAM else ()
        parts = ("zhanynda", name_of(self.period), *kind, *(self.language or "",), *mark)
        return "-".join(part for part in parts if part) + f".{_ENDINGS[self.what]}"


@dataclass(frozen=True)
class Material:
    """All that a paper is made of.

    `shown`: a report, or the rows of a case log; `made`: on which day; `before`: how many came in the period before.
    """

    asked: Asked
    shown: Report | Sequence[Row]
    made: date
    organisation: str
    before: int | None = None


@dataclass(frozen=True)
class Order:
    """Somebody waits for this; without a person the operator groups of its language do. `tried`: how often."""

    id: int
    at: datetime
    person: PersonId | None
    asked: Asked
    tried: int

    @property
    def slot(self) -> str:
        """Where the line stands that says it is being made."""
        return f"order:{self.id}"

    @property
    def last_try(self) -> bool:
        """True when it is not made again should this try end in nothing."""
        return self.tried >= len(AGAIN_AFTER)

    @property
    def given_up(self) -> bool:
        """True when even the last try was never heard of again."""
        return self.tried > len(AGAIN_AFTER)
