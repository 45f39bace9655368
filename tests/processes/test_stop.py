"""SIGTERM: what is in hand is finished, nothing is repeated, and the process is gone before anybody kills it."""

import asyncio

from bot.i18n import label
from tests.processes.hotline import Hotline, same_on_both
from tests.processes.load import reckon, write

GONE_WITHIN = 5.0
"""Seconds; process managers kill after 10 at the earliest."""


async def test_sigterm_under_load_loses_and_repeats_nothing(hotline: Hotline) -> None:
    await hotline.populate(lawyers=3, seekers=12)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write(hotline, stop, per_second=40))
        for _ in range(2):
            await asyncio.sleep(0.7)
            assert await hotline.running.stops() < GONE_WITHIN
            assert hotline.running.code == 0, hotline.running.said[-2000:]
            assert "sending" not in await hotline.outbox()
            await hotline.start()
            assert label("en", "cli.ready", name="", number=0).partition("@")[2] in hotline.running.said
        stop.set()
    await hotline.rests()
    found = await reckon(hotline)
    print(f"2 stops, {found.messages} messages")
    assert not found.wrong
    assert not found.repeated
    assert not found.marked


@same_on_both
async def test_sigterm_while_telegram_is_silent(hotline: Hotline) -> None:
    await hotline.populate(lawyers=2, seekers=4)
    silent = hotline.lawyers[0]
    await hotline.sandbox.fault("sendMessage", "hang", chat_id=silent.account, seconds=30)
    await hotline.sandbox.fault("answerCallbackQuery", "hang", seconds=30)
    tap = {"account": silent.account, "do": "taps", "by": "data", "label_or_data": "go:home"}
    on = next(iter(silent.appeals.values()))
    await hotline.sandbox.act(*(hotline.writes(her) for her in hotline.seekers), tap | {"on": on})
    await asyncio.sleep(0.5)
    assert await hotline.running.stops() < GONE_WITHIN
    assert hotline.running.code == 0, hotline.running.said[-2000:]
    await hotline.start()
    await hotline.rests()
    found = await reckon(hotline)
    assert not found.wrong
    assert not found.repeated
    assert found.marked <= 1


@same_on_both
async def test_sigterm_with_nothing_to_do_is_at_once(hotline: Hotline) -> None:
    process = await hotline.start()
    assert await process.stops() < 2.5
    assert process.code == 0
