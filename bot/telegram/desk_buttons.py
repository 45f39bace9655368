"""What the buttons of the desk and of a case on it carry."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.desk import Pile

Rank = Annotated[int, Field(gt=-(2**62), lt=2**62)]
"""A place in a pile; a forged one that can't be is no button at all."""

Spot = Annotated[int, Field(ge=0, lt=2**63)]
"""An entry of a conversation, or a row of the journal."""


class DeskLeaf(CallbackData, prefix="dl"):
    """A leaf of a pile of the desk: the first, or what stands after this mark, or before it."""

    pile: Pile
    back: bool = False
    rank: Rank = 0
    code: str = ""


class Part(StrEnum):
    """What of a case is shown."""

    FACTS = "facts"
    EVENTS = "events"
    WORDS = "words"
    AGAIN = "again"


class CasePart(CallbackData, prefix="cp"):
    """A part of a case. `at`: from this entry or page on; `back`: up to it."""

    part: Part
    code: str
    at: Spot = 0
    back: bool = False
