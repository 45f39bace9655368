"""What the buttons of the notebook do."""

from enum import StrEnum


class JotAct(StrEnum):
    """What a button of the notebook does."""

    LIST = "list"
    REMOVE = "remove"
    ASK_ALL = "ask"
    REMOVE_ALL = "all"
