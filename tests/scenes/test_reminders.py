"""Reminders: nobody waits unseen, no lawyer is silent unnoticed, and nothing is said once its reason is gone."""

import pytest

from bot.domain.case import Claimed, Queued
from bot.domain.triage import Urgency
from bot.i18n import label, text
from tests.stage import Stage

AGAIN = text("ru", "card.again")


def cards_again(stage: Stage) -> int:
    """How many cards said so; an older one gives way to a newer."""
    return sum(call.method == "sendMessage" and AGAIN in str(call.params.get("text")) for call in stage.telegram.calls)


@pytest.mark.parametrize(
    ("answers", "minutes"),
    [
        ({"category": "HUM", "subcategory": "HUM.SHELTER"}, 10),
        ({"category": "IPV", "subcategory": "IPV.CTRL"}, 60),
        ({}, 24 * 60),
        ({"category": "INF", "subcategory": "INF.TRAIN"}, 72 * 60),
    ],
)
async def test_an_unclaimed_case_is_shown_again_at_its_limit(
    stage: Stage, answers: dict[str, str], minutes: int
) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…", **answers)
    await stage.later(minutes=minutes - 1)
    assert cards_again(stage) == 0
    await stage.later(minutes=2)
    assert cards_again(stage) == 1
    told = len([seen for seen in coordinator.sees if code in seen])
    await stage.later(minutes=2 * minutes)
    assert cards_again(stage) == 2
    assert len([seen for seen in coordinator.sees if code in seen]) == told + 1


async def test_a_claim_ends_the_reminders_of_the_queue(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("here")
    await stage.later(days=5)
    assert cards_again(stage) == 0


async def test_a_silent_lawyer_is_reminded_then_the_case_goes_back(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    await stage.later(hours=23)
    assert code not in lawyer.last or "⏰" not in lawyer.last
    await stage.later(hours=2)
    assert "⏰" in lawyer.last
    assert code in lawyer.last
    assert isinstance(await stage.case(code), Claimed)
    await stage.later(hours=24)
    assert isinstance(await stage.case(code), Queued)
    assert lawyer.seen("lawyer.taken_back", code=code, moment="20 нояб., 10:00") or code in lawyer.last
    assert label("ru", "card.back") in stage.group.last.text


async def test_an_answer_ends_the_wait_and_new_words_begin_it_again(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.says("an answer")
    await stage.later(days=3)
    assert "⏰" not in lawyer.chat
    await her.says("and now?")
    await stage.later(hours=23)
    assert "⏰" not in lawyer.chat
    await stage.later(hours=2)
    assert lawyer.chat.count("⏰") == 1
    await lawyer.says("another answer")
    await stage.later(days=3)
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert lawyer.chat.count("⏰") == 1


async def test_an_immediate_case_keeps_calling_the_coordinators(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    await her.taps("button.duty")
    case = await stage.case(await stage.newest_case())
    assert case is not None
    assert case.file.urgency is Urgency.IMMEDIATE
    before = len(coordinator.sees)
    for _ in range(12):
        await stage.later(minutes=10)
    assert len(coordinator.sees) >= before + 3


async def test_reminders_survive_a_restart(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    await stage.restart()
    await stage.later(hours=25)
    assert cards_again(stage) == 1
