"""A report as XLSX: a sheet each table, numbers as numbers, a chart, and a sheet that says what was counted."""

import io
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from typing import Any

from bot.domain.report import Hidden, Report
from bot.i18n import label
from bot.papers.words import Paper, Table, Value, counted_on, paper, shown

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""What is written as words stays words."""

SHEET_MOST = 31
"""Letters in the name of a sheet (Excel specifications and limits)."""

WIDTHS = (58, 18)
EXPLAINED = (34, 66)
"""Widths of the columns, in letters."""

LINE_HEIGHT = 16
A4 = 9
HEAD_ROW = 4
"""Above it: title, period, when it was made, the mark of the team."""


@dataclass
class _Book:
    """The file while it is written, with its formats and the names its sheets have taken."""

    file: Any
    said: Paper
    formats: dict[str, Any]
    names: set[str] = field(default_factory=set)

    def sheet(self, title: str) -> Any:
        """A new sheet with what stands on each: the name of the paper, and for whom it is."""
        sheet = self.file.add_worksheet(sheet_name(title, self.names))
        sheet.set_paper(A4)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6)
        sheet.set_footer("&C&P / &N" if self.said.mark is None else f"&L{self.said.mark}&R&P / &N")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        return sheet

    def words(self, sheet: Any, row: int, column: int, words: str, kind: str = "words") -> None:
        """Words in a cell, never a formula and never a link."""
        sheet.write_string(row, column, words, self.formats[kind])

    def wrapped(self, sheet: Any, row: int, words: Sequence[str], widths: Sequence[int], kinds: Sequence[str]) -> None:
        """A line of words in a row as high as they need: not every program works that out by itself."""
        lines = max(len(textwrap.wrap(each, width)) for each, width in zip(words, widths, strict=True))
        sheet.set_row(row, LINE_HEIGHT * max(lines, 1))
        for column, (each, kind) in enumerate(zip(words, kinds, strict=True)):
            self.words(sheet, row, column, each, kind)


def render(report: Report, language: str, made: date, organisation: str = "") -> bytes:
    """The file; the same bytes for the same report. Raises KeyError for a code that has no name."""
    return drawn_up(paper(report, language, made), organisation)


def drawn_up(said: Paper, organisation: str = "") -> bytes:
    """The file of a paper."""
    from xlsxwriter import Workbook  # here: few ever ask for a spreadsheet

    kept = io.BytesIO()
    with Workbook(kept, SAFE) as file:
        created = datetime.combine(said.counted, time())
        file.set_properties({"title": said.title, "company": organisation, "created": created})
        book = _Book(file, said, _formats(file))
        for table in said.tables:
            _table(book, table)
        _definitions(book)
    return kept.getvalue()


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that no other sheet has."""
    base = re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:SHEET_MOST] or "–"
    tries = (base if n == 1 else f"{base[: SHEET_MOST - 4]} {n}" for n in count(1))
    name = next(each for each in tries if each.casefold() not in taken)
    taken.add(name.casefold())
    return name


def _formats(file: Any) -> dict[str, Any]:
    file.formats[0].set_font_size(11)
    head = {"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
    kinds: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "mark": {"bold": True, "font_color": "#9C0006", "bg_color": "#FFE5E5"},
        "head": head,
        "head_number": head | {"align": "right"},
        "words": {"text_wrap": True, "valign": "top"},
        "bold": {"bold": True, "text_wrap": True, "valign": "top"},
        "number": {"num_format": "#,##0", "valign": "top"},
        "hours": {"num_format": "#,##0.0", "valign": "top"},
        "hidden": {"align": "right", "italic": True, "valign": "top"},
        "total": {"bold": True, "top": 1},
        "total_number": {"bold": True, "top": 1, "num_format": "#,##0"},
        "total_hidden": {"bold": True, "top": 1, "align": "right", "italic": True},
        "date": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"},
    }
    return {kind: file.add_format(each) for kind, each in kinds.items()}


def _table(book: _Book, table: Table) -> None:
    sheet, said = book.sheet(table.title), book.said
    book.words(sheet, 0, 0, f"{said.title}: {table.title}", "title")
    book.words(sheet, 1, 0, label(said.language, "paper.period", period=said.period))
    book.words(sheet, 2, 0, counted_on(said))
    if said.mark is not None:
        book.words(sheet, 3, 0, said.mark, "mark")
    book.words(sheet, HEAD_ROW, 0, table.title, "head")
    book.words(sheet, HEAD_ROW, 1, table.column, "head_number")
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.repeat_rows(HEAD_ROW)
    row = HEAD_ROW
    for row, each in enumerate(table.rows, HEAD_ROW + 1):
        book.wrapped(sheet, row, (each.name,), WIDTHS[:1], ("words",))
        _value(book, sheet, row, each.value)
    if not table.rows:
        row += 1
        book.words(sheet, row, 0, label(said.language, "paper.nothing"))
    if table.total is not None:
        row += 1
        book.words(sheet, row, 0, label(said.language, "paper.all"), "total")
        _value(book, sheet, row, table.total, "total_")
    book.wrapped(sheet, row + 2, (table.about,), WIDTHS[:1], ("words",))
    if table.code == "category":
        _chart(book, sheet, table, row + 4)


def _value(book: _Book, sheet: Any, row: int, value: Value, kind: str = "") -> None:
    """A number as a number; what is not told as words, so that nobody adds it up."""
    if value is None or isinstance(value, Hidden):
        book.words(sheet, row, 1, shown(book.said.language, value), f"{kind}hidden")
    else:
        whole = "number" if isinstance(value, int) else "hours"
        sheet.write_number(row, 1, value, book.formats[f"{kind}{whole}"])


def _chart(book: _Book, sheet: Any, table: Table, row: int) -> None:
    """Bars of the numbers that are told, below the table, as they are printed: they stand first in it."""
    told = sum(isinstance(row.value, int) for row in table.rows)
    if not told:
        return
    first, last = HEAD_ROW + 1, HEAD_ROW + told
    chart = book.file.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": table.column,
            "categories": [sheet.get_name(), first, 0, last, 0],
            "values": [sheet.get_name(), first, 1, last, 1],
            "data_labels": {"value": True},
            "fill": {"color": "#0072B2"},
            "gap": 40,
        }
    )
    chart.set_title({"name": table.title, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": 120 + 30 * told})
    alt = label(book.said.language, "paper.chart.alt", title=table.title)
    sheet.insert_chart(row, 0, chart, {"description": alt, "object_position": 3})


def _definitions(book: _Book) -> None:
    """The last sheet: how it was counted, and what each table means."""
    language, said = book.said.language, book.said
    sheet = book.sheet(label(language, "paper.definitions"))
    for column, width in enumerate(EXPLAINED):
        sheet.set_column(column, column, width)
    book.words(sheet, 0, 0, label(language, "paper.definitions"), "title")
    if said.mark is not None:
        book.words(sheet, 1, 0, said.mark, "mark")
    lines: Iterable[tuple[str, str]] = [
        *((label(language, "paper.how") if at == 0 else "", note) for at, note in enumerate(said.notes)),
        *((table.title, table.about) for table in said.tables),
    ]
    days = (("paper.first_day", said.days.first), ("paper.last_day", said.days.last), ("paper.made_day", said.counted))
    for row, (key, day) in enumerate(days, 2):
        book.words(sheet, row, 0, label(language, key), "bold")
        sheet.write_datetime(row, 1, datetime.combine(day, time()), book.formats["date"])
    for row, (name, about) in enumerate(lines, 2 + len(days)):
        book.wrapped(sheet, row, (name, about), EXPLAINED, ("bold", "words"))
