"""The rules of the risk screen, read from `content/risk/`, with what coordinators changed in their chat."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.danger import DangerKind
from bot.domain.people import LANGUAGES
from bot.domain.risk import Level, Phrase, Rules, Screen

FOLDER = Path(__file__).resolve().parent.parent / "content" / "risk"
ANY = "any"
"""The file of what holds in every language."""

OTHER = "other"
"""The name of the phrases whose danger is of no kind that has an answer of its own."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def written_rules(folder: Path = FOLDER) -> Rules:
    """The rules as they stand in the files."""
    files = {language: _read(folder, language) for language in (*LANGUAGES, ANY)}
    return Rules(
        words={
            language: {name: listed.split() for name, listed in data.get("words", {}).items()}
            for language, data in files.items()
        },
        phrases=tuple(phrase for language, data in files.items() for phrase in _phrases(language, data)),
        innocent=_all(files, "innocent"),
        over=_all(files, "over"),
        about=_all(files, "about"),
        negatable=frozenset(files[ANY]["negatable"]),
    )


@cache
def written_screen() -> Screen:
    """The screen that goes by the files alone; made once, for it takes a third of a second."""
    return Screen(written_rules())


def _read(folder: Path, name: str) -> dict[str, Any]:
    with (folder / f"{name}.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.load(file, Loader=_LOADER)
    return data


def _phrases(language: str, data: Mapping[str, Any]) -> Iterable[Phrase]:
    for kind, levels in data["phrases"].items():
        for level, texts in levels.items():
            for text in texts:
                yield Phrase(language, None if kind == OTHER else DangerKind(kind), Level(level), str(text))


def _all(files: Mapping[str, Mapping[str, Any]], part: str) -> tuple[tuple[str, str], ...]:
    return tuple((language, str(text)) for language, data in files.items() for text in data.get(part, ()))
