"""`zhanynda risk evaluate`: how well the risk screen sees danger in sentences whose danger is known."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.domain.people import LANGUAGES
from bot.domain.risk import Finding, Level, Screen
from bot.i18n import label
from bot.phrases import written_rules
from bot.spoken import spoken_language


@dataclass(frozen=True)
class Example:
    """A sentence, its language, and how soon somebody must look."""

    text: str
    language: str
    risk: Level


@dataclass(frozen=True)
class Looked:
    """A sentence and what the screen says of it."""

    example: Example
    finding: Finding

    @property
    def risky(self) -> bool:
        """True when there is danger in it."""
        return self.example.risk is not Level.NONE

    @property
    def seen(self) -> bool:
        """True when the screen sees danger, of whatever level."""
        return self.finding.level is not Level.NONE


class Unreadable(Exception):
    """A line of the file is no example."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@click.group()
def risk() -> None:
    """The rules by which danger is seen in what people write."""


@risk.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "json_lines", is_flag=True)
@click.option("--folds", type=click.IntRange(2, 100))
@click.pass_context
def evaluate(context: click.Context, file: Path, json_lines: bool, folds: int | None) -> None:
    """Say how well danger is seen in the examples of a file. Needs no setting and no database."""
    language = spoken_language()
    try:
        screen, known = Screen(written_rules()), list(examples(file))
        looked = held_out(screen, known, folds) if folds else look_at(screen, known)
    except Unreadable as unreadable:
        name = context.find_root().command.name
        click.echo(f"{name}: {label(language, 'cli.risk.unreadable', line=unreadable.line)}", err=True)
        sys.exit(2)
    for line in as_json(looked) if json_lines else as_lines(language, looked):
        click.echo(line)


def examples(path: Path) -> Iterator[Example]:
    """The examples of a file of JSON lines with `text`, `lang` and `risk`. Raises Unreadable with the line's number."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _example(number, line)


def _example(number: int, line: str) -> Example:
    try:
        data = json.loads(line)
        return Example(str(data["text"]), str(data["lang"]), Level(data["risk"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(number) from error


def look_at(screen: Screen, sentences: Iterable[Example]) -> list[Looked]:
    """What the screen says of each."""
    return [Looked(each, screen.look(each.text)) for each in sentences]


def held_out(screen: Screen, sentences: Sequence[Example], folds: int) -> list[Looked]:
    """Cross-validation of rules that people write: each sentence is looked at without what only its fold speaks for.

    A phrase is taken for learned from the sentences it sees. One that sees none outside a fold is switched off there.
    """
    folds_of: dict[tuple[str, str], set[int]] = {}
    for number, each in enumerate(look_at(screen, sentences)):
        for phrase in each.finding.matched if each.risky else ():
            folds_of.setdefault((phrase.language, phrase.text), set()).add(number % folds)
    screens = [
        screen.changed((), {phrase for phrase, where in folds_of.items() if where == {fold}}) for fold in range(folds)
    ]
    return [Looked(each, screens[number % folds].look(each.text)) for number, each in enumerate(sentences)]


def as_json(looked: Iterable[Looked]) -> Iterator[str]:
    """One line a sentence, for other programs."""
    for each in looked:
        found = each.finding
        said = {
            "text": each.example.text,
            "level": found.level,
            "kind": found.kind,
            "matched": [phrase.text for phrase in found.matched],
        }
        yield json.dumps(said, ensure_ascii=False)


def as_lines(language: str, looked: Iterable[Looked]) -> Iterator[str]:
    """The figures of each language in the reader's language, with what was missed and what was no danger."""
    looked = list(looked)
    spoken = dict.fromkeys((*LANGUAGES, *(each.example.language for each in looked)))
    for one in spoken:
        of_it = [each for each in looked if each.example.language == one]
        if of_it:
            yield from _of_one(language, one, of_it)


def _of_one(language: str, one: str, looked: list[Looked]) -> Iterator[str]:
    risky, quiet = [each for each in looked if each.risky], [each for each in looked if not each.risky]
    immediate = [each for each in risky if each.example.risk is Level.IMMEDIATE]
    yield f"{one}:"
    yield "  " + label(language, "cli.risk.recall", **_share(risky))
    yield "  " + label(language, "cli.risk.immediate", **_share(immediate))
    yield "  " + label(language, "cli.risk.alarms", **_share(quiet))
    for each in risky:
        if not each.seen:
            yield "    " + label(language, "cli.risk.missed", risk=each.example.risk, sentence=each.example.text)
    for each in quiet:
        if each.seen:
            by = each.finding.matched[0].text
            yield "    " + label(language, "cli.risk.alarm", phrase=by, sentence=each.example.text)


def _share(looked: list[Looked]) -> dict[str, object]:
    seen = sum(each.seen for each in looked)
    return {"seen": seen, "all": len(looked), "share": f"{seen / len(looked):.3f}" if looked else "–"}
