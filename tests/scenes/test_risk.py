"""Her words are looked through for danger: she is answered at once, and nobody hears a word of them by that."""

import logging

import pytest

from bot.domain.case import Claimed, Queued
from bot.domain.danger import DangerKind
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label
from tests.log import said
from tests.stage import Stage, plain

CANARY = "zimorodok"
"""Stands in her words and nowhere else."""

SAID = {
    "kk": f"көмектесіңізші, күйеуім пышақ алып тұр, {CANARY}",
    "ru": f"помогите он с ножом у двери {CANARY}",
    "en": f"help he has a knife {CANARY}",
    "ky": f"жардам бергиле, күйөөм бычак алып турат {CANARY}",
}
WANTS_TO_DIE = "не хочу больше жить"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_danger_in_a_draft_is_answered_at_once_and_the_duty_warned_a_minute_later(
    stage: Stage, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        coordinator, lawyer = await stage.opened()
        her = await stage.seeker(language)
        await her.says(SAID[language])
        assert her.says_now("danger.kind.weapon")
        assert her.says_now("danger.warns")
        assert her.account.last.labels[0] == label(language, "button.duty")
        before = len(coordinator.sees)
        await stage.later(seconds=50)
        assert len(coordinator.sees) == before
        await stage.later(seconds=15)
        reads = label("ru", f"language.{language}")
        unknown = label("ru", "card.unknown")
        assert coordinator.last == plain("ru", "coordinator.risk", region=unknown, reads=reads)
        await stage.later(minutes=5)
        assert len(coordinator.sees) == before + 1
    for chat in (coordinator.chat, lawyer.chat, str(stage.group.messages), caplog.text, *said(caplog)):
        assert CANARY not in chat
        assert "knife" not in chat
    assert stage.group.messages == [] or all("danger" not in each.text for each in stage.group.messages)


async def test_who_says_no_is_not_spoken_of(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    for language in LANGUAGES:
        her = await stage.seeker(language)
        await her.says(SAID[language])
        await her.taps("button.unwarn")
        assert her.says_now("danger.unwarned")
        await her.taps("button.unwarn")
        assert her.says_now("danger.unwarned_late")
    before = len(coordinator.sees)
    await stage.later(minutes=2)
    assert len(coordinator.sees) == before


async def test_without_a_coordinator_nobody_is_promised_anything(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.says(SAID["ru"])
    assert her.says_now("danger.kind.weapon")
    assert not her.says_now("danger.warns")
    assert label("ru", "button.unwarn") not in her.account.last.labels


async def test_who_calls_by_herself_is_not_spoken_of_besides(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    await her.says(SAID["ru"])
    await her.taps("button.duty")
    case = await stage.case(await stage.newest_case())
    assert isinstance(case, Queued)
    assert case.file.urgency is Urgency.IMMEDIATE
    assert case.file.danger == DangerKind.WEAPON
    before = len(coordinator.sees)
    await stage.later(minutes=2)
    assert len(coordinator.sees) == before


async def test_the_same_danger_is_answered_once_in_ten_minutes_another_at_once(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.says(SAID["ru"])
    await her.says("он с ножом у двери стоит")
    assert not her.says_now("danger.kind.weapon")
    await her.says(WANTS_TO_DIE)
    assert her.says_now("danger.kind.suicide")
    await stage.later(minutes=11)
    await her.says("он опять с ножом у двери")
    assert her.says_now("danger.kind.weapon")


async def test_before_a_language_is_chosen_she_reads_all_four(stage: Stage) -> None:
    await stage.opened()
    her = stage.actor("ru")
    await her.starts()
    await her.says(SAID["ru"])
    shown = "\n".join(her.sees)
    for language in LANGUAGES:
        assert plain(language, "danger.warns") in shown
        assert label(language, "button.unwarn") in str(her.account.messages[-2].labels + her.account.last.labels)


@pytest.mark.parametrize(("words", "urgency"), [("меня вчера изнасиловали", "high"), (WANTS_TO_DIE, "immediate")])
async def test_what_she_sends_is_as_urgent_as_her_words(stage: Stage, words: str, urgency: str) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.says(f"{words} {CANARY}")
    if urgency == "immediate":
        await her.taps("button.person")
    await her.taps("button.send")
    case = await stage.case(await stage.newest_case())
    assert case is not None
    assert case.file.urgency is Urgency(urgency)
    kind = label("ru", f"button.kind.{case.file.danger}")
    assert plain("ru", "card.kinds", kinds=kind) in stage.group.last.text
    assert CANARY not in stage.group.last.text


async def test_her_words_raise_an_open_case_and_never_lower_it(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "вопрос про алименты")
    await her.says(f"муж вчера избил меня {CANARY}")
    case = await stage.case(code)
    assert case is not None
    assert case.file.urgency is Urgency.HIGH
    await her.says(f"он с ножом у двери {CANARY}")
    assert "danger.kind" not in her.last
    case = await stage.case(code)
    assert isinstance(case, Queued)
    assert case.file.urgency is Urgency.IMMEDIATE
    assert her.seen("danger.kind.weapon")
    assert not her.seen("danger.warns")
    assert plain("ru", "card.risk") in stage.group.last.text
    assert code in coordinator.last
    await her.says("спасибо, всё хорошо")
    case = await stage.case(code)
    assert case is not None
    assert case.file.urgency is Urgency.IMMEDIATE
    assert CANARY not in coordinator.chat + str(stage.group.messages)


async def test_her_words_to_her_lawyer_reach_him_and_raise_the_case(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    message = await her.says("ещё вопрос")
    await her.edits(message, f"он ломает дверь, спрятались в ванной {CANARY}")
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert case.file.urgency is Urgency.IMMEDIATE
    assert her.seen("danger.kind.weapon")
    assert CANARY in lawyer.chat
    assert CANARY not in str(stage.group.messages)
