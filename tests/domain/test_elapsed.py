"""How long after an incident it is told: the steps of GBVIMS, from what is known only as a range."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.elapsed import Elapsed, elapsed, step
from bot.domain.windows import RANGES, happened_between

TOLD = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("option", "found"),
    [
        ("lt24", Elapsed.DAYS_0_3),
        ("24_48", Elapsed.DAYS_0_3),
        ("48_72", Elapsed.DAYS_0_3),
        ("3_4d", Elapsed.DAYS_4_5),
        ("4_5d", Elapsed.DAYS_4_5),
        ("earlier", Elapsed.OVER_5_DAYS),
        ("unknown", None),
    ],
)
@pytest.mark.parametrize("still_wrote", [timedelta(0), timedelta(minutes=40), timedelta(hours=23)])
def test_each_of_her_answers_has_its_step_however_long_she_still_wrote(
    option: str, found: Elapsed | None, still_wrote: timedelta
) -> None:
    assert elapsed(*happened_between(option, TOLD), TOLD + still_wrote) is found


def test_every_answer_of_the_questionnaire_is_tried_above() -> None:
    assert set(RANGES) == {"lt24", "24_48", "48_72", "3_4d", "4_5d", "earlier", "unknown"}


def test_what_waited_in_the_draft_moves_on() -> None:
    between = happened_between("48_72", TOLD)
    assert elapsed(*between, TOLD + timedelta(days=1)) is Elapsed.DAYS_4_5
    assert elapsed(*between, TOLD + timedelta(days=3)) is Elapsed.DAYS_6_14
    assert elapsed(*between, TOLD + timedelta(days=12)) is Elapsed.WEEKS_2_MONTH_1
    assert elapsed(*between, TOLD + timedelta(days=28)) is Elapsed.OVER_1_MONTH


@pytest.mark.parametrize(
    ("least", "most", "found"),
    [
        (0, 0, Elapsed.DAYS_0_3),
        (2, 3, Elapsed.DAYS_0_3),
        (2, 4, None),
        (3, 5, Elapsed.DAYS_4_5),
        (4, 6, None),
        (5, 14, Elapsed.DAYS_6_14),
        (13, 15, None),
        (14, 30, Elapsed.WEEKS_2_MONTH_1),
        (30, 400, Elapsed.OVER_1_MONTH),
        (5, None, Elapsed.OVER_5_DAYS),
        (4, None, None),
        (0, None, None),
        (-1, 0, Elapsed.DAYS_0_3),
    ],
)
def test_a_range_that_spans_two_steps_is_in_none(least: int, most: int | None, found: Elapsed | None) -> None:
    assert step(least, most) is found


def test_nobody_was_asked_when() -> None:
    assert elapsed(None, None, TOLD) is None
