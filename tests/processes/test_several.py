"""Several processes on one PostgreSQL: all receive, one delivers; when it dies another does, and nothing is lost."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout, web
from aiohttp.test_utils import unused_port
from sqlalchemy import text

from tests.processes.hotline import READY, Hotline, rounds
from tests.processes.load import reckon, write
from tests.processes.machine import Process, until
from tests.processes.test_webhook import SECRET

TAKEN_OVER_WITHIN = 5.0
"""Seconds."""


@asynccontextmanager
async def proxy(ports: Sequence[int]) -> AsyncIterator[str]:
    """What stands in front of several processes: each call to the next of them; a dead one is passed over."""
    turn = itertools.cycle(ports)

    async def pass_on(request: web.Request) -> web.Response:
        body = await request.read()
        for _ in ports:
            url = f"http://127.0.0.1:{next(turn)}{request.path}"
            try:
                async with session.post(url, data=body, headers=request.headers) as answer:
                    return web.Response(status=answer.status)
            except ClientError:
                continue
        return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", pass_on)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    port = unused_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with ClientSession(timeout=ClientTimeout(total=30)) as session:
        yield f"http://127.0.0.1:{port}/telegram"
        await runner.cleanup()


@pytest.fixture(params=["postgresql"], autouse=True)
def only_postgresql(request: pytest.FixtureRequest, database_url: str) -> None:
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite has one process")


async def leaders(hotline: Hotline) -> int:
    """How many sessions hold the lead."""
    async with hotline.database() as database, database.engine.connect() as connection:
        held = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7210442 AND granted")
        return int((await connection.execute(held)).scalar_one())


async def test_the_leader_dies_under_load_and_nothing_is_lost(hotline: Hotline) -> None:
    await hotline.populate(lawyers=3, seekers=18)
    await hotline.running.stops()
    ports, kills = [unused_port(), unused_port()], rounds(2)
    running: list[Process] = []
    async with proxy(ports) as url:

        async def begin(port: int) -> Process:
            at = {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET, "LISTEN": f"127.0.0.1:{port}"}
            process = hotline.launch("run", **at)
            await process.says(READY)
            return process

        for port in ports:
            running.append(await begin(port))
        assert await leaders(hotline) == 1
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(write(hotline, stop, per_second=30 if kills < 10 else 15))
            for _ in range(kills):
                await asyncio.sleep(1)
                await running[0].dies()
                await until("somebody who leads", lambda: leaders(hotline), seconds=TAKEN_OVER_WITHIN)
                ports.reverse()
                running = [running[1], await begin(ports[1])]
            stop.set()
        await hotline.rests(30 + 3 * kills)
        for process in running:
            assert await process.stops() < TAKEN_OVER_WITHIN
    found = await reckon(hotline)
    print(f"{kills} leaders killed, {found.messages} messages, {found.marked} marked")
    assert found.messages
    assert not found.wrong
    assert not found.unmarked
    assert not found.repeated or max(found.repeated.values()) <= kills
