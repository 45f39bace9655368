"""Webhook: Telegram calls us. A call is answered with 200 only after its effects are committed.

Calls that come together share a commit: whatever waits when a batch ends is the next batch. Telegram sends one update
of a chat at a time and repeats what was not answered with 2xx, for 24 hours (open Bot API server, WebhookActor.cpp);
`seen_updates` keeps a repetition without effect. aiogram's own handler answers before handling.
"""

import asyncio
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.methods import SetWebhook
from aiohttp import web

from bot.logs import logger
from bot.settings import WebhookAt
from bot.telegram.polling import CAREFUL, WANTED
from bot.telegram.reception import Reception

log = logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
"""Source: Bot API, setWebhook, `secret_token`: 1-256 characters of A-Z, a-z, 0-9, _ and -."""

BODY_MOST = 1 << 20
"""Bytes of a call. An update holds one message: text of 4096 characters, entities, file ids."""

AT_ONCE = 100
CONNECTIONS = 40
"""Calls Telegram makes side by side, each for another chat. Source: Bot API, `max_connections`, 1-100."""

PATIENCE = 5
"""Seconds after which Telegram is asked to call again while the database is away (`Retry-After` is honoured)."""

STOP_WITHIN = 3.0

Waiting = tuple[dict[str, Any], asyncio.Future[None]]


class Webhook:
    """An HTTP server for Telegram's calls; behind a proxy that ends TLS."""

    MAY_BE_SILENT = timedelta.max
    """Nobody may write for days; whether the door is open is seen by whoever asks here."""

    last_answer: datetime | None = None

    def __init__(self, bot: Bot, reception: Reception, at: WebhookAt) -> None:
        self._bot = bot
        self._reception = reception
        self._at = at
        self._waiting: list[Waiting] = []
        self._came = asyncio.Event()
        self.careful = 0

    def expect_trouble(self, crashed: bool) -> None:
        """After a crash the first updates are taken one by one: one that kills takes no other with it."""
        self.careful = CAREFUL if crashed else 0

    async def announce(self) -> None:
        """Tell Telegram where to call; what waits there comes now, nothing is dropped."""
        wanted = SetWebhook(
            url=self._at.url, secret_token=self._at.secret, allowed_updates=list(WANTED), max_connections=CONNECTIONS
        )
        await self._bot(wanted, request_timeout=15)

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; what has been taken is finished and answered. The webhook stays set."""
        app = web.Application(client_max_size=BODY_MOST)
        app.router.add_post("/{path:.*}", self._called)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_WITHIN)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._at.host, self._at.port).start()
            async with asyncio.TaskGroup() as tasks:
                taking = tasks.create_task(self._take_all())
                await stop.wait()
                await runner.cleanup()
                taking.cancel()
        finally:
            await runner.cleanup()

    async def _called(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._at.secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
        except ValueError:
            raw = None
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return web.Response(status=400)
        try:
            await self._taken(raw)
        except Exception as error:
            log.warning("webhook: not taken; Telegram will call again", exc_info=error)
            return web.Response(status=503, headers={"Retry-After": str(PATIENCE)})
        return web.Response()

    async def _taken(self, raw: dict[str, Any]) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, done))
        self._came.set()
        await done

    async def _take_all(self) -> None:
        while True:
            await self._came.wait()
            self._came.clear()
            while self._waiting:
                most = 1 if self.careful else AT_ONCE
                batch, self._waiting = self._waiting[:most], self._waiting[most:]
                await self._take(batch)
                self.careful = max(0, self.careful - len(batch))

    async def _take(self, batch: list[Waiting]) -> None:
        try:
            taken = await self._reception.take([raw for raw, _ in batch])
        except Exception as error:  # noqa: BLE001  (each call is told, none waits for ever)
            for _, done in batch:
                _settle(done, error)
            return
        self._waiting[:0] = batch[taken:]
        for _, done in batch[:taken]:
            _settle(done, None)


def _settle(done: asyncio.Future[None], error: Exception | None) -> None:
    """Wake the call that waits, unless the line was cut meanwhile."""
    if done.done():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
