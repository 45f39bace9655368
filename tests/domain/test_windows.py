"""Windows: never closed while one may be open, never open after it has surely passed, whatever the true moment was."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.content import taxonomy
from bot.domain import questionnaire
from bot.domain.questionnaire import HAPPENED, HAPPENED_SAID, SKIPPED
from bot.domain.windows import (
    HOUR,
    RANGES,
    WARNED_BEFORE,
    Window,
    WindowState,
    happened_between,
    next_change,
    standing,
    standings,
    warned_at,
)

ABOUT = taxonomy()
SAID = datetime(2026, 11, 20, 9, tzinfo=UTC)
WINDOWS = list(ABOUT.windows.values())
MINUTE = timedelta(minutes=1)

ago = st.integers(min_value=0, max_value=15 * 24 * 60)
later = st.integers(min_value=0, max_value=15 * 24 * 60)


@given(st.sampled_from(HAPPENED), ago, st.sampled_from(WINDOWS), later)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_what_is_said_of_a_window_is_true_of_every_moment_it_may_have_been(
    option: str, minutes: int, window: Window, passed: int
) -> None:
    least, most = RANGES[option]
    assume(minutes * MINUTE >= least * HOUR and (most is None or minutes * MINUTE <= most * HOUR))
    happened, now = SAID - minutes * MINUTE, SAID + passed * MINUTE
    shown = standing(window, *happened_between(option, SAID), now)
    closes = happened + window.lasts
    if shown.state is WindowState.CLOSED:
        assert now >= closes
    if shown.state is WindowState.OPEN:
        assert now < closes
        assert shown.sure_until is not None
        assert now < shown.sure_until <= closes
    if now < closes:
        assert shown.least * HOUR <= closes - now < (shown.most + 1) * HOUR


@given(st.sampled_from(HAPPENED), st.sampled_from(WINDOWS), later)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_what_has_surely_passed_is_never_said_to_be_open(option: str, window: Window, passed: int) -> None:
    earliest, latest = happened_between(option, SAID)
    now = SAID + passed * MINUTE
    shown = standing(window, earliest, latest, now)
    assert (shown.state is WindowState.CLOSED) == (now >= latest + window.lasts)


@pytest.mark.parametrize(
    ("option", "hours", "pep", "contraception"),
    [
        ("lt24", 0, "open", "open"),
        ("24_48", 0, "open", "open"),
        ("48_72", 0, "any_hour", "open"),
        ("3_4d", 0, "closed", "open"),
        ("4_5d", 0, "closed", "any_hour"),
        ("earlier", 0, "closed", "closed"),
        ("unknown", 0, "any_hour", "any_hour"),
        ("lt24", 47, "open", "open"),
        ("lt24", 48, "any_hour", "open"),
        ("lt24", 71, "any_hour", "open"),
        ("lt24", 72, "closed", "open"),
        ("3_4d", 23, "closed", "open"),
        ("3_4d", 24, "closed", "any_hour"),
        ("3_4d", 48, "closed", "closed"),
        ("unknown", 71, "any_hour", "any_hour"),
        ("unknown", 72, "closed", "any_hour"),
    ],
)
def test_day_four_is_day_four(option: str, hours: int, pep: str, contraception: str) -> None:
    """72 hours for prophylaxis, 120 for contraception; hours after she said it, at the boundaries."""
    windows = [ABOUT.windows["PEP72"], ABOUT.windows["EC120"]]
    shown = standings(windows, *happened_between(option, SAID), SAID + hours * HOUR)
    assert [each.state for each in shown] == [pep, contraception]


def test_a_minute_before_a_boundary_is_before_it() -> None:
    pep = ABOUT.windows["PEP72"]
    earliest, latest = happened_between("24_48", SAID)
    assert standing(pep, earliest, latest, SAID).least == 24
    assert standing(pep, earliest, latest, SAID).most == 48
    assert standing(pep, earliest, latest, SAID + MINUTE).least == 23
    assert standing(pep, earliest, latest, SAID + 48 * HOUR - MINUTE).state is WindowState.ANY_HOUR
    assert standing(pep, earliest, latest, SAID + 48 * HOUR).state is WindowState.CLOSED


def test_the_ranges_lie_side_by_side() -> None:
    bounded = [RANGES[option] for option in HAPPENED if option not in ("earlier", "unknown")]
    assert [most for _, most in bounded] == [least for least, _ in bounded[1:]] + [120]
    assert RANGES["earlier"] == (120, None)


def test_the_hours_count_from_when_she_said_it_not_from_when_she_sent_it() -> None:
    answers = {"category": "SEX", "subcategory": "SEX.RECENT", "happened": "lt24", HAPPENED_SAID: SAID.isoformat()}
    assert questionnaire.happened_of(answers, SAID + 30 * HOUR) == (SAID - 24 * HOUR, SAID)


@pytest.mark.parametrize(
    ("answers", "earliest", "latest"),
    [
        ({}, None, None),
        ({"category": "IPV", "subcategory": SKIPPED, "happened": SKIPPED}, None, None),
        ({"category": "SEX", "subcategory": "SEX.RECENT", "happened": SKIPPED}, None, SAID),
        ({"category": "SEX", "subcategory": "SEX.RECENT", "happened": "3_4d"}, None, SAID),
    ],
)
def test_without_a_moment_nothing_has_surely_closed(
    answers: dict[str, str], earliest: datetime | None, latest: datetime | None
) -> None:
    assert questionnaire.happened_of(answers, SAID) == (earliest, latest)


@pytest.mark.parametrize(
    ("subcategory", "country", "codes"),
    [
        (None, None, ["PEP72", "EC120"]),
        ("SEX.RECENT", "KZ", ["PEP72", "EC120", "FORENSIC"]),
        ("IPV.PHYS", "KG", ["INJURY_DOC"]),
        ("TPV.CLIENT", None, ["PEP72", "EC120", "INJURY_DOC"]),
        ("POL.DETAIN", "KZ", ["DETAIN3H", "KZ_DETAIN48_72"]),
        ("POL.DETAIN", "KG", ["KG_DETAIN48"]),
        ("POL.DETAIN", None, []),
        ("POL.FORCE", "KZ", ["INJURY_DOC"]),
        ("IPV.ORDER", "KZ", []),
        ("INF.OTHER", "KZ", ["PEP72", "EC120"]),
    ],
)
def test_which_windows_run_from_what_happened(subcategory: str | None, country: str | None, codes: list[str]) -> None:
    assert [each.code for each in ABOUT.windows_of(subcategory, country)] == codes


def test_windows_that_go_together_are_warned_of_once_and_before_they_may_close() -> None:
    windows = ABOUT.windows_of("SEX.RECENT", "KZ")
    earliest, _ = happened_between("lt24", SAID)
    assert earliest is not None
    moments = warned_at(windows, earliest)
    assert moments == [earliest + 72 * HOUR - WARNED_BEFORE, earliest + 120 * HOUR - WARNED_BEFORE]
    assert warned_at(windows, None) == []


def test_the_hours_on_a_card_change_at_full_hours_until_all_has_closed() -> None:
    windows = ABOUT.windows_of("HLT.PEP", None)
    earliest, latest = happened_between("48_72", SAID)
    now, looks = SAID, 0
    while (at := next_change(standings(windows, earliest, latest, now), latest, now)) is not None:
        assert now < at <= now + HOUR
        now, looks = at, looks + 1
    assert looks == 72
    assert now == latest + 120 * HOUR
