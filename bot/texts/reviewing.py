"""`zhanynda texts`: all texts in one table for whoever reviews them without git, and back again."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from bot.domain.consent import Purpose
from bot.i18n import LANGUAGES, label
from bot.spoken import spoken_language
from bot.texts import places, table
from bot.texts.rules import BUTTONS
from bot.texts.unseen import TEAM

FIRST = ("danger", "window", "notice", "consent", "question.", "police", "greeting", "crisis")
"""What somebody in danger, or about to agree to something, reads: to be reviewed before anything else."""

BESIDE = {"ru": "en"}
"""What a reviewer of one language reads beside it; Russian where nothing is said."""

ADMINISTRATORS = "cli."
A_VERSION = frozenset({"notice", *(f"question.{purpose}" for purpose in Purpose)})
"""What somebody agrees to: other words are a new version of it, which is set in the code."""


@click.group()
def texts() -> None:
    """Whatever is written for people, as one table."""


@texts.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES))
def export(file: Path, language: str | None) -> None:
    """Write all texts into a new table; with a language only that one, and one to read beside it."""
    spoken = spoken_language()
    every = places.read()
    languages = (BESIDE.get(language, "ru"), language) if language else LANGUAGES
    seen = {key: label(spoken, f"cli.texts.area.{area(key)}") for key in every}
    try:
        with file.open("xb") as new:
            new.write(table.given_out(every, seen, languages))
    except OSError as error:
        _end(label(spoken, "cli.texts.file", path=error.filename, why=error.strerror))
    click.echo(label(spoken, "cli.texts.exported", number=len(every), path=file))


@texts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_in(file: Path) -> None:
    """Take the changed texts of a table into the files: all of them, or none and why."""
    spoken = spoken_language()
    every = places.read()
    try:
        found = table.taken_in(file.read_bytes(), every)
        if not found.faults:
            places.rewrite(found.changes)
    except OSError as error:
        _end(label(spoken, "cli.texts.file", path=error.filename, why=error.strerror))
    if found.faults:
        _end(label(spoken, "cli.texts.refused"), *(fault_line(spoken, each) for each in found.faults))
    for line in report(spoken, found, len(every)):
        click.echo(line)


AREAS = ("first", "seeker", "button", "team", "administrator", "title", "article")


def area(key: str) -> str:
    """Where a text is seen, one of AREAS."""
    if key.startswith(("title:", "article:")):
        return key.partition(":")[0]
    if key.startswith(ADMINISTRATORS):
        return "administrator"
    if key.startswith(FIRST):
        return "first"
    if key.startswith(BUTTONS):
        return "button"
    return "team" if key.startswith(tuple(TEAM)) else "seeker"


def fault_line(language: str, fault: table.Fault) -> str:
    """One fault, with its row and column."""
    why = label(language, f"cli.texts.wrong.{fault.rule}")
    what = f": {fault.what}" if fault.what else ""
    place = f"{fault.row} {fault.column}".strip()
    return label(language, "cli.texts.fault", place=place, why=f"{why}{what}")


def report(language: str, found: table.Found, every: int) -> Iterator[str]:
    """What was taken in, what was not in the file, what reviewers noted, and what still has to be done."""
    if not found.changes:
        yield label(language, "cli.texts.same")
    for each, number in Counter(spoken for _, spoken in found.changes).items():
        yield label(language, "cli.texts.changed", language=label(each, f"language.{each}"), number=number)
    if len(found.keys) < every:
        yield label(language, "cli.texts.absent", number=every - len(found.keys))
    for key in sorted({key for key, _ in found.changes if re.sub(r"\[\d\]$", "", key) in A_VERSION}):
        yield label(language, "cli.texts.version", key=key)
    for key, note in found.notes:
        yield label(language, "cli.texts.note", key=key, note=note)


def _end(*lines: str) -> None:
    name = click.get_current_context().find_root().command.name
    for number, line in enumerate(lines):
        click.echo(f"{name}: {line}" if number == 0 else line, err=True)
    sys.exit(2)
