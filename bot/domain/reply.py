"""Canned replies: what a lawyer writes again and again, in every language it may be needed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from bot.domain.people import FALLBACK, LANGUAGES

TITLE_MOST = 32
LONGEST = 700
"""Signs of one language: four of them, side by side, fit one message."""


@dataclass(frozen=True)
class Chosen:
    """A reply as it was shown before it is sent: which, in which language, and a mark of its words."""

    key: str
    language: str
    mark: str


@dataclass(frozen=True)
class CannedReply:
    """One reply. `titles` come from the content files; what coordinators added goes by its first line.

    `active`: lawyers are offered it. `own`: coordinators added it.
    """

    key: str
    words: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    active: bool = True
    own: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages nobody has written yet."""
        return tuple(language for language in LANGUAGES if language not in self.words)

    def language_for(self, reader: str | None) -> str:
        """The language somebody who reads this one is given: hers, or the nearest one there is."""
        return next(each for each in FALLBACK[reader or LANGUAGES[0]] if each in self.words)

    def title(self, reader: str | None) -> str:
        """What it is called in a list, for this reader."""
        given = self.titles.get(reader or LANGUAGES[0])
        line = given or self.words[self.language_for(reader)].partition("\n")[0]
        return line if len(line) <= TITLE_MOST else f"{line[: TITLE_MOST - 1].rstrip()}…"

    def mark(self, language: str) -> str:
        """Changes when the words do: what is sent is what was shown."""
        return sha256(self.words[language].encode()).hexdigest()[:8]
