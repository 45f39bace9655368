"""The loops: every so often call one service. The only place that sleeps."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot import making
from bot.logs import logger
from bot.making import Render
from bot.services import (
    agenda,
    aside,
    checking,
    complaints,
    duty,
    erasure,
    follow_up,
    hiding,
    leave,
    moving,
    referring,
    reports,
    retention,
    screening,
)
from bot.settings import Settings
from bot.storage.engine import Database
from bot.storage.leader import NotLeading
from bot.storage.unit_of_work import UnitOfWork

log = logger(__name__)


NAMES = (
    "reminders",
    "remind lawyers of what is due",
    "warn of danger",
    "forget old warnings",
    "hide chats by themselves",
    "wipe what has had its time",
    "let her history go",
    "destroy what is due",
    "list what was erased",
    "finish erasing",
    "look for what erasing left",
    "chain the journal",
    "remind of what is set aside",
    "retention",
    "say who is back from leave",
    "say that somebody is on duty",
    "tell of the week",
    "make what is ordered",
    "ask to call the services again",
    "ask what became of referrals",
    "remind of complaints",
    "forget old message ids",
    "forget old tries of codes",
    "forget old words to the team",
    "forget old links",
    "forget old update ids",
)
"""What must run wherever the hotline works: whoever leads without one of these does not start."""


class NotStarted(Exception):
    """The hotline would work without some of its jobs."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


@dataclass(frozen=True)
class Outside:
    """A pass that opens its own transactions, with work between them that holds none."""

    work: Callable[[Database], Awaitable[int]]


@dataclass
class Job:
    """One pass that returns how many things it did, how often to look, and how long it may take."""

    name: str
    every: timedelta
    work: Callable[[UnitOfWork], Awaitable[int]] | Outside
    may_last: timedelta = timedelta(seconds=30)
    last_run: datetime | None = field(default=None)
    """By the stopwatch."""
    begun: bool = field(default=False)


def jobs(settings: Settings, render: Render) -> list[Job]:
    """The fixed list; none of them depends on a setting that may be missing. `render` makes what is ordered."""
    make = partial(making.make_next, settings=settings, render=render)
    return [
        Job("reminders", timedelta(seconds=5), lambda uow: follow_up.fire_due(uow, settings)),
        Job("remind lawyers of what is due", timedelta(seconds=10), lambda uow: agenda.remind_due(uow, settings)),
        Job("warn of danger", timedelta(seconds=5), lambda uow: screening.warn_due(uow, settings)),
        Job("forget old warnings", timedelta(minutes=10), screening.forget_old),
        Job("hide chats by themselves", timedelta(seconds=30), lambda uow: hiding.hide_due(uow, settings)),
        Job("wipe what has had its time", timedelta(seconds=5), hiding.wipe_due),
        Job("let her history go", timedelta(seconds=5), lambda uow: moving.let_go_told(uow, settings)),
        Job("destroy what is due", timedelta(minutes=1), lambda uow: erasure.destroy_due(uow, settings)),
        Job("list what was erased", timedelta(minutes=1), lambda uow: uow.erasure.list_owed()),
        Job("finish erasing", timedelta(seconds=10), erasure.finish),
        Job("look for what erasing left", timedelta(hours=1), lambda uow: erasure.finish(uow, look=True)),
        Job("chain the journal", timedelta(seconds=10), lambda uow: uow.chain.link_due()),
        Job("remind of what is set aside", timedelta(hours=1), aside.remind),
        Job("retention", timedelta(hours=1), lambda uow: retention.look(uow, settings)),
        Job("say who is back from leave", timedelta(minutes=1), lambda uow: leave.end_leaves(uow, settings)),
        Job("say that somebody is on duty", timedelta(minutes=1), lambda uow: duty.somebody_again(uow, settings)),
        Job("tell of the week", timedelta(minutes=1), lambda uow: reports.tell_of_the_week(uow, settings)),
        Job("make what is ordered", timedelta(seconds=2), Outside(make), may_last=timedelta(minutes=2)),
        Job("ask to call the services again", timedelta(minutes=30), lambda uow: checking.remind(uow, settings)),
        Job("ask what became of referrals", timedelta(minutes=5), lambda uow: referring.remind(uow, settings)),
        Job("remind of complaints", timedelta(minutes=10), lambda uow: complaints.remind(uow, settings)),
        Job("forget old message ids", timedelta(hours=1), lambda uow: uow.chats.forget_old()),
        Job("forget old tries of codes", timedelta(hours=1), lambda uow: uow.codes.forget_old()),
        Job("forget old words to the team", timedelta(hours=1), lambda uow: uow.broadcasts.wipe()),
        Job("forget old links", timedelta(hours=1), lambda uow: uow.team.forget_links()),
        Job("forget old update ids", timedelta(hours=1), lambda uow: uow.intake.forget_old()),
    ]


async def once(database: Database, job: Job) -> int:
    """One pass, in a transaction of its own unless it opens them itself."""
    if isinstance(job.work, Outside):
        done = await job.work.work(database)
    else:
        async with database.unit_of_work(leading=True) as uow:
            done = await job.work(uow)
    job.last_run = database.steady()
    return done


async def run(database: Database, job: Job, stop: asyncio.Event) -> None:
    """Look, do what is due, wait; until told to stop, or another leads. An error is logged and tried again."""
    job.begun = True
    while not stop.is_set():
        try:
            await once(database, job)
        except NotLeading:
            return
        except Exception:
            log.warning("a job failed; trying again", job=job.name, exc_info=True)
        try:
            async with asyncio.timeout(job.every.total_seconds()):
                await stop.wait()
        except TimeoutError:
            continue


async def begun(started: Sequence[Job]) -> None:
    """Every job that must run has taken its first step. Raises NotStarted with the names of those that have not."""
    await asyncio.sleep(0)
    idle = [name for name in NAMES if not any(job.begun for job in started if job.name == name)]
    if idle:
        raise NotStarted(idle)
