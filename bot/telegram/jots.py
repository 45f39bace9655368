"""What the buttons of the notebook do."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class JotAct(StrEnum):
    """What a button of the notebook does."""

    LIST = "list"
    REMOVE = "remove"
    ASK_ALL = "ask"
    REMOVE_ALL = "all"


class Jot(CallbackData, prefix="j"):
    """Something done with a note of the notebook; 0 is none."""

    act: JotAct
    note: int
