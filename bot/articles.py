"""The articles of `content/articles/`: `<topic>.<language>.md`, in the order of `shelf.yaml`, read once.

A page ends at a line of three hyphens. A paragraph may begin with a mark in square brackets: `[KZ]` or `[KG]` for one
country, `[police]` for what is not said where an official took part, both with a space between.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.domain.people import FALLBACK
from bot.domain.reading import Article, Finder, Paragraph, Reviewer, phrase

ARTICLES = Path(__file__).resolve().parent.parent / "content" / "articles"
COUNTRIES = ("KZ", "KG")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARKED = re.compile(r"\[([A-Za-z ]+)\]\s+(.+)", re.S)


@cache
def shelf(folder: Path = ARTICLES) -> dict[str, tuple[str, ...]]:
    """Every topic, in the order of the list, and what it is offered for: categories, sub-categories, dangers."""
    with (folder / "shelf.yaml").open(encoding="utf-8") as file:
        data: dict[str, list[str]] = yaml.load(file, Loader=_LOADER)
    return {topic: tuple(codes) for topic, codes in data.items()}


@cache
def article(topic: str, language: str, folder: Path = ARTICLES) -> Article:
    """A topic in this language, or in the next one its reader is likely to read. Raises LookupError for no topic."""
    for each in FALLBACK[language] if topic in shelf(folder) else ():
        path = folder / f"{topic}.{each}.md"
        if path.exists():
            return read(path)
    raise LookupError(topic)


class BrokenArticle(ValueError):
    """`{path.name}` can't be read: its head is not whole."""


def read_all(folder: Path = ARTICLES) -> list[Article]:
    """Every article in every language, kept from then on: nobody who writes waits for them. Raises BrokenArticle."""
    return [read(path) for topic in shelf(folder) for path in sorted(folder.glob(f"{topic}.*.md"))]


@cache
def read(path: Path) -> Article:
    """One file. Raises BrokenArticle."""
    try:
        return _read(path)
    except (AttributeError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise BrokenArticle(path.name) from error


def _read(path: Path) -> Article:
    topic, language, _ = path.name.split(".")
    _, head, body = re.split(r"^---\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    data: dict[str, Any] = yaml.load(head, Loader=_LOADER)
    country = data["country"]
    return Article(
        topic=topic,
        language=language,
        title=data["title"],
        keywords=tuple(phrase(each) for each in data["keywords"].split(",")),
        country=country if country in COUNTRIES else None,
        written=data["date"],
        sources=data["sources"],
        reviewer=Reviewer(data["reviewer"]),
        reviewed=data["status"] == "reviewed",
        pages=tuple(page(each) for each in re.split(r"^---\n", body, flags=re.M)),
    )


def listed(language: str, country: str | None) -> list[Article]:
    """All that somebody in this country may want to read, in order."""
    each = [article(topic, language) for topic in shelf()]
    return [one for one in each if None in (country, one.country) or one.country == country]


def offered(code: str) -> tuple[str, ...]:
    """The topics for a sub-category, or those of its category, or those for a kind of danger."""
    named = [topic for topic, codes in shelf().items() if code in codes]
    general = [topic for topic, codes in shelf().items() if code.partition(".")[0] in codes and topic not in named]
    return (*named, *general)


def found(words: str) -> list[str]:
    """The topics that fit a few words, in whichever language they are."""
    return _finder().fitting(words)


@cache
def _finder() -> Finder:
    return Finder(read_all())


def page(written: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a page as a file has them."""
    return tuple(_paragraph(each.strip()) for each in re.split(r"\n\s*\n", written.strip()))


def _paragraph(written: str) -> Paragraph:
    marked = _MARKED.fullmatch(written)
    if marked is None:
        return Paragraph(written)
    marks: Sequence[str] = marked[1].split()
    country = next((each for each in marks if each in COUNTRIES), None)
    return Paragraph(marked[2], country, "police" in marks)
