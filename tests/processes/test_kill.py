"""kill -9 in the middle of the work: nothing is lost, nothing is taken in twice, what is shown twice says so."""

import asyncio

from bot.clock import system_chance
from tests.processes import figures
from tests.processes.hotline import LONG, Hotline, crowd, rounds
from tests.processes.load import reckon, under_load

WORKS_FOR = 1000
"""Milliseconds the process works at most before it is killed; the moment is left to chance."""


async def test_kill_9_loses_nothing(hotline: Hotline) -> None:
    kills = rounds(4)
    await hotline.populate(lawyers=4, seekers=crowd(24))
    async with under_load(hotline, per_second=20 if LONG else 50):
        for _ in range(kills):
            await asyncio.sleep(0.2 + system_chance(WORKS_FOR) / 1000)
            await hotline.running.dies()
            await hotline.start()
        await asyncio.sleep(0.5)
    await hotline.rests(30 + 3 * kills)
    found = await reckon(hotline)
    figures.note("kill -9, polling", hotline, kills, found, hotline.slowest_start)
    assert found.messages
    assert not found.wrong
    assert not found.unmarked
