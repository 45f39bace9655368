"""How a phrase is written and when it stands in a text.

A phrase is written as people write, words one after the other. `word*` is any ending, `one|other` either of two
(`at_home` is one of them), `<name>` any word of a list, `..` up to four words between; ` + ` says that what stands on
both sides comes near each other in any order, and a `=` before it all that hardly anything else is said.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product

from bot.domain.risk.letters import skeleton

GAP = 1
"""Words that may stand between two words of a phrase: people put `me` and `again` anywhere."""

WIDE_GAP = 4
NEAR = 24
"""Words among which the parts of a phrase are looked for."""

FEW = 3
"""Words besides a phrase that is to stand alone: a greeting, a please, a name."""

_MOST_WAYS = 12
"""A text that repeats one word hundreds of times is as clear after the twelfth."""

MOST_WORDS = 8
"""Words of a phrase, and alternatives of several words in it, that somebody may add in the chat."""

TELLING = 4
"""Letters, a mark of Cyrillic among them, of which one word of a phrase must be."""

Places = Mapping[str, Sequence[int]]
"""Where in a text each name stands."""


@dataclass(frozen=True)
class Step:
    """One word of a phrase: its name, and how many words may stand before it."""

    name: str
    gap: int


@dataclass(frozen=True)
class Pattern:
    """A phrase taken apart: parts in any order, each of steps in order."""

    parts: tuple[tuple[Step, ...], ...]
    alone: bool

    @property
    def names(self) -> Iterator[str]:
        """Every name it needs."""
        return (step.name for part in self.parts for step in part)

    def ways(self, at: Places, length: int) -> Iterator[tuple[int, ...]]:
        """Where it stands in a text of so many words: a place for each of its words, none used twice, all near."""
        for combined in product(*(_stands(part, at) for part in self.parts)):
            way = tuple(place for places in combined for place in places)
            if (
                len(set(way)) == len(way)
                and max(way) - min(way) <= NEAR
                and (not self.alone or length <= len(way) + FEW)
            ):
                yield way


def taken_apart(speech: str, text: str) -> Iterator[Pattern]:
    """What a phrase comes to: one pattern, or one more for each alternative of several words.

    A list has the same name everywhere; a word written in the phrase itself is known in its own speech alone. Raises
    ValueError for a phrase with nothing in it.
    """
    parts = [_steps(speech, part.split()) for part in text.removeprefix("=").split(" + ")]
    if not all(parts):
        raise ValueError(text)
    for chosen in product(*(choices for part in parts for choices in part)):
        left = iter(chosen)
        yield Pattern(tuple(tuple(step for _ in part for step in next(left)) for part in parts), text.startswith("="))


def fits(text: str, lists: Set[str]) -> bool:
    """True for a phrase that can be looked for: its lists exist, and it isn't so short that it would be everywhere."""
    words = [each for word in text.removeprefix("=").split() if word not in ("..", "+") for each in word.split("|")]
    spelt = [skeleton(each) for each in words if not each.startswith("<")]
    known = all(each.strip("<>") in lists for each in words if each.startswith("<"))
    whole = all(spelt) and not any(each.startswith("*") or "*" in each[:-1] for each in words)
    telling = any(len(word) >= TELLING for each in spelt for word in each) or any(
        each.startswith("<") for each in words
    )
    cheap = len(text.split()) <= MOST_WORDS and text.count("_") <= MOST_WORDS
    return known and whole and telling and cheap and all(part.split() for part in text.removeprefix("=").split(" + "))


def _steps(speech: str, words: Sequence[str]) -> list[list[tuple[Step, ...]]]:
    """For each word of a part the steps that it may be: one, or several where an alternative has several words."""
    steps, gap = [], GAP
    for word in words:
        if word == "..":
            gap = WIDE_GAP
            continue
        longer = [each for each in word.split("|") if "_" in each and not each.startswith("<")]
        single = "|".join(each for each in word.split("|") if each not in longer)
        choices: list[tuple[Step, ...]] = [(_step(speech, single, gap),)] if single else []
        for several in (each.split("_") for each in longer):
            choices.append((_step(speech, several[0], gap), *(_step(speech, each, 0) for each in several[1:])))
        steps.append(choices)
        gap = GAP
    return steps


def _step(speech: str, word: str, gap: int) -> Step:
    return Step(word if word.startswith("<") and "|" not in word else f"{speech} {word}", gap)


def _stands(part: tuple[Step, ...], at: Places) -> Sequence[tuple[int, ...]]:
    """Each way in which the words of one part stand one after the other."""
    ways: list[tuple[int, ...]] = [(place,) for place in at.get(part[0].name, ())]
    for step in part[1:]:
        ways = [(*way, place) for way in ways for place in at.get(step.name, ()) if 0 < place - way[-1] <= step.gap + 1]
    return ways[:_MOST_WAYS]
