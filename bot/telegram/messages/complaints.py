"""What she tells the coordinators: her side of it, and theirs. Neither side's lock screen shows what it is about."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.domain.case import Case
from bot.domain.complaint import Complaint
from bot.domain.ids import CaseCode
from bot.domain.intake import Piece
from bot.domain.people import Person
from bot.i18n import label, moment_in, text
from bot.telegram.callbacks import MyCase, Place
from bot.telegram.her_buttons import ComplaintAct, ComplaintDoes, Wish, Wished
from bot.telegram.keyboards import at_hand, button, go, keyboard, named, to_desk
from bot.telegram.messages.common import message, paragraphs, said, screen
from bot.telegram.messages.conversation import rebuilt

Screen = SendMessage | EditMessageText


def ask(person: Person, case: Case, *, heard: bool, on: int | None) -> Screen:
    """What happens with it, before she writes. `heard`: a coordinator is there who may read it."""
    language, code = person.language, case.file.code
    words = paragraphs(
        text(language, "complaint.ask", code=code), None if heard else text(language, "complaint.nobody_yet")
    )
    markup = keyboard([button(language, "button.back", MyCase(code=code))], at_hand(language))
    return screen(person, words, markup, on)


def kept(person: Person, case: Case, key: str, *, goes_on: bool) -> SendMessage:
    """It is kept, and where her next words go. `goes_on`: to the coordinators too, until she goes back."""
    language, code = person.language, case.file.code
    again = button(language, "button.complain", Wish(wished=Wished.COMPLAIN, code=code))
    back = button(language, "button.back", MyCase(code=code))
    markup = keyboard([back if goes_on else again], at_hand(language), [go(language, "button.home", Place.HOME)])
    return said(person, key, markup, code=code)


def answer(her: Person, case: Case, piece: Piece) -> list[TelegramMethod[Any]]:
    """What the coordinators answer, with the only way to answer them: what she just writes goes to her lawyer."""
    language, code = her.language, case.file.code
    methods = rebuilt(her, piece, label(language, "complaint.answered", code=code), protected=False)
    again = [button(language, "button.complain", Wish(wished=Wished.COMPLAIN, code=code))]
    methods[-1].reply_markup = keyboard(again, at_hand(language))  # type: ignore[attr-defined]
    return methods


def read(her: Person, case: Case) -> SendMessage:
    """It was read, and nobody answered in words."""
    return said(her, "complaint.read", keyboard(at_hand(her.language)), code=case.file.code)


def notice(coordinator: Person, key: str, code: CaseCode) -> SendMessage:
    """Something is there, of which case; what, is shown by a tap."""
    show = button(coordinator.language, "button.complaint.show", ComplaintDoes(act=ComplaintAct.SHOW, code=code))
    return said(coordinator, key, keyboard([show]), code=code)


def listed(coordinator: Person, codes: Sequence[CaseCode]) -> SendMessage:
    """The cases of what is not settled."""
    rows = [[named(code, ComplaintDoes(act=ComplaintAct.SHOW, code=code))] for code in codes]
    back = to_desk(coordinator.language)
    return said(coordinator, "complaint.list" if codes else "complaint.none", keyboard(*rows, back))


def words(coordinator: Person, waiting: Sequence[Complaint], zone: ZoneInfo) -> list[TelegramMethod[Any]]:
    """Her words and what was answered to them, in order; they can't be passed on."""
    language, found = coordinator.language, []
    for each in waiting:
        head = label(language, "complaint.by_her", code=each.case, moment=moment_in(language, each.at, zone))
        found += rebuilt(coordinator, each.words, head, protected=True)
        for told in each.answers:
            found += rebuilt(coordinator, told, label(language, "complaint.by_us", code=each.case), protected=True)
    return found


def standing(
    coordinator: Person, code: CaseCode, waiting: Sequence[Complaint], taker: str | None, on: int | None = None
) -> Screen:
    """How it stands, with what can be done; settled it has no buttons."""
    language = coordinator.language
    if not waiting:
        return screen(coordinator, text(language, "complaint.settled", code=code), keyboard(), on)
    head = text(
        language, "complaint.taken" if taker else "complaint.free", code=code, **({"name": taker} if taker else {})
    )
    acts = [each for each in ComplaintAct if not (taker and each is ComplaintAct.TAKE)]
    rows = [[button(language, f"button.complaint.{each}", ComplaintDoes(act=each, code=code))] for each in acts]
    return screen(coordinator, head, keyboard(*rows), on)


def ask_answer(coordinator: Person, code: CaseCode) -> SendMessage:
    """The next text goes to her."""
    return message(coordinator, text(coordinator.language, "complaint.ask_answer", code=code))
