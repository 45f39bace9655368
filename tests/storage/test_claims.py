"""Twenty lawyers tap `claim` on one card at the same moment: one has it, nineteen are told who was first."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.app import make_database
from bot.domain.case import Claimed, Queued
from bot.domain.errors import Taken
from bot.domain.ids import CaseCode
from bot.domain.people import Person, Role
from bot.services import conflict, queue
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import Database
from tests.storage.given import a_person, a_queued_case, count, rows

LAWYERS = 20


async def _given(database: Database, settings: Settings) -> tuple[CaseCode, list[Person]]:
    async with database.unit_of_work() as uow:
        await uow.groups.choose(-100, "ru")
        lawyers = [await a_person(uow, 100 + number, Role.LAWYER, f"Duty {number}") for number in range(LAWYERS)]
        case = await a_queued_case(uow, await a_person(uow, 1))
        await queue.show(uow, settings, case)
    return case.file.code, lawyers


async def _claim(
    database: Database, settings: Settings, code: CaseCode, lawyer: Person, ready: asyncio.Barrier
) -> Claimed | Taken:
    """In a unit of work of his own, begun when everybody is ready."""
    await ready.wait()
    try:
        async with database.unit_of_work() as uow:
            return await queue.claim(uow, settings, code, lawyer)
    except Taken as taken:
        return taken


async def _race(
    databases: Sequence[Database], settings: Settings, code: CaseCode, lawyers: Sequence[Person]
) -> list[Claimed | Taken]:
    ready = asyncio.Barrier(len(lawyers))
    claims = (
        _claim(databases[number % len(databases)], settings, code, lawyer, ready)
        for number, lawyer in enumerate(lawyers)
    )
    return await asyncio.gather(*claims)


async def _one_has_it(
    database: Database, code: CaseCode, lawyers: Sequence[Person], ends: list[Claimed | Taken]
) -> None:
    won = [end for end in ends if isinstance(end, Claimed)]
    refused = [end for end in ends if isinstance(end, Taken)]
    assert len(won) == 1
    assert len(refused) == LAWYERS - 1
    winner = next(lawyer for lawyer in lawyers if lawyer.id == won[0].lawyer)
    assert {(end.key, end.params["name"], end.params["code"]) for end in refused} == {
        ("refusal.taken", winner.working_name or "", code)
    }
    async with database.unit_of_work() as uow:
        held = await uow.cases.get(code, Claimed)
        assert held.lawyer == winner.id
        assert [len(await uow.cases.held_by(lawyer.id)) for lawyer in lawyers].count(1) == 1
    await _nothing_twice(database, code, winner)


async def _nothing_twice(database: Database, code: CaseCode, winner: Person) -> None:
    journal = [row for row in await rows(database, tables.journal) if row.action == "claimed"]
    assert [(row.actor, row.case_code) for row in journal] == [(winner.id, code)]
    said = await rows(database, tables.outbox, tables.outbox.c.case_code == code)
    edits = [row for row in said if row.slot == f"card:{code}" and row.method.startswith("Edit")]
    assert len(edits) == 1
    chat = database.cipher.lookup("account", winner.account)
    appeals = [row for row in said if row.slot == f"appeal:{code}"]
    assert [row.chat for row in appeals] == [chat]
    assert [row.kind for row in await rows(database, tables.reminders)] == ["silent"]
    current = [row.id for row in await rows(database, tables.people) if row.role and row.current_case]
    assert current == [winner.id]


async def test_twenty_claims_through_one_database(database: Database, settings: Settings) -> None:
    code, lawyers = await _given(database, settings)
    ends = await _race([database], settings, code, lawyers)
    await _one_has_it(database, code, lawyers, ends)


async def test_twenty_claims_through_twenty_doors_to_the_same_database(database: Database, settings: Settings) -> None:
    code, lawyers = await _given(database, settings)
    doors = [make_database(settings, database.clock) for _ in lawyers]
    ends = await _race(doors, settings, code, lawyers)
    for door in doors:
        await door.close()
    await _one_has_it(database, code, lawyers, ends)


async def test_on_postgresql_the_twenty_really_see_the_case_unclaimed_at_once(
    database: Database, settings: Settings
) -> None:
    """The compare-and-set alone decides: all twenty have read a case that waits before the first one moves it."""
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one in after the other")
    code, lawyers = await _given(database, settings)
    have_read = asyncio.Barrier(LAWYERS)
    doors = [make_database(settings, database.clock) for _ in lawyers]

    async def claim(door: Database, lawyer: Person) -> Claimed | Taken:
        try:
            async with door.unit_of_work() as uow:
                assert isinstance(await uow.cases.find(code), Queued)
                await have_read.wait()
                return await queue.claim(uow, settings, code, lawyer)
        except Taken as taken:
            return taken

    ends = await asyncio.gather(*(claim(door, lawyer) for door, lawyer in zip(doors, lawyers, strict=True)))
    for door in doors:
        await door.close()
    await _one_has_it(database, code, lawyers, ends)


async def test_not_me_and_claim_of_the_same_lawyer_at_once_end_in_one_of_the_two(
    database: Database, settings: Settings
) -> None:
    code, lawyers = await _given(database, settings)

    async def not_me() -> None:
        async with database.unit_of_work() as uow:
            await conflict.not_me(uow, settings, code, lawyers[0])

    async def claim() -> None:
        async with database.unit_of_work() as uow:
            await queue.claim(uow, settings, code, lawyers[0])

    ends = await asyncio.gather(not_me(), claim(), return_exceptions=True)
    unexpected = [end for end in ends if isinstance(end, BaseException) and type(end).__module__ != "bot.domain.errors"]
    assert not unexpected
    assert await count(database, tables.conflicts) <= 1
