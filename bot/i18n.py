"""All text of the bot, by key, in the reader's language.

A reader who has not chosen a language yet (`None`) reads all four, one under the other. Catalogs are gettext `.po`
files with symbolic keys (`case.claimed`), compiled in memory; parameters are escaped for HTML unless they are `Markup`.
"""

import gettext
import html
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta, get_day_names
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.domain.people import LANGUAGES as LANGUAGES

LOCALES = Path(__file__).resolve().parent.parent / "locales"


class Markup(str):
    """HTML of our own making: not escaped again."""

    __slots__ = ()


class MissingText(LookupError):
    """A catalog has no text for a key; the locale tests keep this from happening."""


def text(language: str | None, key: str, /, **params: object) -> Markup:
    """The text of a key, its `{parameters}` filled in. Raises MissingText."""
    if language is None:
        return Markup("\n\n".join(dict.fromkeys(text(each, key, **params) for each in LANGUAGES)))
    return _filled(_message(language, key), params)


def plural(language: str | None, key: str, number: int, /, **params: object) -> Markup:
    """The text of a key in the plural form its language has for `number`, which is `{n}` in it."""
    if language is None:
        return Markup("\n\n".join(dict.fromkeys(plural(each, key, number, **params) for each in LANGUAGES)))
    forms = _plurals(language).get(key)
    if forms is None:
        raise MissingText(f"{language}: {key}")
    return _filled(forms[_plural_rule(language)(number)], {"n": number_in(language, number), **params})


def label(language: str | None, key: str, /, **params: object) -> str:
    """The text of a button: plain, one line; where nobody has chosen a language, the four side by side."""
    if language is None:
        return " · ".join(dict.fromkeys(label(each, key, **params) for each in LANGUAGES))
    return html.unescape(text(language, key, **params))


def title(language: str | None, titles: Mapping[str, str]) -> str:
    """A title from the content files; all four side by side where nobody has chosen a language."""
    if language is None:
        return " · ".join(dict.fromkeys(titles[each] for each in LANGUAGES))
    return titles[language]


def number_in(language: str | None, number: float) -> str:
    """A number as the language writes it, to one decimal place."""
    return format_decimal(round(number, 1), locale=language or "en")


def date_in(language: str | None, day: date) -> str:
    """A date as the language writes it: `20 Nov 2026`"""
    return format_date(day, format="medium", locale=language or "en")


def moment_in(language: str | None, moment: datetime, zone: ZoneInfo) -> str:
    """A moment in the organisation's zone, without seconds."""
    return format_datetime(moment, "d MMM, HH:mm", tzinfo=zone, locale=language or "en")


def weekday_moment_in(language: str | None, moment: datetime, zone: ZoneInfo) -> str:
    """A moment of the coming days by somebody's clock: `Monday, 23 November, 09:00`."""
    return format_datetime(moment, "EEEE, d MMMM, HH:mm", tzinfo=zone, locale=language or "en")


def weekday_in(language: str | None, weekday: int, *, whole: bool = False) -> str:
    """A day of the week, 0 for Monday: `Mon`, or the whole word."""
    names = get_day_names("wide" if whole else "abbreviated", "stand-alone", language or "en")
    return str(names[weekday])


def whole_day_in(language: str | None, day: date) -> str:
    """A day with its weekday and year: `Saturday, 5 December 2026`"""
    return format_date(day, format="full", locale=language or "en")


def whole_moment_in(language: str | None, moment: datetime, zone: ZoneInfo) -> str:
    """A moment with its weekday and year, in the organisation's zone, without seconds."""
    here = moment.astimezone(zone)
    return f"{whole_day_in(language, here.date())}, {here:%H:%M}"


def short_day_in(language: str | None, day: date) -> str:
    """A day with its weekday, short enough for a button: `Sat, 5 Dec`"""
    return format_date(day, "E, d MMM", locale=language or "en")


def lasting(language: str | None, span: timedelta) -> str:
    """How long, in one unit: `2 hours`, `3 days`."""
    return format_timedelta(
        max(span, timedelta(minutes=1)), granularity="minute", threshold=1.2, locale=language or "en"
    )


def check_catalogs() -> None:
    """Read all four catalogs. Raises FileNotFoundError or MissingText when one is not whole."""
    keys = {language: set(_texts(language)) | set(_plurals(language)) for language in LANGUAGES}
    for language in LANGUAGES:
        missing = keys[LANGUAGES[0]] ^ keys[language]
        if missing:
            raise MissingText(f"{language}: {sorted(missing)[0]}")


def _message(language: str, key: str) -> str:
    try:
        return _texts(language)[key]
    except KeyError:
        raise MissingText(f"{language}: {key}") from None


def _filled(message: str, params: dict[str, object]) -> Markup:
    escaped = {
        name: value if isinstance(value, Markup) else html.escape(str(value), quote=False)
        for name, value in params.items()
    }
    return Markup(message.format_map(escaped))


@cache
def _catalog(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "hotline.po").open("rb") as file:
        return read_po(file, locale=language, domain="hotline")


@cache
def _texts(language: str) -> dict[str, str]:
    return {str(each.id): each.string for each in _catalog(language) if isinstance(each.string, str) and each.id}


@cache
def _plurals(language: str) -> dict[str, tuple[str, ...]]:
    return {
        each.id[0]: tuple(each.string)
        for each in _catalog(language)
        if isinstance(each.id, tuple | list) and isinstance(each.string, tuple | list)
    }


@cache
def _plural_rule(language: str) -> Callable[[int], int]:
    rule: Callable[[int], int] = gettext.c2py(_catalog(language).plural_expr)
    return rule
