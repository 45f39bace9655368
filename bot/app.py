"""All wiring on one page: settings, keys, database, bot, reception, delivery, jobs. Routers come in as an argument."""

import asyncio
import gc
import signal
from collections.abc import Coroutine, Sequence
from contextlib import nullcontext
from datetime import timedelta
from functools import partial
from typing import Any

from aiogram import Bot, Router
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer

from bot import VERSION, disk, jobs, timekeeping
from bot.articles import read_all
from bot.clock import Clock, steady_clock, system_chance, system_clock
from bot.domain.ids import Chance
from bot.health import Health, Heart, late
from bot.i18n import check_catalogs, label
from bot.keys import master_keys
from bot.logs import logger
from bot.making import Render
from bot.phrases import written_screen
from bot.press import Press
from bot.replies import written_replies
from bot.services import aside, checking, directory, receipts, team, troubles
from bot.settings import Settings
from bot.storage import migrate
from bot.storage.cipher import HOTLINE, Cipher
from bot.storage.engine import Database, make_engine
from bot.storage.erased import ErasureList
from bot.storage.leader import LOOKS_EVERY
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram import profile
from bot.telegram.delivery import Delivery
from bot.telegram.doors import Doors
from bot.telegram.messages.operators import to_coordinator
from bot.telegram.middlewares import Identify
from bot.telegram.outcomes import Troubles
from bot.telegram.pace import Limits, Pace
from bot.telegram.polling import Polling
from bot.telegram.reception import Reception
from bot.telegram.session import Session
from bot.telegram.webhook import Webhook

log = logger(__name__)

DELIVERY_MAY_BE_SILENT = timedelta(seconds=30)
LEAVES_WITHIN = 4.2
"""Seconds in which a leader finishes what it is sending and records it; longer than delivery takes for the first."""

FLEETING_MAY_LAST = 0.3
"""Seconds that callback answers under way may still take after everything else has stopped."""


def make_bot(settings: Settings, session: BaseSession | None = None) -> Bot:
    """The bot's client, at Telegram or at a server of our own."""
    api = TelegramAPIServer.from_base(settings.telegram_api_url)
    return Bot(settings.token, session=session or Session(api=api))


def make_database(
    settings: Settings, clock: Clock = system_clock, chance: Chance = system_chance, steady: Clock | None = None
) -> Database:
    """The database with its keys. Raises BadSettings for a key that is none, or a data folder that can't be used.

    A clock that is given is its own stopwatch, unless one is given besides.
    """
    cipher = Cipher(master_keys(settings))
    steady = steady or (steady_clock if clock is system_clock else clock)
    with nullcontext() if settings.database_url else settings.in_data_dir():
        listed = ErasureList(settings.erasures)
        return Database(make_engine(settings.database), cipher, clock, chance, listed, steady)


