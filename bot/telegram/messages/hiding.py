"""What is said about hiding. Every line is neutral: whoever takes the phone may read it."""

from typing import Any

from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.domain.intake import Author, Piece
from bot.domain.people import AutoHide, Person
from bot.i18n import label, text
from bot.telegram.callbacks import HideBy, Place
from bot.telegram.keyboards import at_hand, go, keyboard, named
from bot.telegram.messages.common import said, screen
from bot.telegram.messages.conversation import rebuilt

OFF = "off"
"""No automatic hiding."""


def hidden(person: Person) -> SendMessage:
    """The chat is empty now, and what can't be removed."""
    return said(person, "hide.done")


def ask(person: Person, on: int | None = None) -> SendMessage | EditMessageText:
    """When shall the chat be hidden by itself? What holds now carries a sign."""
    language = person.language
    rows = []
    for choice in (OFF, *AutoHide):
        words = label(language, f"button.hiding.{choice}")
        chosen = choice == (person.auto_hide or OFF)
        words = label(language, "hiding.chosen", choice=words) if chosen else words
        rows.append([named(words, HideBy(choice=choice))])
    back = [go(language, "button.back", Place.DATA), go(language, "button.home", Place.HOME)]
    return screen(person, text(language, "hiding.ask"), keyboard(*rows, at_hand(language), back), on)


def entry_again(person: Person, author: Author, piece: Piece) -> list[TelegramMethod[Any]]:
    """Something said before, on her screen for a while; she may keep it."""
    head = "again.hers" if author is Author.SEEKER else "relay.lawyer"
    return rebuilt(person, piece, label(person.language, head), protected=False)


def until(person: Person) -> SendMessage:
    """What has been shown again goes again."""
    return said(person, "again.until", _ways(person))


def nothing(person: Person, key: str) -> SendMessage:
    """Why nothing is shown again."""
    return said(person, key, _ways(person))


def _ways(person: Person) -> Any:
    return keyboard(at_hand(person.language), [go(person.language, "button.home", Place.HOME)])
