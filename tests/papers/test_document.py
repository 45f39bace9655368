"""The DOCX as a word processor reads it: headings, tables, pictures that can be read aloud, room to write."""

import io
from functools import cache
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.i18n import LANGUAGES, label
from bot.papers import document
from bot.papers.words import paper, shown
from tests.papers.reports import MADE, empty, team, told


def _open(file: bytes) -> Any:
    return Document(io.BytesIO(file))


@cache
def _told(language: str) -> bytes:
    return document.render(told(), language, MADE, "Organisation")


def _headings(file: Any, level: int) -> list[str]:
    return [each.text for each in file.paragraphs if each.style.name == f"Heading {level}"]


def _foot(file: Any) -> str:
    return "".join(part.text or "" for part in file.sections[0].footer._element.iter(qn("w:t"), qn("w:instrText")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_leaves_the_team_as_a_document(language: str) -> None:
    said, file = paper(told(), language, MADE), _open(_told(language))
    ends = [label(language, key) for key in ("paper.recommendations", "paper.definitions")]
    assert _headings(file, 1) == [label(language, "paper.how"), *(table.title for table in said.tables), *ends]
    asked = [label(language, f"paper.to.{kind}") for kind in document.ADDRESSEES]
    assert _headings(file, 2) == [label(language, "paper.recommendations.areas"), *asked]
    words = [each.text for each in file.paragraphs]
    assert words[0] == said.title
    assert {"Organisation", said.total, *said.notes} <= {*words}
    assert all(any(table.about in line for line in words) for table in said.tables)
    assert _foot(file) == "PAGE"
    assert label(language, "paper.mark") not in "\n".join(words)
    langs = {each.get(qn("w:val")) for each in file.styles.element.iter(qn("w:lang"))}
    assert langs == {document.LOCALES[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_tables_show_every_number_and_repeat_their_head(language: str) -> None:
    said, file = paper(told(), language, MADE), _open(_told(language))
    *counts, to_fill = file.tables
    for table, grid in zip(said.tables, counts, strict=True):
        lines = [tuple(cell.text for cell in row.cells) for row in grid.rows]
        rows = [(row.name, shown(language, row.value)) for row in table.rows]
        total = [] if table.total is None else [(label(language, "paper.all"), shown(language, table.total))]
        assert lines == [(table.title, table.column), *rows, *total]
    for grid in file.tables:
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in grid.rows)
    assert [row.cells[0].text for row in to_fill.rows][1:] == [row.name for row in said.tables[0].rows]
    assert {row.cells[1].text.strip() for row in to_fill.rows[1:]} == {""}


def test_the_team_reads_on_every_page_that_it_is_not_for_publication() -> None:
    file = _open(document.render(team(), "kk", MADE))
    mark = label("kk", "paper.mark")
    assert _foot(file) == f"{mark} · PAGE"
    assert mark in [each.text for each in file.paragraphs]
    pictures = [each._inline.docPr.get("descr") for each in file.inline_shapes]
    titles = [label("kk", f"paper.table.{code}") for code in document.DRAWN]
    assert pictures == [label("kk", "paper.chart.alt", title=title) for title in titles]


def test_it_names_nobody() -> None:
    about = _open(_told("ky")).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("Organisation", "", "", "")
    assert (about.language, about.created.date()) == ("ky-KG", told().as_of)


def test_nothing_came() -> None:
    file = _open(document.render(empty(), "en", MADE))
    assert label("en", "paper.nothing") in [each.text for each in file.paragraphs]
    assert len(file.inline_shapes) == 0
