"""What she may wish for her case, as buttons and as screens."""

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.case import Case, Claimed, Closed
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import text
from bot.telegram.callbacks import MyCase, Place
from bot.telegram.her_buttons import Wish, Wished
from bot.telegram.keyboards import Row, at_hand, button, go, keyboard
from bot.telegram.messages.common import paragraphs, screen


def rows(language: str | None, case: Case) -> list[Row]:
    """What she may do about an appeal of hers."""
    code = case.file.code
    another = [button(language, "button.another", Wish(wished=Wished.ANOTHER, code=code))]
    complain = [button(language, "button.complain", Wish(wished=Wished.COMPLAIN, code=code))]
    return [
        another if isinstance(case, Claimed) else [],
        [] if isinstance(case, Closed) else woman(language, code, prefers=case.file.prefers_woman),
        complain,
    ]


def woman(language: str | None, code: str, *, prefers: bool) -> Row:
    """The wish for a woman, or the way back from it."""
    key, wished = ("button.anybody", Wished.ANYBODY) if prefers else ("button.woman", Wished.WOMAN)
    return [button(language, key, Wish(wished=wished, code=code))]


def ask_another(person: Person, code: CaseCode, *, others: bool, on: int | None) -> SendMessage | EditMessageText:
    """What happens then; once, and without asking why."""
    language = person.language
    words = paragraphs(
        text(language, "another.ask", code=code), None if others else text(language, "another.nobody_yet")
    )
    markup = keyboard(
        [button(language, "button.another_now", Wish(wished=Wished.ANOTHER_NOW, code=code))],
        [button(language, "button.back", MyCase(code=code))],
        at_hand(language),
    )
    return screen(person, words, markup, on)


def another(person: Person, code: CaseCode, on: int | None) -> SendMessage | EditMessageText:
    """It waits for another; she may say why, to the coordinators alone."""
    language = person.language
    markup = keyboard(
        [button(language, "button.say_why", Wish(wished=Wished.COMPLAIN, code=code))],
        at_hand(language),
        [go(language, "button.home", Place.HOME)],
    )
    return screen(person, text(language, "another.done", code=code), markup, on)
