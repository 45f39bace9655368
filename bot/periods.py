"""Days as somebody types them: `2026-10`, `2026-Q3`, `01.10.2026–15.11.2026`, "from 1 October to 15 November".

A report tells of what has been: a month or a day without a year is the last one there was. Whatever is left over makes
the whole not understood, as in `bot/dates.py`, which is asked what a day may be called besides ("yesterday").
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot import dates
from bot.content import CONTENT
from bot.domain.errors import Unfit
from bot.domain.period import Period
from bot.domain.report import Week
from bot.domain.stretch import Unit, around, before, has_begun

WORDS_MOST = 100
"""Characters; more is something else."""

TOKENS_MOST = 10

_TOKEN = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)|\d{4}-\d{2}(?!\d)|\d{1,4}(?:[./]\d{1,4}){1,2}(?!\d)|\d+|[^\W\d_]+")
_YEARS = range(2000, 2100)


@dataclass(frozen=True)
class _Part:
    """What one side names; what it leaves open is taken from the other side, or from today."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    whole: Period | None = None

    def period(self) -> Period:
        """Its days, once nothing is open. Raises ValueError for days there are not."""
        if self.whole is not None:
            return self.whole
        if self.year is None or self.year not in _YEARS or (self.day is not None and self.month is None):
            raise ValueError(self)
        if self.month is None:
            return around(date(self.year, 1, 1), Unit.YEAR)
        month = Period.month(self.year, self.month)
        if self.day is None:
            return month
        day = month.first.replace(day=self.day)
        return Period(day, day)

    def latest(self, today: date) -> Period:
        """Its days; without a year the last of that name that has begun. Raises ValueError as `period`."""
        if self.whole is not None or self.year is not None:
            return self.period()
        this_year = replace(self, year=today.year).period()
        return this_year if this_year.first <= today else replace(self, year=today.year - 1).period()


def read(words: str, language: str | None, now: datetime, zone: ZoneInfo) -> Period:
    """The days these words name. Raises Unfit for words that name none, for days to come, and for an end before."""
    tokens = [each for each in _TOKEN.findall(words.casefold()) if not _is(each, _words()["fill"])]
    today = now.astimezone(zone).date()
    if len(words) > WORDS_MOST or len(tokens) > TOKENS_MOST:
        raise Unfit("refusal.period")

    def by_name(side: Sequence[str]) -> _Part | None:
        """What is no date by its numbers may be one by its name."""
        moment = dates.read(" ".join(side), language, now, zone)
        day = moment and moment.astimezone(zone).date()
        return _part(side, today) or (_Part(whole=Period(day, day)) if day else None)

    for reading in (lambda side: _part(side, today), by_name):
        for left, right in _sides(tokens, reading):
            try:
                found = _between(left, right, today)
            except ValueError:  # there is no such day: the words may mean something else
                continue
            if not has_begun(found, today):
                raise Unfit("refusal.period_to_come")
            return found
    raise Unfit("refusal.period")


def _sides(tokens: Sequence[str], reading: Callable[[Sequence[str]], _Part | None]) -> Iterator[tuple[_Part, _Part]]:
    """What the words may mean: one thing, which is its own beginning and end; or one and another."""
    if tokens and (alone := reading(tokens)) is not None:
        yield alone, alone
    for at in range(1, len(tokens)):
        left, right = reading(tokens[:at]), reading(tokens[at:])
        if left is not None and right is not None:
            yield left, right


def _between(left: _Part, right: _Part, today: date) -> Period:
    """From the first day of one to the last of the other. Raises ValueError; Unfit where that would be backwards."""
    if left.month and right.day and not right.month and not right.whole:
        right = replace(right, month=left.month)
    if left.year and not right.year and not right.whole:
        right = replace(right, year=left.year)
    end = right.latest(today).last
    if left.day and not left.month:
        left = replace(left, month=end.month)
    open_year = not (left.year or left.whole)
    start = (replace(left, year=end.year) if open_year else left).period().first
    if start > end and open_year and not right.year:  # from December to January
        start = replace(left, year=end.year - 1).period().first
    if start > end:
        raise Unfit("refusal.period_backwards")
    return Period(start, end)


def _part(tokens: Sequence[str], today: date) -> _Part | None:
    """What these few words name by themselves; None when they name no such thing."""
    each = [_one(token) for token in tokens]
    implied = [{"unit": unit} for unit in (Unit.YEAR, Unit.MONTH) if any(unit in found for found in each)]
    named: dict[str, Any] = {}
    for found in [one for one in each if one not in implied]:
        if not found or found.keys() & named.keys():
            return None
        named |= found
    if "unit" not in named:
        return None if "which" in named else _Part(named.get("number"), named.get("month"), named.get("year"))
    unit = Unit(named.pop("unit"))
    try:
        return _Part(whole=_of_unit(unit, today, **named))
    except (TypeError, ValueError):  # too much or too little is said of it
        return None


def _of_unit(unit: Unit, today: date, *, which: str = "", number: int | None = None, year: int | None = None) -> Period:
    """This one, the last one, or the third of a year: without a year the last that has begun. Raises ValueError."""
    if which:
        if number or year:
            raise ValueError(unit)
        return around(today, unit) if which == "this" else before(today, unit)
    if number is None or unit not in (Unit.QUARTER, Unit.WEEK) or (year or today.year) not in _YEARS:
        raise ValueError(unit)
    for each in (year,) if year else (today.year, today.year - 1):
        day = Week.read(f"{each}-W{number}").monday if unit is Unit.WEEK else Period.quarter(each, number).first
        if year or day <= today:
            break
    return around(day, unit)


def _one(token: str) -> dict[str, Any]:
    """What one token says: {"number": 1, "month": 10, "year": 2026}, or a part of that; nothing where it is none."""
    if token[0].isdigit():
        return _by_numbers([int(each) for each in re.split(r"[-./]", token)])
    words = _words()
    for which in ("this", "last"):
        if _is(token, words[f"{which}_year"]):
            return {"which": which, "unit": Unit.YEAR}
    for kind, listed in (("month", words["months"]), ("unit", words["units"]), ("number", words["numbers"])):
        for value, beginnings in listed.items():
            if _is(token, beginnings):
                return {kind: value}
    return next(({"which": which} for which in ("this", "last") if _is(token, words[which])), {})


def _by_numbers(parts: Sequence[int]) -> dict[str, int]:
    """A year stands first or last; of two numbers without one the first is the day."""
    match parts:
        case [year] if year in _YEARS:
            return {"year": year}
        case [number]:
            return {"number": number}
        case [year, month] if year in _YEARS:
            return {"year": year, "month": month}
        case [month, year] if year in _YEARS:
            return {"month": month, "year": year}
        case [day, month]:
            return {"number": day, "month": month}
        case [year, month, day] if year in _YEARS:
            return {"year": year, "month": month, "number": day}
        case [day, month, year]:
            return {"number": day, "month": month, "year": year + 2000 if year < 100 else year}
        case _:
            return {}


def _is(token: str, beginnings: Sequence[str]) -> bool:
    return any(token == each[:-1] if each.endswith(".") else token.startswith(each) for each in beginnings)


@cache
def _words() -> Mapping[str, Any]:
    with (CONTENT / "periods.yaml").open(encoding="utf-8") as file:
        found: dict[str, Any] = yaml.safe_load(file)
    return found
