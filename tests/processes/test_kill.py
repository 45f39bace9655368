"""kill -9 in the middle of the work: nothing is lost, nothing is taken in twice, what is shown twice says so."""

import asyncio

from bot.clock import system_chance
from tests.processes.hotline import Hotline, rounds
from tests.processes.load import reckon, write

WORKS_FOR = 1000
"""Milliseconds the process works at most before it is killed; the moment is left to chance."""


async def test_kill_9_loses_nothing(hotline: Hotline) -> None:
    await hotline.populate(lawyers=4, seekers=24)
    kills = rounds(4)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write(hotline, stop, per_second=50 if kills < 10 else 20))
        for _ in range(kills):
            await asyncio.sleep(0.2 + system_chance(WORKS_FOR) / 1000)
            await hotline.running.dies()
            await hotline.start()
        await asyncio.sleep(0.5)
        stop.set()
    await hotline.rests(30 + 3 * kills)
    found = await reckon(hotline)
    print(f"{kills} kills, {found.messages} messages, {found.repeated.total()} shown twice, {found.marked} marked")
    assert not found.wrong
    assert not found.unmarked
    assert not found.repeated or max(found.repeated.values()) <= kills
