"""Buttons of how her case is worked on: what she wishes for it, and what the coordinators do about a complaint."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Wished(StrEnum):
    """What she wishes."""

    ANOTHER = "another"
    ANOTHER_NOW = "now"
    WOMAN = "woman"
    ANYBODY = "anybody"
    COMPLAIN = "complain"


class Wish(CallbackData, prefix="wi"):
    """A wish of hers for this appeal; without a code for the one she has not sent yet."""

    wished: Wished
    code: str = ""


class ComplaintAct(StrEnum):
    """What a coordinator does about the complaints of a case."""

    SHOW = "show"
    TAKE = "take"
    ANSWER = "answer"
    SETTLE = "settle"


class ComplaintDoes(CallbackData, prefix="cm"):
    """Something done about the complaints of this case."""

    act: ComplaintAct
    code: str
