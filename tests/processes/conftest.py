"""A starter for all tests of this folder, and a hotline with its own Telegram and its own database."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.clock import system_clock
from tests.processes import figures
from tests.processes.hotline import Hotline
from tests.processes.machine import Sandbox, Starter


@pytest.fixture(scope="session")
def starter() -> Iterator[Starter]:
    made = Starter()
    yield made
    made.close()


@pytest.fixture
async def sandbox(starter: Starter, tmp_path: Path) -> AsyncIterator[Sandbox]:
    made = await Sandbox.start(starter, tmp_path, "--no-limits", "--latency", "0.005-0.02")
    yield made
    await made.close()


@pytest.fixture
async def hotline(starter: Starter, sandbox: Sandbox, database_url: str, tmp_path: Path) -> AsyncIterator[Hotline]:
    made = Hotline(starter, sandbox, database_url, tmp_path)
    yield made
    await made.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    """The figures of the long form; kept only when everything went well."""
    if "ZHANYNDA_CHAOS_ROUNDS" not in os.environ or not figures.table():
        return
    passed = len(terminalreporter.stats.get("passed", []))
    summary = f"{passed} tests passed, each on the databases it concerns; {system_clock():%d %B %Y}."
    terminalreporter.write_line(f"\n{figures.table()}\n\n{summary}")
    if exitstatus == pytest.ExitCode.OK:
        figures.keep(summary)
