"""Danger now: numbers first, each named by who answers; held by the police; thoughts of dying.

Numbers come from the directory and only where it allows them to be shown. The hours of HIV prophylaxis (72, best
within 24) are WHO's of 2024, those of emergency contraception (120) WHO's of 2016: `content/facts.csv` D1, D2.
"""

from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.content import service
from bot.domain.people import Person
from bot.i18n import LANGUAGES, Markup, label, text
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import go, keyboard
from bot.telegram.messages.common import lines, message, paragraphs

NUMBERS = ("103", "112", "102")
"""The ambulance first, the police last."""

CRISIS_LINES = {"KZ": "150", "KG": "111"}


def danger(person: Person, countries: tuple[str, ...], *, police: bool = True, go_on: bool = False) -> SendMessage:
    """The emergency numbers of her country, of both while it is unknown; the windows; one tap to a lawyer.

    `go_on`: it stands between two questions, and the way back is the way on.
    """
    language = person.language
    short, hide = language is None, go(language, "button.hide", Place.HIDE)
    words = paragraphs(
        text(language, "danger.short" if short else "danger"),
        *(_numbers(language, country, police=police) for country in countries),
        text(language, "danger.windows.short" if short else "danger.windows"),
        None if short else text(language, "danger.call"),
    )
    duty = [go(each, "button.duty.short", Place.DUTY) for each in LANGUAGES] if short else []
    return message(
        person,
        words,
        keyboard(
            *((duty[:2], duty[2:]) if short else ([go(language, "button.duty", Place.DUTY)],)),
            [] if short else [go(language, "button.held", Place.HELD)],
            [] if short else [go(language, "button.crisis", Place.CRISIS)],
            [go(language, "button.continue" if go_on else "button.back", Place.HERE), hide],
        ),
    )


def held(person: Person, *, go_on: bool = False) -> SendMessage:
    """First words when held by the police."""
    return message(person, text(person.language, "danger.held"), _ways(person, go_on))


def crisis(person: Person, countries: tuple[str, ...], *, go_on: bool = False) -> SendMessage:
    """Warm words and people who listen; not the police."""
    language = person.language
    numbers = lines(
        *(
            text(language, f"danger.crisis.{country}", number=service(country, CRISIS_LINES[country]).phone)
            for country in countries
        ),
        text(language, "danger.crisis.ambulance", number=service(countries[0], "103").phone),
    )
    return message(person, paragraphs(text(language, "danger.crisis"), numbers), _ways(person, go_on))


def _ways(person: Person, go_on: bool) -> InlineKeyboardMarkup:
    return keyboard(
        [go(person.language, "button.duty", Place.DUTY)],
        [go(person.language, "button.danger", Place.DANGER)],
        [
            go(person.language, "button.continue" if go_on else "button.back", Place.HERE),
            go(person.language, "button.hide", Place.HIDE),
        ],
    )


def _numbers(language: str | None, country: str, *, police: bool) -> Markup:
    known = [service(country, number) for number in NUMBERS if police or number != "102"]
    if language is None:
        named = [label(None, f"danger.country.{country}"), *(label(None, f"danger.who.{each.phone}") for each in known)]
        rows = [
            text(LANGUAGES[0], "danger.number", number=each.phone, who=who)
            for each, who in zip(known, named[1:], strict=True)
        ]
        return lines(Markup(named[0]), *rows)
    return lines(
        text(language, f"danger.country.{country}"),
        *(
            text(language, "danger.number", number=each.phone, who=text(language, f"danger.who.{each.phone}"))
            for each in known
        ),
    )
