"""The case log as CSV: a line each appeal, for whoever counts on with it. What may stand in it is decided before."""

import csv
import io
from collections.abc import Sequence

from bot.codes import code_name
from bot.domain.case_log import COLUMNS, NOT_KNOWN, Row
from bot.domain.report import Mode
from bot.i18n import label
from bot.papers.table import harmless

SEVERAL = ("context", "violated", "referrals")
"""Columns in which several codes may stand, a blank between."""


def render(rows: Sequence[Row], language: str, mode: Mode) -> bytes:
    """RFC 4180, in UTF-8 with its mark at the start, by which Excel knows it. Raises KeyError for an unknown code.

    A code and its name side by side, under a head that programs read and one in the file's language; both empty where
    it is not told.
    """
    kept = io.StringIO(newline="")
    lines = csv.writer(kept)
    lines.writerow(["use", "number", *(head for column in COLUMNS for head in (column, _head(language, column)))])
    use = label(language, "paper.mark" if mode is Mode.TEAM else "paper.may_leave")
    for number, row in enumerate(rows, 1):
        cells = [cell for column in COLUMNS for cell in (row.get(column, ""), _name(language, column, row.get(column)))]
        lines.writerow([use, number, *map(harmless, cells)])
    return kept.getvalue().encode("utf-8-sig")


def _head(language: str, column: str) -> str:
    return label(language, "log.week") if column == "week" else label(language, f"paper.table.{column}")


def _name(language: str, column: str, code: str | None) -> str:
    if code is None:
        return ""
    if column in SEVERAL:
        codes = [] if code == NOT_KNOWN else code.split()
        return ", ".join(_one(language, column, each) for each in codes) or label(language, "log.none")
    return code if column == "week" else _one(language, column, "" if code == NOT_KNOWN else code)


def _one(language: str, column: str, code: str) -> str:
    if column == "referrals":
        return label(language, f"log.referred.{code}")
    return code_name(language, column, code)
