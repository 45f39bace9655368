"""The agenda in words: when to remind him, what is due and why. No word of hers; his own stand in his chat alone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.agenda import FARTHEST, Planned, at, by_when
from bot.domain.deadlines import Deadline
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import Markup, moment_in, number_in, plural, short_day_in, text, title, whole_day_in, whole_moment_in
from bot.telegram.agenda_buttons import (
    AgendaPage,
    PlanAt,
    PlanDay,
    PlanHour,
    PlanIn,
    PlannedAct,
    PlannedDoes,
    PlanWords,
)
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import Row, button, keyboard, named, to_desk
from bot.telegram.messages import deadlines
from bot.telegram.messages.calendar import hour_rows, month_rows
from bot.telegram.messages.common import lines, message, paragraphs, screen

A_PAGE = 8
"""Lines of the list at a time; each has a button."""

SOON = {1: "button.agenda.tomorrow", 3: "button.agenda.in_3", 7: "button.agenda.in_7"}
BY_DAY_HOURS = range(8, 21)
Screen = SendMessage | EditMessageText


def ask(person: Person, code: CaseCode, today: date, on: int | None) -> Screen:
    """When shall he be reminded?"""
    language = person.language
    soon = [
        [button(language, key, PlanIn(code=code, days=days), day=short_day_in(language, today + timedelta(days=days)))]
        for days, key in SOON.items()
    ]
    more = [
        button(language, "button.agenda.calendar", PlanDay(code=code, month=_month(today))),
        button(language, "button.agenda.words", PlanWords(code=code)),
    ]
    return screen(person, text(language, "agenda.ask", code=code), keyboard(*soon, more, _back(language, code)), on)


def month(
    person: Person, code: CaseCode, deadline: Deadline | None, shown: date, today: date, on: int | None
) -> Screen:
    """A month: days to come, or for a deadline those that have been."""
    of = deadline.code if deadline else ""
    rows = month_rows(
        person.language,
        shown,
        (today, today + FARTHEST) if deadline is None else (today - FARTHEST, today),
        lambda day: PlanDay(code=code, of=of, month=_month(day), day=day.day),
        lambda first: PlanDay(code=code, of=of, month=_month(first)),
    )
    language = person.language
    words = text(language, "agenda.ask", code=code) if deadline is None else deadlines.start(language, code, deadline)
    return screen(person, words, keyboard(*rows, _back(language, code)), on)


def hours(
    person: Person, code: CaseCode, deadline: Deadline | None, day: date, now: datetime, zone: ZoneInfo, on: int | None
) -> Screen:
    """An hour of that day: one to come, or for a deadline one that has been."""
    language, of = person.language, deadline.code if deadline else ""

    def open_(hour: int) -> bool:
        moment = at(day, datetime.min.time().replace(hour=hour), zone)
        return moment > now if deadline is None else moment <= now

    rows = hour_rows(
        BY_DAY_HOURS if deadline is None else range(24),
        open_,
        lambda hour: PlanHour(code=code, of=of, day=int(f"{day:%Y%m%d}"), hour=hour),
    )
    words = text(language, "agenda.hour", code=code, day=whole_day_in(language, day))
    back = [button(language, "button.back", PlanDay(code=code, of=of, month=_month(day)))]
    return screen(person, words, keyboard(*rows, back), on)


def ask_words(person: Person, code: CaseCode) -> SendMessage:
    """He writes when."""
    back = [button(person.language, "button.back", CaseAct(act=Act.REMIND, code=code))]
    return message(person, text(person.language, "agenda.write", code=code), keyboard(back))


def confirm(person: Person, code: CaseCode, due: datetime, zone: ZoneInfo) -> SendMessage:
    """Is that what he meant?"""
    language = person.language
    yes = button(language, "button.agenda.yes", PlanAt(code=code, minutes=int(due.timestamp() // 60)))
    again = button(language, "button.agenda.other", PlanWords(code=code))
    words = text(language, "agenda.confirm", code=code, moment=whole_moment_in(language, due, zone))
    return message(person, words, keyboard([yes], [again]))


def planned(person: Person, one: Planned, zone: ZoneInfo, on: int | None) -> Screen:
    """He will be reminded."""
    language = person.language
    words = text(language, "agenda.set", code=one.case, moment=whole_moment_in(language, one.due, zone))
    return screen(person, words, keyboard(*_after_setting(language, one)), on)


def noted(person: Person, one: Planned, deadline: Deadline, now: datetime, zone: ZoneInfo, on: int | None) -> Screen:
    """A deadline is noted."""
    language, moment = person.language, whole_moment_in(person.language, one.due, zone)
    words = paragraphs(
        deadlines.runs_out(language, "deadline.set", one, deadline, zone),
        text(language, "agenda.set", code=one.case, moment=moment) if one.due > now else None,
        deadlines.check(language, deadline),
    )
    return screen(person, words, keyboard(*_after_setting(language, one)), on)


def one(
    person: Person,
    planned_: Planned,
    deadline: Deadline | None,
    words: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> SendMessage:
    """One thing: why it comes and for which case, and what may be done with it."""
    language = person.language
    shown = paragraphs(
        _why(language, planned_, deadline, person, zone),
        text(language, "agenda.what_for", words=words) if words else None,
        deadlines.check(language, deadline) if deadline else None,
    )
    return message(person, shown, keyboard(*_rows(language, planned_, deadline is None, now)), protected=True)


def many(person: Person, due: Sequence[Planned], known: Mapping[str, Deadline], zone: ZoneInfo) -> list[SendMessage]:
    """What is due, in one message, or as few as Telegram takes."""
    language = person.language
    pages = [due[start : start + A_PAGE] for start in range(0, len(due), A_PAGE)]
    return [
        message(
            person,
            paragraphs(
                plural(language, "agenda.due", len(page)),
                lines(*(_line(language, number, each, known, zone) for number, each in enumerate(page, 1))),
            ),
            keyboard(*_open_rows(page)),
        )
        for page in pages
    ]


def everything(
    person: Person,
    all_: Sequence[Planned],
    known: Mapping[str, Deadline],
    now: datetime,
    zone: ZoneInfo,
    page: int,
    on: int | None,
) -> Screen:
    """The list: today, this week, later."""
    language = person.language
    last = max(0, (len(all_) - 1) // A_PAGE)
    shown = all_[min(page, last) * A_PAGE :][:A_PAGE]
    sections = by_when(shown, now, zone)
    parts = (("today", sections.today), ("this_week", sections.this_week), ("later", sections.later))
    words = paragraphs(
        text(language, "agenda.list") if all_ else text(language, "agenda.empty"),
        *(
            lines(
                text(language, f"agenda.{name}"),
                *(_line(language, shown.index(each) + 1, each, known, zone) for each in listed),
            )
            for name, listed in parts
            if listed
        ),
    )
    turns = [
        button(language, f"button.page.{name}", AgendaPage(page=to))
        for name, to in (("before", min(page, last) - 1), ("after", min(page, last) + 1))
        if 0 <= to <= last
    ]
    return screen(person, words, keyboard(*_open_rows(shown), turns, to_desk(language)), on)


def ask_why(person: Person, one: Planned) -> SendMessage:
    """What for?"""
    return message(person, text(person.language, "agenda.ask_why", code=one.case))


def why_kept(person: Person, one: Planned, zone: ZoneInfo) -> SendMessage:
    """It is noted, and stays with him."""
    language = person.language
    moment = whole_moment_in(language, one.due, zone)
    return message(person, text(language, "agenda.noted", code=one.case, moment=moment))


def settled(person: Person, key: str, one: Planned, zone: ZoneInfo, on: int | None) -> Screen:
    """Done, put off or dropped, in place of what was tapped."""
    language = person.language
    words = text(language, key, code=one.case, moment=whole_moment_in(language, one.due, zone))
    row = [button(language, "button.agenda.open", CaseAct(act=Act.OPEN, code=one.case))]
    return screen(person, words, keyboard(row), on)


def _why(language: str | None, planned_: Planned, deadline: Deadline | None, person: Person, zone: ZoneInfo) -> Markup:
    if deadline is not None:
        return deadlines.runs_out(language, "deadline.due", planned_, deadline, zone)
    key = "agenda.own" if planned_.lawyer == person.id else "agenda.before"
    return text(language, key, code=planned_.case, moment=whole_moment_in(language, planned_.due, zone))


def _line(language: str | None, number: int, each: Planned, known: Mapping[str, Deadline], zone: ZoneInfo) -> Markup:
    moment, deadline = moment_in(language, each.due, zone), known.get(each.deadline or "")
    if deadline is None:
        return text(language, "agenda.line", n=number_in(language, number), code=each.case, moment=moment)
    end = each.runs_out or each.due
    last = end.astimezone(zone).date()
    until = moment_in(language, end, zone) if deadline.hourly else short_day_in(language, last)
    name = title(language, deadline.title)
    return text(
        language,
        "agenda.line.deadline",
        n=number_in(language, number),
        code=each.case,
        moment=moment,
        name=name,
        until=until,
    )


def _rows(language: str | None, one: Planned, own: bool, now: datetime) -> list[Row]:
    off = [
        button(language, key, PlannedDoes(id=one.id, act=act))
        for act, key in ((PlannedAct.TOMORROW, "button.agenda.off_1"), (PlannedAct.WEEK, "button.agenda.off_7"))
        if one.runs_out is None or now + timedelta(days=int(act)) < one.runs_out
    ]
    return [
        [button(language, "button.agenda.done", PlannedDoes(id=one.id, act=PlannedAct.DONE))],
        off,
        [button(language, "button.agenda.why", PlannedDoes(id=one.id, act=PlannedAct.WHY))] if own else [],
        [button(language, "button.agenda.open", CaseAct(act=Act.OPEN, code=one.case))],
    ]


def _open_rows(listed: Sequence[Planned]) -> list[Row]:
    buttons = [
        named(f"{number}. {each.case}", PlannedDoes(id=each.id, act=PlannedAct.SHOW))
        for number, each in enumerate(listed, 1)
    ]
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]


def _after_setting(language: str | None, one: Planned) -> list[Row]:
    return [
        [button(language, "button.agenda.why", PlannedDoes(id=one.id, act=PlannedAct.WHY))],
        [button(language, "button.agenda.drop", PlannedDoes(id=one.id, act=PlannedAct.DROP))],
        _back(language, one.case),
    ]


def _back(language: str | None, code: CaseCode) -> Row:
    return [button(language, "button.back", CaseAct(act=Act.OPEN, code=code))]


def _month(day: date) -> int:
    return int(f"{day:%Y%m}")
