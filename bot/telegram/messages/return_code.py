"""The return code on the screen: what it is for, the digits once, and what entering it led to."""

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.people import Person, ReturnCode
from bot.domain.return_code import grouped
from bot.i18n import text
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import at_hand, go, keyboard
from bot.telegram.messages.common import message, paragraphs, said, screen


def about(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """What the code is for, and whether she has one."""
    language, has = person.language, person.return_code in (ReturnCode.SHOWN, ReturnCode.KEPT)
    words = paragraphs(text(language, "code.about"), text(language, "code.has") if has else None)
    markup = keyboard(
        [go(language, "button.code_new", Place.CODE_NEW) if has else go(language, "button.code_show", Place.CODE_SHOW)],
        [] if has else [go(language, "button.code_none", Place.CODE_NONE)],
        [go(language, "button.back", Place.DATA)],
        at_hand(language),
    )
    return screen(person, words, markup, on)


def ask_new(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """A new code instead of the old one?"""
    language = person.language
    markup = keyboard(
        [go(language, "button.code_show", Place.CODE_SHOW)],
        [go(language, "button.back", Place.CODE)],
        at_hand(language),
    )
    return screen(person, text(language, "code.ask_new"), markup, on)


def digits(person: Person, code: str) -> SendMessage:
    """The code itself, in groups of four, to be written down."""
    markup = keyboard([go(person.language, "button.code_kept", Place.CODE_KEPT)])
    return said(person, "code.digits", markup, code=grouped(code))


def ask(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """Which code has she?"""
    language = person.language
    markup = keyboard(
        [go(language, "button.back", Place.HOME)],
        at_hand(language),
    )
    return screen(person, text(language, "code.enter"), markup, on)


def told(person: Person, key: str, **params: object) -> SendMessage:
    """What became of a code, with the ways on."""
    language = person.language
    markup = keyboard(
        at_hand(language),
        [go(language, "button.home", Place.HOME)],
    )
    return message(person, text(language, key, **params), markup)
