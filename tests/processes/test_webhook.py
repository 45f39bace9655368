"""The webhook: 200 only after the commit, nothing lost by a kill or by changing over, strangers turned away."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiohttp import ClientSession
from aiohttp.test_utils import unused_port

from bot.settings import WebhookAt
from bot.telegram.webhook import BODY_MOST, SECRET_HEADER, Webhook
from tests.processes import figures
from tests.processes.hotline import LONG, Hotline, crowd, rounds, same_on_both
from tests.processes.load import reckon, under_load
from tests.processes.machine import until

SECRET = "0123456789abcdef"


def door() -> dict[str, str]:
    """The settings of a hotline that Telegram calls."""
    port = unused_port()
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_SECRET": SECRET,
        "LISTEN": f"127.0.0.1:{port}",
    }


async def test_kill_9_behind_a_webhook_loses_nothing(hotline: Hotline) -> None:
    at, kills = door(), rounds(3)
    await hotline.populate(lawyers=3, seekers=crowd(18))
    await hotline.running.stops()
    await hotline.start(**at)
    async with under_load(hotline, per_second=20 if LONG else 40):
        for number in range(kills):
            await asyncio.sleep(0.4 + number % 5 / 5)
            await hotline.running.dies()
            await hotline.start(**at)
        await asyncio.sleep(0.5)
    await hotline.rests(30 + 3 * kills)
    found = await reckon(hotline)
    figures.note("kill -9, webhook", hotline, kills, found, hotline.slowest_start)
    assert found.messages
    assert not found.wrong
    assert not found.unmarked


@same_on_both
async def test_changing_over_and_back_loses_and_repeats_nothing(hotline: Hotline) -> None:
    await hotline.populate(lawyers=2, seekers=8)
    async with under_load(hotline, per_second=30):
        for env in (door(), {}, door(), {}):
            await asyncio.sleep(0.6)
            assert await hotline.running.stops() < 5
            assert hotline.running.code == 0, hotline.running.said[-2000:]
            await hotline.start(**env)
        await asyncio.sleep(0.3)
    await hotline.rests()
    found = await reckon(hotline)
    assert found.messages
    assert not found.wrong
    assert not found.repeated


class Desk:
    """Takes updates in, or fails, or waits, as told."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.error: Exception | None = None
        self.at_most = 100
        self.open = asyncio.Event()
        self.open.set()

    async def take(self, raws: list[dict[str, Any]]) -> int:
        await self.open.wait()
        if self.error is not None:
            raise self.error
        self.batches.append([raw["update_id"] for raw in raws[: self.at_most]])
        return min(len(raws), self.at_most)


class Silent(Bot):
    """A bot that is told where to call and calls nobody."""

    async def __call__(self, method: Any, request_timeout: int | None = None) -> Any:
        return True


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def url(desk: Desk) -> AsyncIterator[str]:
    port = unused_port()
    at = WebhookAt("https://example.org/telegram", SECRET, "127.0.0.1", port)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Webhook(Silent("42:sandbox"), desk, at).run(stop))  # type: ignore[arg-type]
        await until("the door is open", lambda: _answers(port))
        yield f"http://127.0.0.1:{port}/telegram"
        stop.set()


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def post(url: str, body: Any, secret: str | None = SECRET) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with ClientSession() as session:
        sent = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with session.post(url, headers=headers, **sent) as answer:
            return answer.status


@pytest.mark.parametrize("secret", [None, "", "0123456789abcdeF", "é" * 8])
async def test_who_does_not_know_the_secret_is_turned_away(url: str, desk: Desk, secret: str | None) -> None:
    assert await post(url, {"update_id": 1}, secret and secret.encode("utf-8").decode("latin-1")) == 403
    assert desk.batches == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"no json", 400), (b"[]", 400), (b'{"update_id": "1"}', 400), (b"\xff", 400), (b" " * (BODY_MOST + 1), 413)],
)
async def test_what_is_no_update_stops_nobody(url: str, desk: Desk, body: bytes, status: int) -> None:
    assert await post(url, body) == status
    assert await post(url, {"update_id": 1}) == 200
    assert desk.batches == [[1]]


async def test_calls_that_come_together_share_a_commit(url: str, desk: Desk) -> None:
    desk.open.clear()
    desk.at_most = 3
    calls = [asyncio.ensure_future(post(url, {"update_id": number})) for number in range(8)]
    await asyncio.sleep(0.3)
    assert not any(call.done() for call in calls), "answered before the commit"
    desk.open.set()
    assert set(await asyncio.gather(*calls)) == {200}
    assert sorted(number for batch in desk.batches for number in batch) == list(range(8))
    assert len(desk.batches) < 8


async def test_a_database_that_is_away_is_said_and_telegram_comes_again(url: str, desk: Desk) -> None:
    desk.error = ConnectionError()
    assert await post(url, {"update_id": 1}) == 503
    desk.error = AiogramError()
    assert await post(url, {"update_id": 1}) == 503
    desk.error = None
    assert await post(url, {"update_id": 1}) == 200
