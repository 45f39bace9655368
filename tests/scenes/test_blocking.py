"""Blocking: nothing more is taken from a flooder, but the numbers and her own data stay; and it can be undone."""

import pytest
from sqlalchemy import func, select

from bot.domain.case import Claimed
from bot.domain.ids import CaseCode
from bot.i18n import LANGUAGES, label, text
from bot.storage import tables
from tests.stage import Actor, Stage, plain


async def blocks(stage: Stage, language: str = "ru") -> tuple[Actor, Actor, Actor, CaseCode]:
    coordinator, lawyer = await stage.opened(language)
    her = await stage.seeker(language)
    code = await stage.appeal(her, "the first words")
    await lawyer.taps("button.claim", group=stage.group)
    await coordinator.says(f"/block {code.lower()}")
    assert coordinator.says_now("block.ask", code=code)
    await coordinator.taps("grounds.flood")
    assert coordinator.says_now("block.sure", code=code, grounds=label(language, "grounds.flood"))
    await coordinator.taps("button.block")
    return coordinator, lawyer, her, code


async def kept(stage: Stage) -> tuple[int, ...]:
    """How much is kept of what anybody said."""
    async with stage.database.unit_of_work() as uow:
        counts = [
            (await uow.read(select(func.count()).select_from(table)))[0][0]
            for table in (tables.entries, tables.draft_words, tables.drafts, tables.cases)
        ]
    return tuple(counts)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_of_who_is_blocked_is_kept_and_the_numbers_stay(stage: Stage, language: str) -> None:
    coordinator, lawyer, her, code = await blocks(stage, language)
    assert lawyer.says_now("lawyer.blocked", code=code)
    assert coordinator.says_now("block.done", code=code, grounds=label(language, "grounds.flood"))
    before = await kept(stage)
    for number in range(30):
        her.account.says(f"flood-{number}")
    her.account.sends("photo", caption="flood-photo")
    await stage.settle()
    answers = [seen for seen in her.sees if seen == plain(language, "refusal.blocked")]
    assert len(answers) == 1
    stage.clock.advance(seconds=61)
    await her.says("flood-later")
    assert her.says_now("refusal.blocked")
    assert await kept(stage) == before
    assert "flood" not in lawyer.chat
    await her.taps("button.danger")
    assert "103" in her.last
    await her.taps("button.duty")
    assert her.alerts[-1] == label(language, "refusal.blocked")
    assert "103" in her.last
    await her.says("/new")
    await her.says("/cases")
    assert code in str(her.account.last.labels)
    await her.says("/data")
    assert not her.says_now("refusal.blocked")
    await her.says("/language")
    assert her.says_now("language.ask")
    assert await kept(stage) == before
    assert isinstance(await stage.case(code), Claimed)
    await lawyer.says("the lawyer may still write")
    assert "the lawyer may still write" in her.chat


async def test_buttons_of_who_is_blocked_are_answered_and_change_nothing(stage: Stage) -> None:
    _, _, her, code = await blocks(stage)
    before = await kept(stage)
    for data in ("go:new", "go:talk", "go:send", "go:duty", "a:age:18_25", f"x:{code}:continue", "go:back", "ch:age"):
        await her.forges(data)
    assert her.alerts[-8:] == [label("ru", "refusal.blocked")] * 8
    assert await kept(stage) == before


@pytest.mark.parametrize("by", ["list", "code"])
async def test_it_can_be_undone(stage: Stage, by: str) -> None:
    coordinator, lawyer, her, code = await blocks(stage)
    other = await stage.coordinator("en")
    if by == "list":
        await coordinator.says("/block")
        await coordinator.taps("button.unblock", code=code)
    else:
        await coordinator.says(f"/unblock {code}")
    assert coordinator.says_now("block.undone", code=code)
    assert lawyer.says_now("lawyer.unblocked", code=code)
    await her.says("taken again")
    assert "taken again" in lawyer.chat
    await coordinator.says("/block")
    assert coordinator.says_now("block.nobody")
    assert code not in other.chat
    async with stage.database.unit_of_work() as uow:
        rows = await uow.read(select(tables.journal.c.action).where(tables.journal.c.case_code == code))
        assert [row.action for row in rows if "blocked" in row.action] == ["blocked for a flood", "unblocked"]


async def test_only_coordinators_block_and_not_in_conflict(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    for who in (lawyer, her):
        await who.says(f"/block {code}")
        assert who.says_now("refusal.not_allowed")
        await who.forges(f"b:{code}:flood:1")
        assert who.alerts[-1] == text("ru", "refusal.not_allowed")
    coordinator.account.joins(stage.group)
    await coordinator.taps("button.not_me", group=stage.group)
    await coordinator.says(f"/block {code}")
    assert coordinator.says_now("refusal.conflict", code=code)
    async with stage.database.unit_of_work() as uow:
        assert await uow.people.blocked() == []
