"""What the buttons of the articles carry; `callbacks` lists them with the others."""

from aiogram.filters.callback_data import CallbackData


class Shelf(CallbackData, prefix="rs"):
    """The list of what can be read."""

    page: int


class Read(CallbackData, prefix="r"):
    """A page of an article. `turn`: in place of what stands there; otherwise below, so that nothing is covered."""

    topic: str
    page: int = 0
    turn: bool = False
