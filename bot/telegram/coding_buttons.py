"""What the buttons of coding a case carry."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.coding import CodingPart


class CodingOf(CallbackData, prefix="cg"):
    """A part of a case's coding; without one, all of it. `wide`: every type, not only those that are likely."""

    code: str
    part: CodingPart | None = None
    wide: bool = False


class CodeAs(CallbackData, prefix="ca"):
    """Code a part of a case like this; once more takes it back."""

    code: str
    part: CodingPart
    value: str


class Uncoded(CallbackData, prefix="un"):
    """The ended cases that await their coding."""


CODING: tuple[type[CallbackData], ...] = (CodingOf, CodeAs, Uncoded)
