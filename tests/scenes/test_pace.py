"""The pace against Telegram's limits, in moved time: nearly all that is allowed is used; stricter ones are learned."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram.methods import SendMessage

from bot.storage.lanes import Lane
from sandbox.message import Message
from sandbox.people import Account
from sandbox.telegram import Limits
from tests.stage import Stage, plain

OVERALL = 30
"""Messages a second to everybody, as Telegram publishes it and the settings have it."""


def crowd(stage: Stage, number: int) -> list[Account]:
    """People who once wrote to the bot; of no interest here but as chats."""
    made = [stage.telegram.account(f"Reader{each}") for each in range(number)]
    for account in made:
        account.start()
    stage.telegram.queue.drop()
    return made


async def put(stage: Stage, chats: Sequence[int], times: int, lane: Lane = Lane.CONVERSATION) -> None:
    """So many numbered messages for each of these chats."""
    async with stage.database.unit_of_work() as uow:
        for number in range(times):
            for chat in chats:
                await uow.outbox.put(SendMessage(chat_id=chat, text=f"number {number}"), lane=lane)


async def flow(stage: Stage, minutes: float) -> None:
    """The delivery at work for so long, as its own loop works: a pass, and then the pause it asks for."""
    end = stage.clock().timestamp() + 60 * minutes
    while stage.clock().timestamp() < end:
        if not await stage.deliver():
            stage.clock.advance(seconds=await stage.hotline.delivery.pause())


def arrived(messages: Sequence[Message]) -> list[str]:
    return [message.text for message in messages if message.text.startswith("number")]


def moments(stage: Stage) -> list[datetime]:
    """When the messages went through."""
    return [call.at for call in stage.telegram.calls if call.ok and "number" in str(call.params.get("text"))]


def refusals(stage: Stage) -> int:
    return sum(times for (_, code), times in stage.telegram.outcomes.items() if code == 429)


async def test_nearly_all_that_telegram_allows_is_used_and_nothing_refused(stage: Stage) -> None:
    people = crowd(stage, 120)
    await put(stage, [each.id for each in people], times=5)
    await flow(stage, minutes=0.5)
    went = moments(stage)
    assert len(went) == 600
    a_second = (len(went) - OVERALL) / (went[-1] - went[0]).total_seconds()
    assert a_second >= 0.95 * OVERALL, a_second
    assert refusals(stage) == 0
    assert all(arrived(each.messages) == [f"number {n}" for n in range(5)] for each in people)


async def test_half_of_what_the_settings_say_is_learned_from_a_few_refusals(stage: Stage) -> None:
    stage.telegram.pace.limits = Limits(overall_per_second=OVERALL // 2)
    people = crowd(stage, 300)
    await put(stage, [each.id for each in people], times=3)
    await flow(stage, minutes=2)
    assert all(arrived(each.messages) == ["number 0", "number 1", "number 2"] for each in people), "lost or doubled"
    assert refusals(stage) <= OVERALL, "it went on as before"
    went = moments(stage)
    assert len(went) / (went[-1] - went[0]).total_seconds() >= 0.6 * OVERALL / 2, "it became far too careful"


async def test_a_stricter_group_is_learned_and_slows_nobody_else(stage: Stage) -> None:
    await stage.opened()
    stage.telegram.pace.limits = Limits(group_per_minute=10)
    her, *_ = people = crowd(stage, 20)
    before = refusals(stage)
    stage.clock.advance(minutes=2)
    await put(stage, [stage.group.id], times=100, lane=Lane.CARD)
    await flow(stage, minutes=5)
    assert her.messages[-1].text == "/start"
    asked_at = stage.clock()
    await put(stage, [each.id for each in people], times=1)
    await flow(stage, minutes=0.05)
    assert all(arrived(each.messages) == ["number 0"] for each in people)
    assert (moments(stage)[-1] - asked_at).total_seconds() <= 3
    await flow(stage, minutes=12)
    assert arrived(stage.group.messages) == [f"number {n}" for n in range(100)], "lost, doubled or out of order"
    assert refusals(stage) - before <= 6


async def test_of_the_edits_that_a_refusal_kept_waiting_the_newest_alone_is_made(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ky")
    await stage.appeal(her, "сөз")
    card = stage.group.last
    stage.telegram.faults.add("editMessageText", "429", chat_id=stage.group.id, retry_after=60)
    earlier = len(stage.telegram.calls)
    await lawyer.taps("button.claim", group=stage.group, on=card)
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    assert plain("ru", "outcome.advice") in card.text
    calls = [
        call for call in stage.telegram.calls[earlier:] if str(call.params.get("message_id")) == str(card.message_id)
    ]
    assert [call.ok for call in calls] == [False, True], "the state in between was shown too"
    assert calls[1].at - calls[0].at >= timedelta(minutes=1)
