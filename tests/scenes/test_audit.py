"""Accounting: received = done + refused + set aside, and every message has an end or waits for one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.accounts import audit_lines
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from bot.storage.accounting import Audit
from tests.stage import Stage


async def audit(stage: Stage) -> Audit:
    async with stage.database.unit_of_work() as uow:
        return await uow.accounting.audit(uow.now - timedelta(days=7))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_day_adds_up(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says("…")
    await her.forges("c:claim:" + code)
    await lawyer.says("…")
    stage.clock.advance(hours=1)
    await lawyer.says("…")
    found = await audit(stage)
    async with stage.database.unit_of_work() as uow:
        seen = {row.update_id for row in await uow.read(select(tables.seen_updates.c.update_id))}
    assert seen == set(range(min(seen), max(seen) + 1)), "an update is missing"
    assert found.received == len(seen)
    assert found.updates["refused", "claim.on_the_way"] == 1
    assert found.received == found.ended("done") + found.ended("refused") + found.ended("set_aside")
    assert found.messages["held", ""] == 1
    assert not found.open_ends
    lines = "\n".join(audit_lines(language, found, stage.settings.zone))
    assert label(language, "cli.audit.whole") in lines
    assert label(language, "cli.audit.update.refused") in lines
    assert code not in lines


async def test_what_is_set_aside_is_counted_with_its_age(stage: Stage) -> None:
    await stage.opened()
    async with stage.database.unit_of_work() as uow:
        await uow.intake.set_aside(1, {"update_id": 1}, "unreadable")
    found = await audit(stage)
    assert found.still_aside == 1
    assert found.oldest_aside is not None
    assert not found.open_ends
