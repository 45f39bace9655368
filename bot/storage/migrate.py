"""Brings the database to the newest shape; run at every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

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
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "head"))


async def is_newest(engine: AsyncEngine) -> bool:
    """True when the database has every migration."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    async with engine.connect() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision()) == head
