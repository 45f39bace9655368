"""Reception: the one way from a raw update to a commit.

A batch is one transaction, an update one step in it: what one update can't do is undone alone. When the batch itself
breaks (a handler that hung, a deadlock, a row twice), it is rolled back and its updates are repeated one by one; what
still fails is set aside, sealed, counted and reported. Nothing is thrown away. Only when the database itself does not
answer is nothing taken, and Telegram keeps it.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from bot import metrics
from bot.domain.errors import Refusal
from bot.logs import logger
from bot.storage.away import is_away
from bot.storage.engine import Database
from bot.storage.transaction import BatchBroken
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.doors import Doors
from bot.telegram.refusals import refuse

log = logger(__name__)

HANDLER_TIMEOUT = 5.0
"""Seconds after which a handler is cancelled; they take milliseconds, for they make no network call."""

BATCH_TIME = 1.0
"""Seconds after which a batch takes no new update, so that delivery is not kept waiting."""

SetAside = Callable[[UnitOfWork, int, dict[str, Any], str], Awaitable[None]]


class Reception:
    """Takes raw updates in; each has its effect once."""

    def __init__(self, bot: Bot, doors: Doors, database: Database, set_aside: SetAside) -> None:
        self._bot = bot
        self._doors = doors
        self._database = database
        self._set_aside = set_aside
        self.at_work = False

    async def take(self, raws: list[dict[str, Any]]) -> int:
        """Handle these updates in order; how many of them were taken. Raises what a database that is away raises."""
        self.at_work = True
        try:
            return await self._batch(raws)
        except Exception as error:
            if is_away(error):
                raise
            log.warning("a batch broke: repeated one by one", updates=len(raws), exc_info=error)
            return await self._one_by_one(raws)
        finally:
            self.at_work = False

    async def retry(self) -> tuple[int, int]:
        """Handle again what was set aside, each in a transaction of its own; how many went well, how many did not.

        Nobody is there now because of it: what waits for her is not let go. What fails again stays as it was.
        """
        async with self._database.unit_of_work() as uow:
            waiting = await uow.intake.waiting_aside()
        done = 0
        for update_id in waiting:
            try:
                async with self._database.unit_of_work() as uow:
                    raw = await uow.intake.take_up(update_id)
                    uow.belated = True
                    if raw is not None:
                        await self._handled_or_refused(uow, Update.model_validate(raw, context={"bot": self._bot}))
                done += 1
            except Exception as error:
                if is_away(error):
                    raise
                log.warning("an update stays set aside", update=update_id, exc_info=error)
        return done, len(waiting) - done

    async def _batch(self, raws: list[dict[str, Any]]) -> int:
        loop = asyncio.get_running_loop()
        started, taken, ended = loop.time(), 0, Counter[str]()
        async with self._database.unit_of_work() as uow:
            senders = _senders(raws)
            await uow.intake.one_at_a_time(senders)
            seen = await uow.intake.already_seen([raw["update_id"] for raw in raws])
            if len(raws) > 1:
                await uow.threads.expect(await uow.people.expect(senders))
            for raw in raws:
                if raw["update_id"] not in seen:
                    ended[await self._one(uow, raw)] += 1
                taken += 1
                if loop.time() - started > BATCH_TIME:
                    break
        for outcome, number in ended.items():
            metrics.UPDATES.labels(outcome).inc(number)
        metrics.BATCH_SECONDS.observe(loop.time() - started)
        return taken

    async def _one_by_one(self, raws: list[dict[str, Any]]) -> int:
        for raw in raws:
            try:
                await self._batch([raw])
            except Exception as error:
                if is_away(error):
                    raise
                await self._put_aside(raw, _kind(error))
        return len(raws)

    async def _one(self, uow: UnitOfWork, raw: dict[str, Any]) -> str:
        """One update in a step of its own; how it ended."""
        try:
            update = Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError:
            async with uow.step():
                await self._set_aside(uow, raw["update_id"], raw, "unreadable")
            return "set_aside"
        try:
            return await self._handled_or_refused(uow, update)
        except BatchBroken:
            raise
        except DBAPIError as error:
            raise BatchBroken from error
        except Exception as error:
            if is_away(error):
                raise
            log.error("an update was set aside", update=update.update_id, exc_info=error)
            async with uow.step():
                await self._set_aside(uow, update.update_id, raw, type(error).__name__)
            return "set_aside"

    async def _handled_or_refused(self, uow: UnitOfWork, update: Update) -> str:
        try:
            async with uow.step():
                await self._handle(uow, update)
        except Refusal as refusal:
            async with uow.step():
                await refuse(uow, update, refusal)
                uow.intake.done(update.update_id, "refused", refusal.key)
            return "refused"
        return "done"

    async def _handle(self, uow: UnitOfWork, update: Update) -> None:
        try:
            async with asyncio.timeout(HANDLER_TIMEOUT):
                await self._doors.take(self._bot, update, uow=uow)
        except TimeoutError as error:
            raise BatchBroken from error
        uow.intake.done(update.update_id)

    async def _put_aside(self, raw: dict[str, Any], why: str) -> None:
        log.error("an update was set aside", update=raw["update_id"], why=why)
        try:
            await self._kept(raw, why, self._set_aside)
        except Exception as error:
            if is_away(error):
                raise
            log.error("an update was set aside; nobody could be told", update=raw["update_id"], exc_info=error)
            await self._kept(raw, why, lambda uow, *update: uow.intake.set_aside(*update))

    async def _kept(self, raw: dict[str, Any], why: str, set_aside: SetAside) -> None:
        async with self._database.unit_of_work() as uow:
            if not await uow.intake.already_seen([raw["update_id"]]):
                await set_aside(uow, raw["update_id"], raw, why)


def _senders(raws: list[dict[str, Any]]) -> set[int]:
    """Who wrote or tapped, as far as it can be told without reading the updates properly."""
    events = [event for raw in raws for event in raw.values() if isinstance(event, dict)]
    senders = [event.get("from") for event in events]
    found = {sender.get("id") for sender in senders if isinstance(sender, dict)}
    return {account for account in found if isinstance(account, int)}


def _kind(error: BaseException) -> str:
    """The name of what broke a batch."""
    return type(error.__cause__ or error).__name__