class Hotline:
    """The whole hotline in one process."""

    def __init__(
        self, settings: Settings, routers: Sequence[Router], bot: Bot, database: Database, render: Render | None = None
    ) -> None:
        self.settings = settings
        self.bot = bot
        self.database = database
        self.doors = Doors(routers, Identify(), settings=settings)
        limits = Limits(settings.chat_per_second, settings.group_per_minute, settings.overall_per_second)
        told = Troubles(
            receipts.arrived,
            partial(troubles.unreachable, settings),
            troubles.undeliverable,
            partial(troubles.group_moved, settings),
            checking.take_in,
        )
        self.delivery = Delivery(bot, database, Pace(limits), told)
        self.reception = Reception(bot, self.doors, database, aside.set_aside)
        self.polling = Polling(bot, self.reception, database.steady, self._alarm, settings.default_language)
        self.receiving = Webhook(bot, self.reception, settings.webhook) if settings.webhook else self.polling
        self.jobs = jobs.jobs(settings, render or Press())
        self.health = Health(settings.health_listen, database, self._late) if settings.health_listen else None
        self.stop = asyncio.Event()
        self._since = self._leads_since = database.steady()
        self._alarmed: set[str] = set()
        self._tasks: asyncio.TaskGroup | None = None
        self._fleeting: set[asyncio.Task[None]] = set()
        database.after_commit = self._after_commit
        database.leadership.woken = self.delivery.wake.set

    async def prepare(self) -> None:
        """Migrations, catalogs, set-up from the settings, and what a crash left in doubt."""
        await migrate.upgrade(self.database.engine)
        check_catalogs()
        read_all()
        written_replies()
        written_screen()
        me = await self.bot.me()
        self.doors.give(bot_name=me.username)
        self.delivery.topics = bool(me.has_topics_enabled)
        async with self.database.unit_of_work() as uow:
            crashed = await uow.intake.fact("running") == "yes"
            await uow.intake.set_fact("running", "yes")
            await uow.intake.set_fact("key", self.database.cipher.current)
            await uow.ready(HOTLINE)
            await directory.prepare(uow)
            await team.prepare(uow, self.settings)
        await self._retry_in_a_new_version()
        self.receiving.expect_trouble(crashed)
        await self.receiving.announce()
        repeated = 0
        if await self.database.leadership.take():
            await timekeeping.begin(self.database, self.settings.default_language)
            repeated = await self.delivery.recover()
        log.info(label(self.settings.default_language, "cli.ready", name=me.username, number=repeated))

    async def retry(self) -> tuple[int, int]:
        """Handle again what was set aside; how many went well, how many stay. Who leads sends what they lead to."""
        self.doors.give(bot_name=(await self.bot.me()).username)
        return await self.reception.retry()

    async def _retry_in_a_new_version(self) -> None:
        async with self.database.unit_of_work() as uow:
            known = await uow.intake.fact("version")
            await uow.intake.set_fact("version", VERSION)
        if known is not None and known != VERSION:
            done, left = await self.retry()
            log.info("what an older version had set aside", version=VERSION, handled=done, left=left)

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT; finish what is in hand; leave a note that the stop was clean."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop.set)
        await self.prepare()
        gc.collect()
        gc.freeze()
        await self.work()
        async with self.database.unit_of_work() as uow:
            await uow.intake.set_fact("running", "no")

    async def work(self) -> None:
        """Every loop side by side, until `stop` is set; fleeting calls are not waited for any longer then."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            self._fleetingly(tasks, profile.present(self.bot))
            async with asyncio.TaskGroup() as loops:
                loops.create_task(self.receiving.run(self.stop))
                loops.create_task(self._lead())
                loops.create_task(disk.watch(self.database, self.settings.default_language, self.stop))
                if self.health is not None:
                    loops.create_task(self.health.run(self.stop))
            self._tasks = None
            if self._fleeting:
                await asyncio.wait(self._fleeting, timeout=FLEETING_MAY_LAST)
            for task in self._fleeting:
                task.cancel()

    async def _lead(self) -> None:
        """Deliver and run the jobs while this process leads; otherwise look every second whether it may."""
        leadership = self.database.leadership
        while not self.stop.is_set():
            self.database.look_at_clock()
            first = not leadership.ours
            if await leadership.take() and (not first or await self._recovered()):
                await self._work_as_leader()
            await _unless(self.stop, LOOKS_EVERY)

    async def _recovered(self) -> bool:
        """What the last leader left in doubt is taken over. False, and no longer leading, when that can't be."""
        try:
            await timekeeping.begin(self.database, self.settings.default_language)
            await self.delivery.recover()
        except Exception as error:  # the database has gone again: somebody leads once it is back
            log.warning("the lead could not be taken over", exc_info=error)
            await self.database.leadership.lay_down()
            return False
        return True

    async def _work_as_leader(self) -> None:
        """Until told to stop, or somebody else leads; whoever waits for a database that is silent is not waited for."""
        over = asyncio.Event()
        self._leads_since = self.database.steady()
        async with asyncio.TaskGroup() as tasks:
            loops = [tasks.create_task(self.delivery.run(over))]
            loops += [tasks.create_task(jobs.run(self.database, job, over)) for job in self.jobs]
            await jobs.begun(self.jobs)
            while not self.stop.is_set() and await self.database.leadership.kept():
                await timekeeping.look(self.database, self.settings.default_language)
                await _unless(self.stop, LOOKS_EVERY)
            over.set()
            await asyncio.wait(loops, timeout=LEAVES_WITHIN)
            for loop in loops:
                loop.cancel()

    async def close(self) -> None:
        """Let go of connections."""
        await self.bot.session.close()
        await self.database.close()

    async def _after_commit(self, uow: UnitOfWork) -> None:
        if uow.outbox.grew:
            self.delivery.wake.set()
            if self._tasks is not None and not self.database.leadership.ours:
                await self.database.leadership.tell()
        for method in uow.fleeting:
            if self._tasks is None:
                await self.delivery.answer(method)
            else:
                self._fleetingly(self._tasks, self.delivery.answer(method))

    def _fleetingly(self, tasks: asyncio.TaskGroup, work: Coroutine[Any, Any, None]) -> None:
        """Calls that may fail, and that nobody waits for at the end."""
        task = tasks.create_task(work)
        self._fleeting.add(task)
        task.add_done_callback(self._fleeting.discard)

    def _late(self) -> list[str]:
        """Which loops have been silent for too long; delivery and jobs only where this process leads."""
        now = self.database.steady()
        hearts = [Heart("receiving", self.receiving.last_answer or self._since, self.receiving.MAY_BE_SILENT)]
        if self.database.leadership.ours:
            begun = self._leads_since
            hearts.append(Heart("delivery", max(begun, self.delivery.last_pass or begun), DELIVERY_MAY_BE_SILENT))
            for job in self.jobs:
                hearts.append(Heart(job.name, max(begun, job.last_run or begun), 3 * job.every + job.may_last))
        return late(hearts, now)

    async def _alarm(self, key: str) -> None:
        """Tell every coordinator once that something is wrong with the whole."""
        if key in self._alarmed:
            return
        async with self.database.unit_of_work() as uow:
            for coordinator in await uow.people.coordinators():
                await uow.outbox.put(to_coordinator(coordinator, key), to=coordinator)
        self._alarmed.add(key)


async def _unless(stop: asyncio.Event, seconds: float) -> None:
    """Wait for so long, or until told to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
