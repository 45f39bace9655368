"""The notebook: what her own word may be, and what opens help there."""

import unicodedata
from collections.abc import Set
from datetime import timedelta

WORD_LEAST = 3
WORD_MOST = 32
"""Letters of her word. One word and no sentence: a cry for help must never be taken for it."""

TRIED_MOST = 20
TRIED_WITHIN = timedelta(minutes=1)
"""So many notes in so short a time are looked at for her word: each look is a slow hash, and others wait meanwhile."""

LISTED = 5
"""Notes shown at once; a phone shows about that many without scrolling."""

_SAME_LETTER = str.maketrans({"\u0451": "\u0435", "\u2019": "'"})


def plain(words: str) -> str:
    """As words are compared: no case, one kind of letter, no spaces around."""
    return unicodedata.normalize("NFKC", words).casefold().translate(_SAME_LETTER).strip()


def own_word(words: str) -> str | None:
    """Her word as it is hashed; None for what can't be one."""
    word = plain(words)
    fits = WORD_LEAST <= len(word) <= WORD_MOST and not word.startswith("/") and len(word.split()) == 1
    return word if fits else None


def calls_for_help(words: str, calls: Set[str]) -> bool:
    """True when these words are one of the calls and nothing else; a slash before, signs after make no difference."""
    return plain(words).removeprefix("/").rstrip("!.?, ") in calls
