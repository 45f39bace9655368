"""Is the hotline well? `/healthz` for whoever watches over it, `/metrics` for Prometheus, on a port of this machine."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from bot import disk, metrics
from bot.logs import logger
from bot.storage.engine import Database
from bot.storage.lanes import Lane

log = logger(__name__)

ANSWERS_WITHIN = 3.0
"""Seconds in which the database must answer."""


@dataclass(frozen=True)
class Heart:
    """A loop that must give a sign of life: its name, when it last did, and how long it may be silent."""

    name: str
    last_beat: datetime
    may_be_silent: timedelta


def late(hearts: list[Heart], now: datetime) -> list[str]:
    """The names of those that have been silent for too long."""
    return [heart.name for heart in hearts if now - heart.last_beat > heart.may_be_silent]


async def look(database: Database) -> None:
    """What waits, into the metrics. Raises what a database that is away raises."""
    async with database.unit_of_work() as uow:
        waits = await uow.accounting.waits()
    for lane in Lane:
        number, oldest = waits.lanes.get(lane, (0, uow.now))
        metrics.WAITING.labels(lane.name.lower()).set(number)
        metrics.OLDEST_WAITING_SECONDS.labels(lane.name.lower()).set((uow.now - oldest).total_seconds())
    metrics.HELD.set(waits.held)
    metrics.DEAD.set(waits.dead)
    metrics.SET_ASIDE.set(waits.set_aside)
    metrics.UNCLAIMED.set(waits.unclaimed)
    metrics.LEADS.set(database.leadership.ours)
    if (room := disk.room(database)) is not None:
        metrics.DISK_FREE_BYTES.set(room)


class Health:
    """A small server. `wrong` names what is late; what waits is read from the database at each look."""

    def __init__(self, listen: str, database: Database, wrong: Callable[[], list[str]]) -> None:
        host, _, port = listen.rpartition(":")
        self._host, self._port = host, int(port)
        self._database = database
        self._wrong = wrong
        self._tasks: asyncio.TaskGroup | None = None
        self._look: asyncio.Task[bool] | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        try:
            async with asyncio.TaskGroup() as self._tasks:
                await web.TCPSite(runner, self._host, self._port).start()
                await stop.wait()
                if self._look is not None:
                    self._look.cancel()
        finally:
            await runner.cleanup()

    async def _healthz(self, request: web.Request) -> web.Response:
        """200 and `ok`, or 503 and what is late, a name a line."""
        wrong = self._wrong() + ([] if await self._looked() else ["database"])
        wrong += ["disk"] if disk.wrong(self._database) else []
        return web.Response(status=503 if wrong else 200, text="\n".join(wrong or ["ok"]) + "\n")

    async def _metrics(self, request: web.Request) -> web.Response:
        if not await self._looked():
            return web.Response(status=503)
        return web.Response(body=metrics.exposition(), headers={"Content-Type": "text/plain; version=0.0.4"})

    async def _looked(self) -> bool:
        """Whether the database answers in time. A look that hangs is not waited for, and none begins beside it."""
        if self._tasks is None:
            return False
        looking = self._look = self._look or self._tasks.create_task(self._tried())
        done, _ = await asyncio.wait([looking], timeout=ANSWERS_WITHIN)
        if not done:
            log.warning("health: the database does not answer in time")
            return False
        self._look = None if self._look is looking else self._look
        return looking.result()

    async def _tried(self) -> bool:
        try:
            await look(self._database)
        except Exception as error:  # noqa: BLE001  (whatever it is, the answer is: not well)
            log.warning("health: the database does not answer", why=type(error).__name__)
            return False
        return True
