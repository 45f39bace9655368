"""The directory as a file a spreadsheet opens: given out, and taken in whole or not at all."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from aiogram.methods import SendDocument, SendMessage

from bot.domain import directory
from bot.domain.directory import COLUMNS, Misread, Service
from bot.domain.people import Person
from bot.i18n import Markup, label, number_in, text
from bot.telegram.messages.common import lines, message, paragraphs, said

FILE_NAME = "services.csv"
ERRORS_MOST = 15
PASSED_OVER = {"from_memory"}
"""A column of the seed that says where a row came from; nobody needs it again."""


@dataclass(frozen=True)
class Error:
    """What is wrong in a row, as the spreadsheet counts rows; 0 is the file itself."""

    row: int
    wrong: Misread


def file(person: Person, services: Sequence[Service]) -> tuple[SendDocument, bytes]:
    """Every service; the mark in front tells Excel that it is UTF-8."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    writer.writerows(directory.as_row(service) for service in services)
    caption = label(person.language, "directory.file")
    sent = SendDocument(chat_id=person.account, document=FILE_NAME, caption=caption, parse_mode=None)
    return sent, written.getvalue().encode("utf-8-sig")


def how(person: Person) -> SendMessage:
    """How a file is taken in."""
    return said(person, "directory.file.how")


def reading(person: Person) -> SendMessage:
    """It is on its way."""
    return said(person, "directory.file.reading")


def taken(person: Person, *, new: int, changed: int, same: int) -> SendMessage:
    """All of it is in."""
    counts = {"new": new, "changed": changed, "same": same}
    return said(
        person, "directory.file.taken", None, **{name: number_in(person.language, n) for name, n in counts.items()}
    )


def not_taken(person: Person, errors: Sequence[Error]) -> SendMessage:
    """Nothing of it is in, and why, row by row."""
    language = person.language
    rest = len(errors) - ERRORS_MOST
    words = paragraphs(
        text(language, "directory.file.wrong"),
        lines(*(_line(language, each) for each in errors[:ERRORS_MOST])),
        text(language, "directory.file.more", number=number_in(language, rest)) if rest > 0 else None,
    )
    return message(person, words)


def parsed(read: bytes | None, regions: Collection[str], codes: Collection[str]) -> tuple[list[Service], list[Error]]:
    """The services in a file, or everything that is wrong with it; never both. None: the file could not be read."""
    rows = _rows(read)
    if isinstance(rows, Error):
        return [], [rows]
    errors = [
        Error(number, wrong)
        for number, row in enumerate(rows, 2)
        for wrong in directory.wrong({column: value or "" for column, value in row.items()}, regions, codes)
    ]
    ids = [row["id"].strip() for row in rows]
    errors += [
        Error(number, Misread("id", "directory.wrong.twice", each))
        for number, each in enumerate(ids, 2)
        if each in ids[: number - 2]
    ]
    if errors:
        return [], sorted(errors, key=lambda error: error.row)
    return [directory.from_row(row, regions, codes) for row in rows], []


def _rows(read: bytes | None) -> list[dict[str, str]] | Error:
    """The rows of a file, with `,` or `;` between the values."""
    try:
        written = (read or b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        return Error(0, Misread("", "directory.wrong.encoding"))
    head = written.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(written, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    try:
        rows = [row for row in reader if any(row.values())]
    except csv.Error:
        return Error(reader.line_num, Misread("", "directory.wrong.row"))
    named = {(name or "").strip() for name in reader.fieldnames or ()}
    missing, unknown = set(COLUMNS) - {"verified_on"} - named, named - {*COLUMNS, *PASSED_OVER}
    if missing or unknown:
        return Error(1, Misread(", ".join(sorted(missing or unknown)), "directory.wrong.columns"))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            return Error(number, Misread("", "directory.wrong.row"))
    return rows


def _line(language: str | None, error: Error) -> Markup:
    wrong = error.wrong
    column = Markup(f" · {wrong.column}") if wrong.column else ""
    why = text(language, wrong.key, value=wrong.value)
    return text(language, "directory.file.error", row=number_in(language, error.row), column=column, why=why)
