"""Referrals: every move there is, whom a case suits, and when a lawyer is reminded."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot import content
from bot.domain.referral import (
    MOVES,
    OUT,
    ReferralState,
    ReferralStep,
    in_the_day,
    morning_after,
    reminded_at,
    suited,
)

ALMATY = ZoneInfo("Asia/Almaty")
HERS = {ReferralStep.AGREE, ReferralStep.DECLINE}
NOBODY_KNOWS = {ReferralState.ASKED, ReferralState.DECLINED, ReferralState.AGREED, ReferralState.WITHDRAWN}


def _ways(
    state: ReferralState, taken: tuple[ReferralStep, ...], been: frozenset[ReferralState]
) -> list[tuple[ReferralStep, ...]]:
    """Every way on from here that comes through no state twice."""
    found = [taken]
    for step, to in MOVES[state].items():
        if to not in been:
            found += _ways(to, (*taken, step), been | {to})
    return found


def test_nothing_is_sent_but_right_after_her_yes() -> None:
    ways = _ways(ReferralState.ASKED, (), frozenset({ReferralState.ASKED}))
    sent = [way for way in ways if ReferralStep.SEND in way]
    assert sent
    assert all((ReferralStep.AGREE, ReferralStep.SEND) in pairwise(way) for way in sent)
    known = {to for state, steps in MOVES.items() if state in NOBODY_KNOWS for to in steps.values()} - NOBODY_KNOWS
    assert known == {ReferralState.SENT}, "there is one way out, and it is called sent"


def test_only_she_says_yes_and_no_and_nothing_of_hers_changes_what_has_gone_out() -> None:
    assert {step for step in ReferralStep if step.hers} == HERS
    assert {to for steps in MOVES.values() for step, to in steps.items() if step in HERS} == {
        ReferralState.AGREED, ReferralState.DECLINED,
    }  # fmt: skip
    assert [state for state, steps in MOVES.items() if state not in NOBODY_KNOWS and HERS & set(steps)] == []


def test_every_state_can_be_reached_and_what_is_out_can_end() -> None:
    assert set(MOVES) == set(ReferralState)
    assert {to for steps in MOVES.values() for to in steps.values()} | {ReferralState.ASKED} == set(ReferralState)
    assert all(set(MOVES[state].values()) - OUT for state in OUT)


def test_what_is_checked_stands_first_then_what_fits_then_what_is_near() -> None:
    listed = [each.target.id for each in suited(content.services(), countries=("KZ",), region="KZ-79", category="IPV")]
    services = {each.id: each for each in content.services()}
    shown = [services[each].shown for each in listed]
    assert shown == sorted(shown, reverse=True)
    near = [each for each in listed if not services[each].shown and services[each].helps_with("IPV")]
    assert near[0] in ("kz-komek", "kz-sana-sezim", "kz-zan-talaby")
    assert listed.index("kz-komek") < listed.index("kz-zhan-saya") < listed.index("kz-kmpa")
    assert not {"kz-112", "kz-102", "kg-115", "intl-findahelpline"} & set(listed), (
        "no number of alarm, no other country"
    )


def test_a_lawyer_is_reminded_in_the_morning_and_never_at_night() -> None:
    late = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)  # 22:30 in Almaty
    week = timedelta(days=7)
    at = reminded_at(ReferralState.SENT, late, week, ALMATY)
    assert at == datetime(2026, 11, 27, 9, tzinfo=ALMATY)
    assert reminded_at(ReferralState.AGREED, late, week, ALMATY) == morning_after(late, ALMATY)
    waits = {state for state in ReferralState if reminded_at(state, late, week, ALMATY)}
    assert waits == {ReferralState.AGREED, *OUT}
    hours = [hour for hour in range(24) if in_the_day(datetime(2026, 11, 20, hour, tzinfo=ALMATY), ALMATY)]
    assert hours == list(range(9, 20))
