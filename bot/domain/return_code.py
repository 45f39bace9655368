"""The return code: sixteen digits with which a help-seeker reaches her appeals from another phone or account."""

import re
from datetime import timedelta

from bot.domain.ids import Chance

DIGITS = 16

SHOWN_FOR = timedelta(minutes=10)
"""How long the message with the code stands; it goes by itself even when she never says that she wrote it down."""

PAUSE = timedelta(seconds=10)
"""Nobody writes sixteen digits down faster: a tap before is a slip of the finger."""

TRIES = 5
TRIES_WITHIN = timedelta(hours=1)
"""Wrong codes of one account; with a thousand codes alive, guessing one this way takes two hundred million years."""

MANY_TRIES = 50
"""Wrong codes of all accounts in an hour: somebody is guessing, and the coordinators are told."""

_WRITTEN = re.compile(r"[0-9](?:[\s\u2010-\u2015-]*[0-9]){15}")
_GROUPS = re.compile(r"[0-9]+(?:[\s\u2010-\u2015.,/_-]{1,3}[0-9]+)*")


def new_return_code(chance: Chance) -> str:
    """Sixteen digits nobody can guess (53 bits)."""
    return f"{chance(10**DIGITS):0{DIGITS}d}"


def grouped(code: str) -> str:
    """As it is shown and read aloud: four groups of four."""
    return " ".join(code[first : first + 4] for first in range(0, DIGITS, 4))


def written_code(words: str) -> str | None:
    """The code that these words are and nothing else, spaces and dashes apart; None for other words."""
    return "".join(re.findall("[0-9]", words)) if _WRITTEN.fullmatch(words.strip()) else None


def codes_within(words: str) -> list[str]:
    """Everything in these words that could be a code: neighbouring groups of digits that make sixteen."""
    found: dict[str, None] = {}
    for run in _GROUPS.findall(words):
        groups = re.findall("[0-9]+", run)
        for first in range(len(groups)):
            joined = ""
            for group in groups[first:]:
                joined += group
                if len(joined) >= DIGITS:
                    break
            if len(joined) == DIGITS:
                found[joined] = None
    return list(found)
