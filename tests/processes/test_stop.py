"""SIGTERM: what is in hand is finished, nothing is repeated, and the process is gone before anybody kills it."""

import asyncio

from bot.i18n import label
from tests.processes import figures
from tests.processes.hotline import LONG, Hotline, crowd, rounds, same_on_both
from tests.processes.load import reckon, under_load

GONE_WITHIN = 5.0
"""Seconds; process managers kill after 10 at the earliest."""


async def test_sigterm_under_load_loses_and_repeats_nothing(hotline: Hotline) -> None:
    stops, slowest = min(rounds(2), 40), 0.0
    await hotline.populate(lawyers=3, seekers=crowd(12))
    async with under_load(hotline, per_second=20 if LONG else 40):
        for _ in range(stops):
            await asyncio.sleep(0.7)
            slowest = max(slowest, await hotline.running.stops())
            assert hotline.running.code == 0, hotline.running.said[-2000:]
            assert "sending" not in await hotline.outbox()
            await hotline.start()
            assert label("en", "cli.ready", name="", number=0).partition("@")[2] in hotline.running.said
    await hotline.rests()
    found = await reckon(hotline)
    figures.note("SIGTERM under load", hotline, stops, found, slowest)
    assert slowest < GONE_WITHIN
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
