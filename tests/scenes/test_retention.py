"""Retention by the moved clock: told 14 days before, kept with a reason, destroyed when its time has come."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.case import Closed
from bot.domain.ids import CaseCode
from bot.i18n import LANGUAGES, label, text
from bot.storage import tables
from tests.scenes.test_privacy import everything
from tests.stage import Actor, Stage

WORDS = "canaryword of an ended case"


async def ended(stage: Stage, language: str = "ru", outcome: str = "advice") -> tuple[Actor, Actor, Actor, CaseCode]:
    """Her, the lawyer who closed her case, the coordinator, and its code."""
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, WORDS)
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("canaryanswer")
    await lawyer.taps("button.close")
    await lawyer.taps(f"outcome.{outcome}")
    return her, lawyer, coordinator, code


async def rows(stage: Stage, table: str) -> int:
    async with stage.database.unit_of_work() as uow:
        counted = await uow.read(select(func.count()).select_from(tables.metadata.tables[table]))
    return int(counted[0][0])


async def test_an_ended_case_is_destroyed_after_90_days_and_nobody_is_surprised(stage: Stage, tmp_path: Path) -> None:
    her, lawyer, coordinator, code = await ended(stage)
    await stage.later(days=75)
    assert not lawyer.seen("button.keep")
    assert code not in coordinator.last
    await stage.later(days=1, hours=1)
    for member in (lawyer, coordinator):
        assert code in member.last
        assert label("ru", "button.keep") in member.account.last.labels
    await her.says("/start")
    assert label("ru", "button.keep_mine") in str([message.labels for message in her.account.messages])
    await stage.later(days=13)
    assert isinstance(await stage.case(code), Closed)
    await stage.later(days=1, hours=1)
    await stage.later(minutes=2)
    assert await stage.case(code) is None
    found = await everything(stage, tmp_path)
    assert b"canary" not in found
    assert await rows(stage, "entries") == 0
    assert await rows(stage, "cases") == 1
    async with stage.database.unit_of_work() as uow:
        hers = await uow.people.by_account(her.account.id)
        assert await uow.read(select(tables.keys).where(tables.keys.c.owner == f"case:{code}")) == []
        assert hers.language == "ru"
        assert not await uow.erasure.unfinished()
    await her.says("hello again")
    assert her.last


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_keeps_it_longer(stage: Stage, language: str) -> None:
    her, _, _, code = await ended(stage, language)
    await stage.later(days=77)
    await her.says("/start")
    await her.taps("button.keep_mine")
    assert text(language, "retention.kept_for_her", code=code, date="").partition("\n")[0] in her.chat
    await stage.later(days=80)
    assert isinstance(await stage.case(code), Closed)
    await stage.later(days=14)
    await stage.later(days=15)
    assert await stage.case(code) is None


@pytest.mark.parametrize("reason", ["court", "referral"])
async def test_what_is_in_court_or_referred_is_never_destroyed(stage: Stage, reason: str) -> None:
    _, lawyer, coordinator, code = await ended(stage)
    await stage.later(days=77)
    await lawyer.taps("button.keep")
    await lawyer.taps(f"button.keep.{reason}")
    assert code in lawyer.last
    for _ in range(8):
        await stage.later(days=90)
        assert isinstance(await stage.case(code), Closed)
    asked = coordinator.account.messages[-5:]  # the directory is spoken of too
    assert any(label("ru", f"button.keep.{reason}") in each.labels for each in asked)
    await coordinator.taps("button.keep.no_more")
    await stage.later(days=1)
    await stage.later(days=15)
    assert await stage.case(code) is None


@pytest.mark.parametrize(("reason", "days"), [("month", 31), ("quarter", 92), ("half_year", 184)])
async def test_a_legal_deadline_is_waited_for(stage: Stage, reason: str, days: int) -> None:
    _, _, coordinator, code = await ended(stage)
    await stage.later(days=77)
    await coordinator.taps("button.keep")
    await coordinator.taps(f"button.keep.{reason}")
    await stage.later(days=max(days, 102))
    assert isinstance(await stage.case(code), Closed)
    await stage.later(days=15)
    await stage.later(days=15)
    assert await stage.case(code) is None


async def test_who_may_not_keep_it(stage: Stage) -> None:
    her, lawyer, coordinator, code = await ended(stage)
    other = await stage.lawyer(coordinator, "kk", "Duty 2")
    stranger = await stage.seeker("en")
    await stage.later(days=77)
    for person in (other, stranger, her):
        await person.forges(f"kp:{code}:court")
        await person.forges(f"kp:{code}:")
    for person in (other, stranger, lawyer):
        await person.forges(f"km:{code}")
    async with stage.database.unit_of_work() as uow:
        kept = await uow.retention.of(code)
    assert kept is not None
    assert (kept.hold, kept.keep_until) == (None, None)
    assert code not in other.chat
    assert code not in stranger.chat


async def test_a_pending_date_keeps_it(stage: Stage) -> None:
    her, _, _, code = await ended(stage)
    await stage.later(days=77)
    await stage.later(days=13, hours=22)
    await her.says("one more thing")
    await stage.later(minutes=20)
    assert not isinstance(await stage.case(code), Closed)
    await stage.later(days=100)
    assert await stage.case(code) is not None


async def test_a_draft_is_dropped_a_week_after_the_last_change(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.says("canaryword begun")
    await stage.later(days=6)
    await her.says("and more")
    await stage.later(days=6)
    assert await rows(stage, "draft_words") == 2
    await stage.later(days=1, hours=2)
    assert await rows(stage, "draft_words") == 0
    assert await rows(stage, "drafts") == 0
    await her.says("/start")
    assert label("ru", "button.new") in her.account.last.labels


async def test_what_was_said_is_forgotten_after_8_days(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    await lawyer.says("words")
    assert await rows(stage, "outbox") > 10
    async with stage.database.unit_of_work() as uow:
        await uow.write(
            tables.outbox.update().where(tables.outbox.c.case_code == code).values(state="dead", why="a reason")
        )
        await uow.write(tables.outbox.update().values(sealed=b"kept"))
    stage.clock.advance(days=9)
    async with stage.database.unit_of_work() as uow:
        await uow.retention.forget_what_was_said()
        left = await uow.read(select(tables.outbox.c.state, tables.outbox.c.why, tables.outbox.c.sealed))
    assert {row.state for row in left} == {"dead"}
    assert {row.sealed for row in left} == {b"kept"}
    stage.clock.advance(days=30)
    async with stage.database.unit_of_work() as uow:
        await uow.retention.forget_what_was_said()
        left = await uow.read(select(tables.outbox.c.why, tables.outbox.c.sealed))
    assert {(row.why, row.sealed) for row in left} == {("a reason", None)}


async def test_who_is_long_gone_is_forgotten(stage: Stage, tmp_path: Path) -> None:
    her, lawyer, _, code = await ended(stage)
    for _ in range(6):
        await stage.later(days=20)
    assert await stage.case(code) is None
    await stage.later(minutes=2)
    lookup = stage.database.cipher.lookup("account", her.account.id).encode()
    assert lookup not in await everything(stage, tmp_path)
    assert await rows(stage, "people") == 2
    await her.starts()
    assert her.last
    await lawyer.says("/cases")
    assert lawyer.says_now("desk.empty")
