"""The CSV: one long table that programs read, and no spreadsheet calculates."""

import csv
import io
from dataclasses import replace

import pytest

from bot.i18n import LANGUAGES, label
from bot.papers import table
from bot.papers.words import Paper, paper
from tests.papers.reports import CODES, MADE, empty, team, told

BAD = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")')


def _read(file: bytes) -> list[dict[str, str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), strict=True))


def named(said: Paper, name: str) -> Paper:
    """A paper whose first line is called so."""
    first, *others = said.tables
    line, *lines = first.rows
    return replace(said, tables=(replace(first, rows=(replace(line, name=name), *lines)), *others))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_each_count(language: str) -> None:
    lines = _read(table.render(team(), language, MADE))
    assert len(lines) == 1 + sum(len(codes) + 1 for codes in CODES.values()) + 6 + 4 + 9 + 2
    assert lines[0]["count"] == "1234"
    assert {line["use"] for line in lines} == {label(language, "paper.mark")}
    days = {(line["first"], line["last"], line["made"]) for line in lines}
    assert days == {("2026-11-16", "2026-11-22", "2026-11-23")}
    by_code = {(line["table"], line["code"]): line["count"] for line in lines}
    assert by_code["category", "IPV"] == "1000"
    assert by_code["times", "to_claim.median"] == "0.10"
    assert by_code["times", "to_answer.median"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_hidden_is_no_number(language: str) -> None:
    lines = _read(table.render(told(), language, MADE))
    hidden = [line["count"] for line in lines if not line["count"].isdigit()]
    assert len(hidden) == 6
    assert {*hidden} == {"<5", "…"}
    assert {line["use"] for line in lines} == {label(language, "paper.may_leave")}


@pytest.mark.parametrize("name", BAD)
def test_no_name_becomes_a_formula(name: str) -> None:
    lines = _read(table.drawn_up(named(paper(told(), "en", MADE), name)))
    assert lines[1]["name"] == f"'{name}"
    assert not any(cell.startswith(table.FORMULA) for line in lines for cell in line.values())


def test_nothing_came() -> None:
    assert [line["count"] for line in _read(table.render(empty(), "kk", MADE))] == ["0", "0", "0"]
