"""Brings the database to the newest shape; run at every start."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"

_ONE_AT_A_TIME = 7_210_441
"""The number of the advisory lock; any would do."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, bound to an open connection."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


async def upgrade(engine: AsyncEngine) -> None:
    """All migrations that are not there yet; of several processes that start at once one runs them, the others wait."""
    await climb(engine, lambda sync: command.upgrade(config(sync), "head"))


async def climb(engine: AsyncEngine, work: Callable[[Connection], None]) -> None:
    """Carry out migrations in one transaction."""
    async with ground(engine) as connection:
        await connection.run_sync(work)


async def to(connection: AsyncConnection, revision: str) -> None:
    """Bring the database to this migration, inside the transaction of `ground`."""
    await connection.run_sync(lambda sync: command.upgrade(config(sync), revision))


def known(revision: str) -> bool:
    """True when there is such a migration here."""
    return revision in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


@asynccontextmanager
async def ground(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction in which tables may change; nobody else has one.

    SQLite changes a rule by making the table anew; for that its foreign keys rest, and are looked over afterwards.
    Source: sqlite.org, "Making Other Kinds Of Table Schema Changes".
    """
    sqlite = engine.dialect.name == "sqlite"
    async with engine.connect() as connection:
        if sqlite:
            await _foreign_keys(connection, "OFF")
        try:
            async with connection.begin():
                if not sqlite:
                    await connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
                yield connection
                if sqlite and (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all():
                    raise RuntimeError("a migration left rows without their parents")
        finally:
            if sqlite:
                await _foreign_keys(connection, "ON")


async def _foreign_keys(connection: AsyncConnection, state: str) -> None:
    """Outside any transaction, for inside one the pragma does nothing."""
    raw: Any = (await connection.get_raw_connection()).driver_connection
    await raw.execute(f"PRAGMA foreign_keys={state}")


async def is_newest(engine: AsyncEngine) -> bool:
    """True when the database has every migration."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision()) == head
