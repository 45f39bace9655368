"""What can be read without asking anybody: articles, in pages of one screen, and which of them fits a few words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.risk.letters import CYRILLIC, skeleton

Phrase = tuple[str, ...]
"""Words in their order, each the beginning of what people write, in the one spelling; with a full stop a whole word."""

IN_LATIN = 5
"""Signs a keyword must have to be found where its language is typed in Latin: shorter ones begin English words."""

BEGUN = 2
"""Letters by which most keywords are passed over at once."""

ALIKE = 6
"""Letters after which two words of a title and of a question count as the same word; endings follow after them."""

HEARD = 600
"""Letters of a message that are looked at: what it is about stands at its beginning, and nobody waits for the rest."""

FOUND_MOST = 4
"""Articles shown as an answer; more would be a list to search in once more."""


class Reviewer(StrEnum):
    """Whose profession an article is read by before it counts as checked; a role, never a name."""

    LAWYER = "lawyer"
    DOCTOR = "doctor"


@dataclass(frozen=True)
class Paragraph:
    """A few lines of a page. `country`: said to people there alone; `police`: not said where an official took part."""

    words: str
    country: str | None = None
    police: bool = False


@dataclass(frozen=True)
class Article:
    """One topic in one language.

    The first line of each page says nothing about its topic: a lock screen may show it. `sources` are the facts it
    rests on, each with the name and the year that a reader sees.
    """

    topic: str
    language: str
    title: str
    keywords: tuple[Phrase, ...]
    country: str | None
    written: date
    sources: Mapping[str, str]
    reviewer: Reviewer
    reviewed: bool
    pages: tuple[tuple[Paragraph, ...], ...]


def shown(page: Sequence[Paragraph], country: str | None, *, police: bool) -> list[Paragraph]:
    """What of a page is for somebody in this country, for both while it is unknown; `police`: may be named to her."""
    return [
        each for each in page if (country is None or each.country in (None, country)) and (police or not each.police)
    ]


class Finder:
    """Which articles fit a few words. Made once of all of them; asked for every first message, so it looks at few.

    It is given the articles in every language, for nobody in trouble keeps to one; a topic counts by its best language.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._topics: list[str] = []
        self._keywords: dict[str, list[tuple[int, Phrase]]] = {}
        self._titles: dict[str, list[int]] = {}
        for number, each in enumerate(articles):
            self._topics.append(each.topic)
            for wanted in each.keywords:
                self._keywords.setdefault(_bare(wanted[0])[:BEGUN], []).append((number, wanted))
            for name in {word[:ALIKE] for word in skeleton(each.title) if len(word) >= ALIKE}:
                self._titles.setdefault(name, []).append(number)

    def fitting(self, words: str) -> list[str]:
        """The topics that fit what somebody wrote, best first: a few at most, none when nothing fits.

        Two for each word of a keyword that was said, one for each longer word of the title.
        """
        spoken, scores = skeleton(words[:HEARD]), Counter[int]()
        for begun in {_bare(word)[:BEGUN] for word in spoken}:
            for number, wanted in self._keywords.get(begun, ()):
                scores[number] += 2 * len(wanted) * _stands(spoken, wanted)
        for name in {word[:ALIKE] for word in spoken}:
            scores.update(self._titles.get(name, ()))
        best: dict[str, int] = {}
        for number, score in sorted(scores.items()):
            best[self._topics[number]] = max(score, best.get(self._topics[number], 0))
        return sorted((topic for topic, score in best.items() if score), key=lambda topic: -best[topic])[:FOUND_MOST]


def phrase(written: str) -> Phrase:
    """A keyword as it is compared."""
    words = skeleton(written)
    return (*words[:-1], words[-1] + "." * written.endswith("."))


def _stands(spoken: Sequence[str], wanted: Phrase) -> bool:
    """True when these words stand there in their order; in Latin too, unless they are too short to be told apart."""
    latin = sum(map(len, wanted)) >= IN_LATIN
    starts = range(len(spoken) - len(wanted) + 1)
    return any(all(_is(spoken[at + n], each, latin=latin) for n, each in enumerate(wanted)) for at in starts)


def _is(word: str, wanted: str, *, latin: bool) -> bool:
    whole, beginning = wanted.endswith("."), wanted.removesuffix(".")
    shapes = (beginning, _bare(beginning)) if latin else (beginning,)
    return word in shapes if whole else word.startswith(shapes)


def _bare(word: str) -> str:
    return word.removeprefix(CYRILLIC)
