"""Polling: asks for updates, hands them on, and confirms them only after their effects are committed.

Each update is confirmed by the next call's `offset`, which is never stored: a start without one gets everything that
was not confirmed, and `seen_updates` keeps a repetition without effect. aiogram's own loop confirms before handling and
parses a whole batch as one model, so that one update nobody can read would stop the bot for everybody.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, TelegramMethod

from bot.clock import Clock
from bot.i18n import label
from bot.logs import logger
from bot.storage.away import is_away
from bot.telegram.reception import Reception

log = logger(__name__)

POLL_TIMEOUT = 25
"""Seconds Telegram may keep the call open, at most 50 (open Bot API server, LONG_POLL_MAX_TIMEOUT)."""

PATIENCE = 10
"""Seconds on top before the connection counts as dead; kept-alive connections die silently."""

BATCH = 100
LONGEST_PAUSE = 30.0
LONGEST_WITHOUT_DATABASE = 5.0
"""Seconds between two looks at whether the database is back: it is ours, and nobody is hurt by asking it."""

CAREFUL = 100
"""After a crash this many updates are taken one by one, so that one that kills the process takes no other with it."""

WANTED = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction")


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates as raw JSON: each update is read by itself."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = BATCH
    timeout: int = POLL_TIMEOUT
    allowed_updates: tuple[str, ...] = WANTED


class Polling:
    """One loop; a second one on the same token is told of, not fought with.

    What the administrator must mend is said in `language`; the other lines of the log are for developers.
    """

    MAY_BE_SILENT = timedelta(seconds=POLL_TIMEOUT + PATIENCE + LONGEST_PAUSE)

    def __init__(
        self,
        bot: Bot,
        reception: Reception,
        steady: Clock,
        alarm: Callable[[str], Awaitable[None]],
        language: str,
    ) -> None:
        self._bot = bot
        self._reception = reception
        self._steady = steady
        self._alarm = alarm
        self._language = language
        self._offset: int | None = None
        self._failures = 0
        self.careful = 0
        self.last_answer: datetime | None = None

    def expect_trouble(self, crashed: bool) -> None:
        """After a crash the first updates are taken one by one."""
        self.careful = CAREFUL if crashed else 0

    async def announce(self) -> None:
        """A webhook that is still set gives way. What waits at Telegram stays there and comes by polling."""
        await self._bot(DeleteWebhook(drop_pending_updates=False), request_timeout=PATIENCE)

    async def once(self, timeout: int = POLL_TIMEOUT) -> int:
        """Ask once, handle what came, remember what to confirm; how many updates that were."""
        limit = 1 if self.careful else BATCH
        call = RawUpdates(offset=self._offset, limit=limit, timeout=timeout)
        raws = await self._bot(call, request_timeout=timeout + PATIENCE)
        self.last_answer = self._steady()
        if not raws:
            return 0
        taken = await self._reception.take(raws)
        self._offset = raws[taken - 1]["update_id"] + 1
        self.careful = max(0, self.careful - taken)
        return taken

    async def confirm(self) -> None:
        """Tell Telegram what has been handled, without waiting for more."""
        if self._offset is not None:
            await self._bot(RawUpdates(offset=self._offset, limit=1, timeout=0), request_timeout=2)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until told to stop; a call that waits is let go, what was taken is finished and confirmed."""
        async with asyncio.TaskGroup() as tasks:
            poll = tasks.create_task(self._loop(stop))
            await stop.wait()
            if not self._reception.at_work:
                poll.cancel()
        try:
            await self.confirm()
        except (AiogramError, TimeoutError) as error:
            log.info("the last confirmation failed: those updates will come again", exc_info=error)

    async def _loop(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.once()
                self._failures = 0
            except Exception as error:  # noqa: BLE001  (nothing may end the polling but its stop)
                await self._pause(error, stop)

    async def _tell(self, key: str) -> None:
        try:
            await self._alarm(key)
        except Exception:
            log.warning("polling: nobody could be told of it yet", exc_info=True)

    async def _pause(self, error: Exception, stop: asyncio.Event) -> None:
        self._failures += 1
        pause = min(0.5 * 2 ** min(self._failures, 10), LONGEST_PAUSE)
        match error:
            case TelegramRetryAfter():
                pause = float(error.retry_after)
                log.warning("polling: Telegram asks for patience", seconds=error.retry_after)
            case TelegramConflictError():
                log.error(label(self._language, "cli.conflict"))
                await self._tell("alarm.conflict")
            case TelegramUnauthorizedError():
                pause = LONGEST_PAUSE
                log.error(label(self._language, "cli.token.refused"))
            case AiogramError() | TimeoutError():
                log.warning("polling: no answer; trying again", why=type(error).__name__, seconds=pause)
            case _ if is_away(error):
                pause = min(pause, LONGEST_WITHOUT_DATABASE)
                log.warning("polling: the database is away; Telegram keeps what came", why=type(error).__name__)
            case _:
                log.warning("polling: an error; trying again", seconds=pause, exc_info=error)
        try:
            async with asyncio.timeout(pause):
                await stop.wait()
        except TimeoutError:
            pass
