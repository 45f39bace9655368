"""What the buttons of the operator groups carry; `id` is nobody's account."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class GroupsPart(StrEnum):
    """What is shown of a group: all of it, one of its lists, or the language of its cards."""

    ALL = "all"
    LANGUAGES = "languages"
    REGIONS = "regions"
    CATEGORIES = "categories"
    CARDS = "cards"


class GroupList(CallbackData, prefix="gl"):
    """All operator groups."""


class GroupTakes(CallbackData, prefix="gt"):
    """Look at a part of a group; with a value, switch it."""

    id: str
    part: GroupsPart
    value: str = ""
    page: int = 0


class GroupStop(CallbackData, prefix="gx"):
    """Show nothing in this group any more; `sure` at the second tap."""

    id: str
    sure: bool = False


ALL = (GroupList, GroupTakes, GroupStop)
