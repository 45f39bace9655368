"""Legal deadlines in words: which are known for a case, from when they run, how certain they are."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.agenda import Planned
from bot.domain.deadlines import Deadline
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import Markup, moment_in, text, title, whole_day_in, whole_moment_in
from bot.telegram.agenda_buttons import DeadlineOf, PlanDay
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import Row, button, cut, keyboard, named
from bot.telegram.messages.common import paragraphs, quoted, screen

Screen = SendMessage | EditMessageText


def choose(person: Person, code: CaseCode, offered: Sequence[Deadline], on: int | None) -> Screen:
    """Which deadline runs?"""
    language = person.language
    names = [f"{number}. {title(language, each.title)}" for number, each in enumerate(offered, 1)]
    rows = [[named(cut(name), DeadlineOf(code=code, of=each.code))] for name, each in zip(names, offered, strict=True)]
    words = paragraphs(
        text(language, "deadline.choose" if offered else "deadline.none", code=code), quoted(*names) or None
    )
    return screen(person, words, keyboard(*rows, _back(language, code)), on)


def ask_start(
    person: Person, code: CaseCode, deadline: Deadline, happened: datetime | None, today: date, zone: ZoneInfo,
    on: int | None,
) -> Screen:  # fmt: skip
    """From which day does it run? By the calendar, or from what she said."""
    language = person.language
    by_day = PlanDay(code=code, of=deadline.code, month=int(f"{today:%Y%m}"))
    rows: list[Row] = [[button(language, "button.agenda.calendar", by_day)]]
    if happened is not None:
        moment = moment_in(language, happened, zone)
        data = DeadlineOf(code=code, of=deadline.code, happened=True)
        rows.append([button(language, "button.agenda.happened", data, moment=moment)])
    return screen(person, start(language, code, deadline), keyboard(*rows, _back(language, code)), on)


def ran_out(
    person: Person, code: CaseCode, deadline: Deadline, end: datetime, zone: ZoneInfo, on: int | None
) -> Screen:
    """It has run out already: there is nothing to be reminded of."""
    language = person.language
    name, until = title(language, deadline.title), _until(language, deadline, end, zone)
    words = paragraphs(text(language, "deadline.over", code=code, name=name, until=until), check(language, deadline))
    return screen(person, words, keyboard(_back(language, code)), on)


def runs_out(language: str | None, key: str, planned_: Planned, deadline: Deadline, zone: ZoneInfo) -> Markup:
    """Which deadline it is and when it runs out."""
    until = _until(language, deadline, planned_.runs_out or planned_.due, zone)
    return text(language, key, code=planned_.case, name=title(language, deadline.title), until=until)


def _until(language: str | None, deadline: Deadline, moment: datetime, zone: ZoneInfo) -> str:
    if deadline.hourly:
        return whole_moment_in(language, moment, zone)
    return whole_day_in(language, moment.astimezone(zone).date())


def start(language: str | None, code: CaseCode, deadline: Deadline) -> Markup:
    """From which day does it run?"""
    name, asked = title(language, deadline.title), title(language, deadline.start)
    return paragraphs(text(language, "deadline.start", code=code, name=name, start=asked), check(language, deadline))


def check(language: str | None, deadline: Deadline) -> Markup:
    """Where it is known from; that it must be checked, unless it is certain."""
    if deadline.checked:
        return text(language, "deadline.source", year=deadline.year, source=deadline.source)
    return text(language, "deadline.check", year=deadline.year, source=deadline.source)


def _back(language: str | None, code: CaseCode) -> Row:
    return [button(language, "button.back", CaseAct(act=Act.OPEN, code=code))]
