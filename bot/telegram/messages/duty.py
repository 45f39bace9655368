"""Duty: what a lawyer sees of his own, the weekly rota, and what she is told of when somebody is there next."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.duty import DAY, Hole, OnFor, OwnWord, Shift, Span, here, holes
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.i18n import LANGUAGES, Markup, moment_in, text, weekday_in, weekday_moment_in
from bot.telegram.duty_buttons import OnDuty, RotaAdd, RotaDay, RotaDrop
from bot.telegram.keyboards import Row, button, keyboard, named, to_desk
from bot.telegram.messages.common import lines, paragraphs, screen

SHIFTS_SHOWN = 5
HOURS_A_ROW = 4


def own(
    person: Person,
    spans: Sequence[Span],
    zone: ZoneInfo,
    now: datetime,
    *,
    off: OwnWord | None,
    away: bool,
    on: int | None,
) -> SendMessage | EditMessageText:
    """Whether he is on duty, until when, his next shifts; and the buttons that change it."""
    language, present = person.language, here(spans, now)
    until = spans[0].end if present else off.until if off else None
    key = "duty.away" if away else "duty.on" if present else "duty.off_until" if until else "duty.off"
    coming = [each for each in spans if each.start > now][:SHIFTS_SHOWN]
    words = paragraphs(
        text(
            language, key, **({"moment": moment_in(language, until, zone)} if key == "duty.off_until" and until else {})
        ),
        text(language, "duty.until", moment=moment_in(language, until, zone)) if present and until else None,
        lines(text(language, "duty.next"), *(_span(language, each, zone) for each in coming)) if coming else None,
    )
    each = [button(language, f"duty.for.{how_long}", OnDuty(to=how_long)) for how_long in OnFor]
    stop = [button(language, "duty.stop", OnDuty())] if present else []
    return screen(person, words, keyboard(*([] if away else [each[:2], each[2:], stop]), to_desk(language)), on)


def taken(person: Person, code: CaseCode, name: str, on: int) -> EditMessageText:
    """In place of a page: somebody has it, and nobody else need hurry."""
    edit = screen(person, text(person.language, "page.taken", code=code, name=name), keyboard(), on)
    assert isinstance(edit, EditMessageText)
    return edit


def expected(language: str | None, at: datetime | None, zone: ZoneInfo) -> Markup | None:
    """When somebody is there next, by her clock, and what to do until then; None where there is nothing to say."""
    if at is None:
        return None
    each = LANGUAGES if language is None else (language,)
    return paragraphs(*(text(one, "case.expected", moment=weekday_moment_in(one, at, zone)) for one in each))


def week(
    person: Person,
    shifts: Sequence[Shift],
    names: Mapping[PersonId, str],
    there: Sequence[str],
    zone: str,
    on: int | None,
) -> SendMessage | EditMessageText:
    """The whole week, the hours with nobody, and who is there now."""
    language, empty = person.language, holes(shifts)
    days = [_day(language, weekday, shifts, names) for weekday in range(7)]
    words = paragraphs(
        text(language, "rota.head", zone=zone),
        lines(*days) if shifts else text(language, "rota.none"),
        lines(text(language, "rota.holes"), *(_hole(language, each) for each in empty)) if shifts and empty else None,
        text(language, "rota.now", names=", ".join(there)) if there else text(language, "rota.now_nobody"),
    )
    each = [named(weekday_in(language, weekday), RotaDay(weekday=weekday)) for weekday in range(7)]
    return screen(person, words, keyboard(each[:4], each[4:]), on)


def day(
    person: Person, weekday: int, shifts: Sequence[Shift], names: Mapping[PersonId, str], on: int | None
) -> SendMessage | EditMessageText:
    """One weekday: each shift with a button that removes it, and a way to add one."""
    language = person.language
    own = [each for each in shifts if each.weekday == weekday]
    rows: list[Row] = [
        [named(f"✖ {_hours(each)} {names[each.person]}", RotaDrop(weekday=weekday, id=each.id))] for each in own
    ]
    words = text(language, "rota.day" if own else "rota.day_none", day=weekday_in(language, weekday, whole=True))
    add = [button(language, "rota.add", RotaAdd(weekday=weekday))]
    return screen(person, words, keyboard(*rows, add, [_back(person, RotaDay())]), on)


def who(
    person: Person, weekday: int, team: Sequence[tuple[PersonId, str]], on: int | None
) -> SendMessage | EditMessageText:
    """Whose shift is it?"""
    each = [named(name, RotaAdd(weekday=weekday, person=member)) for member, name in team]
    rows = [each[first : first + 2] for first in range(0, len(each), 2)]
    words = text(person.language, "rota.who", day=weekday_in(person.language, weekday, whole=True))
    return screen(person, words, keyboard(*rows, [_back(person, RotaDay(weekday=weekday))]), on)


def hours(
    person: Person, weekday: int, member: PersonId, name: str, start: int | None, on: int | None
) -> SendMessage | EditMessageText:
    """From which hour? And then: until which?"""
    language = person.language
    given = {"day": weekday_in(language, weekday, whole=True), "name": name}
    if start is None:
        words = text(language, "rota.from", **given)
        each = [named(_hour(hour), RotaAdd(weekday=weekday, person=member, start=hour)) for hour in range(DAY)]
    else:
        words = text(language, "rota.until", hour=_hour(start), **given)
        each = [
            named(_hour(hour), RotaAdd(weekday=weekday, person=member, start=start, until=hour))
            for hour in range(1, DAY + 1)
        ]
    rows = [each[first : first + HOURS_A_ROW] for first in range(0, DAY, HOURS_A_ROW)]
    return screen(person, words, keyboard(*rows, [_back(person, RotaAdd(weekday=weekday))]), on)


def _day(language: str | None, weekday: int, shifts: Sequence[Shift], names: Mapping[PersonId, str]) -> Markup | None:
    own = [f"{_hours(each)} {names[each.person]}" for each in shifts if each.weekday == weekday]
    return text(language, "rota.line", day=weekday_in(language, weekday), shifts="; ".join(own)) if own else None


def _hole(language: str | None, hole: Hole) -> Markup:
    """`Sat 02:00–08:00`; with the other day where it ends later than at the next midnight."""
    until = hole.from_hour + hole.hours
    last = (hole.weekday + until // DAY) % 7
    end = _hour(until) if until <= DAY else f"{weekday_in(language, last)} {_hour(until % DAY)}"
    return Markup(f"{weekday_in(language, hole.weekday)} {_hour(hole.from_hour)}–{end}")


def _span(language: str | None, span: Span, zone: ZoneInfo) -> Markup:
    start = weekday_moment_in(language, span.start, zone)
    return text(language, "duty.shift", start=start, end=moment_in(language, span.end, zone) if span.end else "…")


def _hours(shift: Shift) -> str:
    return f"{_hour(shift.from_hour)}–{_hour(shift.until_hour)}"


def _hour(hour: int) -> str:
    return f"{hour:02}:00"


def _back(person: Person, to: RotaDay | RotaAdd) -> InlineKeyboardButton:
    return button(person.language, "button.back", to)
