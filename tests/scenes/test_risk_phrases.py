"""Coordinators read, try, add and switch off the phrases of the risk screen."""

import pytest
from sqlalchemy import select

from bot.domain.journal import Action
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from tests.stage import Actor, Stage, plain

NEW = "кукушка прилетела"


async def _actions(stage: Stage) -> list[str]:
    async with stage.database.unit_of_work() as uow:
        return [row.action for row in await uow.read(select(tables.journal.c.action))]


async def _urgency(stage: Stage, words: str) -> Urgency:
    """How urgent an appeal of these words becomes."""
    her = await stage.seeker("ru")
    case = await stage.case(await stage.appeal(her, words))
    assert case is not None
    return case.file.urgency


async def _opens(coordinator: Actor, language: str, kind: str) -> None:
    await coordinator.says("/risk")
    await coordinator.taps(f"language.{language}")
    await coordinator.taps(f"button.kind.{kind}")


async def test_a_phrase_is_added_tried_switched_off_and_on(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    calm = await _urgency(stage, NEW)
    await _opens(coordinator, "ru", "window")
    await coordinator.taps("button.risk_add.high")
    await coordinator.says("а*")
    assert coordinator.says_now("risk.unfit")
    await coordinator.says("Кукушка   прилет*")
    assert coordinator.says_now("risk.added", phrase="кукушка прилет*")
    await coordinator.says(f"/risk {NEW}")
    assert coordinator.says_now("risk.found_by", spoken=label("ru", "language.ru"), phrase="кукушка прилет*")
    assert await _urgency(stage, "kukushka priletela") is Urgency.HIGH
    await _opens(coordinator, "ru", "window")
    while label("ru", "button.risk_add.high") and "кукушка" not in coordinator.last:
        await coordinator.taps_label("▶")
    row = next(line for line in coordinator.last.splitlines() if "кукушка" in line)
    await coordinator.taps_label(f"✅ {row.partition('.')[0]}")
    assert "кукушка" in coordinator.last
    assert await _urgency(stage, NEW) is calm
    await coordinator.taps_label(f"▫️ {row.partition('.')[0]}")
    assert await _urgency(stage, NEW) is Urgency.HIGH
    assert {Action.PHRASE_ADDED, Action.PHRASE_OFF, Action.PHRASE_ON} <= set(await _actions(stage))


async def test_a_phrase_of_the_files_can_be_switched_off(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    assert await _urgency(stage, "пкп") is Urgency.HIGH
    await _opens(coordinator, "ru", "window")
    while "пкп" not in coordinator.last:
        await coordinator.taps_label("▶")
    row = next(line for line in coordinator.last.splitlines() if "пкп" in line)
    await coordinator.taps_label(f"✅ {row.partition('.')[0]}")
    await coordinator.says("/risk пкп")
    found = coordinator.last
    assert row.partition(": ")[2] not in found


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_sentence_that_is_tried_is_not_kept(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    await coordinator.says("/risk")
    assert coordinator.says_now("risk.about")
    await coordinator.says("/risk он с ножом zimorodok")
    assert plain(language, "urgency.immediate") in coordinator.last
    await coordinator.says("/risk сколько стоит zimorodok")
    assert coordinator.says_now("risk.found_nothing")
    async with stage.database.unit_of_work() as uow:
        assert await uow.risk.all() == []


async def test_nobody_else_sees_or_changes_a_phrase(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    for actor in (lawyer, her):
        await actor.says("/risk")
        assert not actor.seen("risk.about")
        for forged in ("pl:ru:weapon:0", "ps:0000000000000000:0:0", "pa:ru:weapon:high"):
            await actor.forges(forged)
            assert not actor.seen("risk.kinds", spoken=label("ru", "language.ru"))
    async with stage.database.unit_of_work() as uow:
        assert await uow.risk.all() == []
