"""Several processes on one database: the proxy before them, the wire to it, and who of them leads."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from aiohttp.test_utils import unused_port
from sqlalchemy import text

from tests.processes.hotline import READY, Hotline
from tests.processes.machine import Process, until
from tests.processes.test_webhook import SECRET

LEADER = text(
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 7210442 AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Proxy:
    """Each call goes to the next of the processes; one that is dead or does not answer is passed over."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.port = unused_port()
        self._turn = 0

    @property
    def url(self) -> str:
        """Where Telegram calls."""
        return f"http://127.0.0.1:{self.port}/telegram"

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """As long as this lasts."""
        app = web.Application()
        app.router.add_post("/{path:.*}", self._pass_on)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        async with ClientSession(timeout=ClientTimeout(total=3)) as self._session:
            yield
            await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in self.ports:
            self._turn += 1
            url = f"http://127.0.0.1:{self.ports[self._turn % len(self.ports)]}{request.path}"
            try:
                async with self._session.post(url, data=body, headers=request.headers) as answer:
                    if answer.status != 503:
                        return web.Response(status=answer.status)
            except (ClientError, TimeoutError):
                continue
        return web.Response(status=502)


class Wire:
    """The way of one process to PostgreSQL; it can fall silent, with nobody told."""

    def __init__(self, address: str, folder: Path) -> None:
        self._real = Path(parse_qs(urlsplit(address).query)["host"][0])
        self._folder = folder
        folder.mkdir()
        self.address = address.replace(str(self._real), str(folder))
        self._open = asyncio.Event()
        self._open.set()
        self._ends: list[asyncio.StreamWriter] = []

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[None]:
        """As long as this lasts."""
        name = next(self._real.glob(".s.PGSQL.*[0-9]")).name
        self._target = str(self._real / name)
        server = await asyncio.start_unix_server(self._connected, str(self._folder / name))
        yield
        self.cut()
        server.close()

    def falls_silent(self) -> None:
        """From now on nothing arrives, in either direction."""
        self._open.clear()

    def cut(self) -> None:
        """Both ends learn of it, and new connections work."""
        for end in self._ends:
            end.close()
        self._ends.clear()
        self._open.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        far_reader, far_writer = await asyncio.open_unix_connection(self._target)
        self._ends += [writer, far_writer]
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(reader, far_writer))
                both.create_task(self._carry(far_reader, writer))
        except* (OSError, asyncio.IncompleteReadError):
            pass  # an end was closed, which is what a wire is for

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            await self._open.wait()
            target.write(data)
            await target.drain()
        target.close()


class Processes:
    """Several processes behind a proxy; one of them leads."""

    def __init__(self, hotline: Hotline, proxy: Proxy) -> None:
        self._hotline = hotline
        self._proxy = proxy
        self._started: list[Process] = []
        self._port: dict[int, int] = {}
        self.slowest = 0.0
        """Seconds the longest change of the lead took."""

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """As long as this lasts; none of them outlives it."""
        async with self._hotline.database() as database:
            engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
            async with engine.connect() as self._watch, self._proxy.serve():
                try:
                    yield
                finally:
                    for process in self._started:
                        process.signal(signal.SIGCONT)
                        await process.dies()

    async def begin(self, **more: str) -> Process:
        """One more, until it is ready."""
        port = unused_port()
        at = {"WEBHOOK_URL": self._proxy.url, "WEBHOOK_SECRET": SECRET, "LISTEN": f"127.0.0.1:{port}"}
        process = self._hotline.launch("run", **at | more)
        self._started.append(process)
        await process.says(READY)
        self._proxy.ports.append(port)
        self._port[process.pid] = port
        return process

    def gone(self, process: Process) -> None:
        """The proxy knows it no more."""
        self._proxy.ports.remove(self._port[process.pid])

    async def leader(self) -> int | None:
        """The session that leads, as the server counts them; None when none does."""
        pids = (await self._watch.execute(LEADER)).scalars().all()
        assert len(pids) <= 1
        return pids[0] if pids else None

    async def another_leads(self, last: int | None) -> None:
        """Wait until the lead has gone to another session; how long that took at most is in `slowest`."""
        loop = asyncio.get_running_loop()
        started = loop.time()

        async def changed() -> bool:
            return await self.leader() not in (None, last)

        await until("somebody else who leads", changed, seconds=30)
        self.slowest = max(self.slowest, loop.time() - started)
