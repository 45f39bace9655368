"""What a report says in a language: its title and period, its tables with every line named, and the honest notes.

The four papers differ in their form alone; what stands in them is decided here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from babel.dates import format_interval, format_skeleton
from babel.numbers import format_decimal

from bot.codes import code_name
from bot.domain.elapsed import Elapsed
from bot.domain.period import Period
from bot.domain.publishing import PARTS
from bot.domain.questionnaire import AGES
from bot.domain.report import MANY_AT_ONCE, TABLES, Cell, Flow, Hidden, Mode, Report, Spread
from bot.domain.triage import Urgency
from bot.i18n import date_in, label, number_in

Value = Cell | float | None
"""What stands in a line: a count, a number that is not told, hours; None where there is nothing to count yet."""

IN_ORDER: Mapping[str, tuple[str, ...]] = {"urgency": tuple(Urgency), "age": AGES, "elapsed": tuple(Elapsed)}
"""Tables whose lines have an order of their own."""

FLOW = ("came", "claimed", "closed", "reopened", "waiting", "missed")
TIMES = ("to_claim.median", "to_claim.ninetieth", "to_answer.median", "to_answer.ninetieth")
BESIDE = {Mode.PUBLICATION: ("without_consent", "told_elsewhere", "tests"), Mode.TEAM: ("tests", "erased")}
FEW, MORE = "<5", "…"
"""What stands in place of a number that is not told: the same in every language, as statistics write it."""

EVERY = (*TABLES, *MANY_AT_ONCE, "flow", "times", "referrals", "beside")
"""The tables of a paper, in their order."""


@dataclass(frozen=True)
class Row:
    """A line of a table."""

    code: str
    name: str
    value: Value


@dataclass(frozen=True)
class Table:
    """A table with what it counts. `column` heads its numbers; `total` is None where the lines add up to nothing."""

    code: str
    title: str
    about: str
    column: str
    rows: tuple[Row, ...]
    total: Value = None


@dataclass(frozen=True)
class Paper:
    """A report in a language. `mark` says that it is not for publication; None when it is.

    `counted`: how old the numbers are. A publication is told again as it was counted the first time.
    """

    language: str
    days: Period
    counted: date
    appeals: Cell
    title: str
    period: str
    total: str
    mark: str | None
    notes: tuple[str, ...]
    tables: tuple[Table, ...]

    def table(self, code: str) -> Table | None:
        """One of its tables."""
        return next((each for each in self.tables if each.code == code), None)


def paper(report: Report, language: str, made: date) -> Paper:
    """Everything a report says. Raises KeyError for a code that has no name."""
    tables = (*_counted(report, language), *_flow(report.flow, language), _beside(report, language))
    return Paper(
        language=language,
        days=report.period,
        counted=report.as_of or made,
        appeals=report.appeals,
        title=label(language, "paper.title"),
        period=period_in(language, report.period),
        total=label(language, "paper.total", number=shown(language, report.appeals)),
        mark=label(language, "paper.mark") if report.mode is Mode.TEAM else None,
        notes=tuple(_notes(report, language)),
        tables=tables,
    )


def shown(language: str, value: Value) -> str:
    """A number as the language writes it, or what stands in its place."""
    match value:
        case None:
            return "–"
        case Hidden.FEW:
            return FEW
        case Hidden.MORE:
            return MORE
        case int():
            return number_in(language, value)
        case _:
            return str(format_decimal(value, "#,##0.0", locale=language))


def period_in(language: str, period: Period) -> str:
    """A month or a quarter by its name, any other stretch from day to day."""
    first = period.first
    if period == Period.month(first.year, first.month):
        return str(format_skeleton("yMMMM", first, locale=language))
    if period == Period.quarter(first.year, (first.month + 2) // 3):
        return str(format_skeleton("yQQQQ", first, locale=language))
    return str(format_interval(first, period.last, "yMMMd", locale=language))


def counted_on(said: Paper) -> str:
    """The line that says how old the numbers are."""
    return label(said.language, "paper.made", date=date_in(said.language, said.counted))


def hidden_in(table: Table) -> Iterator[Hidden]:
    """What of a table is not told."""
    yield from (value for value in (*(row.value for row in table.rows), table.total) if isinstance(value, Hidden))


def _counted(report: Report, language: str) -> Iterator[Table]:
    """The tables of appeals. One with no line is left out; but the first stays, to say that there is nothing."""
    for code in (*TABLES, *MANY_AT_ONCE):
        cells = report.tables.get(code, {})
        partly = _partly(report, code, language)
        if code in report.tables and (cells or code == "category"):
            yield Table(
                code=code,
                title=label(language, f"paper.table.{code}"),
                about=label(language, f"paper.about.{code}") + (f" {partly}" if partly else ""),
                column=label(language, "paper.column.appeals"),
                rows=tuple(_sorted(code, _named(language, code, cells))),
                total=report.appeals if code in TABLES and not partly else None,
            )


def _partly(report: Report, code: str, language: str) -> str | None:
    """What leaves the team has not each sub-category and region, only those that give nobody away."""
    partly = report.mode is Mode.PUBLICATION and code in PARTS
    return label(language, "paper.note.parts") if partly else None


def _named(language: str, table: str, cells: Mapping[str, Cell]) -> list[Row]:
    return [Row(code, _capital(code_name(language, table, code)), cell) for code, cell in cells.items()]


def _sorted(table: str, rows: Iterable[Row]) -> list[Row]:
    """By the table's own order, or the largest first. A hidden number has no place among those that are told."""
    order = IN_ORDER.get(table)
    if order is not None:
        return sorted(rows, key=lambda row: order.index(row.code) if row.code in order else len(order))
    told = [row for row in rows if not isinstance(row.value, Hidden)]
    few = [row for row in rows if row.value is Hidden.FEW]
    more = [row for row in rows if row.value is Hidden.MORE]
    return [*sorted(told, key=_largest), *sorted(few, key=_by_code), *sorted(more, key=_by_code)]


