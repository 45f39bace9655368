"""What a coordinator sees of the directory: whom to call first, what to ask there, and each value to be changed."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain import directory
from bot.domain.directory import Service
from bot.domain.people import Person
from bot.i18n import date_in, label, number_in, plural, text
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import answer_name, lines, message, paragraphs, region_name, said, screen
from bot.telegram.service_buttons import ServiceAct, ServiceDoes, ServiceField, ServiceList

PAGE = 8
NAME_MOST = 80
EMPTY = "-"
"""Written instead of a value: there is none."""

ANYWHERE = "-"
"""A button's value for none: the whole country, not known."""

WRITTEN = (
    "name_kk", "name_ru", "name_en", "name_ky", "phone", "whatsapp", "website", "hours", "serves", "city", "notes",
    "source",
)  # fmt: skip
CHOSEN = ("type", "country", "region_iso", "police_linked", "free", "verify_priority")


def everything(
    person: Person, listed: Sequence[Service], now: datetime, page: int, on: int | None
) -> SendMessage | EditMessageText:
    """A page of the directory, those to call first on top."""
    language, pages = person.language, max(1, -(-len(listed) // PAGE))
    page %= pages
    words = text(
        language,
        "directory",
        total=number_in(language, len(listed)),
        shown=number_in(language, sum(each.shown for each in listed)),
        due=number_in(language, sum(each.overdue(now) for each in listed)),
    )
    rows: list[Row] = [_row(language, each, now) for each in listed[page * PAGE : (page + 1) * PAGE]]
    if pages > 1:
        before, after = ((page + step) % pages for step in (-1, 1))
        rows.append([named("◀", ServiceList(page=before)), named(f"{page + 1}/{pages}", ServiceList(page=page)),
                     named("▶", ServiceList(page=after))])  # fmt: skip
    last = [button(language, f"directory.{act}", ServiceDoes(act=act)) for act in _OF_ALL]
    return screen(person, words, keyboard(*rows, last[:1], last[1:]), on)


_OF_ALL = (ServiceAct.ADD, ServiceAct.GIVE_OUT, ServiceAct.TAKE_IN)


def one(
    person: Person, service: Service, now: datetime, zone: ZoneInfo, on: int | None = None
) -> SendMessage | EditMessageText:
    """All that is known of a service, and what to ask when calling there."""
    language = person.language
    known = (text(language, "directory.line", name=label(language, f"directory.field.{column}"), value=value)
             for column in (*CHOSEN, *WRITTEN) if (value := _value(language, service, column)))  # fmt: skip
    at = service.verified_at
    words = paragraphs(
        text(language, "nearby.name", name=service.name(language or "ru")),
        lines(*known),
        lines(
            text(language, "directory.checked", date=date_in(language, at.astimezone(zone).date()))
            if at
            else text(language, "directory.unchecked"),
            text(language, "directory.shown" if service.shown else "directory.hidden"),
        ),
        text(language, "directory.ask"),
    )
    act = [button(language, "directory.checked_today", ServiceDoes(act=ServiceAct.CHECKED, id=service.id))]
    change = [button(language, "directory.change", ServiceDoes(act=ServiceAct.CHANGE, id=service.id))]
    if service.shown:
        change.append(button(language, "directory.hide", ServiceDoes(act=ServiceAct.HIDE, id=service.id)))
    return screen(person, words, keyboard(act, change, [button(language, "button.back", ServiceList(page=0))]), on)


def fields(person: Person, service: Service, on: int | None) -> SendMessage | EditMessageText:
    """What shall be changed?"""
    language = person.language
    each = [
        button(language, f"directory.field.{column}", ServiceField(id=service.id, column=column))
        for column in (*CHOSEN, *WRITTEN)
    ]
    rows: list[Row] = [each[first : first + 2] for first in range(0, len(each), 2)]
    markup = keyboard(*rows, _back(language, service))
    return screen(person, text(language, "directory.what", name=service.name(language or "ru")), markup, on)


def choose(
    person: Person, service: Service, column: str, options: Sequence[str], on: int | None
) -> SendMessage | EditMessageText:
    """Its new value, by a button."""
    language = person.language
    each = [
        named(_named(language, column, option), ServiceField(id=service.id, column=column, value=option))
        for option in options
    ]
    rows: list[Row] = [each[first : first + 2] for first in range(0, len(each), 2)]
    return screen(person, _asked(language, service, column), keyboard(*rows, _back(language, service)), on)


def ask(person: Person, service: Service, column: str, on: int | None) -> SendMessage | EditMessageText:
    """Its new value, as the next text."""
    language = person.language
    words = paragraphs(
        _asked(language, service, column),
        text(language, f"directory.how.{column}") if column in HOW else None,
        text(language, "directory.empty", sign=EMPTY),
    )
    return screen(person, words, keyboard(_back(language, service)), on)


HOW = ("phone", "hours", "serves")
"""Values that are written in a shape of their own."""


def ask_name(person: Person) -> SendMessage:
    """What is the new one called?"""
    return said(person, "directory.ask_name")


def overdue(person: Person, listed: Sequence[Service]) -> SendMessage:
    """Once a month: these numbers are shown, and nobody has called there for long."""
    language = person.language
    rows = [[_button(language, each, "☎️")] for each in listed[:PAGE]]
    more = [button(language, "directory.all", ServiceList(page=0))]
    return message(person, plural(language, "directory.overdue", len(listed)), keyboard(*rows, more))


def _row(language: str | None, service: Service, now: datetime) -> Row:
    sign = "☎️" if service.overdue(now) else "✓"
    return [_button(language, service, sign if service.shown else f"{sign} ▫️")]


def _button(language: str | None, service: Service, sign: str) -> InlineKeyboardButton:
    return named(f"{sign} {service.name(language or 'ru')}", ServiceDoes(act=ServiceAct.SHOW, id=service.id))


def _back(language: str | None, service: Service) -> Row:
    return [button(language, "button.back", ServiceDoes(act=ServiceAct.SHOW, id=service.id))]


def _asked(language: str | None, service: Service, column: str) -> str:
    value = _value(language, service, column) or label(language, "directory.none")
    name = label(language, f"directory.field.{column}")
    return text(language, "directory.value", service=service.name(language or "ru"), name=name, value=value)


def _value(language: str | None, service: Service, column: str) -> str:
    """What a column holds, in words."""
    value = directory.as_row(service)[column]
    if column == "region_iso":
        return ", ".join(region_name(language, each) for each in service.regions)
    return _named(language, column, value) if column in CHOSEN and value else value


def _named(language: str | None, column: str, value: str) -> str:
    if value == ANYWHERE:
        return label(language, "nearby.everywhere" if column == "region_iso" else "directory.none")
    match column:
        case "region_iso":
            return region_name(language, value)
        case "country":
            return answer_name(language, "country", value)
        case "free":
            return label(language, f"consents.{value.partition(' ')[0]}")
        case "verify_priority":
            return value
        case "type":
            return label(language, f"directory.kind.{value}")
        case _:
            return label(language, f"directory.police.{value}")
