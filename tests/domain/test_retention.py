"""When an ended case is destroyed, and when never."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.case import CaseFile, Closed, Outcome
from bot.domain.ids import CaseCode, PersonId
from bot.domain.retention import ASKED_AGAIN, TOLD_BEFORE, Hold, Kept, Reason, Step, Terms, erased_at, judge
from bot.domain.triage import Urgency

END = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
FILE = CaseFile(CaseCode("KM48213"), PersonId("a" * 16), END - timedelta(days=3), Urgency.NORMAL, "FAM")
CASE = Closed(FILE, lawyer=PersonId("b" * 16), outcome=Outcome.ADVICE, at=END)
KEPT = Kept(CASE)
TERMS = Terms()


def after(days: float) -> datetime:
    return END + timedelta(days=days)


@pytest.mark.parametrize(
    ("kept", "days", "step"),
    [
        (KEPT, 0, Step.WAIT),
        (KEPT, 75.9, Step.WAIT),
        (KEPT, 76, Step.TELL),
        (KEPT, 400, Step.TELL),
        (replace(KEPT, told_at=after(76)), 89.9, Step.WAIT),
        (replace(KEPT, told_at=after(76)), 90, Step.ERASE),
        (replace(KEPT, told_at=after(100)), 113.9, Step.WAIT),
        (replace(KEPT, told_at=after(100)), 114, Step.ERASE),
        (replace(KEPT, told_at=after(-5)), 90, Step.TELL),
        (replace(KEPT, pending=True), 400, Step.WAIT),
        (replace(KEPT, told_at=after(76), pending=True), 400, Step.WAIT),
        (replace(KEPT, keep_until=after(200)), 185.9, Step.WAIT),
        (replace(KEPT, keep_until=after(200)), 186, Step.TELL),
        (replace(KEPT, hold=Hold.COURT), 179.9, Step.WAIT),
        (replace(KEPT, hold=Hold.COURT), 180, Step.ASK),
        (replace(KEPT, hold=Hold.REFERRAL, told_at=after(300)), 479, Step.WAIT),
        (replace(KEPT, hold=Hold.REFERRAL, told_at=after(300)), 480, Step.ASK),
        (replace(KEPT, hold=Hold.COURT, told_at=after(1)), 4000, Step.ASK),
        (replace(KEPT, hold=Hold.DEADLINE, hold_until=after(31)), 165.9, Step.WAIT),
        (replace(KEPT, hold=Hold.DEADLINE, hold_until=after(31)), 166, Step.TELL),
        (replace(KEPT, hold=Hold.DEADLINE, hold_until=after(300), told_at=after(286)), 299.9, Step.WAIT),
        (replace(KEPT, hold=Hold.DEADLINE, hold_until=after(300), told_at=after(286)), 300, Step.ERASE),
        (Kept(replace(CASE, outcome=Outcome.TEST)), 0, Step.TELL),
        (Kept(replace(CASE, outcome=Outcome.TEST), told_at=after(0)), 6.9, Step.WAIT),
        (Kept(replace(CASE, outcome=Outcome.TEST), told_at=after(0)), 7, Step.ERASE),
        (Kept(replace(CASE, outcome=Outcome.TEST), hold=Hold.COURT), 30, Step.WAIT),
    ],
)
def test_what_is_done_with_an_ended_case(kept: Kept, days: float, step: Step) -> None:
    assert judge(kept, TERMS, after(days)) is step


@pytest.mark.parametrize(
    "kept",
    [
        KEPT,
        replace(KEPT, keep_until=after(200)),
        replace(KEPT, hold=Hold.DEADLINE, hold_until=after(31)),
        Kept(replace(CASE, outcome=Outcome.TEST)),
    ],
)
def test_the_date_that_is_told_is_the_date_it_happens(kept: Kept) -> None:
    day = next(day for day in range(1000) if judge(kept, TERMS, after(day)) is Step.TELL)
    at = erased_at(kept, TERMS, after(day))
    told = replace(kept, told_at=after(day))
    assert at is not None
    assert judge(told, TERMS, at - timedelta(seconds=1)) is Step.WAIT
    assert judge(told, TERMS, at) is Step.ERASE


def test_nobody_is_surprised_after_a_long_stop() -> None:
    """The bot stood still for a year: they are told first all the same."""
    late = after(365)
    assert judge(KEPT, TERMS, late) is Step.TELL
    assert erased_at(KEPT, TERMS, late) == late + TOLD_BEFORE


@pytest.mark.parametrize("hold", [Hold.COURT, Hold.REFERRAL])
def test_what_has_no_end_has_no_date(hold: Hold) -> None:
    assert erased_at(replace(KEPT, hold=hold), TERMS, after(1000)) is None
    assert {judge(replace(KEPT, hold=hold, told_at=told), TERMS, after(5000)) for told in (None, after(76))} == {
        Step.ASK
    }
    assert timedelta(days=180) == ASKED_AGAIN


def test_the_administrator_sets_the_terms() -> None:
    short = Terms(usual=timedelta(days=20), with_deadline=timedelta(days=40))
    assert judge(KEPT, short, after(6)) is Step.TELL
    assert judge(replace(KEPT, hold=Hold.DEADLINE, hold_until=after(1)), short, after(20)) is Step.WAIT
    assert judge(replace(KEPT, hold=Hold.DEADLINE, hold_until=after(1)), short, after(26)) is Step.TELL


def test_deadlines_are_one_three_and_six_months() -> None:
    months = (Reason.MONTH, Reason.QUARTER, Reason.HALF_YEAR)
    assert [reason.deadline and reason.deadline.days for reason in months] == [31, 92, 184]
    assert [reason for reason in Reason if reason.deadline is None] == [
        Reason.COURT,
        Reason.REFERRAL,
        Reason.HER_WISH,
        Reason.NO_MORE,
    ]
