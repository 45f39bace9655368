"""Is it well? Green while every loop lives, red with a name when one is late; and nobody is named in the figures."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from aiohttp import ClientError, ClientSession
from aiohttp.test_utils import unused_port
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from bot import jobs
from bot.app import DELIVERY_MAY_BE_SILENT
from bot.checks import reason
from bot.health import Heart, late
from bot.storage import tables
from bot.storage.lanes import Lane
from bot.telegram.outcomes import Outcome
from tests.processes.hotline import EITHER, Hotline, same_on_both
from tests.processes.machine import until
from tests.stage import Stage

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def test_a_heart_is_late_only_after_its_time() -> None:
    beats = [
        Heart("delivery", NOW - timedelta(seconds=30), timedelta(seconds=30)),
        Heart("reminders", NOW - timedelta(seconds=46), timedelta(seconds=45)),
        Heart("receiving", NOW - timedelta(days=9), timedelta.max),
    ]
    assert late(beats, NOW) == ["reminders"]


@same_on_both
async def test_health_is_told_and_names_nobody(hotline: Hotline) -> None:
    await hotline.populate(lawyers=1, seekers=2)
    await hotline.running.stops()
    port = unused_port()
    await hotline.start(HEALTH_LISTEN=f"127.0.0.1:{port}")
    await hotline.sandbox.act(*(hotline.writes(her) for her in hotline.seekers))
    await hotline.rests()
    async with ClientSession() as session:

        async def asked(path: str) -> tuple[int, str]:
            try:
                async with session.get(f"http://127.0.0.1:{port}{path}") as answer:
                    return answer.status, await answer.text()
            except ClientError:
                return 0, ""

        async def sent() -> bool:
            return "zhanynda_sends_total" in (await asked("/metrics"))[1]

        await until("the figures", sent)
        assert await asked("/healthz") == (200, "ok\n")
        status, figures = await asked("/metrics")
        assert status == 200
        assert 'zhanynda_updates_total{outcome="done"}' in figures
        assert 'zhanynda_waiting{lane="conversation"} 0.0' in figures
        assert "zhanynda_leads 1.0" in figures
        for her in hotline.seekers:
            assert her.code not in figures
            assert str(her.account) not in figures
        await hotline.running.stops()
        await asyncio.sleep(0)
        assert (await asked("/healthz"))[0] == 0


Asks = Callable[[str], Awaitable[tuple[int, str]]]


@asynccontextmanager
async def watched(database_url: str, folder: Path) -> AsyncIterator[tuple[Stage, Asks]]:
    """A hotline on a moved clock, and whoever watches over it."""
    address, over = f"127.0.0.1:{unused_port()}", asyncio.Event()
    stage = Stage(database_url, folder, health_listen=address)
    await stage.hotline.prepare()
    assert stage.hotline.health is not None
    async with ClientSession(f"http://{address}") as session, asyncio.TaskGroup() as tasks:
        tasks.create_task(stage.hotline.health.run(over))

        async def asks(path: str) -> tuple[int, str]:
            async with session.get(path) as answer:
                return answer.status, await answer.text()

        async def serves() -> bool:
            try:
                return bool(await asks("/healthz"))
            except ClientError:
                return False

        await until("the watch", serves)
        yield stage, asks
        over.set()
    await stage.close()


@pytest.mark.parametrize("migrated_url", EITHER, indirect=True)
async def test_each_loop_that_is_late_makes_it_red_by_its_name_and_green_when_it_lives_again(
    migrated_url: str, tmp_path: Path
) -> None:
    async with watched(migrated_url, tmp_path) as (stage, asks):
        hotline = stage.hotline

        async def polls() -> None:
            await hotline.polling.once(timeout=0)

        async def delivers() -> None:
            await stage.deliver()

        def works(job: jobs.Job) -> Callable[[], Awaitable[object]]:
            return lambda: jobs.once(stage.database, job)

        loops: dict[str, tuple[timedelta, Callable[[], Awaitable[object]]]] = {
            "receiving": (hotline.polling.MAY_BE_SILENT, polls),
            "delivery": (DELIVERY_MAY_BE_SILENT, delivers),
        } | {job.name: (3 * job.every + job.may_last, works(job)) for job in hotline.jobs}
        assert set(loops) == {"receiving", "delivery", *jobs.NAMES}
        for silent, (span, lives) in loops.items():
            await lives()
            stage.clock.advance(seconds=span.total_seconds())
            for name, (_, others) in loops.items():
                if name != silent:
                    await others()
            assert await asks("/healthz") == (200, "ok\n"), silent
            stage.clock.advance(seconds=1)
            assert await asks("/healthz") == (503, f"{silent}\n")
            await lives()
            assert (await asks("/healthz"))[0] == 200


@pytest.mark.parametrize("migrated_url", EITHER, indirect=True)
async def test_without_one_of_its_jobs_it_does_not_start_and_says_which(stage: Stage) -> None:
    gone = stage.hotline.jobs.pop(3)
    with pytest.raises(ExceptionGroup) as caught:
        await stage.hotline.work()
    wrong = reason(caught.value)
    assert wrong is not None
    assert (wrong.key, wrong.params) == ("cli.job.not_started", {"names": gone.name})


ENDS = get_args(Outcome)
LABELS = {
    "outcome": re.compile("|".join(["done", "refused", "set_aside", *(each.__name__.lower() for each in ENDS)])),
    "lane": re.compile("|".join(lane.name.lower() for lane in Lane)),
    "le": re.compile(r"[0-9.]+|\+Inf"),
}
"""Every label there may be, and what may stand in it."""

TOLD = {
    "updates", "batch_seconds", "sends", "sent_after_seconds", "waiting", "oldest_waiting_seconds", "held", "dead",
    "set_aside", "unclaimed_cases", "leads", "disk_free_bytes",
}  # fmt: skip


@pytest.mark.parametrize("migrated_url", EITHER, indirect=True)
async def test_the_figures_tell_everything_of_the_work_and_nothing_of_anybody(
    migrated_url: str, tmp_path: Path
) -> None:
    async with watched(migrated_url, tmp_path) as (stage, asks):
        _, lawyer = await stage.opened()
        her = await stage.seeker("ky", "Canaryname")
        code = await stage.appeal(her, "canaryword", country="KZ", region="KZ-79")
        await lawyer.taps("button.claim", group=stage.group)
        stage.telegram.faults.add("sendMessage", "500", chat_id=lawyer.account.id)
        await her.says("another canaryword")
        stage.clock.advance(hours=1)
        await lawyer.says("canaryanswer")
        _, figures = await asks("/metrics")
        families = {family.name: family for family in text_string_to_metric_families(figures)}
        assert {f"zhanynda_{name}" for name in TOLD} == {name for name in families if not name.endswith("_created")}
        for sample in (sample for family in families.values() for sample in family.samples):
            for name, value in sample.labels.items():
                assert LABELS[name].fullmatch(value), sample
        assert families["zhanynda_held"].samples[0].value == 1
        retried = [each.value for each in families["zhanynda_sends"].samples if each.labels["outcome"] == "tryagain"]
        assert retried[0] >= 1
        async with stage.database.unit_of_work() as uow:
            people = await uow.read(select(tables.people.c.id, tables.people.c.lookup))
        secret = [each for row in people for each in row] + [code, "canary", "Canary", her.account.username or ""]
        secret += [str(account) for account in (*stage.telegram.accounts, stage.group.id)]
        assert [each for each in secret if each in figures] == []
