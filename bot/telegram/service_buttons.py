"""What the buttons of the directory carry: hers, and the coordinators'."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

PageNumber = Annotated[int, Field(ge=0, lt=10_000)]
"""A page of a list; a forged one that can't be is no button at all."""


class Near(CallbackData, prefix="sv"):
    """A page of who else helps in a place, with a category or with anything."""

    country: str
    region: str = ""
    category: str = ""
    page: PageNumber = 0


class NearWhere(CallbackData, prefix="sw"):
    """In which region?"""

    country: str
    category: str = ""
    page: PageNumber = 0


class ServiceAct(StrEnum):
    """What a coordinator does with a service, or with all of them."""

    SHOW = "show"
    CHECKED = "checked"
    CHANGE = "change"
    HIDE = "hide"
    ADD = "add"
    GIVE_OUT = "give_out"
    TAKE_IN = "take_in"


class ServiceDoes(CallbackData, prefix="sd"):
    """Something about a service of the directory."""

    act: ServiceAct
    id: str = ""


class ServiceList(CallbackData, prefix="sl"):
    """A page of the directory as coordinators see it."""

    page: PageNumber


class ServiceField(CallbackData, prefix="sf"):
    """A value of a service: asked for, or chosen."""

    id: str
    column: str
    value: str = ""
