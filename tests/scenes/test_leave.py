"""Leave: a lawyer goes away, and nobody who writes to him is left without knowing."""

import pytest
from sqlalchemy import select

from bot.domain.case import Claimed, Queued
from bot.domain.ids import CaseCode
from bot.i18n import LANGUAGES, date_in, label
from bot.storage import tables
from tests.scenes.test_hand_over import offered, three
from tests.scenes.test_leaving import removes
from tests.stage import Actor, Stage, plain


async def goes(lawyer: Actor, span: str, cases: str | None = None) -> None:
    await lawyer.says("/away")
    await lawyer.taps(f"button.leave.{span}")
    if cases:
        await lawyer.taps(f"button.leave.{cases}")


async def two_cases(stage: Stage, lawyer: Actor, language: str = "ru") -> tuple[Actor, CaseCode, Actor, CaseCode]:
    """A case that can wait and one that can't, both held by this lawyer and answered."""
    calm, urgent = await stage.seeker(language), await stage.seeker(language)
    first = await stage.appeal(calm, "…")
    await lawyer.says(f"/claim {first}")
    await lawyer.says("hello")
    second = await stage.appeal(urgent, "…", category="IPV", subcategory="IPV.CTRL")
    await lawyer.says(f"/claim {second}")
    return calm, first, urgent, second


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_can_wait_is_paused_and_she_is_told_until_when(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened(language)
    calm, first, urgent, second = await two_cases(stage, lawyer, language)
    await goes(lawyer, "days_3")
    assert second in lawyer.last  # it can't wait, and he is told so before he chooses
    assert first not in lawyer.last
    await lawyer.taps("button.leave.pause")
    assert lawyer.seen("leave.paused", number="1")
    assert lawyer.seen("leave.handed", number="1")
    back = (stage.clock().astimezone(stage.settings.zone)).date()
    back = back.replace(day=back.day + 3)
    told = plain(language, "case.paused", code=first, day=date_in(language, back))
    await lawyer.forges("lv:days_3:pause")  # tapped twice
    assert calm.chat.count(told) == 1
    assert isinstance(await stage.case(second), Queued)
    assert urgent.says_now("case.released", code=second)
    assert label(stage.group_language, "card.back") in stage.group.last.text
    await calm.says("canary meanwhile")
    assert "canary meanwhile" in lawyer.chat
    await stage.later(days=2)  # twice his limit
    assert isinstance(await stage.case(first), Claimed)
    assert "⏰" not in lawyer.chat
    await stage.later(days=1, hours=12)  # he is back since midnight, and has as long as anybody
    assert isinstance(await stage.case(first), Claimed)
    await stage.later(hours=20)
    assert "⏰" in lawyer.chat
    await stage.later(days=1)
    assert isinstance(await stage.case(first), Queued)


async def test_all_is_handed_over_and_nothing_is_offered_to_who_is_away(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    calm, first, _, second = await two_cases(stage, lawyer)
    await lawyer.forges("dy:hours_8")
    await goes(lawyer, "open", "hand_over")
    assert coordinator.seen("duty.nobody_left", name="Duty 1")
    for code in (first, second):
        assert isinstance(await stage.case(code), Queued)
        assert sum(code in str(call.params.get("text")) for call in stage.telegram.calls if call.method == "sendMessage"
                   and call.params.get("chat_id") == stage.group.id) >= 2  # fmt: skip
    assert calm.says_now("case.released", code=first)
    assert plain("ru", "card.suits_elsewhere") in stage.group.last.text
    await lawyer.says("/next")
    assert lawyer.says_now("refusal.away")
    await stage.later(days=40)
    await lawyer.says("/away")
    assert plain("ru", "leave.away_open") in lawyer.last
    await lawyer.taps("button.leave_back")
    assert lawyer.seen("leave.back", number="0")
    await lawyer.taps("button.next")
    assert isinstance(await stage.case(second), Claimed)
    async with stage.database.unit_of_work() as uow:
        rows = await uow.read(select(tables.journal.c.action, tables.journal.c.role))
        assert {("went away", "lawyer"), ("came back", "lawyer")} <= {tuple(row) for row in rows}
    assert "Duty 1" not in calm.chat


async def test_a_paused_case_that_becomes_urgent_waits_for_nobody(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her, code, _, _ = await two_cases(stage, lawyer)
    await goes(lawyer, "open", "pause")
    assert her.says_now("case.paused_open", code=code)
    await stage.later(days=10)
    assert isinstance(await stage.case(code), Claimed)
    await her.taps("button.danger")
    await her.taps("button.duty")
    await stage.later(seconds=15)
    assert isinstance(await stage.case(code), Queued)
    assert lawyer.says_now("leave.taken_back", code=code)


async def test_what_he_takes_while_away_is_no_pause_and_back_begins_anew(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    paused = await stage.appeal(her, "…")
    await lawyer.says(f"/claim {paused}")
    await goes(lawyer, "weeks_2", "pause")
    stage.clock.advance(hours=1)
    taken = await stage.appeal(await stage.seeker("ru"), "…")
    await lawyer.taps("button.claim", group=stage.group)
    await stage.later(hours=49)
    assert isinstance(await stage.case(taken), Queued)
    assert isinstance(await stage.case(paused), Claimed)
    await lawyer.says("/back")
    await stage.later(hours=23)
    assert isinstance(await stage.case(paused), Claimed)
    await stage.later(hours=26)
    assert isinstance(await stage.case(paused), Queued)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_was_told_to_wait_hears_when_he_is_back(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…")
    await lawyer.says(f"/claim {code}")
    await goes(lawyer, "week", "pause")
    assert "..\n" not in her.last
    await lawyer.says("/back")
    assert her.says_now("case.resumed", code=code)
    await lawyer.says("/back")
    assert [plain(language, "case.resumed", code=code) in seen for seen in her.sees].count(True) == 1


async def test_who_left_the_team_has_no_profile_and_hears_nothing(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her, code, _, _ = await two_cases(stage, lawyer)
    await lawyer.says("/profile")
    await lawyer.taps("button.suits_woman")
    await goes(lawyer, "week", "pause")
    async with stage.database.unit_of_work() as uow:
        gone = (await uow.people.by_account(lawyer.account.id)).id
        await uow.write(tables.rota.insert().values(id=1, person=gone, weekday=0, from_hour=9, until_hour=18))
    await removes(coordinator, "Duty 1")
    assert isinstance(await stage.case(code), Queued)
    async with stage.database.unit_of_work() as uow:
        for table in (tables.profiles, tables.rota):
            assert await uow.read(select(table)) == []
    heard = [call for call in stage.telegram.calls if call.params.get("chat_id") == lawyer.account.id]
    await her.says("canary after he left")
    await stage.later(days=15)
    await stage.appeal(await stage.seeker("ru"), "…", category="HUM", subcategory="HUM.SHELTER")
    await stage.later(days=1)
    assert [call for call in stage.telegram.calls if call.params.get("chat_id") == lawyer.account.id] == heard
    assert "Duty 1" not in stage.group.last.text


async def test_nobody_is_offered_a_case_while_away(stage: Stage) -> None:
    _, lawyer, second, _, _, code = await three(stage)
    await offered(lawyer, code, "Duty 2")
    await goes(second, "week")
    assert lawyer.seen("hand_over.declined", code=code, name="Duty 2")
    await lawyer.taps("button.hand_over")
    assert "Duty 2" not in lawyer.account.last.labels
    assert "Duty 3" in lawyer.account.last.labels


async def test_who_comes_back_hears_whether_he_is_on_duty_and_so_do_those_who_were_alarmed(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    await lawyer.forges("dy:open")
    await lawyer.says("/away")
    await lawyer.taps("button.leave.today")
    assert coordinator.says_now("duty.nobody_left", name="Duty 1")
    await lawyer.says("/back")
    assert lawyer.says_now("duty.on")
    assert coordinator.says_now("duty.somebody_again", names="Duty 1")
    await lawyer.says("/away")
    await lawyer.taps("button.leave.today")
    told = coordinator.sees.count(plain("ru", "duty.somebody_again", names="Duty 1"))
    before = len(lawyer.sees)
    await stage.later(days=1)
    await stage.later(minutes=5)
    assert sum(plain("ru", "duty.on") in each for each in lawyer.sees[before:]) == 1, "by itself, once"
    assert coordinator.sees.count(plain("ru", "duty.somebody_again", names="Duty 1")) == told + 1
