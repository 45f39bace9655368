"""A report as DOCX: for donors, and for recommendations to state bodies. What is recommended, people write into it."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from bot.domain.report import Report
from bot.i18n import label
from bot.papers import chart
from bot.papers.words import Paper, Table, counted_on, paper, shown

ADDRESSEES = ("interior", "prosecutor", "justice", "health", "social", "ombudsman", "other")
"""To whom recommendations are written, by kind: no body is named, what it is called differs by country and year."""

LOCALES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB", "ky": "ky-KG"}

DRAWN = ("category", "region")
"""Tables that are drawn as well."""

PICTURE_MM = 120
COUNTS_MM = (125, 35)
TO_FILL_MM = (65, 95)
BLANK = "_" * 60


def render(report: Report, language: str, made: date, organisation: str = "") -> bytes:
    """The file. Its properties name the organisation and nobody. Raises KeyError for a code that has no name."""
    return drawn_up(paper(report, language, made), organisation)


def drawn_up(said: Paper, organisation: str = "") -> bytes:
    """The file of a paper."""
    from docx import Document  # here: it takes a while to load

    language, file = said.language, Document()
    _set_up(file, said, organisation)
    file.add_heading(said.title, level=0)
    for line in (organisation, label(language, "paper.period", period=said.period), said.total, counted_on(said)):
        if line:
            file.add_paragraph(line)
    if said.mark is not None:
        file.add_paragraph().add_run(said.mark).bold = True
    file.add_heading(label(language, "paper.how"), level=1)
    for note in said.notes:
        file.add_paragraph(note, style="List Bullet")
    for table in said.tables:
        _section(file, table, language, chart.drawn_up(said, table.code) if table.code in DRAWN else None)
    _recommendations(file, said)
    file.add_heading(label(language, "paper.definitions"), level=1)
    for table in said.tables:
        named = file.add_paragraph()
        named.add_run(f"{table.title}. ").bold = True
        named.add_run(table.about)
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def _set_up(file: Any, said: Paper, organisation: str) -> None:
    """A4, its language, its properties, and at the foot of each page its number and for whom it is."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    locale = LOCALES[said.language]
    file.styles["Normal"].font.name = "Calibri"
    for style in file.styles.element.iter(qn("w:lang")):
        style.set(qn("w:val"), locale)
    about = file.core_properties
    about.author, about.last_modified_by, about.comments = organisation, "", ""
    about.title, about.language = said.title, locale
    about.created = about.modified = datetime.combine(said.counted, time())
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{said.mark} · " if said.mark else "")
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = words
        run._r.append(part)


def _section(file: Any, table: Table, language: str, picture: bytes | None) -> None:
    """A table with its heading, and its picture above it."""
    from docx.shared import Mm

    file.add_heading(table.title, level=1)
    if picture is not None:
        shape = file.add_picture(io.BytesIO(picture), width=Mm(PICTURE_MM))
        shape._inline.docPr.set("descr", label(language, "paper.chart.alt", title=table.title))
    if not table.rows:
        file.add_paragraph(label(language, "paper.nothing"))
        return
    lines = [(row.name, shown(language, row.value)) for row in table.rows]
    if table.total is not None:
        lines.append((label(language, "paper.all"), shown(language, table.total)))
    _grid(file, (table.title, table.column), lines, COUNTS_MM)


def _grid(file: Any, head: tuple[str, ...], lines: Sequence[tuple[str, ...]], widths: tuple[int, int]) -> None:
    """A table whose head is repeated on every page, and whose lines are not torn apart."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    grid = file.add_table(rows=0, cols=len(head), style="Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for at, line in enumerate([head, *lines]):
        row = grid.add_row()
        marks = row._tr.get_or_add_trPr()
        marks.append(OxmlElement("w:cantSplit"))
        if at == 0:
            marks.append(OxmlElement("w:tblHeader"))
        for cell, words, width in zip(row.cells, line, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].add_run(words).bold = at == 0
        if widths is COUNTS_MM:
            row.cells[-1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_paragraph()


def _recommendations(file: Any, said: Paper) -> None:
    """Room to write: by area, as appeals came in, and by whom it is for."""
    language = said.language
    file.add_heading(label(language, "paper.recommendations"), level=1)
    file.add_paragraph(label(language, "paper.recommendations.fill"))
    areas = said.table("category")
    if areas is not None and areas.rows:
        file.add_heading(label(language, "paper.recommendations.areas"), level=2)
        head = (label(language, "paper.column.area"), label(language, "paper.column.recommended"))
        _grid(file, head, [(row.name, "\n") for row in areas.rows], TO_FILL_MM)
    for kind in ADDRESSEES:
        file.add_heading(label(language, f"paper.to.{kind}"), level=2)
        for number in (1, 2, 3):
            file.add_paragraph(f"{number}. {BLANK}")
