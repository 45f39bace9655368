"""Every migration climbs the stairs with data in the tables, on both databases; the top equals the models."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import migrate
from bot.storage.engine import make_engine
from bot.storage.tables import metadata
from tests.house.migration_rows import ROWS, rows_at

SCRIPTS = list(ScriptDirectory.from_config(migrate.config()).walk_revisions())[::-1]
REVISIONS = [script.revision for script in SCRIPTS]


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An empty database, opened as the hotline opens it."""
    made = make_engine(database_url)
    yield made
    await made.dispose()


async def _in(engine: AsyncEngine, work: Callable[[Connection], Any]) -> Any:
    async with engine.begin() as connection:
        return await connection.run_sync(work)


async def _up(engine: AsyncEngine, revision: str) -> None:
    await migrate.climb(engine, lambda connection: command.upgrade(migrate.config(connection), revision))


async def _down(engine: AsyncEngine, revision: str) -> None:
    await migrate.climb(engine, lambda connection: command.downgrade(migrate.config(connection), revision))


def _counts(connection: Connection) -> dict[str, int]:
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in tables}


def _fill(revisions: list[str]) -> Callable[[Connection], None]:
    """A row into every table that is empty."""

    def fill(connection: Connection) -> None:
        counts = _counts(connection)
        for table, row in rows_at(revisions).items():
            if counts.get(table) == 0:
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)

    return fill


async def test_every_stair_up_down_and_up_again_with_data(engine: AsyncEngine) -> None:
    for number, revision in enumerate(REVISIONS):
        here = REVISIONS[: number + 1]
        below = REVISIONS[number - 1] if number else "base"
        before = await _in(engine, _counts)
        await _up(engine, revision)
        after = await _in(engine, _counts)
        assert {table: after[table] for table in before if table in after} == {
            table: before[table] for table in before if table in after
        }, f"going up to {revision} lost rows"
        await _in(engine, _fill(here))
        await _down(engine, below)
        assert set(await _in(engine, _counts)) == set(before), f"going down from {revision} left or lost a table"
        await _up(engine, revision)
        await _in(engine, _fill(here))
        empty = [table for table, rows in (await _in(engine, _counts)).items() if not rows]
        assert empty == [], f"tests/house/migration_rows.py has no row for them at {revision}"


async def test_the_top_equals_the_models(engine: AsyncEngine) -> None:
    await _up(engine, "head")
    options = {"compare_type": True, "compare_server_default": True}

    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    assert await _in(engine, differences) == []


async def test_the_top_has_every_rule_of_the_models(engine: AsyncEngine) -> None:
    """CHECK constraints, which the comparison above does not look at."""
    await _up(engine, "head")

    def rules(connection: Connection) -> dict[str, set[str]]:
        look = inspect(connection)
        return {name: {str(each["name"]) for each in look.get_check_constraints(name)} for name in metadata.tables}

    wanted = {
        name: {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        for name, table in metadata.tables.items()
    }
    assert await _in(engine, rules) == wanted


async def test_the_hotline_brings_an_empty_database_to_the_top(engine: AsyncEngine) -> None:
    assert not await migrate.is_newest(engine)
    await migrate.upgrade(engine)
    assert await migrate.is_newest(engine)


def test_revisions_are_numbered_and_say_what_they_change() -> None:
    assert [f"{number:04d}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
    assert set(ROWS) <= set(REVISIONS)
    for script in SCRIPTS:
        assert script.doc, script.path
        assert re.search(rf"{script.revision}_[a-z0-9_]+\.py$", script.path), script.path
