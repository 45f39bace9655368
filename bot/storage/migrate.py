"""Brings the database to the newest shape; run at every start.

Alembic is only loaded when there is something for it to do: it takes as long to import as the database takes to open.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, column, func, inspect, select, table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"

_ONE_AT_A_TIME = 7_210_441
"""The number of the advisory lock; any would do."""


def config(connection: Connection | None = None) -> Any:
    """Alembic's configuration, bound to an open connection."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


async def upgrade(engine: AsyncEngine) -> None:
    """All migrations that are not there yet; of several processes that start at once one runs them, the others wait."""
    if not await is_newest(engine):
        await climb(engine, lambda sync: _upgrade(sync, "head"))


async def climb(engine: AsyncEngine, work: Callable[[Connection], None]) -> None:
    """Carry out migrations in one transaction."""
    async with ground(engine) as connection:
        await connection.run_sync(work)


async def to(connection: AsyncConnection, revision: str) -> None:
    """Bring the database to this migration, inside the transaction of `ground`."""
    await connection.run_sync(_upgrade, revision)


def known(revision: str) -> bool:
    """True when there is such a migration here."""
    return revision in _revisions()


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
    async with engine.connect() as connection:
        return await connection.run_sync(revision_of) == max(_revisions())


def revision_of(connection: Connection) -> str | None:
    """The migration a database has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    kept: Select[str] = select(column("version_num")).select_from(table("alembic_version"))
    found: str | None = connection.execute(kept).scalar()
    return found


def _revisions() -> set[str]:
    """Every migration there is, by the number its file begins with (a house test holds them together)."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")}


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command

    command.upgrade(config(connection), revision)
