"""What the buttons of the lawyer's work carry: the status of a case, what he writes down, what he hands over."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.case import Work
from bot.domain.case_notes import NoteKind


class WorkOn(CallbackData, prefix="wk"):
    """The lawyer says how he stands with a case."""

    code: str
    work: Work


class WroteAct(StrEnum):
    """What becomes of a question to write something, or of words that may be its answer."""

    CANCEL = "cancel"
    TAKE = "take"
    DROP = "drop"


class Wrote(CallbackData, prefix="wr"):
    """About something the lawyer was asked to write; `leads_to` as in Wanted."""

    act: WroteAct
    kind: NoteKind
    code: str
    leads_to: str = ""


class HandTo(CallbackData, prefix="ht"):
    """Offer a case to this person; without one, to whoever takes it."""

    code: str
    id: str = ""


class OfferAct(StrEnum):
    """What is done about an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class Offer(CallbackData, prefix="hf"):
    """Something done about a case that is offered."""

    act: OfferAct
    code: str
