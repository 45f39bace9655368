"""A hotline nobody writes to."""

import asyncio

from tests.processes.hotline import Hotline, same_on_both


@same_on_both
async def test_a_quiet_hotline_hardly_uses_the_processor(hotline: Hotline) -> None:
    process = await hotline.start()
    await asyncio.sleep(0.7)
    before = process.cpu_seconds
    await asyncio.sleep(1)
    assert process.cpu_seconds - before < 0.15
