"""Windows: said at once, counted down on the card, and spoken of before they may close, at each boundary."""

import pytest

from bot.domain.case import Queued
from bot.domain.ids import CaseCode
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label, text
from tests.stage import Actor, Stage, plain

TWO = ("PEP72", "EC120")


async def says_when(
    stage: Stage, her: Actor, happened: str, subcategory: str | None = "SEX.RECENT", category: str = "SEX"
) -> None:
    """She answers until *when*, in Kazakhstan."""
    await her.taps("button.new")
    await her.skips(2)
    await her.answers("country", "KZ")
    await her.skips()
    await her.answers("category", category)
    if subcategory is None:
        await her.skips()
    else:
        await her.answers("subcategory", subcategory)
        if label(her.language, "button.continue") in her.account.last.labels:
            await her.taps("button.continue")
    await her.answers("happened", happened)


async def sends(stage: Stage, her: Actor, happened: str, **answers: str) -> CaseCode:
    """She sends an appeal with that answer; its code."""
    return await stage.appeal(
        her, "…", country="KZ", category="SEX", subcategory="SEX.RECENT", happened=happened, **answers
    )


def shown(language: str, code: str, state: str, **params: object) -> str:
    nature = "fades" if code == "FORENSIC" else "closes"
    name = text(language, f"window.{code}")
    params = {"least": "", "most": "", "moment": ""} | params
    return plain(language, f"window.{nature}.{state}", name=name, **params)


