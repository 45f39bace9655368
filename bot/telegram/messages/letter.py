"""The letter of a referral, to be printed: anonymous; a name is written in by hand by whoever agrees to be named."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import SendDocument

from bot.domain.case import CaseFile
from bot.domain.people import Person
from bot.domain.referral import Addressee, Need
from bot.i18n import date_in, label
from bot.telegram.messages.common import answer_name, category_name, region_name

BLANK = "_" * 40


@dataclass(frozen=True)
class Letter:
    """What stands in it, besides the texts of its language: nothing else of her is known here."""

    language: str
    file: CaseFile
    to: Addressee
    needs: Sequence[Need]
    organisation: str
    contact: str


def letter(person: Person, made: Letter, zone: ZoneInfo, now: datetime) -> tuple[SendDocument, bytes]:
    """The file, for the lawyer's private chat; its name says no more than the code."""
    caption = label(person.language, "referral.letter.file", code=made.file.code)
    sent = SendDocument(
        chat_id=person.account, document=f"{made.file.code}-{made.language}.docx", caption=caption, parse_mode=None
    )
    return sent, written(made, zone, now)


def written(made: Letter, zone: ZoneInfo, now: datetime) -> bytes:
    """The letter as DOCX. Its properties name nobody."""
    from docx import Document  # here: it takes a while to load, and few ever ask for a letter

    language, paper = made.language, Document()
    for line in (made.organisation, made.contact):
        if line:
            paper.add_paragraph(line)
    paper.add_paragraph(label(language, "letter.date", date=date_in(language, now.astimezone(zone).date())))
    paper.add_paragraph(label(language, "letter.to", name=made.to.name(language)))
    paper.add_heading(label(language, "letter"), level=1)
    paper.add_paragraph(label(language, "letter.opening"))
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in _facts(made):
        row = table.add_row().cells
        row[0].text, row[1].text = name, value
    paper.add_paragraph()
    paper.add_paragraph(label(language, "letter.asks"))
    for need in made.needs:
        paper.add_paragraph(label(language, f"letter.need.{need}"), style="List Bullet")
    paper.add_paragraph(label(language, "letter.answer", code=made.file.code))
    paper.add_paragraph(label(language, "letter.anonymous"))
    paper.add_paragraph(label(language, "letter.named"))
    for key in ("letter.name", "letter.reached", "letter.signed_by_person", "letter.signed_by_lawyer"):
        paper.add_paragraph(f"{label(language, key)}: {BLANK}")
    about = paper.core_properties
    about.author, about.comments, about.last_modified_by = made.organisation, "", ""
    about.title = about.subject = about.keywords = ""
    about.created = about.modified = now.replace(tzinfo=None)
    kept = io.BytesIO()
    paper.save(kept)
    return kept.getvalue()


def _facts(made: Letter) -> list[tuple[str, str]]:
    """The rows of its table: the code, and what she agreed they would learn (`sharing.facts`)."""
    language, file = made.language, made.file
    known = [
        ("category", category_name(language, file.category)),
        ("region", region_name(language, file.region) if file.region else ""),
        ("age", answer_name(language, "age", file.age) if file.age else ""),
    ]
    code = (label(language, "letter.code"), str(file.code))
    return [code, *((label(language, f"name.{name}"), value) for name, value in known if value)]
