"""When the hotline speaks up by itself, and when it may write to her.

A reminder is a date to look at a case again. The case decides then: a reminder whose reason is gone does nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.case import Case, CaseFile, Claimed, Closed, Contact, Queued, Submitted
from bot.domain.consent import Purpose
from bot.domain.ids import CaseCode
from bot.domain.profile import CAN_WAIT, NOTHING_SAID, Profile

REOPENS_AFTER = timedelta(minutes=10)
"""What she wrote after closing opens the case again when she taps nothing for this long."""

TOLD_EVERY = timedelta(minutes=10)
"""How often she who called whoever is on duty is told, while she looks at her chat, that nobody has come yet."""

LONGEST_STEP = timedelta(hours=24)
"""Repeated reminders grow apart, but never further than this."""


DAYTIME = "10_20"
"""Hours in which somebody who named none may be asked how she is."""

APART = timedelta(hours=12)
"""Two questions never come closer than this, even to somebody whose hours run over midnight."""


class ReminderKind(StrEnum):
    """Why a case is looked at again."""

    UNCLAIMED = "unclaimed"
    SILENT = "silent"
    AFTER_CLOSING = "after_closing"
    FOLLOW_UP = "follow_up"
    WINDOW = "window"
    HAND_OVER = "hand_over"
    PAGE = "page"
    WAITING = "waiting"


@dataclass(frozen=True)
class Reminder:
    """A date to look at a case again; `stage` counts how often that led to a word."""

    id: int
    case: CaseCode
    kind: ReminderKind
    due: datetime
    stage: int = 0


class Nudge(StrEnum):
    """What a due reminder leads to."""

    NOTHING = "nothing"
    LOOK_AGAIN = "look_again"
    GROUP = "group"
    DUTY = "duty"
    COORDINATORS = "coordinators"
    LAWYER = "lawyer"
    RELEASE = "release"
    REOPEN = "reopen"
    ASK = "ask"
    TELL_HER = "tell_her"


@dataclass(frozen=True)
class Verdict:
    """What to do now, when to look again (None: the reason is gone), and how often it has led to a word by then."""

    nudge: Nudge
    again: datetime | None = None
    stage: int = 0


GONE = Verdict(Nudge.NOTHING)


def judge(
    reminder: Reminder, case: Case, waiting_since: datetime | None, now: datetime, profile: Profile = NOTHING_SAID
) -> Verdict:
    """What a due reminder leads to. `waiting_since`: since when her words, or the claim, have had no answer;
    his leave is no silence. `profile`: of the lawyer who holds the case, who may be on leave.
    """
    match reminder.kind, case:
        case ReminderKind.UNCLAIMED, Queued():
            return _unclaimed(reminder.stage, case, now)
        case ReminderKind.SILENT, Claimed():
            if profile.pauses(case, now):
                return _paused(case, profile, now)
            return _silent(reminder.stage, case, waiting_since, now)
        case ReminderKind.AFTER_CLOSING, Closed():
            return Verdict(Nudge.REOPEN)
        case _:
            return GONE


def _unclaimed(stage: int, case: Queued, now: datetime) -> Verdict:
    """The group first, the second time whoever is on duty, then the coordinators too, at doubling distances."""
    limit = case.file.urgency.limit
    if now < case.since + limit:
        return Verdict(Nudge.LOOK_AGAIN, case.since + limit, stage)
    step = min(limit * 2**stage, max(limit, LONGEST_STEP))
    nudge = (Nudge.GROUP, Nudge.DUTY, Nudge.COORDINATORS)[min(stage, 2)]
    return Verdict(nudge, now + step, stage + 1)


def _paused(case: Claimed, profile: Profile, now: datetime) -> Verdict:
    """It waits until its lawyer is back; what can't wait doesn't."""
    if case.file.urgency not in CAN_WAIT:
        return Verdict(Nudge.RELEASE)
    return Verdict(Nudge.LOOK_AGAIN, profile.away_until or now + case.file.urgency.limit)


def _silent(stage: int, case: Claimed, waiting_since: datetime | None, now: datetime) -> Verdict:
    """The lawyer first; when as much time again passes in silence, back to the queue."""
    limit = case.file.urgency.limit
    if waiting_since is None:
        return Verdict(Nudge.LOOK_AGAIN, now + limit)
    if now < waiting_since + limit:
        return Verdict(Nudge.LOOK_AGAIN, waiting_since + limit)
    if now < waiting_since + 2 * limit:
        return Verdict(Nudge.LAWYER if stage == 0 else Nudge.LOOK_AGAIN, waiting_since + 2 * limit, stage=1)
    return Verdict(Nudge.RELEASE)


def judge_waiting(stage: int, case: Case, now: datetime, *, there: bool) -> Verdict:
    """She called whoever is on duty, and waits: told how it stands while she is there, in silence while she isn't."""
    if not isinstance(case, Submitted | Queued):
        return GONE
    nudge = Nudge.TELL_HER if there else Nudge.LOOK_AGAIN
    return Verdict(nudge, now + TOLD_EVERY, stage + 1 if there else stage)


