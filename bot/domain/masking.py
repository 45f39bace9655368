"""What in her words would name her: numbers, addresses and names that lead to an account. Found, and masked.

Found is what people in Kazakhstan and Kyrgyzstan write: phone numbers with or without the country's code, IIN and PIN
(12 and 14 digits), cards, e-mail, @names and links to accounts. Left alone is what only looks like it: dates, times,
sums of money, years, ranges of hours, case codes. In doubt it is masked: what is masked can still be shown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.intake import Entity, Kind, Piece

MASK = "▒▒▒"
"""Stands for whatever was found; the same for all, so that not even a length is told."""


class Trace(StrEnum):
    """What would lead to a person."""

    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    PERSONAL = "personal"
    CARD = "card"
    CONTACT = "contact"
    LOCATION = "location"


WHOLE = frozenset({Kind.CONTACT, Kind.LOCATION})
"""Kinds that lead to a person as a whole: nothing of them can be shown masked, they wait for her."""


@dataclass(frozen=True)
class Found:
    """Where in a text a trace stands, in characters."""

    start: int
    end: int
    trace: Trace


_BETWEEN = r"[\s().\-‐‑‒–—\u200b-\u200f\u202a-\u202e\u2060-\u2069]{0,3}"
"""What may stand between two digits of a number; the marks of direction come with a copied contact."""


def _digits(first: str, more: str) -> str:
    """A number that begins like this and has so many more digits."""
    return rf"(?<![\w+]){first}(?:{_BETWEEN}\d){{{more}}}(?!\w)"


_PATTERNS: tuple[tuple[Trace, re.Pattern[str]], ...] = tuple(
    (trace, re.compile(pattern, re.IGNORECASE))
    for trace, pattern in (
        (Trace.EMAIL, r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"),
        (Trace.ACCOUNT, r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.(?:me|dog)|wa\.me)/[^\s,;]+|tg://[^\s,;]+"),
        (Trace.ACCOUNT, r"(?<![\w@/.])@[a-z]\w{3,31}"),
        (Trace.CARD, r"(?<!\w)(?:\d{16}|\d{4}(?:[\s\-–]\d{4}){3})(?!\w)"),
        (Trace.PHONE, _digits(rf"\+{_BETWEEN}7", "10")),
        (Trace.PHONE, _digits(rf"\+{_BETWEEN}9{_BETWEEN}9{_BETWEEN}6", "9")),
        (Trace.PHONE, _digits(rf"\+{_BETWEEN}\d", "8,14")),
        (Trace.PHONE, _digits(rf"\(?9{_BETWEEN}9{_BETWEEN}6", "9")),
        (Trace.PERSONAL, r"(?<!\w)(?:\d{14}|\d{6}[\s\-–]?\d{6})(?!\w)"),
        (Trace.PHONE, _digits(r"\(?[78]", "10")),
        (Trace.PHONE, _digits(rf"\(?0{_BETWEEN}[2-9]", "8")),
        (Trace.PHONE, _digits(rf"\(?7{_BETWEEN}[0-9]", "8")),
        (Trace.PHONE, _digits(rf"\(?(?:2{_BETWEEN}[02]|3|5|7|8{_BETWEEN}8|9{_BETWEEN}9)", "7,8")),
        (Trace.PERSONAL, r"(?<!\w)\d{9,}(?!\w)"),
    )
)
"""In the order in which they are asked; what one has taken, the next doesn't see."""

_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./\-](?:0?[1-9]|1[0-2])[./\-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[./\-](?:0?[1-9]|1[0-2])[./\-](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d\d(?![.\d]))(?!\d)"
    r"|(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)"
)
_CURRENCY = r"(?:₸|\$|€|₽|т[гң]\b|теңге|тенге|tenge|сом|som\b|руб|usd|kzt|kgs|доллар|евро|euro|млн|тыс|мың|миң)"
_SUM = r"\d(?:[\s.,]?\d){0,14}"
_MONEY = re.compile(rf"(?<![\w+]){_SUM}\s{{0,2}}{_CURRENCY}|{_CURRENCY}\s?{_SUM}", re.IGNORECASE)
_ROUND = re.compile(r"(?<![\w+])\d{1,3}(?:[\s.,]?000){2,}(?!\w)")


_DIGIT = re.compile(r"\d")
_FEWEST = 8
"""Digits of the shortest number that is found."""


def found(text: str) -> tuple[Found, ...]:
    """Everything in a text that leads to a person, in order, none over another."""
    if "@" not in text and "/" not in text and len(_DIGIT.findall(text)) < _FEWEST:
        return ()  # most of what people write
    left = text
    for innocent in (_DATE, _MONEY, _ROUND):
        left = innocent.sub(lambda match: "_" * len(match[0]), left)
    everything: list[Found] = []
    for trace, pattern in _PATTERNS:
        everything += (Found(match.start(), match.end(), trace) for match in pattern.finditer(left))
        left = pattern.sub(lambda match: "_" * len(match[0]), left)
    return tuple(sorted(everything, key=lambda each: each.start))


def traces(piece: Piece) -> tuple[Trace, ...]:
    """What in this piece leads to a person, each named once; empty when nothing does."""
    if piece.kind is Kind.CONTACT:
        return (Trace.CONTACT,)
    if piece.kind is Kind.LOCATION:
        return (Trace.LOCATION,)
    hidden = [Trace.ACCOUNT for entity in piece.entities if found(entity.get("url") or "")]
    return tuple(dict.fromkeys([each.trace for each in found(piece.text)] + hidden))


def masked(piece: Piece) -> Piece:
    """The piece as the lawyer may see it at once: a mask wherever something leads to a person."""
    spots = found(piece.text)
    entities = [entity for entity in piece.entities if not found(entity.get("url") or "")]
    text, last = "", 0
    for spot in spots:
        text += piece.text[last : spot.start] + MASK
        last = spot.end
    return replace(piece, text=text + piece.text[last:], entities=_moved(piece.text, spots, entities))


def _moved(text: str, spots: Sequence[Found], entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Entities where they belong after masking; they count in UTF-16 code units (Bot API, MessageEntity)."""
    moved = []
    for entity in entities:
        start = _place(text, spots, entity["offset"], at_end=False)
        end = _place(text, spots, entity["offset"] + entity["length"], at_end=True)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return tuple(moved)


def _place(text: str, spots: Sequence[Found], old: int, *, at_end: bool) -> int:
    """Where a place of the old text is in the new one; inside a mask, at its beginning or its end."""
    shift = 0
    for spot in spots:
        start, end = _units(text[: spot.start]), _units(text[: spot.end])
        if old >= end:
            shift += len(MASK) - (end - start)
        elif old > start:
            return start + shift + (len(MASK) if at_end else 0)
    return old + shift


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
