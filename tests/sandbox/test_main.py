"""`python -m sandbox`: the visitor finds the team at work and the help-seeker untouched, and a quiet console."""

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner

import sandbox.__main__ as program
from bot.i18n import label

PATIENCE = 60.0
"""Seconds for a start on a busy machine; it takes about six."""


@contextlib.asynccontextmanager
async def running(folder: Path, *options: str) -> AsyncIterator[str]:
    """The program as a visitor starts it; at the end it must have kept quiet and left nothing behind."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--port", "0", "--no-open", *options,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE):
            yield (await process.stdout.readline()).decode().partition(": ")[2].strip()
    finally:
        if process.returncode is None:
            process.terminate()
        said = (await process.stderr.read()).decode()
        await process.wait()
    assert said == ""
    assert process.returncode == 0
    assert left_in(folder) == []


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def phones(url: str) -> dict[str, Any]:
    """The chat on each of the four phones."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/sandbox/state") as answer:
        state = await answer.json()
    places = {each["id"]: each for each in (*state["accounts"], *state["groups"])}
    return {phone: places[ids[0]] for phone, ids in state["phones"].items()}


def texts(phone: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in phone["chat"]["messages"])


def labels(phone: dict[str, Any]) -> list[str]:
    """The buttons under the newest message."""
    return [button["text"] for row in phone["chat"]["messages"][-1]["buttons"] for button in row]


async def test_the_team_is_ready_and_the_help_seeker_untouched(tmp_path: Path) -> None:
    async with running(tmp_path, "--language", "ky") as url:
        shown = await phones(url)
    assert shown["seeker"]["chat"]["messages"] == []
    assert label("ky", "group.chosen") in texts(shown["group"])
    assert label("ky", "desk.empty") in texts(shown["lawyer"])
    assert label("ky", "button.week") in labels(shown["coordinator"])
    assert label("ky", "coordinator.no_group") not in shown["coordinator"]["chat"]["messages"][-1]["text"]


async def test_it_can_begin_before_the_set_up(tmp_path: Path) -> None:
    async with running(tmp_path, "--empty") as url:
        shown = await phones(url)
    assert [texts(phone).strip() for phone in shown.values()] == [""] * 4


def test_a_taken_port_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        outcome = CliRunner().invoke(program.main, ["--port", str(taken.getsockname()[1]), "--no-open"])
    assert outcome.exit_code == 1
    assert len(outcome.output.splitlines()) == 1
    assert "--port 0" in outcome.output


@pytest.mark.parametrize(
    ("system", "language"), [("ky_KG", "ky"), ("kk", "kk"), ("Russian_Kazakhstan", "ru"), ("de_DE", "en"), (None, "en")]
)
def test_the_team_reads_the_systems_language(
    monkeypatch: pytest.MonkeyPatch, system: str | None, language: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (system, "UTF-8"))
    assert program._of_the_system() == language
