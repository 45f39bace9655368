"""Return commits, raise rolls back; a step stands or falls by itself; ids grow; nothing is half there."""

import asyncio
import itertools
from typing import cast

import pytest
from aiogram.methods import AnswerCallbackQuery, SendMessage
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.app import make_database
from bot.clock import system_chance
from bot.domain.follow_up import ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Kind, Piece
from bot.domain.journal import Action
from bot.domain.people import Role
from bot.services import intake, queue
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.transaction import BatchBroken
from bot.storage.unit_of_work import UnitOfWork
from tests.clock import StandingClock
from tests.storage.given import a_claimed_case, a_person, a_queued_case, broken_off, count, failing, rows

ALL = tables.metadata.sorted_tables


def _note(uow: UnitOfWork, words: str) -> None:
    """A row that is only appended, told by its words."""
    uow.journal.note(cast("Action", words), actor=None)


async def test_return_commits(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.intake.set_fact("told", "yes")
        _note(uow, "looked")
    async with database.unit_of_work() as uow:
        assert await uow.intake.fact("told") == "yes"
    assert [row.action for row in await rows(database, tables.journal)] == ["looked"]


async def test_raise_rolls_back_what_was_written_and_what_was_appended(database: Database) -> None:
    async with broken_off(database.unit_of_work()) as uow:
        await uow.intake.set_fact("told", "yes")
        _note(uow, "looked")
    left = {table.name: await count(database, table) for table in ALL if await count(database, table)}
    assert left == {"keys": 2}, "the keys of the hotline itself, made when the database was opened"


async def test_an_error_in_the_middle_of_sending_an_appeal_leaves_nothing_of_it(
    database: Database, settings: Settings
) -> None:
    async with database.unit_of_work() as uow:
        her = await a_person(uow, 1)
        await uow.drafts.begin(her.id)
        await uow.drafts.add_words(her.id, 10, Piece(Kind.TEXT, "help"))
        await uow.groups.choose(-100, "ru")
    before = {table.name: await count(database, table) for table in ALL}
    async with broken_off(database.unit_of_work()) as uow:
        await intake.submit(uow, settings, await uow.people.get(her.id), None)
    assert {table.name: await count(database, table) for table in ALL} == before
    async with database.unit_of_work() as uow:
        await intake.submit(uow, settings, await uow.people.get(her.id), None)
    assert await count(database, tables.cases) == 1
    assert await count(database, tables.entries) == 1
    assert await count(database, tables.draft_words) == 0


async def _step(uow: UnitOfWork, name: str, way: str) -> None:
    """One update's worth of work, done in one of the ways there are."""
    async with uow.step():
        await _work(uow, name, way)


async def _work(uow: UnitOfWork, name: str, way: str) -> None:
    if way != "writes":
        _note(uow, name)
        await uow.outbox.put(SendMessage(chat_id=1, text=name))
        uow.fleeting.append(AnswerCallbackQuery(callback_query_id=name))
    if way in ("writes", "both"):
        await uow.intake.set_fact(name, "yes")
    if way == "reads what it appended":
        await uow.outbox.count()


WAYS = ("appends", "writes", "both", "reads what it appended")


async def test_a_step_that_fails_is_undone_alone(database: Database) -> None:
    for good, bad in itertools.product(WAYS, WAYS):
        here = f"{good}, {bad}: "
        async with database.unit_of_work() as uow:
            await _step(uow, here + "good 1", good)
            await _step(uow, here + "good 2", good)
            async with broken_off(uow.step()):
                await _work(uow, here + "bad 1", bad)
            await _step(uow, here + "good 3", good)
            async with broken_off(uow.step()):
                await _work(uow, here + "bad 2", bad)
            fleeting = [each.callback_query_id for each in uow.fleeting if isinstance(each, AnswerCallbackQuery)]
        stands = [here + "good 1", here + "good 2", here + "good 3"]
        appended = [] if good == "writes" else stands
        written = stands if good in ("writes", "both") else []
        noted = await rows(database, tables.journal, tables.journal.c.action.startswith(here))
        assert [row.action for row in noted] == appended
        assert fleeting == appended
        told = await rows(database, tables.hotline_state, tables.hotline_state.c.name.startswith(here))
        assert sorted(row.name for row in told) == written
    async with database.unit_of_work() as uow:
        assert await uow.outbox.count() == {"waiting": 3 * 3 * len(WAYS)}


async def test_a_statement_that_fails_undoes_its_step_alone(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await _step(uow, "good 1", "both")
        async with failing(uow.step(), IntegrityError):
            _note(uow, "bad")
            await uow.write(insert(tables.hotline_state).values(name="good 1", value="again"))
        await _step(uow, "good 2", "both")
    assert [row.action for row in await rows(database, tables.journal)] == ["good 1", "good 2"]


async def test_a_person_seen_in_a_failed_step_was_not_seen(database: Database, clock: StandingClock) -> None:
    async with database.unit_of_work() as uow:
        her, other = await a_person(uow, 1), await a_person(uow, 2)
    async with database.unit_of_work() as uow:
        async with uow.step():
            uow.seen(other.id)
        async with broken_off(uow.step()):
            uow.seen(her.id)
    seen = {row.id: row.seen_at for row in await rows(database, tables.people)}
    assert seen == {her.id: None, other.id: clock()}


async def test_a_broken_flush_is_a_broken_batch_and_nothing_of_it_stands(database: Database) -> None:
    async with failing(database.unit_of_work(), BatchBroken) as uow:
        await uow.intake.set_fact("told", "yes")
        uow.intake.done(7)
        uow.intake.done(7)
    assert await count(database, tables.seen_updates) == 0
    assert await count(database, tables.hotline_state) == 0


async def test_a_flush_that_breaks_inside_a_step_breaks_the_batch(database: Database) -> None:
    async with failing(database.unit_of_work(), BatchBroken) as uow:
        uow.intake.done(7)
        uow.intake.done(7)
        async with uow.step():
            await uow.intake.set_fact("told", "yes")
    assert await count(database, tables.hotline_state) == 0


# Ids


async def test_ids_grow_even_when_the_clock_stands_or_goes_back(
    database: Database, settings: Settings, clock: StandingClock
) -> None:
    async def some(where: Database) -> list[int]:
        async with where.unit_of_work() as uow:
            found = [uow.new_id() for _ in range(3)]
            _note(uow, "looked")
            return found

    first = await some(database)
    clock.advance(hours=-1)
    second = await some(database)
    restarted = make_database(settings, clock, system_chance)
    third = await some(restarted)
    await restarted.close()
    given = first + second + third
    assert given == sorted(set(given))


@pytest.mark.parametrize("what", ["words", "entry", "reminder", "message"])
async def test_after_a_restart_with_a_slow_clock_ids_go_on_where_they_were(
    database: Database, settings: Settings, clock: StandingClock, what: str
) -> None:
    async with database.unit_of_work() as uow:
        her, lawyer = await a_person(uow, 1), await a_person(uow, 2, Role.LAWYER, "Duty 1")
        case = await a_claimed_case(uow, her, lawyer)
    clock.advance(hours=1)
    async with database.unit_of_work() as uow:
        await _one(uow, what, her.id, case.file.code)
        last = uow.new_id()
    clock.advance(hours=-1)
    restarted = make_database(settings, clock, system_chance)
    async with restarted.unit_of_work() as uow:
        assert uow.new_id() > last - (1 << 12)
    await restarted.close()


async def _one(uow: UnitOfWork, what: str, person: str, code: CaseCode) -> None:
    her = await uow.people.by_account(1)
    match what:
        case "words":
            await uow.drafts.begin(her.id)
            await uow.drafts.add_words(her.id, 1, Piece(Kind.TEXT, "a"))
        case "entry":
            await uow.threads.add(code, Author.SEEKER, Piece(Kind.TEXT, "a"))
        case "reminder":
            await uow.reminders.set(code, ReminderKind.SILENT, uow.now)
        case "message":
            await uow.outbox.put(SendMessage(chat_id=1, text="a"))


# Keys


async def test_a_key_made_in_a_transaction_that_failed_seals_nothing_later(database: Database) -> None:
    """What is sealed with a key that never reached the database can never be opened again."""
    async with broken_off(database.unit_of_work()) as uow:
        await uow.outbox.put(SendMessage(chat_id=1, text="first"))
    async with database.unit_of_work() as uow:
        await uow.outbox.put(SendMessage(chat_id=1, text="second"))
    async with database.unit_of_work() as uow:
        assert [due.params["text"] for due in await uow.outbox.lease(10, ())] == ["second"]


async def test_a_key_made_in_a_step_that_failed_seals_nothing_later(database: Database) -> None:
    async with database.unit_of_work() as uow:
        async with broken_off(uow.step()):
            await uow.outbox.put(SendMessage(chat_id=1, text="first"))
        async with uow.step():
            await uow.outbox.put(SendMessage(chat_id=1, text="second"))
    async with database.unit_of_work() as uow:
        assert [due.params["text"] for due in await uow.outbox.lease(10, ())] == ["second"]


async def test_a_key_made_in_an_earlier_step_outlives_a_later_one_that_fails(database: Database) -> None:
    async with database.unit_of_work() as uow:
        async with uow.step():
            await uow.outbox.put(SendMessage(chat_id=1, text="first"))
        async with broken_off(uow.step()):
            await uow.intake.set_fact("told", "yes")
        async with uow.step():
            await uow.outbox.put(SendMessage(chat_id=2, text="second"))
    async with database.unit_of_work() as uow:
        assert sorted(due.params["text"] for due in await uow.outbox.lease(10, ())) == ["first", "second"]


async def test_two_that_need_the_first_key_of_all_at_once_share_it(database: Database, settings: Settings) -> None:
    other = make_database(settings, database.clock)

    async def put(where: Database, chat: int) -> None:
        async with where.unit_of_work() as uow:
            await uow.outbox.put(SendMessage(chat_id=chat, text="word"))
            await asyncio.sleep(0.05)

    await asyncio.gather(put(database, 1), put(other, 2))
    restarted = make_database(settings, database.clock)
    async with restarted.unit_of_work() as uow:
        assert len(await uow.outbox.lease(10, ())) == 2
    await other.close()
    await restarted.close()


# Side by side


async def test_ids_of_two_processes_keep_their_order_when_the_clock_is_set_back(
    database: Database, settings: Settings, clock: StandingClock
) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one process")
    doors = [make_database(settings, clock, steady=clock.steady) for _ in range(2)]
    given: list[int] = []
    for hours, door in [(0, 0), (0, 1), (2, 0), (-1, 1), (0, 1), (0, 1), (0, 0), (0, 1)]:
        clock.jumps(hours=hours)
        for each in doors:
            each.look_at_clock()  # as every process does every second
        async with doors[door].unit_of_work() as uow:
            await uow.outbox.put(SendMessage(chat_id=1, text="word"))
        given.append(max(row.id for row in await rows(database, tables.outbox) if row.id not in given))
    assert given == sorted(given)
    assert len(set(given)) == 8
    for each in doors:
        await each.close()


async def _count_up(database: Database) -> None:
    async with database.unit_of_work() as uow:
        number = int(await uow.intake.fact("number") or 0)
        await asyncio.sleep(0.001)
        await uow.intake.set_fact("number", str(number + 1))


async def test_ten_that_read_and_then_write_end_at_ten(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL works side by side; what must not be overtaken is compare-and-set there")
    await asyncio.gather(*(_count_up(database) for _ in range(10)))
    async with database.unit_of_work() as uow:
        assert await uow.intake.fact("number") == "10"


async def test_two_doors_to_one_sqlite_file_wait_for_each_other(database: Database, settings: Settings) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only")
    other = make_database(settings, database.clock)
    await asyncio.gather(*(_count_up(each) for each in (database, other) * 5))
    async with database.unit_of_work() as uow:
        assert await uow.intake.fact("number") == "10"
    await other.close()


async def test_a_case_and_its_card_are_there_together_or_not_at_all(database: Database, settings: Settings) -> None:
    async with database.unit_of_work() as uow:
        her = await a_person(uow, 1)
        await uow.groups.choose(-100, "ru")
    async with failing(database.unit_of_work(), BatchBroken) as uow:
        case = await a_queued_case(uow, her)
        await queue.show(uow, settings, case)
        uow.intake.done(1)
        uow.intake.done(1)
    assert await count(database, tables.cases) == 0
    assert await count(database, tables.outbox) == 0
