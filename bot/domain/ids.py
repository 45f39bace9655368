"""Names of things: case codes people can read aloud, and ids nobody can guess."""

import re
from collections.abc import Callable
from typing import NewType

Chance = Callable[[int], int]
"""`chance(n)` is a number from 0 up to, not including, n."""

CaseCode = NewType("CaseCode", str)
PersonId = NewType("PersonId", str)

CODE_LETTERS = "ABEKMHPCTX"
"""Letters that look the same in the Latin and the Cyrillic alphabet."""

CODE_SHAPE = r"[ABEKMHPCTX]{2}[0-9]{5}"

_CYRILLIC_TWINS = str.maketrans("АВЕКМНРСТХ", CODE_LETTERS)
"""A code that was read aloud is typed on whatever keyboard is open."""

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def new_case_code(chance: Chance) -> CaseCode:
    """A code to speak about: two letters and five digits, `KM48213`. Not a secret, and not a counter."""
    letters = "".join(CODE_LETTERS[chance(len(CODE_LETTERS))] for _ in range(2))
    return CaseCode(f"{letters}{chance(100_000):05d}")


def typed_code(words: str) -> CaseCode | None:
    """The case code in what somebody typed, in either alphabet, large or small; None when it is none."""
    code = "".join(words.split()).upper().translate(_CYRILLIC_TWINS)
    return CaseCode(code) if re.fullmatch(CODE_SHAPE, code) else None


def new_person_id(chance: Chance) -> PersonId:
    """Sixteen letters (80 bits) that say nothing about the account."""
    return PersonId("".join(_ID_LETTERS[chance(32)] for _ in range(16)))


def new_token(chance: Chance) -> str:
    """A one-time key for a link: 26 letters (130 bits), within Telegram's start payload of 1-64 `A-Za-z0-9_-`.

    Source: Bot API, "Deep linking".
    """
    return "".join(_ID_LETTERS[chance(32)] for _ in range(26))
