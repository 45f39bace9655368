"""The screen itself: which phrases of danger stand in a text, which of them mean nothing, and what is left.

An innocent phrase takes its words away from every phrase of danger. Where something is over, nothing is danger; where
something is only spoken about, what is done to her, or now, still is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.danger import DangerKind
from bot.domain.risk.letters import CYRILLIC, skeleton
from bot.domain.risk.patterns import Pattern, taken_apart
from bot.domain.risk.vocabulary import Vocabulary

MOST_TOKENS = 1000
"""More words than fit into one message of Telegram (4096 characters) is no message."""

_SAID_NO = re.compile("[mbp][aeo](?:i(?!n$)|s|d|g|p)")
"""How a Kazakh or Kyrgyz verb goes on after its stem when it says *not*; `mak` (intends to) doesn't."""

_PLAINLY = "<plainly>"
"""Small words that hardly any other of the four languages has; where one word in eight is of them, it is English."""

_ONE_IN = 8
_FEW_ENOUGH = 6
_TELLING = 2
"""Letters from which an English word is taken for one in the middle of another language."""


class Level(StrEnum):
    """How soon somebody must look."""

    NONE = "none"
    HIGH = "high"
    IMMEDIATE = "immediate"


@dataclass(frozen=True)
class Phrase:
    """A phrase of danger as it is written down: in which language, of which kind, how soon."""

    language: str
    kind: DangerKind | None
    level: Level
    text: str


@dataclass(frozen=True)
class Rules:
    """All that the screen goes by, as `content/risk/` has it."""

    words: Mapping[str, Mapping[str, Sequence[str]]]
    """The lists of each language. The screen itself looks for some: `denial`, `between`, `me`, `harmed`, …"""

    phrases: Sequence[Phrase]
    innocent: Sequence[tuple[str, str]] = ()
    """Of these and the next two: the language and the phrase."""

    over: Sequence[tuple[str, str]] = ()
    about: Sequence[tuple[str, str]] = ()
    negatable: frozenset[str] = frozenset()
    """The lists whose words *not* turns round."""


@dataclass(frozen=True)
class Finding:
    """What the screen says of a text: how soon, which kind, and by which phrases, the weightiest first."""

    level: Level
    kind: DangerKind | None = None
    matched: tuple[Phrase, ...] = ()


NOTHING = Finding(Level.NONE)

_KINDS = (
    DangerKind.SUICIDE, DangerKind.KIDNAPPED, DangerKind.HELD, DangerKind.RAPED, DangerKind.LOCKED_IN,
    DangerKind.WEAPON, DangerKind.MISSING, DangerKind.BLACKMAIL, DangerKind.WINDOW, None,
)  # fmt: skip
"""Of two kinds at the same level, the one whose answer must not be missed."""

_AGE = "<age>"
_GROWN_UP = 18
_HERS = ("<me>", "<now>", "<i>")
"""Who says one of these speaks of herself or of this moment, whatever else the text is about."""

_Index = dict[str, list[tuple[Pattern, Phrase]]]


