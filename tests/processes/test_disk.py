"""A disk that takes nothing more: said in clear words, nothing half done, and it goes on by itself."""

import asyncio
import os
import resource
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.i18n import label
from bot.storage.away import Disk
from tests.processes import figures
from tests.processes.hotline import Hotline, lasts
from tests.processes.load import reckon, write
from tests.processes.machine import Health, Sandbox, Starter, until

SMALL = 16 << 20
"""Bytes; a hotline with nobody in it takes one or two million."""


class SmallDisk:
    """A file system of 16 MB with the database on it, and a file that fills it."""

    says = Disk.FULL

    def __init__(self, place: Path) -> None:
        self.place = place
        self.address = f"sqlite+aiosqlite:///{place / 'hotline.sqlite3'}"

    async def fill(self, hotline: Hotline) -> None:
        with (self.place / "filler").open("wb", buffering=0) as filler:
            try:
                while filler.write(b"." * 65536) == 65536:
                    continue
            except OSError:
                assert os.statvfs(self.place).f_bavail == 0

    async def make_room(self, hotline: Hotline) -> None:
        (self.place / "filler").unlink()


class FailingDisk:
    """No file of the process may grow: what it writes fails, as on a disk with a fault."""

    says = Disk.FAILING

    def __init__(self, place: Path) -> None:
        self.address = f"sqlite+aiosqlite:///{place / 'hotline.sqlite3'}"

    async def fill(self, hotline: Hotline) -> None:
        largest = max(each.stat().st_size for each in hotline.folder.iterdir())
        resource.prlimit(hotline.running.pid, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))

    async def make_room(self, hotline: Hotline) -> None:
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(hotline.running.pid, resource.RLIMIT_FSIZE, unlimited)


class FullServer:
    """A PostgreSQL that answers as one does whose disk is full."""

    says = Disk.FULL
    FILL = (
        "CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        *(
            f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full()"
            for table in ("seen_updates", "outbox", "hotline_state")
        ),
    )

    def __init__(self, address: str) -> None:
        self.address = address

    async def fill(self, hotline: Hotline) -> None:
        await self._execute(hotline, *self.FILL)

    async def make_room(self, hotline: Hotline) -> None:
        await self._execute(hotline, "DROP FUNCTION full CASCADE")

    async def _execute(self, hotline: Hotline, *statements: str) -> None:
        async with hotline.database() as database, database.engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))


AnyDisk = SmallDisk | FailingDisk | FullServer


@pytest.fixture(params=["full", "failing", "server"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyDisk]:
    """Three ways to run out of room."""
    if request.param != "full":
        failing = request.param == "failing"
        yield FailingDisk(tmp_path) if failing else FullServer(request.getfixturevalue("new_postgres"))
        return
    place = tmp_path / "disk"
    place.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "zhanynda", place], capture_output=True)
    if mount.returncode:
        pytest.skip("no file system can be made here; the disk that fails stands for it")
    yield SmallDisk(place)
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
async def here(starter: Starter, sandbox: Sandbox, disk: AnyDisk, tmp_path: Path) -> AsyncIterator[Hotline]:
    """A hotline whose database lies on that disk."""
    made = Hotline(starter, sandbox, disk.address, tmp_path)
    yield made
    await made.close()


async def test_a_disk_that_takes_nothing_loses_nothing(here: Hotline, disk: AnyDisk) -> None:
    await here.populate(lawyers=2, seekers=8)
    await here.running.stops()
    health = Health()
    await here.start(HEALTH_LISTEN=health.listen)
    await until("green", lambda: health.says("ok"))
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write(here, stop, per_second=20))
        await asyncio.sleep(0.5)
        await disk.fill(here)
        await here.running.says(label("en", f"cli.disk.{disk.says}"))
        await until("red, with its name", lambda: health.says("disk"))
        before = await here.sandbox.pending()
        await asyncio.sleep(lasts(1.5))
        assert await here.sandbox.pending() > before, "Telegram was told that it is here"
        assert here.running.runs
        await disk.make_room(here)
        room = asyncio.get_running_loop().time()
        await here.running.says(label("en", "cli.disk.well"))
        await until("green again", lambda: health.says("ok"))
        green_after = asyncio.get_running_loop().time() - room
        stop.set()
    await here.rests()
    found = await reckon(here)
    figures.note(f"the disk is {disk.says}", here, 1, found, green_after)
    assert found.messages
    assert not found.wrong
    assert not found.repeated
    assert here.running.said.count(label("en", f"cli.disk.{disk.says}")) == 1
    assert "Traceback" not in here.running.said


async def test_a_full_disk_is_said_before_the_first_start(starter: Starter, sandbox: Sandbox, tmp_path: Path) -> None:
    """One sentence, and an end: the service manager tries again."""
    hotline = Hotline(starter, sandbox, f"sqlite+aiosqlite:///{tmp_path / 'hotline.sqlite3'}", tmp_path)
    process = hotline.launch("run")
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    assert await process.ends(20) == 2
    assert label("en", "cli.disk.failing") in process.said
