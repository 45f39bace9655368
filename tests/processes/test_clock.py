"""Somebody sets the system's clock in the middle of the work: nothing waits for it to catch up, nothing is lost."""

import asyncio
from pathlib import Path

from bot.i18n import label
from tests.processes import figures
from tests.processes.hotline import Hotline, crowd, lasts, rounds
from tests.processes.load import reckon, under_load
from tests.processes.starter import CLOCK

HOUR = 3600
JUMPS = (3 * HOUR, -3 * HOUR, 0, -6 * HOUR, 90)
"""Seconds, one after the other: how far the clock is from the right time then. No limit of a case is as short."""


async def test_a_clock_that_jumps_loses_nothing(hotline: Hotline, tmp_path: Path) -> None:
    by, times = tmp_path / "clock", min(rounds(1), 10)
    by.write_text("0")
    await hotline.populate(lawyers=2, seekers=crowd(12))
    await hotline.running.stops()
    await hotline.start(**{CLOCK: str(by)})
    async with under_load(hotline, per_second=20):
        for jump in JUMPS * times:
            await asyncio.sleep(lasts(0.6, 1.5))
            by.with_suffix(".new").write_text(str(jump))
            by.with_suffix(".new").replace(by)
    await hotline.rests(60)
    found = await reckon(hotline)
    figures.note("the clock is set", hotline, len(JUMPS) * times, found, 0.0)
    assert found.messages
    assert not found.wrong
    assert not found.repeated
    assert label("en", "cli.clock.back", span="|").partition("|")[0] in hotline.running.said
    assert "Traceback" not in hotline.running.said
