"""Buttons of whom a lawyer suits, of the next case for him, and of his leave."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.profile import Leave


class SuitsPart(StrEnum):
    """A part of a profile: all of it, one of its lists, or the one question."""

    ALL = "all"
    LANGUAGES = "languages"
    REGIONS = "regions"
    CATEGORIES = "categories"
    WOMAN = "woman"


class Suits(CallbackData, prefix="pr"):
    """Look at a part of a profile; with a value, switch it. `id`: somebody else on the team, nobody's account."""

    part: SuitsPart
    value: str = ""
    page: int = 0
    id: str = ""


class Step(StrEnum):
    """A step of a lawyer that needs nothing more said."""

    NEXT = "next"
    AWAY = "away"
    BACK = "back"


class LawyerStep(CallbackData, prefix="ls"):
    """Take the next for me, go away, come back."""

    step: Step


class CasesThen(StrEnum):
    """What becomes of his cases while he is away."""

    HAND_OVER = "hand_over"
    PAUSE = "pause"


class LeaveFor(CallbackData, prefix="lv"):
    """Away for so long; with a word about his cases, at once."""

    leave: Leave
    cases: CasesThen | None = None
