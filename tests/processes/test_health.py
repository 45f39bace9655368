"""Is it well? Green while every loop lives, red with a name when one is late; and nobody is named in the figures."""

import asyncio
from datetime import UTC, datetime, timedelta

from aiohttp import ClientError, ClientSession
from aiohttp.test_utils import unused_port

from bot.health import Heart, late
from tests.processes.hotline import Hotline, same_on_both
from tests.processes.machine import until

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
