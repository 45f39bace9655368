"""Leave and the next case, in the lawyer's private chat; and the one line she reads when he goes."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.desk import Pile
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.profile import Leave, Profile
from bot.i18n import Markup, date_in, moment_in, number_in, text
from bot.telegram.desk_buttons import DeskLeaf
from bot.telegram.fit_buttons import CasesThen, LawyerStep, LeaveFor, Step, Suits, SuitsPart
from bot.telegram.keyboards import Row, at_hand, button, keyboard
from bot.telegram.messages.common import lines, paragraphs, said, screen


def ask(
    person: Person, profile: Profile, zone: ZoneInfo, now: datetime, on: int | None
) -> SendMessage | EditMessageText:
    """For how long?"""
    language = person.language
    rows: list[Row] = [[button(language, f"button.leave.{each}", LeaveFor(leave=each))] for each in Leave]
    if profile.away(now):
        rows.insert(0, [button(language, "button.leave_back", LawyerStep(step=Step.BACK))])
    words = paragraphs(_away(language, profile, zone) if profile.away(now) else None, text(language, "leave.ask"))
    return screen(person, words, keyboard(*rows), on)


def ask_cases(
    person: Person, leave: Leave, number: int, cant_wait: Sequence[CaseCode], on: int | None
) -> SendMessage | EditMessageText:
    """What becomes of his cases? Those that can't wait are named."""
    language = person.language
    words = paragraphs(
        text(language, "leave.cases", number=number_in(language, number)),
        text(language, "leave.cant_wait", codes=", ".join(cant_wait)) if cant_wait else None,
    )
    rows = [[button(language, f"button.leave.{each}", LeaveFor(leave=leave, cases=each))] for each in CasesThen]
    return screen(person, words, keyboard(*rows, [button(language, "button.back", LawyerStep(step=Step.AWAY))]), on)


def gone(
    person: Person, profile: Profile, zone: ZoneInfo, now: datetime, *, handed: int, paused: int, on: int | None
) -> SendMessage | EditMessageText:
    """He is away; what became of his cases."""
    language = person.language
    words = paragraphs(
        _away(language, profile, zone),
        lines(
            text(language, "leave.handed", number=number_in(language, handed)) if handed else None,
            text(language, "leave.paused", number=number_in(language, paused)) if paused else None,
        ),
    )
    return screen(person, words, keyboard([button(language, "button.leave_back", LawyerStep(step=Step.BACK))]), on)


def back(person: Person, number: int, on: int | None, *, on_duty: bool) -> SendMessage | EditMessageText:
    """He is there again, and on duty where the rota, or he himself, says so."""
    language = person.language
    words = paragraphs(
        text(language, "leave.back", number=number_in(language, number)),
        text(language, "duty.on") if on_duty else None,
    )
    return screen(person, words, keyboard(next_button(language)), on)


def nothing_next(person: Person, waiting: int) -> SendMessage:
    """Nothing waits that suits him; how much waits that doesn't."""
    language = person.language
    if not waiting:
        return said(person, "next.empty")
    look = button(language, "button.pile.queue", DeskLeaf(pile=Pile.QUEUE))
    rows: list[Row] = [[look], [button(language, "button.suits", Suits(part=SuitsPart.ALL))]]
    return said(person, "next.none", keyboard(*rows), number=number_in(language, waiting))


def next_button(language: str | None) -> Row:
    """Take the next for me."""
    return [button(language, "button.next", LawyerStep(step=Step.NEXT))]


def paused(her: Person, code: CaseCode, until: datetime | None, zone: ZoneInfo) -> SendMessage:
    """She reads when an answer can be expected, and what to do when that is too late; nothing of him."""
    if until is None:
        return said(her, "case.paused_open", keyboard(at_hand(her.language)), code=code)
    day = date_in(her.language, until.astimezone(zone).date())
    return said(her, "case.paused", keyboard(at_hand(her.language)), code=code, day=day)


def _away(language: str | None, profile: Profile, zone: ZoneInfo) -> Markup:
    if profile.away_until is None:
        return text(language, "leave.away_open")
    return text(language, "leave.away", moment=moment_in(language, profile.away_until, zone))
