"""Consents as she sees them: what each is for, whether it is given, and one tap to change it."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.case import Case
from bot.domain.consent import Purpose
from bot.domain.people import Person
from bot.i18n import Markup, label, text
from bot.telegram.callbacks import Agree, ConsentsOf, Place
from bot.telegram.keyboards import at_hand, button, go, keyboard, named
from bot.telegram.messages.common import lines, message, paragraphs, screen


def consents(person: Person, hers: Sequence[Case], on: int | None = None) -> SendMessage | EditMessageText:
    """Every purpose of the first of these appeals with its text, and doors to the others."""
    language = person.language
    ways = (
        at_hand(language),
        [go(language, "button.back", Place.DATA), go(language, "button.home", Place.HOME)],
    )
    if not hers:
        return screen(
            person, paragraphs(text(language, "consents"), text(language, "consents.none")), keyboard(*ways), on
        )
    case, *others = hers
    words = paragraphs(
        text(language, "consents"),
        text(language, "consents.sent", code=case.file.code),
        *(_purpose(language, case, purpose) for purpose in Purpose),
    )
    rows = [[_change(language, case, purpose)] for purpose in Purpose]
    elsewhere = [[named(other.file.code, ConsentsOf(code=other.file.code))] for other in others]
    return screen(person, words, keyboard(*rows, *elsewhere, *ways), on)


def ask(person: Person, case: Case, purpose: Purpose) -> SendMessage:
    """May this be done in her appeal? Yes and no weigh the same, and no is no reason to help less."""
    language, code = person.language, case.file.code
    words = paragraphs(
        text(language, "consents.asked", code=code),
        text(language, f"question.{purpose}"),
        text(language, "consents.free"),
    )
    yes, no = (
        button(language, f"button.agree.{word}", Agree(purpose=purpose, given=given, code=code))
        for word, given in (("yes", True), ("no", False))
    )
    return message(person, words, keyboard([yes, no], at_hand(language)))


def _purpose(language: str | None, case: Case, purpose: Purpose) -> Markup:
    given = "yes" if case.file.consents.allow(purpose) else "no"
    state = text(
        language, "consents.state", name=text(language, f"name.{purpose}"), state=text(language, f"consents.{given}")
    )
    return lines(state, text(language, f"question.{purpose}"))


def _change(language: str | None, case: Case, purpose: Purpose) -> InlineKeyboardButton:
    given = case.file.consents.allow(purpose)
    words = label(language, "consents.take_back" if given else "consents.give", name=label(language, f"name.{purpose}"))
    return named(words, Agree(purpose=purpose, given=not given, code=case.file.code))
