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


def parsed(
    read: bytes | None, regions: Collection[str], codes: Collection[str], shown: Collection[str]
) -> tuple[list[Service], list[Error]]:
    """The services in a file, or everything that is wrong with it; never both. None: the file could not be read.

    `shown`: the ids of what is shown already; nothing else comes to be shown without the day of a check.
    """
    rows = _rows(read)
    if isinstance(rows, Error):
        return [], [rows]
    errors, ids = [], set[str]()
    for number, row in rows.items():
        errors += [Error(number, wrong) for wrong in directory.wrong(row, regions, codes)]
        if row["show_to_user"] == "true" and not row.get("verified_on") and row["id"].strip() not in shown:
            errors.append(Error(number, Misread("verified_on", "directory.wrong.unchecked")))
        if row["id"].strip() in ids:
            errors.append(Error(number, Misread("id", "directory.wrong.twice", row["id"][:60])))
        ids.add(row["id"].strip())
    return ([], errors) if errors else ([directory.from_row(row, regions, codes) for row in rows.values()], [])


def _rows(read: bytes | None) -> dict[int, dict[str, str]] | Error:
    """The rows of a file as a spreadsheet counts them, with `,` or `;` between the values; empty ones fall away."""
    try:
        written = (read or b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        return Error(0, Misread("", "directory.wrong.encoding"))
    head = written.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    try:
        named, *rows = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        return Error(0, Misread("", "directory.wrong.row"))
    columns = [name.strip() for name in named]
    missing, unknown = set(COLUMNS) - {"verified_on"} - {*columns}, {*columns} - {*COLUMNS, *PASSED_OVER}
    twice = {name for name in columns if columns.count(name) > 1}
    if missing or unknown or twice:
        return Error(1, Misread(", ".join(sorted(missing or unknown or twice))[:200], "directory.wrong.columns"))
    numbered = {number: row for number, row in enumerate(rows, 2) if any(row)}
    short = next((number for number, row in numbered.items() if len(row) != len(columns)), None)
    if short is not None:
        return Error(short, Misread("", "directory.wrong.row"))
    return {number: dict(zip(columns, row, strict=True)) for number, row in numbered.items()}


def _line(language: str | None, error: Error) -> Markup:
    wrong = error.wrong
    column = f" · {wrong.column}" if wrong.column else ""
    why = text(language, wrong.key, value=wrong.value)
    return text(language, "directory.file.error", row=number_in(language, error.row), column=column, why=why)
