"""What the buttons of duty and of the weekly rota carry."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.duty import OnFor

Weekday = Annotated[int, Field(ge=0, le=6)]
ShiftId = Annotated[int, Field(ge=0, lt=2**63)]


class OnDuty(CallbackData, prefix="dy"):
    """He is on duty for so long; without it: not on duty."""

    to: OnFor | None = None


class RotaDay(CallbackData, prefix="rd"):
    """The shifts of a weekday; without one: the whole week."""

    weekday: Weekday | None = None


class RotaAdd(CallbackData, prefix="ra"):
    """A shift to be added: who, from which hour, until which; what is missing is asked next. `person`: no account."""

    weekday: Weekday
    person: str = ""
    start: Annotated[int, Field(ge=0, le=23)] | None = None
    until: Annotated[int, Field(ge=1, le=24)] | None = None


class RotaDrop(CallbackData, prefix="rx"):
    """This shift is none any more."""

    weekday: Weekday
    id: ShiftId