def _largest(row: Row) -> tuple[float, str]:
    return -float(row.value or 0), row.code


def _by_code(row: Row) -> str:
    return row.code


def _flow(flow: Flow | None, language: str) -> Iterator[Table]:
    """How the work went: what happened, how long it took, what became of the referrals."""
    if flow is None:
        return
    counts = [Row(name, label(language, f"paper.flow.{name}"), getattr(flow, name)) for name in FLOW]
    times = [Row(name, label(language, f"paper.times.{name}"), _hours(flow, name)) for name in TIMES]
    states = [Row(name, label(language, f"referral.state.{name}"), number) for name, number in flow.referrals.items()]
    for code, rows in (("flow", counts), ("times", times), ("referrals", states)):
        if rows:
            yield _numbers(language, code, rows)


def _hours(flow: Flow, name: str) -> float | None:
    until, _, part = name.partition(".")
    spread: Spread | None = getattr(flow, until)
    return None if spread is None else float(getattr(spread, part).total_seconds()) / 3600


def _beside(report: Report, language: str) -> Table:
    """What came and stands in no table; the team's tables hold what others may not see."""
    return _numbers(
        language,
        "beside",
        [Row(name, label(language, f"paper.beside.{name}"), getattr(report, name)) for name in BESIDE[report.mode]],
    )


def _numbers(language: str, code: str, rows: Iterable[Row]) -> Table:
    return Table(
        code=code,
        title=label(language, f"paper.table.{code}"),
        about=label(language, f"paper.about.{code}"),
        column=label(language, "paper.column.number"),
        rows=tuple(replace(row, name=_capital(row.name)) for row in rows),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _notes(report: Report, language: str) -> Iterator[str]:
    """What a reader must know before the numbers are believed."""
    if report.mode is Mode.TEAM:
        yield label(language, "paper.note.team")
    else:
        yield label(language, "paper.note.consent", table=label(language, "paper.table.beside"))
    yield label(language, "paper.note.counted")
    yield label(language, "paper.note.reach")
    if report.mode is Mode.PUBLICATION:
        yield label(language, "paper.note.missing")
    beside = {report.appeals, *(getattr(report, name) for name in BESIDE[report.mode])}
    every = {*beside, *(value for cells in report.tables.values() for value in cells.values())}
    if Hidden.FEW in every:
        yield label(language, "paper.note.few", few=FEW)
    if Hidden.MORE in every:
        yield label(language, "paper.note.more", more=MORE)
