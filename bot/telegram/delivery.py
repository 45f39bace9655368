"""Delivery: the only one who speaks to Telegram. Takes what is due out of the outbox, sends it, records the outcome.

One pass is one short transaction: what was finished is recorded and what is due is leased; then the sends run outside
any transaction, so that a slow chat never holds back another. At least once: a crash between a send and its record
repeats that message, marked for staff.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteMessage, TelegramMethod
from aiogram.types import File, ForumTopic, Message

from bot import metrics
from bot.logs import logger
from bot.storage.engine import Database
from bot.storage.lanes import Due, Lane
from bot.storage.transaction import BatchBroken
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.fingerprint import Unread, content_of, with_fingerprint
from bot.telegram.outcomes import (
    Dead,
    Gone,
    Hold,
    Moved,
    Outcome,
    Read,
    Sent,
    TopicGone,
    Troubles,
    TryAgain,
    Undeletable,
    Unreachable,
    later,
    refused,
)
from bot.telegram.outgoing import as_new_message, built
from bot.telegram.pace import UNPACED, Pace
from bot.telegram.session import Shown

log = logger(__name__)

SEND_TIMEOUT = 15
STOP_WITHIN = 3.5
"""Seconds after the order to stop in which what is being sent is finished; the rest is in doubt."""

AT_ONCE = 100


class Delivery:
    """Sends what is due, each chat in its order, all chats side by side."""

    def __init__(self, bot: Bot, database: Database, pace: Pace, troubles: Troubles) -> None:
        self._bot = bot
        self._database = database
        self._pace = pace
        self._troubles = troubles
        self._finished: list[Outcome] = []
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self.wake = asyncio.Event()
        self.last_pass: datetime | None = None
        self.topics = False
        """True where the bot has topics in private chats."""

    async def recover(self) -> int:
        """After a crash: what was being sent is said again, marked for staff; how many messages that are.

        What this process itself sent before it lost the lead is recorded first: of that nothing is in doubt.
        """
        finished = self._finished
        async with self._database.unit_of_work(leading=True) as uow:
            await self._record(uow, finished)
            repeated = await uow.outbox.in_doubt_after_crash()
        self._finished = self._finished[len(finished) :]
        return repeated

    async def send_due(self, tasks: asyncio.TaskGroup) -> int:
        """One pass: record what is finished, lease what is due, start sending it. How many of both."""
        finished, self._finished = self._finished, []
        now = self._database.steady()
        room = min(self._pace.room(now), AT_ONCE - len(self._in_flight))
        blocked = {*self._in_flight, *(chat for chat, _ in self._pace.waiting(now))}
        try:
            async with self._database.unit_of_work(leading=True) as uow:
                await self._record(uow, finished)
                leased = await uow.outbox.lease(room, blocked, topics=self.topics) if room > 0 else []
        except BaseException:
            self._finished = finished + self._finished
            raise
        self.last_pass = now
        for due in leased:
            cost = 0 if due.method in UNPACED else max(1, len(due.album))
            self._pace.take(due.chat, group=due.is_group, now=now, cost=cost)
            self._in_flight[due.chat] = tasks.create_task(self._send(due))
        return len(finished) + len(leased)

    async def settle(self) -> None:
        """Wait until nothing is being sent."""
        while self._in_flight:
            await asyncio.wait(self._in_flight.values())

    @property
    def busy(self) -> bool:
        """True while something is being sent or waits to be recorded."""
        return bool(self._in_flight or self._finished)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop, then finish what is being sent within 4 s and record it."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._wake_at(stop))
            while not stop.is_set():
                await self._pass_safely(tasks)
            sending = list(self._in_flight.values())
            if sending:
                await asyncio.wait(sending, timeout=STOP_WITHIN)
            for task in sending:
                task.cancel()
        await self._record_all()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake.set()

    async def answer(self, method: TelegramMethod[Any]) -> None:
        """A fleeting call, such as a callback answer: made once, after the commit, and allowed to fail."""
        try:
            await self._bot(method, request_timeout=SEND_TIMEOUT)
        except (AiogramError, TimeoutError) as error:
            log.info("a fleeting call failed", method=type(method).__name__, why=type(error).__name__)

    async def _pass_safely(self, tasks: asyncio.TaskGroup) -> None:
        self.wake.clear()
        try:
            done = await self.send_due(tasks)
            pause = 0.0 if done else await self.pause()
        except Exception:
            log.warning("delivery: a pass failed; trying again", exc_info=True)
            pause = 1.0
        if pause:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self.wake.wait()

    async def pause(self) -> float:
        """Seconds until something may be due: whoever had to wait at the last pass, or the next date in the outbox."""
        async with self._database.unit_of_work() as uow:
            due = await uow.outbox.next_due()
        now, steady = self._database.clock(), self._database.steady()
        spans = [due - now] if due is not None and due > now else []
        if (turn := self._pace.next_turn(self.last_pass or steady)) is not None:
            spans.append(turn - steady)
        return min([1.0, *(max(0.01, span.total_seconds()) for span in spans)])

    async def _record_all(self) -> None:
        """What is finished goes into the database; while that is away, it is kept for the next time."""
        finished, self._finished = self._finished, []
        try:
            async with self._database.unit_of_work() as uow:
                await self._record(uow, finished)
        except Exception as error:
            log.warning("delivery: outcomes could not be recorded yet", number=len(finished), exc_info=error)
            self._finished = finished + self._finished

    async def _send(self, due: Due) -> None:
        try:
            outcome = await self._outcome(due)
        except asyncio.CancelledError:
            self._finished.append(TryAgain(due, timedelta(0), "stopped", in_doubt=True))
            raise
        finally:
            self._in_flight.pop(due.chat, None)
            self._pace.answered(due.chat, now=self._database.steady())
        self._finished.append(outcome)
        self.wake.set()

    async def _outcome(self, due: Due) -> Outcome:
        try:
            result = await self._bot(built(await with_fingerprint(self._bot, due)), request_timeout=SEND_TIMEOUT)
            if isinstance(result, File):
                return Read(due, await content_of(self._bot, result))
        except Unread as error:
            return later(due, str(error), in_doubt=False)
        except TelegramRetryAfter as error:
            return Hold(due, timedelta(seconds=error.retry_after))
        except TelegramMigrateToChat as error:
            return Moved(due, error.migrate_to_chat_id)
        except TelegramForbiddenError:
            return Unreachable(due)
        except TelegramBadRequest as error:
            return refused(due, error.message)
        except (TelegramServerError, TelegramUnauthorizedError, ClientDecodeError) as error:
            return later(due, type(error).__name__, in_doubt=not isinstance(error, TelegramUnauthorizedError))
        except (TelegramNetworkError, TimeoutError) as error:
            return later(due, type(error).__name__, in_doubt="ClientConnectorError" not in str(error))
        except TelegramAPIError as error:
            return Dead(due, type(error).__name__)
        except Exception as error:
            log.error("a call can't be made", method=due.method, exc_info=error)
            return Dead(due, type(error).__name__)
        messages = result if isinstance(result, list) else [result]
        shown = tuple(each.message_id for each in messages if isinstance(each, Shown | Message))
        return Sent(due, shown, result.message_thread_id if isinstance(result, ForumTopic) else None)

    async def _record(self, uow: UnitOfWork, finished: Sequence[Outcome]) -> None:
        if arrived := [row for outcome in finished if isinstance(outcome, Sent) for row in outcome.due.rows]:
            await uow.outbox.sent(arrived)
        for outcome in finished:
            await self._record_one(uow, outcome)

    async def _record_one(self, uow: UnitOfWork, outcome: Outcome) -> None:
        due = outcome.due
        metrics.SENDS.labels(type(outcome).__name__.lower()).inc()
        match outcome:
            case Sent(messages=messages, thread=thread):
                metrics.SENT_AFTER_SECONDS.observe((uow.now - due.due_at).total_seconds())
                await self._note(uow, due, messages, thread)
                await self._troubles.arrived(uow, due)
            case Read(content=content):
                await uow.outbox.sent(due.rows)
                await self._read(uow, due, content)
            case TopicGone():
                await uow.chats.forget_topic(due.chat, due.thread or 0)
                await uow.outbox.retry(due.rows, uow.now, "topic gone")
            case Undeletable():
                await uow.outbox.sent(due.rows)
                await self._delete_singly(uow, due)
            case TryAgain(after=after, why=why, in_doubt=in_doubt):
                await uow.outbox.retry(due.rows, uow.now + after, why, in_doubt=in_doubt)
            case Hold(after=after):
                if self._pace.refused(due.chat, after=after, now=self._database.steady()):
                    log.warning("Telegram lets less through than the settings say: all go slower for a while")
                await uow.outbox.retry(due.rows, uow.now + after, "429")
            case Moved(chat=chat):
                await uow.outbox.retry(due.rows, uow.now, "moved")
                await self._troubles.moved(uow, due.chat, chat)
            case Gone():
                await uow.outbox.sent(due.rows)
                anew, to = as_new_message(due), await uow.people.by_chat(due.chat)
                await uow.outbox.put(
                    anew, to=to, case=due.case, slot=due.slot, mark=due.mark, lane=due.lane, topic=due.topic
                )
            case Unreachable():
                await uow.outbox.unreachable(due.chat, for_good=due.is_group)
                await self._troubles.unreachable(uow, due.chat)
            case Dead(why=why):
                log.error("a call was refused", method=due.method, why=why)
                await uow.outbox.dead(due.rows, why)
                await self._troubles.dead(uow, due, why)

    async def _read(self, uow: UnitOfWork, due: Due, content: bytes | None) -> None:
        """Nothing in a file holds up delivery: one that breaks its reader is answered as one that can't be read."""
        try:
            async with uow.step():
                await self._troubles.read(uow, due, content)
        except BatchBroken:
            raise
        except Exception as error:
            log.error("a file can't be taken in", exc_info=error)
            await self._troubles.read(uow, due, None)

    async def _note(self, uow: UnitOfWork, due: Due, messages: tuple[int, ...], thread: int | None) -> None:
        """Which messages stand in the chat now, and what they show; the topic that was made."""
        if thread is not None and due.topic:
            uow.chats.topic(due.chat, due.topic, thread)
        if due.method == "DeleteMessages":
            await uow.chats.gone(due.chat, due.params["message_ids"])
        if due.method == "DeleteForumTopic":
            await uow.chats.forget_topic(due.chat, due.params["message_thread_id"])
        if due.method.startswith("Edit") and not due.anew:
            return
        until = uow.now + due.lives if due.lives else None
        for part, message in zip(due.album or (due,), messages, strict=False):
            if part.slot:
                uow.threads.show(due.chat, message, part.slot, part.case)
            uow.chats.stand(due.chat, message, until=until, case=part.case)

    async def _delete_singly(self, uow: UnitOfWork, due: Due) -> None:
        """One of many is too old: each by itself; what even then can't be deleted is left."""
        if due.method == "DeleteForumTopic":
            await uow.chats.forget_topic(due.chat, due.params["message_thread_id"])
        messages = due.params.get("message_ids", [])
        await uow.chats.gone(due.chat, messages)
        for message in messages:
            await uow.outbox.put(DeleteMessage(chat_id=due.params["chat_id"], message_id=message), lane=Lane.URGENT)