class Reach(StrEnum):
    """How words reach her phone. The lawyer always sees which."""

    AT_ONCE = "at_once"
    NOTICE = "notice"
    HELD = "held"
    HIDDEN = "hidden"
    FROZEN = "frozen"


@dataclass(frozen=True)
class Way:
    """How words reach her; `notice_at` is when the neutral notice may be sent."""

    reach: Reach
    notice_at: datetime | None = None


def way_to(
    contact: Contact | None,
    hours: str | None,
    seen_at: datetime | None,
    zone: ZoneInfo,
    now: datetime,
    present_for: timedelta,
) -> Way:
    """At once while she is there; else behind one neutral notice, in her hours; never unasked if she chose so.

    `present_for`: she is there for this long after she wrote or tapped, and words may appear on her screen. Somebody
    who was seen long after now was not: the clock was set back.
    """
    if seen_at is not None and abs(now - seen_at) <= present_for:
        return Way(Reach.AT_ONCE)
    if contact is Contact.WHEN_SHE_WRITES:
        return Way(Reach.HELD)
    if contact is Contact.THESE_HOURS and hours is not None:
        return Way(Reach.NOTICE, _next_in(hours, zone, now))
    return Way(Reach.NOTICE, now)


@dataclass(frozen=True)
class Round:
    """One of the times at which she is asked how she is: `number` of the days after closing, how often she was asked
    in it, and how often she said *not now*. It stands in the reminder's stage."""

    number: int = 0
    asked: int = 0
    put_off: int = 0

    @classmethod
    def of(cls, stage: int) -> "Round":
        """The round a stage stands for."""
        return cls(stage // 100, stage // 10 % 10, stage % 10)

    @property
    def stage(self) -> int:
        """As a reminder keeps it: `112` is the second of the days, asked once, put off twice."""
        return self.number * 100 + self.asked * 10 + self.put_off

    @property
    def over(self) -> bool:
        """Asked once and, in silence, once more; a third time only when she said *not now*."""
        return self.asked >= (3 if self.put_off else 2)


def first_round(closed_at: datetime, days: Sequence[int], now: datetime, after: int = -1) -> Verdict:
    """The next date to ask how she is that is still to come, later than round `after`; GONE when there is none."""
    for number, day in enumerate(days):
        at = closed_at + timedelta(days=day)
        if number > after and at > now:
            return Verdict(Nudge.LOOK_AGAIN, at, Round(number).stage)
    return GONE


def judge_round(stage: int, case: Case, days: Sequence[int], zone: ZoneInfo, now: datetime, *, may: bool) -> Verdict:
    """Shall she be asked now how she is? Only with her consent, in her hours, and not at all while she may not be.

    `may` is False while nothing is sent to her account by itself: the bot is blocked, or it is not her any more.
    Who is written to only when she writes is asked once: the question waits for her.
    """
    if not isinstance(case, Closed) or not case.file.allows(Purpose.FOLLOW_UP):
        return GONE
    here, by_herself = Round.of(stage), case.file.contact is Contact.WHEN_SHE_WRITES
    if not may or here.over or (by_herself and here.asked):
        return first_round(case.at, days, now, after=here.number)
    at = now if by_herself else _next_in(hours_of(case.file), zone, now)
    if at > now:
        return Verdict(Nudge.LOOK_AGAIN, at, stage)
    return Verdict(Nudge.ASK, tomorrow(case.file, zone, now), replace(here, asked=here.asked + 1).stage)


def hours_of(file: CaseFile) -> str:
    """Her hours; the day where she named none."""
    return file.hours if file.contact is Contact.THESE_HOURS and file.hours else DAYTIME


def tomorrow(file: CaseFile, zone: ZoneInfo, now: datetime) -> datetime:
    """Another day, in her hours."""
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(0), tzinfo=zone)
    return _next_in(hours_of(file), zone, max(midnight, now + APART))


def _next_in(hours: str, zone: ZoneInfo, now: datetime) -> datetime:
    """The next moment inside a range like `17_22`, now included."""
    first, last = (int(hour) for hour in hours.split("_"))
    here = now.astimezone(zone)
    inside = first <= here.hour < last if first < last else here.hour >= first or here.hour < last
    if inside:
        return now
    start = datetime.combine(here.date(), time(first), tzinfo=zone)
    return start if start > here else start + timedelta(days=1)
