"""What the buttons of referrals carry: the lawyer's, and hers."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.referral import Need, ReferralStep, TargetKind
from bot.telegram.service_buttons import PageNumber

ReferralId = Annotated[int, Field(ge=0, lt=2**63)]
"""A number that a database can look for; a forged one that can't be is no button at all."""

Needs = Annotated[int, Field(ge=0, lt=2 ** len(Need))]
"""What a letter asks for, a bit each."""


class ReferTo(CallbackData, prefix="rf"):
    """A page of those a case may be named to; `linked`: only those that are linked to the police."""

    code: str
    kind: TargetKind
    linked: bool = False
    page: PageNumber = 0


class ReferTarget(CallbackData, prefix="rt"):
    """One of them; `ask`: she is asked whether she agrees."""

    code: str
    kind: TargetKind
    id: str
    ask: bool = False


class ReferralOf(CallbackData, prefix="ro"):
    """A referral: shown, or moved one step."""

    id: ReferralId
    step: ReferralStep | None = None


class ReferralLetter(CallbackData, prefix="rl"):
    """The letter for it, in a language, asking for these things; `made`: now, as a file."""

    id: ReferralId
    language: str = ""
    needs: Needs = 0
    made: bool = False


class MyReferral(CallbackData, prefix="rm"):
    """Her yes or no to one referral."""

    id: ReferralId
    given: bool
