"""How long a message is on its way at 50 a second: from her tap on *send* to the lawyer's screen.

    python -m benchmarks.latency [--seconds 20] [--rate 50] [--people 100]

The server's calls take 30–80 ms and take effect half-way, so 15–40 ms of each time are the server's own. It calls the
hotline by webhook, so that no long poll's way to and fro is measured too. Prints milliseconds.
"""

import argparse
import asyncio
import os
import socket
import statistics
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.relay import TOKEN, Server, at_rest, pin, seed, server, settings_for
from bot.clock import system_clock

LATENCY = [0.03, 0.08]
SETTLES = 3.0


async def measure(folder: Path, people: int, rate: int, seconds: int) -> list[float]:
    """Milliseconds each message took to be shown, in the order in which they were written."""
    async with server() as at:
        settings = settings_for(folder, "")
        accounts = [(await at.post("accounts", {"first_name": f"P{n}"}))["id"] for n in range(2 * people)]
        await at.post("act", [{"account": account, "do": "start"} for account in accounts])
        await seed(settings, accounts[:people], accounts[people:])
        port = _free_port()
        env = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": at.url,
            "DATA_DIR": str(folder),
            "SECRET_KEYS": settings.secret_keys[0].get_secret_value(),
            "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
            "WEBHOOK_SECRET": "0123456789abcdef0123456789abcdef",
            "LISTEN": f"127.0.0.1:{port}",
            "CHAT_PER_SECOND": "30",
            "OVERALL_PER_SECOND": "1000",
        }
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=os.environ | env)
        pin(process.pid, 0)
        try:
            await at_rest(at)
            await at.post("faults", {"latency": LATENCY})
            written = await _write(at, accounts[:people], rate, rate * seconds)
            await asyncio.sleep(SETTLES)
            return await _took(at, written)
        finally:
            process.terminate()
            await process.wait()


async def _write(at: Server, senders: list[int], rate: int, messages: int) -> dict[str, datetime]:
    """Evenly, whoever is slow; when each was written."""
    written: dict[str, datetime] = {}
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.TaskGroup() as tasks:
        for number in range(messages):
            await asyncio.sleep(began + number / rate - loop.time())
            words = f"message {number}."
            written[words] = system_clock()
            act = {"account": senders[number % len(senders)], "do": "says", "text": words}
            tasks.create_task(at.post("act", act))
    return written


async def _took(at: Server, written: dict[str, datetime]) -> list[float]:
    shown: dict[str, datetime] = {}
    async with aiohttp.ClientSession() as session, session.get(f"{at.url}/sandbox/calls") as answer:
        calls: Any = (await answer.json())["calls"]
    for call in calls:
        words = str(call["params"].get("text", "")).rpartition("\n")[2]
        if call["ok"] and call["method"] == "sendMessage" and words in written:
            shown.setdefault(words, datetime.fromisoformat(call["at"]))
    lost = len(written) - len(shown)
    if lost:
        raise SystemExit(f"{lost} messages have not been shown yet")
    return [1000 * (shown[words] - at_).total_seconds() for words, at_ in written.items()]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.latency")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latency-") as folder:
        took = asyncio.run(measure(Path(folder), asked.people, asked.rate, asked.seconds))
    parts = statistics.quantiles(took, n=100)
    sys.stdout.write(f"{len(took)} messages: p50 {parts[49]:.0f} ms, p90 {parts[89]:.0f} ms, p99 {parts[98]:.0f} ms\n")


if __name__ == "__main__":
    main()
