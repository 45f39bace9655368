"""Keyboards: buttons by text key, in the reader's language."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.desk import Pile
from bot.i18n import LANGUAGES, label
from bot.telegram.callbacks import Go, Place
from bot.telegram.desk_buttons import DeskLeaf

Row = Sequence[InlineKeyboardButton]


def keyboard(*rows: Row) -> InlineKeyboardMarkup:
    """Rows of buttons; empty ones fall away."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])


SIGNS = frozenset({"button.danger", "button.hide", "button.back", "button.home"})
"""Buttons that stand as a sign alone where nobody has chosen a language: four words would be cut off."""


def button(language: str | None, key: str, data: CallbackData, **params: object) -> InlineKeyboardButton:
    """A button by its text key."""
    return named(label(language, f"{key}.sign" if language is None and key in SIGNS else key, **params), data)


SEEN = 32
"""So many letters of a button stand on the screen of a small phone; its text says the whole name."""


def cut(words: str, most: int = SEEN) -> str:
    """A long name as far as a button shows it, and a sign that it goes on."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def named(words: str, data: CallbackData) -> InlineKeyboardButton:
    """A button with words that are already in the reader's language (a title from the content)."""
    return InlineKeyboardButton(text=words, callback_data=data.pack())


def go(language: str | None, key: str, to: Place) -> InlineKeyboardButton:
    """A button that leads somewhere."""
    return button(language, key, Go(to=to))


def to_desk(language: str | None) -> Row:
    """Where a lawyer goes on from a screen of its own."""
    return [button(language, "button.desk", DeskLeaf(pile=Pile.MINE))]


def at_hand(language: str | None) -> Row:
    """What stands on every screen of a help-seeker: danger now, and hide this chat."""
    return [go(language, "button.danger", Place.DANGER), go(language, "button.hide", Place.HIDE)]


def languages(data: type[CallbackData]) -> list[Row]:
    """The four languages, each in its own, two a row."""
    each = [named(label(language, f"language.{language}"), data(to=language)) for language in LANGUAGES]
    return [each[:2], each[2:]]
