"""Telegram is away, or asks for patience: what is to be said waits, chat by chat, and is said once, in its order."""

import pytest

from sandbox.telegram import Account
from tests.stage import Actor, Stage


def calls_to(stage: Stage, account: Account, since: int) -> int:
    """How often this chat was written to since the so-many-th call."""
    return sum(str(call.params.get("chat_id")) == str(account.id) for call in stage.telegram.calls[since:])


async def passes(stage: Stage, minutes: int, looks: int = 6) -> None:
    """Time passes, and the delivery looks again and again, so many times a minute."""
    for _ in range(minutes * looks):
        stage.clock.advance(seconds=60 / looks)
        await stage.deliver()


def heard(actor: Actor) -> list[str]:
    return [seen.splitlines()[-1] for seen in actor.sees if "word" in seen]


@pytest.mark.parametrize("kind", ["500", "cut_before"])
async def test_ten_minutes_without_telegram_lose_nothing_and_hammer_nobody(stage: Stage, kind: str) -> None:
    her, lawyer, _ = await stage.claimed()
    for number in range(3):
        her.account.says(f"word {number}")
    await stage.hotline.polling.once(timeout=0)
    fault = stage.telegram.faults.add("*", kind, 1_000_000)  # type: ignore[arg-type]
    before = len(stage.telegram.calls)
    await passes(stage, 10)
    assert heard(lawyer) == []
    assert 5 <= calls_to(stage, lawyer.account, before) <= 12, "at doubling distances"
    stage.telegram.faults.waiting.remove(fault)
    await passes(stage, 10)
    await stage.settle()
    assert heard(lawyer) == ["word 0", "word 1", "word 2"]
    assert heard(her) == ["word 0", "word 1", "word 2"]


async def test_three_hours_of_patience_in_one_chat_hold_no_other_up(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    other = await stage.seeker("ky")
    stage.telegram.faults.add("sendMessage", "429", chat_id=lawyer.account.id, retry_after=3 * 3600)
    await her.says("word 0")
    before = len(stage.telegram.calls)
    for number in (1, 2):
        her.account.says(f"word {number}")
        other.account.start()
        await stage.hotline.polling.once(timeout=0)
        await passes(stage, 1)
        assert calls_to(stage, other.account, before) == number, "held up by somebody else's patience"
        assert heard(her)[-1] == f"word {number}"
    await passes(stage, 80, looks=1)
    await stage.restart()
    await passes(stage, 96, looks=1)
    assert calls_to(stage, lawyer.account, before) == 0, "it was asked for patience"
    await passes(stage, 3)
    assert heard(lawyer) == ["word 0", "word 1", "word 2"]
    assert not lawyer.seen("relay.repeated"), "a refusal leaves nothing in doubt"
