"""What the buttons carry by which a coordinator enters an appeal that came by phone; `her`: whose appeal it is."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field


class EnterAct(StrEnum):
    """What a button does with an appeal that is being entered; with none, a new one is begun."""

    BEGIN = "begin"
    HERE = "here"
    BACK = "back"
    END = "end"
    CHANGE = "change"
    SAVE = "save"
    DROP = "drop"


class EnterDoes(CallbackData, prefix="ed"):
    """Do this with the appeal that is being entered for her."""

    act: EnterAct
    her: str = ""


class EnterAnswer(CallbackData, prefix="ea"):
    """The answer to a question about her."""

    her: str
    question: str
    option: str


class EnterPage(CallbackData, prefix="ep"):
    """More answers."""

    her: str
    page: Annotated[int, Field(ge=0, lt=1000)]


class EnterChange(CallbackData, prefix="ec"):
    """Answer this question again."""

    her: str
    question: str


class EraseEntered(CallbackData, prefix="ee"):
    """She asks by phone that her appeal be erased; only with `sure` it is."""

    code: str
    sure: bool = False


ALL: tuple[type[CallbackData], ...] = (EnterDoes, EnterAnswer, EnterPage, EnterChange, EraseEntered)
