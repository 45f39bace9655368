"""Telegram errs, cuts, asks for patience, or somebody else polls: nothing is lost, and those who must know are told."""

import asyncio
import logging

import aiohttp
import pytest

from bot.i18n import label
from tests.log import said
from tests.processes.hotline import EITHER, Hotline, same_on_both
from tests.processes.load import reckon
from tests.processes.machine import until
from tests.stage import Stage

FAULTS: tuple[tuple[str, dict[str, int]], ...] = (
    ("429", {"retry_after": 1}),
    ("500", {}),
    ("502_html", {}),
    ("cut_before", {}),
    ("cut_after", {}),
)


async def _everybody_writes(hotline: Hotline) -> None:
    await hotline.sandbox.act(*(hotline.writes(her) for her in hotline.seekers))


async def _everything_arrives(hotline: Hotline) -> None:
    """Every word, to every lawyer."""

    async def arrived() -> bool:
        for lawyer in hotline.lawyers:
            chat = "\n".join(m["text"] or "" for m in await hotline.sandbox.chat(lawyer.account))
            if any(f"{her.said[-1]}\n" not in f"{chat}\n" for her in lawyer.seekers):
                return False
        return True

    await until("everything", arrived, seconds=20, every=0.05)


async def test_faults_lose_nothing(hotline: Hotline) -> None:
    await hotline.populate(lawyers=2, seekers=6)
    for kind, more in FAULTS:
        await hotline.sandbox.fault("getUpdates", kind, **more)
        await hotline.sandbox.fault("sendMessage", kind, times=2, **more)
        await hotline.sandbox.fault("setMessageReaction", kind, times=2, **more)
        await _everybody_writes(hotline)
        await _everybody_writes(hotline)
        await _everything_arrives(hotline)
    await hotline.rests()
    found = await reckon(hotline)
    assert not found.wrong
    assert not found.unmarked
    assert found.repeated.total() <= 2
    assert "Traceback" not in hotline.running.said


@same_on_both
async def test_a_second_poller_is_told_of_and_takes_nothing_away(hotline: Hotline) -> None:
    await hotline.populate(lawyers=1, seekers=3)
    path = f"{hotline.sandbox.url}/bot42:sandbox/getUpdates"
    async with aiohttp.ClientSession() as other:
        for _ in range(2):
            async with other.post(path, json={"timeout": 1}) as answer:
                await answer.read()
            await _everybody_writes(hotline)
    await _everything_arrives(hotline)
    await hotline.rests()
    found = await reckon(hotline)
    assert not found.wrong
    assert not found.repeated
    told = [m["text"] for m in await hotline.sandbox.chat(hotline.coordinator)]
    assert told.count(label("ru", "alarm.conflict")) == 1
    assert label("en", "cli.conflict") in hotline.running.said


@same_on_both
async def test_a_slow_chat_holds_no_other_back(hotline: Hotline) -> None:
    await hotline.populate(lawyers=2, seekers=4)
    slow, other = hotline.lawyers
    await hotline.sandbox.fault("sendMessage", "hang", chat_id=slow.account, seconds=2)
    loop = asyncio.get_running_loop()
    await hotline.sandbox.act(*(hotline.writes(her) for her in slow.seekers))
    start = loop.time()
    await hotline.sandbox.act(*(hotline.writes(her) for her in other.seekers))

    async def there() -> bool:
        chat = "\n".join(m["text"] or "" for m in await hotline.sandbox.chat(other.account))
        return all(her.said[-1] in chat for her in other.seekers)

    await until("the words in the other chat", there)
    assert loop.time() - start < 1.5
    await _everything_arrives(hotline)
    await hotline.rests()
    assert not (await reckon(hotline)).wrong


@pytest.mark.parametrize("migrated_url", EITHER, indirect=True)
async def test_a_burst_stays_within_telegrams_limits(stage: Stage) -> None:
    """Twenty messages at once to one lawyer, and a receipt each: paced by us, never refused by Telegram."""
    her, lawyer, _ = await stage.claimed()
    stage.clock.advance(minutes=2)
    for number in range(20):
        her.account.says(f"word {number}")
    await stage.settle()
    assert [text.splitlines()[-1] for text in lawyer.sees if "word" in text] == [f"word {n}" for n in range(20)]
    refused = {method: times for (method, code), times in stage.telegram.outcomes.items() if code == 429}
    assert refused == {}


@pytest.mark.parametrize("migrated_url", EITHER, indirect=True)
async def test_a_token_that_is_refused_while_running_is_not_hammered(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    her, lawyer, _ = await stage.claimed()
    own, stage.telegram.token = stage.telegram.token, "42:another"
    stop = asyncio.Event()
    with caplog.at_level(logging.INFO):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(stage.hotline.polling.run(stop))
            await asyncio.sleep(0.3)
            stop.set()
    assert said(caplog).count(label("ru", "cli.token.refused")) == 1
    assert own not in caplog.text
    stage.telegram.token = own
    await her.says("kept meanwhile")
    assert "kept meanwhile" in lawyer.last
