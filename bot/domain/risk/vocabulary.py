"""The known words: which of them stand in a text and where, one wrong letter in a long word forgiven."""

from collections import defaultdict
from collections.abc import Iterable, Set

from bot.domain.risk.letters import CYRILLIC, skeleton

FORGIVEN_FROM = 6
"""Letters of a word in which one may be wrong, missing, too many, or two may have changed places; of a beginning one
letter more, for many words have it."""

_SAFE_BEGINNING = 2
"""A slip in the first letters makes another word more often than it is one."""


class Vocabulary:
    """Words and beginnings of words, each standing for one or several names.

    A word is looked up with all its beginnings at once, so that the time goes with its length and not with the number
    of known words: of a long word every spelling with one letter left out is known beforehand (Garbe's symmetric
    deletes), and two words that become equal by leaving out a letter at the same place differ by one.
    """

    def __init__(self) -> None:
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._begun: dict[str, set[str]] = defaultdict(set)
        self._slips: dict[str, set[tuple[str, int, bool]]] = defaultdict(set)
        self._longest = 0

    def add(self, name: str, word: str) -> None:
        """Let a word stand for a name; with a star at its end it is a beginning."""
        begun = word.endswith("*")
        for spelt in (each.removeprefix(CYRILLIC) for each in skeleton(word.rstrip("*"))[:1]):
            (self._begun if begun else self._whole)[spelt].add(name)
            self._longest = max(self._longest, len(spelt))
            if len(spelt) >= FORGIVEN_FROM + begun:
                for at in range(_SAFE_BEGINNING, len(spelt)):
                    self._slips[spelt[:at] + spelt[at + 1 :]].add((spelt, at, begun))

    def names(self, token: str) -> Set[str]:
        """What a word stands for."""
        names = set(self._whole.get(token, ()))
        for length in range(1, min(len(token), self._longest) + 1):
            if more := self._begun.get(token[:length]):
                names |= more
        if not names and len(token) >= FORGIVEN_FROM - 1 and token.isalpha():
            for spelt, begun in self._meant(token):
                names |= (self._begun if begun else self._whole)[spelt]
        return names

    def ending(self, name: str, token: str) -> str:
        """What follows the beginning by which a token got its name; empty for a whole word."""
        return next((token[n:] for n in range(len(token), 0, -1) if name in self._begun.get(token[:n], ())), "")

    def _meant(self, token: str) -> Iterable[tuple[str, bool]]:
        """The known words that a token is, but for one slip."""
        for length in range(FORGIVEN_FROM - 1, min(len(token), self._longest + 1) + 1):
            head, whole = token[:length], length == len(token)
            for spelt, _, begun in self._slips.get(head, ()):
                if begun or whole:
                    yield spelt, begun
            for at in range(_SAFE_BEGINNING, length):
                left = head[:at] + head[at + 1 :]
                if left in self._begun and len(left) > FORGIVEN_FROM and at < length - 1:
                    yield left, True
                if whole and left in self._whole and len(left) >= FORGIVEN_FROM:
                    yield left, False
                for spelt, place, begun in self._slips.get(left, ()):
                    if (begun or whole) and abs(place - at) <= 1 and len(spelt) == length:
                        yield spelt, begun
