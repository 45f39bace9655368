"""What the buttons around his words to her carry: canned replies, and words he was asked about."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

PageNumber = Annotated[int, Field(ge=0, lt=10_000)]


class DropKept(CallbackData, prefix="zn"):
    """The words he was asked about are for nobody."""


class ReplyList(CallbackData, prefix="zl"):
    """A page of the canned replies for this case."""

    code: str
    page: PageNumber = 0


class ReplyShow(CallbackData, prefix="zv"):
    """A canned reply before it is sent; `language`: for who has chosen none."""

    code: str
    key: str
    language: str = ""


class ReplySend(CallbackData, prefix="zs"):
    """Send it in this language; `mark` changes when its words do."""

    code: str
    key: str
    language: str
    mark: str


class WordingList(CallbackData, prefix="zw"):
    """A page of the canned replies, for a coordinator."""

    page: PageNumber = 0


class WordingOf(CallbackData, prefix="zo"):
    """One of them, in all its languages."""

    key: str


class WordingSwitch(CallbackData, prefix="zx"):
    """Offer it to lawyers, or no more."""

    key: str
    on: bool


class WordingAsk(CallbackData, prefix="za"):
    """The next text is this reply in this language; without a key a new one."""

    language: str
    key: str = ""


ALL: tuple[type[CallbackData], ...] = (
    DropKept, ReplyList, ReplyShow, ReplySend, WordingList, WordingOf, WordingSwitch, WordingAsk,
)  # fmt: skip
