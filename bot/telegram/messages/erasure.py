"""What she sees when she has herself erased, and what is left of the card in the operator group."""

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.ids import CaseCode
from bot.domain.people import Person, Reader, ReturnCode
from bot.i18n import text
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import at_hand, go, keyboard
from bot.telegram.messages.common import paragraphs, said, screen


def ask(person: Person, on: int | None, *, named: bool) -> SendMessage | EditMessageText:
    """Will she need it for a court? The copy comes first. `named`: a letter about her has gone out."""
    language = person.language
    markup = keyboard(
        [go(language, "button.export", Place.EXPORT)],
        [go(language, "button.erase_when", Place.ERASE_WHEN)],
        [go(language, "button.back", Place.DATA)],
        at_hand(language),
    )
    words = paragraphs(text(language, "erase.ask"), text(language, "erase.named") if named else None)
    return screen(person, words, markup, on)


def choose(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """When; the choice that can be taken back stands first. Who has no code is told before she chooses."""
    language = person.language
    has_code = person.return_code in (ReturnCode.SHOWN, ReturnCode.KEPT)
    words = paragraphs(
        text(language, "erase.when"), text(language, "erase.with_code" if has_code else "erase.without_code")
    )
    markup = keyboard(
        [go(language, "button.erase_later", Place.ERASE_LATER)],
        [go(language, "button.erase_now", Place.ERASE_NOW)],
        [go(language, "button.back", Place.ERASE)],
        at_hand(language),
    )
    return screen(person, words, markup, on)


def farewell(person: Person, key: str) -> SendMessage:
    """The last line in her chat; it is deleted after a minute."""
    return said(person, key)


def empty_card(group: Reader, code: CaseCode, shown: int) -> EditMessageText:
    """In place of the card: there is nothing to see any more."""
    edit = screen(group, text(group.language, "card.gone", code=code), keyboard(), on=shown)
    assert isinstance(edit, EditMessageText)
    return edit
