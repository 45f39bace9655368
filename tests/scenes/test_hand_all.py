"""The cases of who leaves go in one go: accepted with one tap, declined, partly in conflict; nothing is ever lost."""

import pytest

from bot.domain.case import Queued
from bot.domain.ids import CaseCode
from bot.i18n import LANGUAGES, label
from tests.scenes.test_hand_over import holder
from tests.scenes.test_leaving import removes
from tests.scenes.test_team_screen import id_of
from tests.stage import Actor, Stage, plain

NOTE = "canarynote: everything is in the notes"


async def leaver(stage: Stage, language: str = "ru") -> tuple[Actor, Actor, Actor, list[Actor], list[CaseCode]]:
    """A coordinator, who leaves with three cases, a colleague in conflict with the first, and those who wrote."""
    coordinator, lawyer = await stage.opened(language)
    colleague = await stage.lawyer(coordinator, language, "Duty 2")
    people, codes = [], []
    for number in range(3):
        her = await stage.seeker(language)
        codes.append(await stage.appeal(her, f"canaryword {number}"))
        people.append(her)
        if not number:
            await colleague.taps("button.not_me", group=stage.group)
        await lawyer.taps("button.claim", group=stage.group)
        stage.clock.advance(seconds=1)
    return coordinator, lawyer, colleague, people, codes


async def gives_all(coordinator: Actor, stage: Stage, lawyer: Actor, to: str) -> None:
    await coordinator.forges(f"t:show:{await id_of(stage, lawyer)}")
    await coordinator.taps("button.give_all")
    await coordinator.taps_label(to)
    await coordinator.says(NOTE)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_colleague_takes_all_that_are_for_him_with_one_tap(stage: Stage, language: str) -> None:
    coordinator, lawyer, colleague, people, codes = await leaver(stage, language)
    await gives_all(coordinator, stage, lawyer, "Duty 2 · 0")
    assert coordinator.says_now("hand_all.asked", to="Duty 2", number=2)
    assert coordinator.says_now("hand_all.left", number=1)
    assert lawyer.says_now("hand_all.yours_asked", to="Duty 2", number=2)
    assert NOTE not in colleague.chat, "it may name somebody: it goes with her case, and is erased with it"
    assert not any(code in colleague.last for code in codes), "by number, until he says yes"
    assert {await holder(stage, code) for code in codes} == {"Duty 1"}
    await people[1].says("canaryword while it is offered")
    assert "canaryword while" in lawyer.chat
    await colleague.taps("button.all.accept")
    assert [await holder(stage, code) for code in codes] == ["Duty 1", "Duty 2", "Duty 2"]
    assert coordinator.says_now("hand_all.accepted", name="Duty 2", number=2)
    assert lawyer.says_now("hand_all.accepted", name="Duty 2", number=2)
    assert people[1].says_now("case.handed_over", code=codes[1])
    assert not people[0].seen("case.handed_over", code=codes[0])
    await colleague.says(codes[1])
    assert codes[1] in colleague.last
    assert NOTE in colleague.last
    await people[2].says("canaryword for the new one")
    assert "canaryword for the new one" in colleague.chat
    assert "canaryword for the new one" not in lawyer.chat
    await removes(coordinator, "Duty 1")
    assert isinstance(await stage.case(codes[0]), Queued), "what was left out waits for somebody else"
    assert not any(NOTE in each.chat or "Duty" in each.chat for each in people)
    assert codes[0] not in colleague.chat


async def test_half_accepted_and_the_rest_declined_loses_nothing(stage: Stage) -> None:
    coordinator, lawyer, colleague, people, codes = await leaver(stage)
    await gives_all(coordinator, stage, lawyer, "Duty 2 · 0")
    whose = await id_of(stage, lawyer)
    for forger in (lawyer, people[0]):
        await forger.forges(f"ao:accept:{whose}")
        await forger.forges(f"ga:{whose}:queue")
    assert {await holder(stage, code) for code in codes} == {"Duty 1"}
    bulk = colleague.account.last
    await colleague.taps("button.all.singly", on=bulk)
    assert codes[0] not in colleague.chat
    assert NOTE in colleague.last
    await colleague.forges(f"hf:accept:{codes[2]}")
    await colleague.taps("button.all.decline", on=bulk)
    assert [await holder(stage, code) for code in codes] == ["Duty 1", "Duty 1", "Duty 2"]
    assert coordinator.says_now("hand_all.declined", name="Duty 2", number=1)
    await colleague.forges(f"ao:accept:{whose}")
    assert colleague.alerts[-1] == label("ru", "hand_all.over")
    await colleague.forges(f"hf:accept:{codes[1]}")
    assert colleague.alerts[-1] == label("ru", "refusal.taken", name="Duty 1", code=codes[1])


async def test_nobody_answers_and_then_all_go_to_the_queue_with_the_note(stage: Stage) -> None:
    coordinator, lawyer, colleague, people, codes = await leaver(stage)
    await gives_all(coordinator, stage, lawyer, "Duty 2 · 0")
    for her in people:
        await lawyer.forges(f"c:open:{codes[people.index(her)]}")
        await lawyer.says("I am on it")
    await stage.later(hours=24, seconds=1)
    told = [seen for seen in coordinator.sees if plain("ru", "hand_all.unanswered", name="Duty 2") in seen]
    assert len(told) == 1, "one line for all of them"
    await gives_all(coordinator, stage, lawyer, label("ru", "button.give_all.queue"))
    assert coordinator.says_now("hand_all.queued", number=3)
    assert lawyer.says_now("hand_all.yours_queued", number=3)
    for her, code in zip(people, codes, strict=True):
        assert isinstance(await stage.case(code), Queued)
        await her.starts()
        assert her.seen("case.released", code=code)
    await colleague.forges(f"ao:accept:{await id_of(stage, lawyer)}")
    assert colleague.alerts[-1] == label("ru", "hand_all.over")
    other = await stage.lawyer(coordinator, "ru", "Duty 3")
    await other.forges(f"c:claim:{codes[0]}")
    assert await holder(stage, codes[0]) == "Duty 3"
    assert NOTE in other.chat, "whoever takes it reads why"
    assert not any(NOTE in each.chat for each in people)
