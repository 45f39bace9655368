"""Processes and the server as a test holds them: start, wait, kill, look."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp.test_utils import unused_port

ROOT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]


class TooLong(AssertionError):
    """What was waited for did not come."""


async def until(what: str, condition: Callable[[], Any], seconds: float = 15.0, every: float = 0.02) -> Any:
    """Wait until the condition gives something true, and return it. A coroutine is awaited."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        found = condition()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        if loop.time() > end:
            raise TooLong(what)
        await asyncio.sleep(every)


class Process:
    """One process, started by the starter; its standard output and error go to a file."""

    def __init__(self, starter: "Starter", pid: int, output: Path) -> None:
        self._starter = starter
        self.pid = pid
        self.output = output
        self._code: int | None = None

    @property
    def said(self) -> str:
        """All that it has written."""
        return self.output.read_text(errors="replace") if self.output.exists() else ""

    @property
    def code(self) -> int | None:
        """Its exit code; None while it runs."""
        if self._code is None:
            self._code = self._starter.code(self.pid)
        return self._code

    @property
    def runs(self) -> bool:
        """True until it has ended."""
        return self.code is None

    @property
    def cpu_seconds(self) -> float:
        """CPU it has used, its own and the system's for it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def says(self, words: str, seconds: float = 20.0) -> None:
        """Wait until these words stand in its output."""

        def there() -> bool:
            if words in self.said:
                return True
            if not self.runs:
                raise TooLong(f"it ended with {self.code} before it said {words!r}:\n{self.said[-3000:]}")
            return False

        await until(f"{words!r} in the output", there, seconds)

    async def ends(self, seconds: float = 10.0) -> int:
        """Wait until it has ended; its exit code."""
        await until(f"the end of process {self.pid}", lambda: not self.runs, seconds, every=0.005)
        assert self.code is not None
        return self.code

    def signal(self, number: int) -> None:
        """Send it a signal while it runs."""
        if self.runs:
            os.kill(self.pid, number)

    async def dies(self) -> None:
        """kill -9."""
        self.signal(signal.SIGKILL)
        await self.ends()

    async def stops(self) -> float:
        """SIGTERM; the seconds until it has ended by itself."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        self.signal(signal.SIGTERM)
        await self.ends(20)
        return loop.time() - start


class Health:
    """Whoever watches over a hotline, on a port of his own."""

    def __init__(self) -> None:
        self.listen = f"127.0.0.1:{unused_port()}"

    async def told(self, path: str = "/healthz") -> list[str]:
        """What it answers, a line each; nothing while nobody listens."""
        try:
            async with aiohttp.ClientSession() as http, http.get(f"http://{self.listen}{path}") as answer:
                lines = (await answer.text()).splitlines()
                assert path != "/healthz" or answer.status == (200 if lines == ["ok"] else 503)
                return lines
        except aiohttp.ClientError:
            return []

    async def says(self, name: str) -> bool:
        """True when this is one of the lines."""
        return name in await self.told()


class Starter:
    """The process that starts the others."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.processes.starter"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ready = False

    def start(self, module: str, *args: str, folder: Path, output: Path, **env: str) -> Process:
        """`python -m module args` with this environment and no other."""
        base = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
        if os.environ.get("ZHANYNDA_REAL_START"):
            base["ZHANYNDA_REAL_START"] = "1"
        asked = {"module": module, "args": args, "env": base | env, "folder": str(folder), "output": str(output)}
        return Process(self, self._ask(asked)["pid"], output)

    def code(self, pid: int) -> int | None:
        """The exit code of a process; None while it runs."""
        code: int | None = self._ask({"pid": pid})["code"]
        return code

    def close(self) -> None:
        """End it, and with it all it started."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def _ask(self, asked: Json) -> Json:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if not self._ready:
            self._process.stdout.readline()
            self._ready = True
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer: Json = json.loads(self._process.stdout.readline())
        return answer


class Sandbox:
    """Our Telegram as a process, played through its control API."""

    def __init__(self, process: Process, url: str, http: aiohttp.ClientSession) -> None:
        self.process = process
        self.url = url
        self._http = http

    @classmethod
    async def start(cls, starter: Starter, folder: Path, *options: str) -> Self:
        """A server on a free port."""
        process = starter.start("sandbox.server", "--port", "0", *options, folder=folder, output=folder / "sandbox.log")
        await process.says("http://")
        url = process.said.split()[0]
        return cls(process, url, aiohttp.ClientSession(url))

    async def close(self) -> None:
        """End it."""
        await self._http.close()
        await self.process.dies()

    async def get(self, path: str) -> Any:
        """Ask the control API."""
        async with self._http.get(f"/sandbox/{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, body: Any) -> Any:
        """Tell the control API."""
        async with self._http.post(f"/sandbox/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def account(self, first_name: str, language: str = "ru") -> int:
        """Somebody new."""
        asked = {"first_name": first_name, "username": f"user_{first_name.lower()}", "language_code": language}
        number: int = (await self.post("accounts", asked))["id"]
        return number

    async def group(self, title: str, *, supergroup: bool = True) -> int:
        """A new group."""
        number: int = (await self.post("groups", {"title": title, "supergroup": supergroup}))["id"]
        return number

    async def group_called(self, title: str) -> int:
        """The number a group has now."""
        found: list[int] = [each["id"] for each in (await self.get("state"))["groups"] if each["title"] == title]
        return found[0]

    async def act(self, *acts: Json) -> list[Json]:
        """People do these things, in this order."""
        done: list[Json] = await self.post("act", list(acts))
        return done

    async def chat(self, number: int, last: int = 1_000_000) -> list[Json]:
        """The messages of a chat, oldest first."""
        messages: list[Json] = (await self.get(f"chat?id={number}&last={last}"))["messages"]
        return messages

    async def fault(self, method: str, kind: str, times: int = 1, **more: Any) -> None:
        """The next calls of a method meet this."""
        await self.post("faults", {"method": method, "kind": kind, "times": times, **more})

    async def pending(self) -> int:
        """How many updates wait for the bot."""
        number: int = (await self.get("counters"))["pending_updates"]
        return number

    async def forget_updates(self) -> None:
        """Drop what waits for the bot, as an administrator does who starts with a new one."""
        async with self._http.post("/bot42:sandbox/deleteWebhook", json={"drop_pending_updates": True}) as answer:
            assert answer.status == 200
