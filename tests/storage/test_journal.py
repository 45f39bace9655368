"""The journal's chain: whatever is changed, removed, moved or put in shows; what was only appended is linked later."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.domain.journal import Action
from bot.journal import Verified, verify
from bot.storage import tables
from bot.storage.chain import ChainBroken, Head
from bot.storage.engine import Database
from bot.storage.unit_of_work import UnitOfWork
from tests.clock import StandingClock
from tests.storage.given import a_person, rows

J, STATE = tables.journal, tables.hotline_state
NUMBER = 250


async def _noted(database: Database, clock: StandingClock, number: int = NUMBER) -> list[int]:
    """A journal in which so many rows are linked; their ids."""
    async with database.unit_of_work() as uow:
        her = await a_person(uow, 1)
        for _ in range(number):
            uow.journal.note(Action.OPENED, actor=her)
    clock.advance(seconds=31)
    await _link_all(database)
    return sorted(row.id for row in await rows(database, J))


async def _link_all(database: Database) -> None:
    linked = 1
    while linked:
        async with database.unit_of_work() as uow:
            linked = await uow.chain.link_due()


async def test_a_journal_nobody_touched_is_whole(database: Database, clock: StandingClock) -> None:
    assert await verify(database) == Verified(Head(), 0, None)
    await _noted(database, clock)
    early = (await verify(database)).head
    async with database.unit_of_work() as uow:
        uow.journal.note(Action.CLOSED, actor=None)
    found = await verify(database, early.link.hex())
    assert (found.head.count, found.waiting, found.noted_at) == (NUMBER, 1, NUMBER)
    clock.advance(seconds=31)
    await _link_all(database)
    found = await verify(database, early.link.hex())
    assert (found.head.count, found.waiting, found.noted_at) == (NUMBER + 1, 0, NUMBER)
    assert (await verify(database, "00" * 32)).noted_at is None


async def test_what_may_still_be_overtaken_is_not_linked(database: Database, clock: StandingClock) -> None:
    ids = await _noted(database, clock, 2)
    async with database.unit_of_work() as uow:
        uow.journal.note(Action.CLOSED, actor=None)
    clock.advance(seconds=29)
    await _link_all(database)
    assert sorted(row.id for row in await rows(database, J) if row.link) == sorted(ids)


async def _edit(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(update(J).where(J.c.id == ids[120]).values(action="closed"))
    return ids[120]


async def _other_case(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(update(J).where(J.c.id == ids[0]).values(case_code="KM48213"))
    return ids[0]


async def _other_moment(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(update(J).where(J.c.id == ids[-1]).values(at=uow.now - timedelta(days=1)))
    return ids[-1]


async def _remove(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(J.delete().where(J.c.id == ids[120]))
    return ids[121]


async def _remove_the_first(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(J.delete().where(J.c.id == ids[0]))
    return ids[1]


async def _swap(uow: UnitOfWork, ids: list[int]) -> int:
    for old, new in ((ids[7], 1), (ids[8], ids[7]), (1, ids[8])):
        await uow.write(update(J).where(J.c.id == old).values(id=new))
    return ids[7]


async def _put_in(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(insert(J).values(id=ids[120] + 1, at=uow.now, action="opened"))
    return ids[120] + 1


async def _put_in_with_a_link(uow: UnitOfWork, ids: list[int]) -> int:
    link = (await uow.read(select(J.c.link).where(J.c.id == ids[120])))[0][0]
    await uow.write(insert(J).values(id=ids[120] + 1, at=uow.now, action="opened", link=link))
    return ids[120] + 1


async def _append_with_a_link(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(insert(J).values(id=ids[-1] + 1, at=uow.now, action="opened", link=bytes(32)))
    return ids[-1] + 1


async def _unlink(uow: UnitOfWork, ids: list[int]) -> int:
    await uow.write(update(J).where(J.c.id == ids[-1]).values(link=None))
    return ids[-1]


@pytest.mark.parametrize(
    "spoil",
    [_edit, _other_case, _other_moment, _remove, _remove_the_first, _swap, _put_in, _put_in_with_a_link,
     _append_with_a_link, _unlink],
)  # fmt: skip
async def test_what_was_changed_is_found(
    database: Database, clock: StandingClock, spoil: Callable[[UnitOfWork, list[int]], Awaitable[int]]
) -> None:
    ids = await _noted(database, clock)
    async with database.unit_of_work() as uow:
        expected = await spoil(uow, ids)
    with pytest.raises(ChainBroken) as broken:
        await verify(database)
    assert broken.value.row == expected


async def _cut_off(uow: UnitOfWork, ids: list[int]) -> None:
    await uow.write(J.delete().where(J.c.id > ids[99]))


async def _cut_off_whole(uow: UnitOfWork, ids: list[int]) -> None:
    await uow.write(J.delete())


async def _forged_head(uow: UnitOfWork, ids: list[int]) -> None:
    """Cut off, and the head made to fit, as well as it can be without the key."""
    kept = (await uow.read(select(J).where(J.c.id == ids[99])))[0]
    mac = (await uow.read(select(STATE.c.value).where(STATE.c.name == "journal")))[0][0].rpartition(":")[2]
    await uow.write(J.delete().where(J.c.id > kept.id))
    forged = f"100:{kept.id}:{kept.link.hex()}:{mac}"
    await uow.write(update(STATE).where(STATE.c.name == "journal").values(value=forged))


@pytest.mark.parametrize("spoil", [_cut_off, _cut_off_whole, _forged_head])
async def test_an_end_that_was_cut_off_shows(
    database: Database, clock: StandingClock, spoil: Callable[[UnitOfWork, list[int]], Awaitable[None]]
) -> None:
    ids = await _noted(database, clock)
    async with database.unit_of_work() as uow:
        await spoil(uow, ids)
    with pytest.raises(ChainBroken) as broken:
        await verify(database)
    assert broken.value.row is None


async def test_without_its_head_the_chain_is_broken_and_nothing_is_linked_anew(
    database: Database, clock: StandingClock
) -> None:
    ids = await _noted(database, clock)
    async with database.unit_of_work() as uow:
        await uow.write(STATE.delete().where(STATE.c.name == "journal"))
    for work in (lambda: verify(database), lambda: _link_all(database)):
        with pytest.raises(ChainBroken) as broken:
            await work()
        assert broken.value.row == ids[0]


async def test_an_older_database_put_back_whole_is_told_by_a_head_noted_elsewhere(
    database: Database, clock: StandingClock
) -> None:
    ids = await _noted(database, clock, 10)
    async with database.unit_of_work() as uow:
        older = (await uow.read(select(STATE.c.value).where(STATE.c.name == "journal")))[0][0]
        uow.journal.note(Action.OPENED, actor=None)
    clock.advance(seconds=31)
    await _link_all(database)
    noted = (await verify(database)).head.link.hex()
    async with database.unit_of_work() as uow:
        await uow.write(J.delete().where(J.c.id > ids[-1]))
        await uow.write(update(STATE).where(STATE.c.name == "journal").values(value=older))
    found = await verify(database, noted)
    assert (found.head.count, found.noted_at) == (10, None)
