"""What is chosen with a button where there are a few ways on."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.danger import DangerKind


class Choice(StrEnum):
    """What becomes of words written after closing."""

    CONTINUE = "continue"
    NEW = "new"
    THANKS = "thanks"


class Why(StrEnum):
    """Why a lawyer wants to see a number."""

    CALL = "call"
    DOCUMENT = "document"
    SAFETY = "safety"


class Reply(StrEnum):
    """What she does with a neutral line on her lock screen."""

    SHOW = "show"
    LATER = "later"
    NOT_ME = "notme"


class Wellbeing(StrEnum):
    """How she is, asked some time after closing."""

    FINE = "fine"
    AGAIN = "again"
    NEVER = "never"


class InDanger(CallbackData, prefix="dk"):
    """What is happening: one kind of danger."""

    kind: DangerKind


class CallFrom(CallbackData, prefix="dc"):
    """Call the lawyer on duty, from the answer to this kind of danger."""

    kind: DangerKind
