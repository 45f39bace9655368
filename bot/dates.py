"""A date in a lawyer's own words: "in 3 days", "on 5 December 10:00", and the same in the three other languages.

Spans, hours and numbers are read here, by the words of `content/dates.yaml`; what is left, a month or a weekday, by
`dateparser`. Alone it drops an hour without a word ("tomorrow at 9" is tomorrow) and takes the hour of "5 December
at 10", in Russian, for the year 2110. So it never sees an hour, and whatever is left over makes the whole not
understood.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.content import CONTENT
from bot.domain.agenda import BY_DAY, at
from bot.domain.deadlines import months_later
from bot.domain.people import LANGUAGES

WORDS_MOST = 100
"""Characters of a date; more is something else."""

_TOKEN = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|\d{1,2}:\d{2}|\d+|[^\W\d_]+")
_SPAN = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(7)}


@dataclass(frozen=True)
class _Words:
    """The lists of `content/dates.yaml`, by word."""

    numbers: Mapping[str, int]
    units: Mapping[str, str]
    days: Mapping[str, int]
    vague: Mapping[str, int]
    forms: Mapping[str, str]
    listed: Mapping[str, frozenset[str]]

    def one_of(self, tokens: list[str], index: int, *names: str) -> bool:
        """True when the token there stands in one of these lists."""
        return 0 <= index < len(tokens) and any(tokens[index] in self.listed[name] for name in names)


@cache
def _words() -> _Words:
    with (CONTENT / "dates.yaml").open(encoding="utf-8") as file:
        data: dict[str, Any] = yaml.safe_load(file)
    turned = {
        name: {word: meaning for meaning, words in data[name].items() for word in words}
        for name in ("numbers", "units", "days", "vague", "forms")
    }
    return _Words(**turned, listed={name: frozenset(each) for name, each in data.items() if isinstance(each, list)})


def read(words: str, language: str | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment these words name, past ones too; a day without an hour is its ten o'clock. None: not understood."""
    tokens = [_digits(each) for each in _TOKEN.findall(words.casefold())]
    if not tokens or len(words) > WORDS_MOST:
        return None
    here = now.astimezone(zone)
    span = _take_span(tokens)
    clock = _take_clock(tokens)
    if span and span[1] in ("minute", "hour"):
        whole = not tokens and clock is None
        return (now + span[0] * _SPAN[span[1]]).replace(second=0, microsecond=0) if whole else None
    day = _later(here.date(), *span) if span else _take_day(tokens, here.date())
    tokens = [each for each in tokens if each not in _words().listed["fill"]]
    if tokens:
        day = _by_library(tokens, language, here) if day is None else None
        if day is None:
            return None
    if day is None:
        return None if clock is None else _next(clock, here, zone)
    return at(day, clock or BY_DAY, zone)


def _digits(token: str) -> str:
    return str(_words().numbers.get(token, token))


def _take_span(tokens: list[str]) -> tuple[int, str] | None:
    """How many of what from now, taken out of the words; None when they name no span."""
    known = _words()
    for index, token in enumerate(tokens):
        if token not in known.units:
            continue
        first = index - 1 if index and tokens[index - 1].isdigit() else index
        number = int(tokens[first]) if first < index else 1
        before, behind = known.one_of(tokens, first - 1, "ahead"), known.one_of(tokens, index + 1, "later")
        if (before or behind) and number < 1000:
            del tokens[first - before : index + 1 + behind]
            return number, known.units[token]
    return None


def _take_clock(tokens: list[str]) -> time | None:
    """The hour, taken out of the words; None when they name none."""
    known = _words()
    for index, token in enumerate(tokens):
        hour, _, minute = token.replace(".", ":").partition(":")
        said = known.one_of(tokens, index - 1, "hour_before", "morning", "afternoon")
        said = said or known.one_of(tokens, index - 2, "afternoon")
        said = said or known.one_of(tokens, index + 1, "hour_after", "morning", "afternoon")
        if not (":" in token or said) or not hour.isdigit() or int(hour) > 23 or int(minute or 0) > 59:
            continue
        clock = time(_of_the_day(tokens, index, int(hour)), int(minute or 0))
        part = _take_part(tokens)
        return clock if part is None or part < 12 or clock.hour >= 12 else clock.replace(hour=clock.hour + 12)
    part = _take_part(tokens)
    return None if part is None else time(part)


def _take_part(tokens: list[str]) -> int | None:
    """The hour that stands for a part of the day, taken out of the words."""
    for index, token in enumerate(tokens):
        if token in _words().vague:
            del tokens[index]
            return _words().vague[token]
    return None


def _of_the_day(tokens: list[str], index: int, hour: int) -> int:
    """The hour as 0 to 23; what belongs to it is taken out of the words."""
    known = _words()
    first, last = index, index + 1
    while known.one_of(tokens, first - 1, "hour_before", "morning", "afternoon", "later"):
        first -= 1
    while known.one_of(tokens, last, "hour_after", "morning", "afternoon"):
        last += 1
    part = tokens[first:last]
    del tokens[first:last]
    if any(each in known.listed["afternoon"] for each in part) and hour < 12:
        return hour + 12
    return 0 if hour == 12 and any(each in known.listed["morning"] for each in part) else hour


def _take_day(tokens: list[str], today: date) -> date | None:
    """A day by a word of its own or by its numbers, taken out of the words."""
    known = _words()
    for index, token in enumerate(tokens):
        found = today + timedelta(days=known.days[token]) if token in known.days else _by_numbers(token, today)
        if found is not None:
            del tokens[index]
            return found
    return None


def _by_numbers(token: str, today: date) -> date | None:
    """`5.12`, `05.12.2026` or `2026-12-05`; without a year the next one that comes."""
    parts = [int(each) for each in re.split(r"[./-]", token) if each.isdigit()]
    if "-" in token and len(parts) == 3:
        parts.reverse()
    if len(parts) not in (2, 3):
        return None
    try:
        if len(parts) == 3:
            return date(parts[2] + 2000 if parts[2] < 100 else parts[2], parts[1], parts[0])
        found = date(today.year, parts[1], parts[0])
        return found if found >= today else date(today.year + 1, parts[1], parts[0])
    except ValueError:
        return None


def _later(day: date, number: int, unit: str) -> date:
    """So many days, weeks or months later; the last of a shorter month."""
    return months_later(day, number) if unit == "month" else day + number * _SPAN[unit]


def _next(clock: time, here: datetime, zone: ZoneInfo) -> datetime:
    today = at(here.date(), clock, zone)
    return today if today > here else at(here.date() + timedelta(days=1), clock, zone)


def _by_library(tokens: list[str], language: str | None, here: datetime) -> date | None:
    """A day by the name of its month or weekday, in his language before the others."""
    from dateparser.date import DateDataParser  # half a second that no start should wait for

    odd = any(each.isdigit() and not (1 <= int(each) <= 31 or 2000 <= int(each) <= 2100) for each in tokens)
    if odd or not any(len(each) > 2 and each.isalpha() for each in tokens):
        return None
    words = " ".join(_words().forms.get(each, each) for each in tokens)
    settings = {"RELATIVE_BASE": here.replace(tzinfo=None), "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    for each in sorted(LANGUAGES, key=lambda each: each != language):
        found = DateDataParser(languages=[each], settings=settings).get_date_data(words)
        if found.date_obj is not None and found.period == "day":
            return date(found.date_obj.year, found.date_obj.month, found.date_obj.day)
    return None
