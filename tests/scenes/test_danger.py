"""Danger now: one tap, numbers first, and a lawyer with nothing else asked."""

import pytest

from bot.domain.case import Claimed, Queued
from bot.domain.danger import DangerKind
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label, text
from tests.stage import Stage


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_numbers_of_both_countries_until_one_is_known(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.danger")
    for country in ("KZ", "KG"):
        assert text(language, f"danger.country.{country}") in her.last
    assert her.last.index("103") < her.last.index("112") < her.last.index("102")
    assert label(language, "button.duty") == her.account.last.labels[0]


async def test_only_the_numbers_of_her_country_once_it_is_known(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.new")
    await her.skips(2)
    await her.answers("country", "KG")
    await her.taps("button.danger")
    assert text("ru", "danger.country.KG") in her.last
    assert text("ru", "danger.country.KZ") not in her.last


async def test_no_police_where_an_official_is_involved(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.new")
    await her.skips(2)
    await her.answers("country", "KZ")
    await her.skips()
    await her.answers("category", "POL")
    await her.taps("button.danger")
    assert "102" not in her.last
    assert "103" in her.last


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_tap_calls_the_lawyer_on_duty(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker(language)
    await her.says("what-she-wrote")
    await her.taps("button.danger")
    await her.taps("button.duty")
    case = await stage.case(await stage.newest_case())
    assert isinstance(case, Queued)
    assert case.file.urgency is Urgency.IMMEDIATE
    assert her.says_now("duty.called", code=case.file.code)
    assert case.file.code in stage.group.last.text
    assert case.file.code in coordinator.last
    await lawyer.taps("button.claim", group=stage.group)
    assert "what-she-wrote" in lawyer.last


async def test_danger_makes_the_open_case_immediate(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    await her.taps("button.danger")
    await her.taps("button.duty")
    case = await stage.case(code)
    assert isinstance(case, Queued)
    assert case.file.urgency is Urgency.IMMEDIATE
    assert label("ru", "card.danger") in stage.group.last.text


async def test_danger_in_a_claimed_case_calls_its_lawyer(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.taps("button.danger")
    await her.taps("button.duty")
    assert lawyer.says_now("lawyer.danger", code=code)
    assert her.says_now("duty.lawyer_told", code=code)
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert case.file.urgency is Urgency.IMMEDIATE


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_kind_of_danger_has_an_answer_of_its_own(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    said = set()
    for kind in DangerKind:
        await her.taps("button.danger")
        await her.taps("button.kinds")
        await her.taps(f"button.kind.{kind}")
        assert her.says_now(f"danger.kind.{kind}")
        assert her.account.last.labels[0] == label(language, "button.duty")
        assert label(language, "button.hide") in her.account.last.labels
        assert text(language, "danger.call") in her.last
        said.add(her.last)
    assert len(said) == len(DangerKind)


@pytest.mark.parametrize("kind", ["held", "suicide", "raped", "window", "blackmail"])
async def test_where_the_police_do_not_help_they_are_not_named(stage: Stage, kind: str) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    await her.taps("button.kinds")
    await her.taps(f"button.kind.{kind}")
    assert "102" not in her.last
    assert "112" not in her.last
    if kind == "suicide":
        assert "150" in her.last


async def test_buttons_of_an_earlier_version_still_answer(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.forges("go:held")
    assert her.says_now("danger.kind.held")
    await her.forges("go:crisis")
    assert her.says_now("danger.kind.suicide")


async def test_a_sub_category_that_is_danger_is_answered_before_the_next_question(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.new")
    await her.skips(3)
    await her.answers("category", "HLT")
    await her.answers("subcategory", "HLT.CRISIS")
    assert her.says_now("danger.kind.suicide")
    await her.taps("button.continue")
    assert her.says_now("question.happened") or her.says_now("question.officials")


async def test_danger_overtakes_everything_that_waits_for_her(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    for number in range(12):
        lawyer.account.says(f"line-{number}")
    while await stage.hotline.polling.once(timeout=0):
        pass
    her.account.says("/danger")
    await stage.settle()
    order = [index for index, seen in enumerate(her.sees) if label("ru", "danger") in seen or "line-11" in seen]
    assert "line-11" not in her.sees[order[0]]


async def test_without_a_group_she_is_told_the_truth(stage: Stage) -> None:
    coordinator = await stage.coordinator()
    her = await stage.seeker("en")
    await her.taps("button.danger")
    await her.taps("button.duty")
    code = await stage.newest_case()
    assert her.says_now("duty.nobody", code=code)
    assert coordinator.says_now("coordinator.kept", code=code)
    group = await stage.choose_group(coordinator)
    assert code in group.last.text
