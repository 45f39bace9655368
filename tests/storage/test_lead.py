"""One leads: two who lease at once never take the same message; whoever lost the lead without knowing takes none."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram.methods import SendMessage
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.app import make_database
from bot.clock import system_chance
from bot.settings import Settings
from bot.storage.engine import Database
from bot.storage.leader import NotLeading
from tests.clock import StandingClock
from tests.processes.machine import until

CHATS = 20

pytestmark = pytest.mark.parametrize("migrated_url", ["postgresql"], indirect=True)


@pytest.fixture
async def other(database: Database, settings: Settings, clock: StandingClock) -> AsyncIterator[Database]:
    """The same database as a second process opens it."""
    made = make_database(settings, clock, system_chance)
    async with made.unit_of_work():
        pass
    yield made
    await made.close()


async def put(database: Database) -> None:
    async with database.unit_of_work() as uow:
        for chat in range(1, CHATS + 1):
            await uow.outbox.put(SendMessage(chat_id=chat, text="words"))


async def lease(database: Database, *, leading: bool = False) -> int:
    async with database.unit_of_work(leading=leading) as uow:
        return len(await uow.outbox.lease(CHATS, ()))


async def end_the_leaders_session(database: Database) -> None:
    killed = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7210442"
    )
    async with database.engine.begin() as connection:
        assert (await connection.execute(killed)).scalar_one() == 1


async def test_two_who_lease_at_once_never_take_the_same(database: Database, other: Database) -> None:
    await put(database)
    async with asyncio.timeout(10), database.unit_of_work() as mine, other.unit_of_work() as theirs:
        first = await mine.outbox.lease(CHATS // 2, ())
        second = await theirs.outbox.lease(CHATS, ())
    taken = [row for due in [*first, *second] for row in due.rows]
    assert len(first) == CHATS // 2
    assert len(taken) == len(set(taken)) == CHATS
    leases = await asyncio.gather(*(lease(each) for each in (database, other) * 4))
    assert leases == [0] * 8


async def test_what_is_being_held_back_right_now_is_not_sent(database: Database, other: Database) -> None:
    await put(database)
    hers = database.cipher.lookup("account", 1)
    async with database.unit_of_work() as uow:
        await uow.outbox.hide(hers)
        async with asyncio.timeout(10), other.unit_of_work() as theirs:
            leased = await theirs.outbox.lease(CHATS, ())
    assert len(leased) == CHATS - 1
    assert hers not in {due.chat for due in leased}
    assert await lease(other) == 0


async def test_whoever_lost_the_lead_does_nothing_more_that_only_the_leader_may(
    database: Database, other: Database
) -> None:
    assert await database.leadership.take()
    assert not await other.leadership.take()
    await end_the_leaders_session(other)
    assert await other.leadership.take()
    with pytest.raises(NotLeading):
        await lease(database, leading=True)
    assert not database.leadership.ours
    assert await lease(other, leading=True) == 0


async def test_a_lease_of_the_last_leader_does_not_slip_past_the_next_one(database: Database, other: Database) -> None:
    await put(database)
    await database.leadership.take()
    async with database.unit_of_work(leading=True) as uow:
        await uow.outbox.lease(CHATS, ())
        await end_the_leaders_session(other)
        taking = asyncio.ensure_future(other.leadership.take())
        await asyncio.sleep(0.3)
        assert not taking.done(), "the last leader is still at it"
    assert await taking
    async with other.unit_of_work(leading=True) as uow:
        assert await uow.outbox.in_doubt_after_crash() == CHATS


async def test_a_leader_that_is_silent_is_not_waited_for(database: Database, other: Database) -> None:
    """It stands still in the middle of a lease: after 3 s the server ends its sessions, and with them the lease."""
    await put(database)
    await database.leadership.take()
    with pytest.raises(DBAPIError):  # noqa: PT012
        async with database.unit_of_work(leading=True) as uow:
            await uow.outbox.lease(CHATS, ())
            await until("the lead of another", other.leadership.take, seconds=5, every=0.2)
    async with other.unit_of_work(leading=True) as uow:
        assert await uow.outbox.in_doubt_after_crash() == 0
    assert await lease(other, leading=True) == CHATS
