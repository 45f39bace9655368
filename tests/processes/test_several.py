"""Several processes on one PostgreSQL: all receive, one delivers; when it dies another does, and nothing is lost."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import system_chance
from tests.processes import figures
from tests.processes.hotline import LONG, Hotline, crowd, rounds
from tests.processes.load import reckon, under_load
from tests.processes.several import Processes, Proxy, Wire

TAKEN_OVER_WITHIN = 5.0
"""Seconds; on a machine that has a moment for each of its processes."""

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
async def processes(hotline: Hotline) -> AsyncIterator[Processes]:
    made = Processes(hotline, Proxy())
    async with made.watched():
        yield made


async def test_the_leader_dies_under_load_and_nothing_is_lost(hotline: Hotline, processes: Processes) -> None:
    kills = rounds(2)
    await hotline.populate(lawyers=3, seekers=crowd(18))
    await hotline.running.stops()
    running = [await processes.begin(), await processes.begin()]
    async with under_load(hotline, per_second=15 if LONG else 30):
        for _ in range(kills):
            await asyncio.sleep(0.3 + system_chance(1000) / 1000)
            last = await processes.leader()
            await running[0].dies()
            await processes.another_leads(last)
            processes.gone(running.pop(0))
            running.append(await processes.begin())
    await hotline.rests(30 + 3 * kills)
    for process in running:
        assert await process.stops() < TAKEN_OVER_WITHIN
    found = await reckon(hotline)
    figures.note("kill -9 of the leader, two processes", hotline, kills, found, processes.slowest)
    assert processes.slowest < TAKEN_OVER_WITHIN
    assert found.messages
    assert not found.wrong
    assert not found.unmarked


@pytest.mark.parametrize("how", ["the process stands still", "the wire is silent"])
async def test_a_leader_that_falls_silent_is_replaced(
    hotline: Hotline, processes: Processes, tmp_path: Path, how: str
) -> None:
    """Its sockets stay open, nobody is told; later it is there again, and does nothing twice."""
    times = min(rounds(1), 20)
    await hotline.populate(lawyers=3, seekers=crowd(18))
    await hotline.running.stops()
    wires = [Wire(hotline.settings.database, tmp_path / name) for name in ("one", "two")]
    async with wires[0].laid(), wires[1].laid():
        running = [(await processes.begin(DATABASE_URL=wire.address), wire) for wire in wires]
        async with under_load(hotline, per_second=15):
            for _ in range(times):
                await asyncio.sleep(0.3 + system_chance(1000) / 1000)
                last, (process, wire) = await processes.leader(), running[0]
                process.signal(signal.SIGSTOP) if "stands" in how else wire.falls_silent()
                await processes.another_leads(last)
                process.signal(signal.SIGCONT) if "stands" in how else wire.cut()
                running.reverse()
        await hotline.rests(60 + 5 * times)
        for process, _ in running:
            assert await process.stops() < TAKEN_OVER_WITHIN
            assert process.code == 0, process.said[-2000:]
    found = await reckon(hotline)
    figures.note(f"{how}, two processes", hotline, times, found, processes.slowest)
    assert processes.slowest < TAKEN_OVER_WITHIN
    assert found.messages
    assert not found.wrong
    assert not found.unmarked
