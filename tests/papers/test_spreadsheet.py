"""The XLSX as a spreadsheet reads it: numbers, words and dates, nothing that calculates, nobody's name."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.i18n import LANGUAGES, label
from bot.papers import spreadsheet
from bot.papers.words import paper
from tests.papers.reports import MADE, empty, team, told
from tests.papers.test_table import BAD, named

each_language = pytest.mark.parametrize("language", LANGUAGES)


def _open(file: bytes) -> Any:
    return load_workbook(io.BytesIO(file))


def _cells(book: Any) -> list[Any]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


@each_language
def test_a_sheet_each_table_with_numbers_as_numbers(language: str) -> None:
    said, book = paper(team(), language, MADE), _open(spreadsheet.render(team(), language, MADE))
    assert book.sheetnames == [*(table.title for table in said.tables), label(language, "paper.definitions")]
    for name in book.sheetnames:
        assert len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
    for table in said.tables:
        sheet = book[table.title]
        lines = {line[0].value: line[1] for line in sheet.iter_rows(min_row=6, max_row=5 + len(table.rows))}
        assert [lines[row.name].value for row in table.rows] == [
            "–" if row.value is None else pytest.approx(row.value) for row in table.rows
        ]
        assert all(cell.data_type == "n" for cell in lines.values() if cell.value != "–")
        assert sheet.freeze_panes == "A6"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert [len(sheet._charts) for sheet in book] == [1] + [0] * (len(book.sheetnames) - 1)


@each_language
def test_what_is_hidden_is_words_and_never_drawn(language: str) -> None:
    book = _open(spreadsheet.render(told(), language, MADE))
    main = book.worksheets[0]
    hidden = [main.cell(row, 2) for row in (10, 11, 12)]
    few, more = "<5", "…"
    assert [(cell.value, cell.data_type) for cell in hidden] == [(few, "s"), (few, "s"), (more, "s")]
    assert [main.cell(row, 2).value for row in (6, 7, 8, 9, 13)] == [21, 9, 7, 5, 52]
    assert main._charts[0].series[0].val.numRef.f.endswith("$B$6:$B$9")


@each_language
def test_the_team_reads_on_every_sheet_that_it_is_not_for_publication(language: str) -> None:
    own, leaving = (_open(spreadsheet.render(each, language, MADE)) for each in (team(), told()))
    mark = label(language, "paper.mark")
    assert all(any(cell.value == mark for row in sheet.iter_rows() for cell in row) for sheet in own)
    assert all(sheet.oddFooter.left.text == mark for sheet in own)
    assert not any(cell.value == mark for cell in _cells(leaving))


@each_language
def test_the_days_are_dates(language: str) -> None:
    last = _open(spreadsheet.render(told(), language, MADE)).worksheets[-1]
    days = [datetime(2026, 10, 1), datetime(2026, 12, 31), datetime(2027, 1, 2)]  # noqa: DTZ001 - a day has no zone
    assert [last.cell(row, 2).value for row in (3, 4, 5)] == days


@pytest.mark.parametrize("name", BAD)
def test_no_name_becomes_a_formula_or_a_link(name: str) -> None:
    book = _open(spreadsheet.drawn_up(named(paper(told(), "en", MADE), name)))
    assert book.worksheets[0].cell(6, 1).value == name
    assert {cell.data_type for cell in _cells(book)} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in _cells(book))


def test_it_names_nobody_and_is_the_same_each_time() -> None:
    file = spreadsheet.render(team(), "ru", MADE, "Organisation")
    assert file == spreadsheet.render(team(), "ru", MADE, "Organisation")
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        about = parts.read("docProps/core.xml") + parts.read("docProps/app.xml")
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name)
    assert b"Organisation" in about
    assert b"<dc:creator></dc:creator>" in about
    assert b"<cp:lastModifiedBy></cp:lastModifiedBy>" in about


def test_nothing_came() -> None:
    book = _open(spreadsheet.render(empty(), "ky", MADE))
    assert book.worksheets[0]["A6"].value == label("ky", "paper.nothing")
    assert book.worksheets[0]._charts == []


def test_a_sheet_is_called_what_excel_takes() -> None:
    taken: set[str] = set()
    long = "A: very / long [name] of a table, as somebody may change it"
    names = [spreadsheet.sheet_name(long, taken) for _ in range(3)]
    assert names == [
        "A  very   long  name  of a tabl",
        "A  very   long  name  of a  2",
        "A  very   long  name  of a  3",
    ]
    assert spreadsheet.sheet_name("''", taken) == "–"
