"""How long an ended case is kept: who is told before it is destroyed, and what speaks for keeping it longer.

Nothing in court, with an open referral, a legal deadline or a date on which it is looked at again is ever destroyed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.case import Closed, Outcome
from bot.domain.ids import CaseCode

TOLD_BEFORE = timedelta(days=14)
"""Who closed it, the coordinators and she hear of it so long before; one of them may keep it."""

ASKED_AGAIN = timedelta(days=180)
"""What is kept because of a court or a referral is asked about again after this time; nobody's answer keeps it too."""

HERS = timedelta(days=90)
"""So much longer an appeal is kept when she, or the team for her, wishes it."""

DRAFT_LIVES = timedelta(days=7)
"""After the last change an appeal that was never sent is dropped."""

ABSENT = timedelta(days=90)
"""Somebody of whom nothing is kept and who has not been here for so long is forgotten."""

BY_OUTCOME = {Outcome.TEST: timedelta(days=7)}
"""Outcomes after which less time is enough."""


class Hold(StrEnum):
    """What forbids to destroy a case."""

    COURT = "court"
    REFERRAL = "referral"
    DEADLINE = "deadline"


class Reason(StrEnum):
    """Why the team keeps a case longer, or that it need not be kept."""

    COURT = "court"
    REFERRAL = "referral"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    HER_WISH = "her_wish"
    NO_MORE = "no_more"

    @property
    def deadline(self) -> timedelta | None:
        """In how long a legal deadline runs out; None for a reason that is none."""
        days = {Reason.MONTH: 31, Reason.QUARTER: 92, Reason.HALF_YEAR: 184}.get(self)
        return timedelta(days=days) if days else None


@dataclass(frozen=True)
class Terms:
    """How long closed cases are kept, as the administrator has set it."""

    usual: timedelta = timedelta(days=90)
    with_deadline: timedelta = timedelta(days=180)


@dataclass(frozen=True)
class Kept:
    """An ended case and what speaks for keeping it.

    `pending`: a date is set on which it is looked at again. `referred`: somebody outside still works on it.
    """

    case: Closed
    hold: Hold | None = None
    hold_until: datetime | None = None
    keep_until: datetime | None = None
    told_at: datetime | None = None
    pending: bool = False
    referred: bool = False

    @property
    def code(self) -> CaseCode:
        """Which case."""
        return self.case.file.code

    @property
    def told(self) -> datetime | None:
        """When it was said, since this ending, that it will be destroyed."""
        return self.told_at if self.told_at is not None and self.told_at >= self.case.at else None

    @property
    def open_end(self) -> bool:
        """True when nobody knows how long it has to be kept."""
        return self.referred or (self.hold in (Hold.COURT, Hold.REFERRAL) and self.hold_until is None)

    @property
    def held_for(self) -> Hold | None:
        """What forbids to destroy it; an open referral does, also where nobody has said so."""
        return Hold.REFERRAL if self.referred and self.hold is not Hold.COURT else self.hold


class Step(StrEnum):
    """What is done with an ended case now."""

    WAIT = "wait"
    TELL = "tell"
    ASK = "ask"
    ERASE = "erase"


def erased_at(kept: Kept, terms: Terms, now: datetime) -> datetime | None:
    """When it is destroyed unless somebody keeps it, told or to be told before; None while that can't be known."""
    if kept.open_end or kept.pending:
        return None
    period = _period(kept, terms)
    dates = (kept.case.at + period, kept.hold_until, kept.keep_until, (kept.told or now) + min(TOLD_BEFORE, period))
    return max(date for date in dates if date is not None)


def left_alone(terms: Terms) -> timedelta:
    """So long after its ending nothing is due of a case, unless its outcome asks for less time (`BY_OUTCOME`)."""
    period = min(terms.usual, terms.with_deadline)
    return period - min(TOLD_BEFORE, period)


def judge(kept: Kept, terms: Terms, now: datetime) -> Step:
    """What is done with an ended case now."""
    if kept.pending:
        return Step.WAIT
    if kept.open_end:
        return Step.ASK if now >= (kept.told_at or kept.case.at) + ASKED_AGAIN else Step.WAIT
    period = _period(kept, terms)
    due = max(date for date in (kept.case.at + period, kept.hold_until, kept.keep_until) if date is not None)
    if kept.told is None:
        return Step.TELL if now >= due - min(TOLD_BEFORE, period) else Step.WAIT
    return Step.ERASE if now >= max(due, kept.told + min(TOLD_BEFORE, period)) else Step.WAIT


def _period(kept: Kept, terms: Terms) -> timedelta:
    if kept.hold is Hold.DEADLINE:
        return max(terms.with_deadline, BY_OUTCOME.get(kept.case.outcome, timedelta(0)))
    return BY_OUTCOME.get(kept.case.outcome, terms.usual)
