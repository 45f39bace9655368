"""Taps that wait for an answer, and the answers people saw."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.people import Account


@dataclass(frozen=True)
class CallbackAnswer:
    """What answerCallbackQuery showed to a person."""

    callback_query_id: str
    account_id: int
    text: str | None
    show_alert: bool
    url: str | None


@dataclass
class CallbackQuery:
    """A tap that may still be answered."""

    id: str
    account: "Account"
    at: datetime
    answered: bool = False
