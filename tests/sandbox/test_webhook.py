"""The webhook: ordered in each chat, at most so many chats at once, repeated until accepted."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from sandbox.server import RunningServer, serve
from sandbox.telegram import Account, Telegram
from sandbox.webhook import SECRET_HEADER, WebhookPusher
from tests.sandbox.conftest import Ask, StillClock, until


class Hook:
    """A bot's webhook that accepts, refuses or is slow, as told."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.refuse = 0
        self.gate: asyncio.Event | None = None
        self.at_once = self.most_at_once = 0
        self.changed = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        update = await request.json()
        if self.gate is not None:
            await self.gate.wait()
        self.at_once -= 1
        self.changed.set()
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        self.secrets.append(request.headers.get(SECRET_HEADER))
        self.got.append(update)
        return web.Response()

    async def until(self, count: int) -> list[str]:
        """Wait until `count` updates were accepted; returns their texts."""
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.changed.clear()
                await self.changed.wait()
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def hook() -> Hook:
    return Hook()


@pytest.fixture
async def url(hook: Hook) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


@pytest.fixture
async def server(clock: StillClock, telegram: Telegram) -> AsyncIterator[RunningServer]:
    running = await serve(telegram, pusher=WebhookPusher(telegram, pause=0.001, pause_max=0.002))
    yield running
    await running.stop()


async def test_updates_are_pushed_with_the_secret(
    server: RunningServer, hook: Hook, url: str, ask: Ask, seeker: Account, telegram: Telegram
) -> None:
    await ask("setWebhook", url=url, secret_token="s3cret")
    seeker.says("hello")
    assert await hook.until(2) == ["/start", "hello"]
    assert hook.secrets == ["s3cret", "s3cret"]
    await until(lambda: not telegram.pending_update_count)


async def test_a_refused_update_comes_again_and_the_order_is_kept(
    server: RunningServer, hook: Hook, url: str, ask: Ask, seeker: Account
) -> None:
    hook.refuse = 3
    await ask("setWebhook", url=url)
    seeker.says("b")
    seeker.says("c")
    assert await hook.until(3) == ["/start", "b", "c"]
    info = await ask("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_slow_chat_holds_back_no_other_and_max_connections_is_kept(
    server: RunningServer, hook: Hook, url: str, ask: Ask, telegram: Telegram
) -> None:
    hook.gate = asyncio.Event()
    await ask("setWebhook", url=url, max_connections=2)
    people = [telegram.account(str(number)) for number in range(4)]
    for account in people:
        account.start()
        account.says("second")
    await until(lambda: hook.at_once == 2)
    hook.gate.set()
    assert sorted(await hook.until(8)) == ["/start"] * 4 + ["second"] * 4
    assert hook.most_at_once == 2
    for account in people:
        own = [u["message"]["text"] for u in hook.got if u["message"]["from"]["id"] == account.id]
        assert own == ["/start", "second"]


async def test_nothing_is_pushed_after_the_webhook_is_gone(
    server: RunningServer, hook: Hook, url: str, ask: Ask, seeker: Account, telegram: Telegram
) -> None:
    await ask("setWebhook", url=url)
    await hook.until(1)
    await ask("deleteWebhook")
    seeker.says("kept")
    updates = await ask("getUpdates")
    assert [update["message"]["text"] for update in updates][-1] == "kept"
    assert len(hook.got) == 1


async def test_nobody_listening_at_the_address_keeps_the_updates(
    server: RunningServer, ask: Ask, seeker: Account, telegram: Telegram
) -> None:
    await ask("setWebhook", url="http://127.0.0.1:9/hook")
    await until(lambda: "last_error_message" in telegram.webhook)
    assert telegram.pending_update_count == 1
