"""`zhanynda risk evaluate`: how well the risk screen sees danger in sentences whose danger is known."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.people import LANGUAGES
from bot.domain.risk import Finding, Level, Screen
from bot.i18n import label


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
