"""When the hotline speaks up by itself, in numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.case import CaseFile, Claimed, Closed, Contact, Outcome, Queued
from bot.domain.consent import Consents
from bot.domain.follow_up import (
    GONE,
    Nudge,
    Reach,
    Reminder,
    ReminderKind,
    Round,
    Verdict,
    Way,
    judge,
    judge_round,
    tomorrow,
    way_to,
)
from bot.domain.ids import CaseCode, PersonId
from bot.domain.triage import Urgency

START = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
FILE = CaseFile(CaseCode("KM00001"), PersonId("her"), START, Urgency.HIGH, "IPV", "IPV.CTRL")
ALMATY = ZoneInfo("Asia/Almaty")


def reminder(kind: ReminderKind, stage: int = 0) -> Reminder:
    return Reminder(1, FILE.code, kind, START, stage)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("stage", "minutes", "verdict"),
    [
        (0, 59, Verdict(Nudge.LOOK_AGAIN, at(60), 0)),
        (0, 60, Verdict(Nudge.GROUP, at(120), 1)),
        (1, 120, Verdict(Nudge.DUTY, at(240), 2)),
        (2, 240, Verdict(Nudge.COORDINATORS, at(480), 3)),
        (9, 3000, Verdict(Nudge.COORDINATORS, at(3000 + 24 * 60), 10)),
    ],
)
def test_an_unclaimed_case_is_spoken_of_at_doubling_distances(stage: int, minutes: int, verdict: Verdict) -> None:
    assert judge(reminder(ReminderKind.UNCLAIMED, stage), Queued(FILE, since=START), None, at(minutes)) == verdict


@pytest.mark.parametrize(
    ("stage", "waiting", "minutes", "verdict"),
    [
        (0, None, 60, Verdict(Nudge.LOOK_AGAIN, at(120), 0)),
        (0, 10, 60, Verdict(Nudge.LOOK_AGAIN, at(70), 0)),
        (0, 0, 60, Verdict(Nudge.LAWYER, at(120), 1)),
        (1, 0, 90, Verdict(Nudge.LOOK_AGAIN, at(120), 1)),
        (1, 0, 120, Verdict(Nudge.RELEASE)),
        (0, 0, 500, Verdict(Nudge.RELEASE)),
    ],
)
def test_a_silent_lawyer_is_reminded_once_then_the_case_goes_back(
    stage: int, waiting: int | None, minutes: int, verdict: Verdict
) -> None:
    case = Claimed(FILE, lawyer=PersonId("him"), at=START)
    since = None if waiting is None else at(waiting)
    assert judge(reminder(ReminderKind.SILENT, stage), case, since, at(minutes)) == verdict


@pytest.mark.parametrize("kind", list(ReminderKind))
def test_a_reminder_whose_reason_is_gone_does_nothing(kind: ReminderKind) -> None:
    queued, claimed = Queued(FILE, since=START), Claimed(FILE, lawyer=PersonId("him"), at=START)
    closed = Closed(FILE, lawyer=PersonId("him"), outcome=Outcome.ADVICE, at=START)
    fits = {ReminderKind.UNCLAIMED: queued, ReminderKind.SILENT: claimed, ReminderKind.AFTER_CLOSING: closed}
    for case in (queued, claimed, closed):
        if case is not fits.get(kind):
            assert judge(reminder(kind), case, START, at(9999)) == GONE


def test_words_after_closing_open_the_case_again() -> None:
    closed = Closed(FILE, lawyer=PersonId("him"), outcome=Outcome.ADVICE, at=START)
    assert judge(reminder(ReminderKind.AFTER_CLOSING), closed, None, at(10)).nudge is Nudge.REOPEN


@pytest.mark.parametrize(
    ("contact", "hours", "seen", "hour", "way"),
    [
        (Contact.WHEN_SHE_WRITES, None, 15, 10, Way(Reach.AT_ONCE)),
        (Contact.WHEN_SHE_WRITES, None, 16, 10, Way(Reach.HELD)),
        (Contact.ANY_TIME, None, 16, 3, Way(Reach.NOTICE, START.replace(hour=22) - timedelta(days=1))),
        (None, None, None, 10, Way(Reach.NOTICE, START)),
        (Contact.THESE_HOURS, "17_22", 60, 10, Way(Reach.NOTICE, START.replace(hour=12))),
        (Contact.THESE_HOURS, "17_22", 60, 21, Way(Reach.NOTICE, START.replace(hour=16))),
        (Contact.THESE_HOURS, "17_22", 60, 22, Way(Reach.NOTICE, START.replace(hour=12) + timedelta(days=1))),
        (Contact.THESE_HOURS, "22_08", 60, 3, Way(Reach.NOTICE, START.replace(hour=22) - timedelta(days=1))),
        (Contact.THESE_HOURS, "22_08", 60, 8, Way(Reach.NOTICE, START.replace(hour=17))),
    ],
)
def test_how_words_reach_her(contact: Contact | None, hours: str | None, seen: int | None, hour: int, way: Way) -> None:
    """`hour` is the hour of 20 November in Almaty (UTC+5), `seen` how many minutes ago she was there."""
    now = datetime(2026, 11, 20, hour, tzinfo=ALMATY)
    seen_at = None if seen is None else now - timedelta(minutes=seen)
    found = way_to(contact, hours, seen_at, ALMATY, now, timedelta(minutes=15))
    assert found.reach is way.reach
    assert found.notice_at == way.notice_at


def test_urgency_is_raised_and_never_lowered() -> None:
    case = Queued(FILE, since=START)
    assert case.raised(Urgency.IMMEDIATE).file.urgency is Urgency.IMMEDIATE
    assert case.raised(Urgency.LOW).file.urgency is Urgency.HIGH
    assert replace(FILE, urgency=Urgency.LOW).urgency.raised_to(Urgency.NORMAL) is Urgency.NORMAL


AGREED = replace(FILE, consents=Consents(follow_up=True))
DAYS = (7, 30)


def ended(file: CaseFile = AGREED) -> Closed:
    """Closed at ten in the morning in Almaty."""
    return Closed(file, PersonId("his"), Outcome.ADVICE, START)


def due(stage: int, case: Closed | Queued, days: float, *, may: bool = True) -> Verdict:
    return judge_round(stage, case, DAYS, ALMATY, START + timedelta(days=days), may=may)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("stage", "days", "verdict"),
    [
        (0, 7, Verdict(Nudge.ASK, day(8), 10)),
        (10, 8, Verdict(Nudge.ASK, day(9), 20)),
        (20, 9, Verdict(Nudge.LOOK_AGAIN, day(30), 100)),
        (21, 9, Verdict(Nudge.ASK, day(10), 31)),
        (31, 10, Verdict(Nudge.LOOK_AGAIN, day(30), 100)),
        (32, 10, Verdict(Nudge.LOOK_AGAIN, day(30), 100)),
        (100, 30, Verdict(Nudge.ASK, day(31), 110)),
        (120, 32, GONE),
        (0, 6.9, Verdict(Nudge.LOOK_AGAIN, day(7), 0)),
    ],
)
def test_a_round_ends_after_silence_or_after_two_more_times(stage: int, days: float, verdict: Verdict) -> None:
    assert due(stage, ended(), days) == verdict


def test_a_stage_says_what_its_round_is() -> None:
    assert [Round.of(stage).stage for stage in (0, 10, 31, 122)] == [0, 10, 31, 122]


def test_without_consent_or_once_it_is_open_again_nobody_asks() -> None:
    assert due(0, ended(FILE), 7) == GONE
    assert due(0, Queued(AGREED, since=START), 7) == GONE


def test_while_nothing_may_be_sent_the_round_is_passed_over() -> None:
    assert due(0, ended(), 7, may=False) == Verdict(Nudge.LOOK_AGAIN, day(30), 100)
    assert due(100, ended(), 30, may=False) == GONE


def test_who_is_written_to_only_when_she_writes_is_asked_once_a_round() -> None:
    silent = ended(replace(AGREED, contact=Contact.WHEN_SHE_WRITES))
    assert due(0, silent, 7.5).nudge is Nudge.ASK
    assert due(10, silent, 8) == Verdict(Nudge.LOOK_AGAIN, day(30), 100)


@pytest.mark.parametrize(
    ("hours", "now", "then"),
    [
        (None, 10, 34),
        (None, 19, 34),
        ("17_22", 21, 41),
        ("22_08", 23, 46),
        ("22_08", 3, 24),
    ],
)
def test_another_day_in_her_hours_and_never_close_upon_the_last(hours: str | None, now: int, then: int) -> None:
    """Hours counted from the midnight before, in Almaty."""
    file = replace(AGREED, contact=Contact.THESE_HOURS, hours=hours) if hours else AGREED
    midnight = START - timedelta(hours=10)
    assert tomorrow(file, ALMATY, midnight + timedelta(hours=now)) == midnight + timedelta(hours=then)