class Screen:
    """The rules, made ready once. Looking through a message takes well under a millisecond."""

    def __init__(self, rules: Rules) -> None:
        self._negatable = tuple(f"<{name}>" for name in rules.negatable)
        self._lists: dict[str, list[tuple[str, str]]] = {}
        self._native, self._english = Vocabulary(), Vocabulary()
        for language, lists in rules.words.items():
            for name, words in lists.items():
                self._lists.setdefault(f"<{name}>", []).extend((language, word) for word in words)
        self._plainly = {spelt for _, word in self._lists[_PLAINLY] for spelt in skeleton(word)}
        self._known = {_AGE}
        for name, listed in self._lists.items():
            self._learn(name, listed)
        self._innocent = self._index(_quiet(rules.innocent))
        self._over = self._index(_quiet(rules.over))
        self._about = self._index(_quiet(rules.about))
        self._phrases = self._index(rules.phrases)

    def look(self, words: str) -> Finding:
        """What these words say of danger."""
        tokens = skeleton(words)[:MOST_TOKENS]
        at, length = self._find(tokens), len(tokens)
        is_over = _any(self._over, at, length)
        taken = {p for pattern, _ in _possible(self._innocent, at) for way in pattern.ways(at, length) for p in way}
        if taken:
            at = {name: left for name, places in at.items() if (left := [p for p in places if p not in taken])}
        self._turn_round(tokens, at)
        found = [each for each in _possible(self._phrases, at) if any(each[0].ways(at, length))]
        if not found or is_over:
            return NOTHING
        if _any(self._about, at, length):
            found = [each for each in found if _is_hers(*each, at)]
        return _weighed([phrase for _, phrase in found])

    def changed(self, more: Iterable[Phrase], off: Set[tuple[str, str]]) -> "Screen":
        """The same with more phrases, and without those whose language and text are in `off`.

        The words of the new ones join the vocabulary of both: a word that no phrase asks for changes nothing.
        """
        other = copy(self)
        other._phrases = {
            name: [each for each in known if (each[1].language, each[1].text) not in off]
            for name, known in self._phrases.items()
        }
        for name, added in self._index(more).items():
            other._phrases[name] = [*other._phrases.get(name, ()), *added]
        return other

    def _find(self, tokens: Sequence[str]) -> dict[str, list[int]]:
        """Where each name stands. What is typed in Cyrillic is no English; what is English is nothing else."""
        latin = [token for token in tokens if token[0] != CYRILLIC and token.isalpha()]
        plainly = sum(token in self._plainly for token in latin)
        english = plainly > 0 and plainly * _ONE_IN >= len(latin)
        at: dict[str, list[int]] = {}
        for place, token in enumerate(tokens):
            names: Set[str]
            if token.isdigit():
                names = {_AGE} if int(token[:4]) < _GROWN_UP else set()
            elif token[0] == CYRILLIC:
                names = self._native.names(token[1:])
            elif english:
                names = self._english.names(token)
            elif len(token) >= _TELLING or len(latin) <= _FEW_ENOUGH:
                names = self._native.names(token) | self._english.names(token)
            else:
                names = self._native.names(token)
            for name in names:
                at.setdefault(name, []).append(place)
        return at

    def _turn_round(self, tokens: Sequence[str], at: dict[str, list[int]]) -> None:
        """Take away the words that are said not to be so."""
        no, after = set(at.get("<denial>", ())), set(at.get("<denial_after>", ()))
        between = set(at.get("<between>", ())) | set(at.get("<me>", ()))
        for name in self._negatable:
            if name in at:
                at[name] = [
                    place
                    for place in at[name]
                    if place - 1 not in no
                    and not (place - 2 in no and place - 1 in between)
                    and place + 1 not in after
                    and not _SAID_NO.match(self._native.ending(name, tokens[place].removeprefix(CYRILLIC)))
                ]

    def _index(self, phrases: Iterable[Phrase]) -> _Index:
        """Phrases by the name of their first word; what they name by themselves joins the vocabulary."""
        index: _Index = {}
        for phrase in phrases:
            for pattern in taken_apart("en" if phrase.language == "en" else "native", phrase.text):
                for name in pattern.names:
                    if name not in self._known:
                        self._learn(name, list(self._meant_by(name)))
                index.setdefault(next(pattern.names), []).append((pattern, phrase))
        return index

    def _learn(self, name: str, words: Sequence[tuple[str, str]]) -> None:
        self._known.add(name)
        for language, word in words:
            (self._english if language == "en" else self._native).add(name, word)

    def _meant_by(self, name: str) -> Iterator[tuple[str, str]]:
        """The words of one place in a phrase, those of its lists among them. Raises LookupError for an unknown list."""
        language, _, alternatives = name.partition(" ")
        for each in alternatives.split("|"):
            if each.startswith("<"):
                yield from self._lists[each]
            else:
                yield language, each


def _is_hers(pattern: Pattern, phrase: Phrase, at: Mapping[str, Sequence[int]]) -> bool:
    """True for what is done to her or now, where something is otherwise only spoken about."""
    spoken_of = any(name in _HERS for name in pattern.names) or bool(at.get("<harmed>"))
    return spoken_of or (phrase.level is Level.IMMEDIATE and any(at.get(name) for name in ("<me>", "<now>")))


def _quiet(phrases: Iterable[tuple[str, str]]) -> Iterator[Phrase]:
    return (Phrase(language, None, Level.NONE, text) for language, text in phrases)


def _possible(index: _Index, at: Mapping[str, Sequence[int]]) -> Iterator[tuple[Pattern, Phrase]]:
    """The phrases all of whose words stand somewhere in the text."""
    for name in at:
        for pattern, phrase in index.get(name, ()):
            if all(at.get(each) for each in pattern.names):
                yield pattern, phrase


def _any(index: _Index, at: Mapping[str, Sequence[int]], length: int) -> bool:
    return any(any(pattern.ways(at, length)) for pattern, _ in _possible(index, at))


def _weighed(matched: list[Phrase]) -> Finding:
    if not matched:
        return NOTHING
    weighed = sorted(
        dict.fromkeys(matched), key=lambda each: (each.level is not Level.IMMEDIATE, _KINDS.index(each.kind))
    )
    return Finding(weighed[0].level, weighed[0].kind, tuple(weighed))
