"""What a coordinator sees of blocking: grounds, the last tap, who is blocked now. Codes only, never a name."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Grounds, Person
from bot.i18n import label, text
from bot.telegram.callbacks import Block, Unblock
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import said, screen


def ask_grounds(person: Person, code: CaseCode) -> SendMessage:
    """Why?"""
    rows = [[button(person.language, f"grounds.{each}", Block(code=code, grounds=each))] for each in Grounds]
    return said(person, "block.ask", keyboard(*rows), code=code)


def ask_sure(person: Person, code: CaseCode, grounds: Grounds, on: int | None) -> SendMessage | EditMessageText:
    """What it means."""
    language = person.language
    words = text(language, "block.sure", code=code, grounds=text(language, f"grounds.{grounds}"))
    sure = button(language, "button.block", Block(code=code, grounds=grounds, sure=True))
    return screen(person, words, keyboard([sure]), on)


def blocked(person: Person, code: CaseCode, grounds: Grounds, on: int | None = None) -> SendMessage | EditMessageText:
    """It is done, and how to take it back."""
    language = person.language
    words = text(language, "block.done", code=code, grounds=text(language, f"grounds.{grounds}"))
    return screen(person, words, keyboard(), on)


def unblocked(person: Person, code: CaseCode | None, on: int | None) -> SendMessage | EditMessageText:
    """What this person writes is taken again."""
    words = text(person.language, "block.undone", code=code or label(person.language, "block.no_case"))
    return screen(person, words, keyboard(), on)


def everybody(person: Person, listed: Sequence[tuple[PersonId, CaseCode | None]]) -> SendMessage:
    """Who is blocked now, by the newest case of each; a tap takes it back."""
    language = person.language
    rows = [
        [named(label(language, "button.unblock", code=code or label(language, "block.no_case")), Unblock(id=each))]
        for each, code in listed
    ]
    return said(person, "block.list" if listed else "block.nobody", keyboard(*rows))
