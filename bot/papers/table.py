"""A report as CSV: one long table, a line each count, for whoever counts on with it."""

import csv
import io
from datetime import date

from bot.domain.report import Hidden, Report
from bot.i18n import label
from bot.papers.words import Paper, Value, paper, shown

HEAD = ("first", "last", "made", "use", "table", "code", "title", "name", "count")
"""The same in every language: programs read them. Title and name are for people."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet begins to calculate (OWASP, CSV Injection)."""


def render(report: Report, language: str, made: date, organisation: str = "") -> bytes:
    """RFC 4180, in UTF-8 with its mark at the start, by which Excel knows it. Raises KeyError for an unknown code."""
    return drawn_up(paper(report, language, made))


def drawn_up(said: Paper) -> bytes:
    """The file of a paper."""
    days = (said.days.first, said.days.last, said.counted)
    always = (*map(str, days), said.mark or label(said.language, "paper.may_leave"))
    kept = io.StringIO(newline="")
    lines = csv.writer(kept)
    lines.writerow(HEAD)
    whole = label(said.language, "paper.all")
    lines.writerow([*always, "total", "", said.title, whole, written(said.language, said.appeals)])
    for table in said.tables:
        for row in table.rows:
            cells = (table.code, row.code, table.title, row.name)
            lines.writerow([*always, *map(harmless, cells), written(said.language, row.value)])
    return kept.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def written(language: str, value: Value) -> str:
    """A number as programs write it; a hidden one in words."""
    match value:
        case None:
            return ""
        case Hidden():
            return shown(language, value)
        case int():
            return str(value)
        case _:
            return f"{value:.2f}"
