"""Whom a lawyer suits and when he is away, rule by rule."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.case import CaseFile, Claimed, Queued
from bot.domain.follow_up import Nudge, Reminder, ReminderKind, judge
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.domain.profile import Leave, Profile, may_be_next, suited
from bot.domain.triage import Urgency

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
FILE = CaseFile(
    code=CaseCode("KM48213"),
    seeker=PersonId("her"),
    submitted_at=NOW,
    urgency=Urgency.NORMAL,
    category="IPV",
    language="ky",
    region="KG-C",
)


def somebody(name: str) -> Person:
    return Person(account=1, language="ru", id=PersonId(name))


@pytest.mark.parametrize(
    ("profile", "suits"),
    [
        (Profile(), True),
        (Profile(languages=("ky", "ru"), regions=("KG-C",), categories=("IPV",)), True),
        (Profile(languages=("kk",)), False),
        (Profile(regions=("KG-B",)), False),
        (Profile(categories=("POL",)), False),
        (Profile(languages=("ky",), categories=("POL",)), False),
    ],
)
def test_what_is_empty_is_everything(profile: Profile, suits: bool) -> None:
    assert profile.suits(FILE) is suits


def test_what_nobody_knows_of_a_case_rules_nobody_out() -> None:
    unknown = replace(FILE, language=None, region=None)
    assert Profile(languages=("kk",), regions=("KZ-11",)).suits(unknown)


def test_women_first_then_language_then_category_then_region() -> None:
    who = {
        "nothing": Profile(),
        "region": Profile(regions=("KG-C",)),
        "category": Profile(categories=("IPV",)),
        "language": Profile(languages=("ky",)),
        "woman": Profile(woman=True),
        "other": Profile(languages=("en",)),
    }
    named = [(somebody(name), profile) for name, profile in who.items()]
    order = [person.id for person in suited(FILE, named).people]
    assert order == ["language", "category", "region", "nothing", "woman"]
    asked = suited(replace(FILE, prefers_woman=True), named)
    assert [person.id for person in asked.people] == ["woman", "language", "category", "region", "nothing"]
    assert asked.women == 1


def test_a_man_is_given_what_a_woman_could_take_only_past_its_limit() -> None:
    case = Queued(replace(FILE, prefers_woman=True), since=NOW)
    limit = FILE.urgency.limit
    assert may_be_next(case, Profile(woman=True), 1, NOW)
    assert may_be_next(case, Profile(), 0, NOW)
    assert not may_be_next(case, Profile(), 1, NOW + limit - timedelta(seconds=1))
    assert may_be_next(case, Profile(), 1, NOW + limit)
    assert not may_be_next(case, Profile(languages=("kk",)), 0, NOW + limit)


def test_a_leave_ends_at_a_midnight_of_the_organisation() -> None:
    almaty = ZoneInfo("Asia/Almaty")  # 23:30 there
    ends = [each.until(almaty, NOW) for each in Leave]
    days = [end.astimezone(almaty).strftime("%d %H:%M") for end in ends if end]
    assert days == ["21 00:00", "23 00:00", "27 00:00", "04 00:00"]
    assert ends[-1] is None


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("until", [None, NOW + timedelta(days=7)])
def test_a_pause_ends_with_the_leave_and_holds_back_nothing_urgent(urgency: Urgency, until: datetime | None) -> None:
    away = Profile(away_since=NOW, away_until=until)
    before = Claimed(replace(FILE, urgency=urgency), lawyer=PersonId("him"), at=NOW - timedelta(days=9))
    due = Reminder(1, FILE.code, ReminderKind.SILENT, NOW)
    later = NOW + timedelta(days=6, hours=2)
    verdict = judge(due, before, before.at, later, away)
    if urgency in (Urgency.IMMEDIATE, Urgency.HIGH):
        assert verdict.nudge is Nudge.RELEASE
    else:
        assert (verdict.nudge, verdict.again) == (Nudge.LOOK_AGAIN, until or later + urgency.limit)
    since = replace(before, at=NOW + timedelta(hours=1))  # taken while away
    assert judge(due, since, since.at, later, away).nudge is Nudge.RELEASE
    back = replace(away, away_until=NOW + timedelta(days=5))
    assert back.silent_since(before, before.at) == back.away_until
    assert back.silent_since(before, None) is None
    assert back.silent_since(since, since.at) == since.at
    assert not back.pauses(before, later)
