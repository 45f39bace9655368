"""Telegram can't be reached, is silent, slow, or talks nonsense: nothing is lost, and what is in doubt says so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, ClientTimeout, web

from tests.processes import figures
from tests.processes.hotline import LONG, Hotline, crowd, lasts
from tests.processes.load import reckon, write
from tests.processes.machine import Health, until

WAYS = ("half", "refused", "silent", *(("html", "slow") if LONG else ()))
ANSWERED_LATE = 1.5
"""Seconds."""


class Line:
    """The way from a hotline to its Telegram."""

    def __init__(self, there: str, http: ClientSession) -> None:
        self._there = there
        self._http = http
        self._way = "open"
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def is_(self, way: str) -> None:
        """From now on it is like this; calls that hang are cut."""
        before, self._way = self._way, way
        self._changed.set()
        self._changed = asyncio.Event()
        if way == "refused":
            await self.close()
        elif before == "refused" or self._runner is None:
            await self._listen()

    async def close(self) -> None:
        """Nobody listens any more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _listen(self) -> None:
        app = web.Application(client_max_size=1 << 26)
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = int(self._runner.addresses[0][1])

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        if self._way == "silent":
            await self._changed.wait()
            assert request.transport is not None
            request.transport.abort()
        if self._way == "html":
            return web.Response(status=502, text="<html><body>Bad Gateway</body></html>", content_type="text/html")
        body, headers = await request.read(), {"Content-Type": request.headers.get("Content-Type", "")}
        async with self._http.request(
            request.method, f"{self._there}{request.path_qs}", data=body, headers=headers
        ) as gave:
            text = await gave.text()
        if self._way == "slow":
            await asyncio.sleep(ANSWERED_LATE)
        if self._way == "half" and not request.path.endswith("/getUpdates"):
            text = text[: len(text) // 2]
        return web.Response(status=gave.status, text=text, content_type="application/json")


@asynccontextmanager
async def line(hotline: Hotline) -> AsyncIterator[Line]:
    """An open line."""
    async with ClientSession(timeout=ClientTimeout(total=None)) as http:
        made = Line(hotline.sandbox.url, http)
        await made.is_("open")
        try:
            yield made
        finally:
            await made.close()


async def test_whatever_becomes_of_the_line_nothing_is_lost(hotline: Hotline) -> None:
    await hotline.populate(lawyers=2, seekers=crowd(12))
    await hotline.running.stops()
    health, stop = Health(), asyncio.Event()

    async def caught_up() -> bool:
        return await hotline.sandbox.pending() < 3

    async with line(hotline) as to_telegram:
        api = f"http://127.0.0.1:{to_telegram.port}"
        await hotline.start(HEALTH_LISTEN=health.listen, TELEGRAM_API_URL=api)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(write(hotline, stop, per_second=2 if LONG else 15))
            for way in WAYS:
                await until("all taken in", caught_up, seconds=lasts(60, 180))
                await asyncio.sleep(0.3)
                await to_telegram.is_(way)
                await asyncio.sleep(lasts(0.8, 120.0))
                if LONG and way not in ("slow", "half"):
                    assert await health.says("receiving"), way
                await to_telegram.is_("open")
            stop.set()
        back = asyncio.get_running_loop().time()
        await until("green", lambda: health.says("ok"), seconds=60)
        green_after = asyncio.get_running_loop().time() - back
        await hotline.rests(30 if not LONG else 180)
        found = await reckon(hotline)
        figures.note("the line to Telegram is broken", hotline, len(WAYS), found, green_after)
        assert found.messages
        assert not found.wrong
        assert found.marked, "half an answer leaves it in doubt"
        assert not found.unmarked, "shown twice to a lawyer, and not a word of it"
        assert "Traceback" not in hotline.running.said
        await hotline.close()