def on_card(stage: Stage, code: str, least: int, most: int) -> bool:
    wanted = plain("ru", "card.window.open", name=text("ru", f"window.{code}"), least=least, most=most)
    return wanted in stage.group.last.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_cant_choose_a_category_is_told_what_may_close_too(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.new")
    while not her.says_now("question.category"):
        await her.skips()
    await her.taps("option.category.other")
    await her.answers("happened", "24_48")
    assert her.says_now("windows.if")
    for code in TWO:
        assert text(language, f"window.{code}") in her.last
    await her.taps("button.continue")
    assert her.says_now("question.officials")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_when_is_answered_at_once_with_what_still_helps(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await says_when(stage, her, "24_48")
    assert her.says_now("windows")
    assert "24–48" in her.last
    assert "72–96" in her.last
    for code in (*TWO, "FORENSIC"):
        assert text(language, f"window.{code}") in her.last
    assert plain(language, "danger.informed.KZ") in her.last
    assert her.account.last.labels[0] == label(language, "button.duty")
    await her.taps("button.continue")
    assert her.says_now("question.officials")


@pytest.mark.parametrize(
    ("happened", "states"),
    [
        ("lt24", ("open", "open", "open")),
        ("48_72", ("any_hour", "open", "any_hour")),
        ("3_4d", ("closed", "open", "closed")),
        ("4_5d", ("closed", "any_hour", "closed")),
        ("earlier", ("closed", "closed", "closed")),
        ("unknown", ("any_hour", "any_hour", "any_hour")),
    ],
)
async def test_each_answer_opens_and_closes_what_it_must(
    stage: Stage, happened: str, states: tuple[str, str, str]
) -> None:
    her = await stage.seeker("ru")
    await says_when(stage, her, happened)
    for code, state in zip((*TWO, "FORENSIC"), states, strict=True):
        nature = "fades" if code == "FORENSIC" else "closes"
        if state != "open":
            assert shown("ru", code, state) in her.last
            assert (plain("ru", "window.after.PEP72") in her.last) == (states[0] == "closed")
        else:
            head, _, tail = plain("ru", f"window.{nature}.open", name="@", least="#", most="#", moment="#").partition(
                "#"
            )
            assert head.replace("@", text("ru", f"window.{code}")) in her.last
            assert tail


async def test_whoever_skips_what_is_told_of_both_and_whoever_skips_when_too(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await says_when(stage, her, "lt24", subcategory=None, category="MAR")
    assert her.says_now("windows.if")
    for code in TWO:
        assert text("ru", f"window.{code}") in her.last
    again = await stage.seeker("ru")
    await again.taps("button.new")
    await again.skips(3)
    await again.answers("category", "HLT")
    await again.answers("subcategory", "HLT.PEP")
    await again.skips()
    assert shown("ru", "PEP72", "any_hour") in again.last


async def test_who_is_held_is_told_how_long_without_a_court(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await says_when(stage, her, "24_48", subcategory="POL.DETAIN", category="POL")
    assert text("ru", "window.KZ_DETAIN48_72") in her.last
    assert text("ru", "window.DETAIN3H") in her.last
    assert "102" not in her.last
    assert plain("ru", "windows.law_checked") in her.last


async def test_the_card_counts_down_until_it_has_surely_closed(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await sends(stage, her, "24_48", contact="any_time")
    assert on_card(stage, "PEP72", 24, 48) or on_card(stage, "PEP72", 23, 47)
    await stage.later(hours=1)
    assert on_card(stage, "PEP72", 23, 47) or on_card(stage, "PEP72", 22, 46)
    await lawyer.taps("button.claim", group=stage.group)
    assert text("ru", "window.PEP72") in lawyer.chat
    for _ in range(24):
        await lawyer.says("still here")
        await stage.later(hours=1)
    card = stage.group.last.text
    assert code in card
    assert plain("ru", "card.window.closes", name=text("ru", "window.PEP72"), most="#").partition("#")[0] in card
    for _ in range(24):
        await lawyer.says("still here")
        await stage.later(hours=1)
    assert text("ru", "window.PEP72") not in stage.group.last.text
    assert text("ru", "window.EC120") in stage.group.last.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_before_it_may_close_the_lawyer_and_she_hear_of_it_once(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await sends(stage, her, "24_48", contact="any_time")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("here")
    await stage.later(hours=11)
    assert not lawyer.seen("lawyer.window", code=code)
    await stage.later(hours=2)
    assert lawyer.seen("lawyer.window", code=code)
    told = next(seen for seen in reversed(lawyer.sees) if plain("ru", "lawyer.window", code=code) in seen)
    name = text("ru", "window.PEP72")
    assert plain("ru", "appeal.window", name=name, moment="#", until="#").partition("#")[0] in told
    assert on_card(stage, "PEP72", 10, 34) or on_card(stage, "PEP72", 11, 35)
    assert her.says_now("notice.waiting")
    await her.taps("notice.show")
    assert her.says_now("windows")
    assert her.says_now("windows.late")
    await stage.later(hours=1)
    assert sum(plain("ru", "lawyer.window", code=code) in seen for seen in lawyer.sees) == 1
    case = await stage.case(code)
    assert case is not None
    assert case.file.urgency is Urgency.IMMEDIATE


async def test_while_nobody_holds_it_the_group_and_the_coordinators_hear_of_it(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    code = await sends(stage, her, "24_48", contact="when_i_write")
    await stage.later(hours=13)
    assert any(label("ru", "card.window") in str(call.params.get("text")) for call in stage.telegram.calls)
    assert any(code in seen and "🔴" in seen for seen in coordinator.sees)
    assert not any(her.account.id == call.params.get("chat_id") and label("ru", "notice.waiting") in str(call.params)
                   for call in stage.telegram.calls)  # fmt: skip


async def test_the_hours_survive_a_restart_and_a_draft_that_waited(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await says_when(stage, her, "lt24")
    await stage.later(hours=40)
    await stage.restart()
    await her.says("…")
    await her.taps("button.person")
    await her.taps("button.send")
    case = await stage.case(await stage.newest_case())
    assert isinstance(case, Queued)
    assert case.file.happened_from is not None
    assert case.file.happened_until is not None
    assert (stage.clock() - case.file.happened_until).total_seconds() >= 40 * 3600
    assert case.file.urgency is Urgency.IMMEDIATE
    assert on_card(stage, "PEP72", 7, 31) or on_card(stage, "PEP72", 8, 32)
