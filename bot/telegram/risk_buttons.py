"""What the buttons of the risk screen's phrases carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field


class RiskList(CallbackData, prefix="pl"):
    """A page of the phrases of one kind in one language; without a language: which language, which kind?"""

    language: str = ""
    kind: str = ""
    page: Annotated[int, Field(ge=0, lt=10_000)] = 0


class RiskSwitch(CallbackData, prefix="ps"):
    """Switch a phrase off or on; `id` is a hash of its language and text."""

    id: str
    on: bool
    page: Annotated[int, Field(ge=0, lt=10_000)] = 0


class RiskAdd(CallbackData, prefix="pa"):
    """Add a phrase of this language, kind and level: the next text is it."""

    language: str
    kind: str
    level: str
