"""Alembic's door: the hotline hands it an open connection; the command line opens one from the settings."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from bot.settings import read_settings
from bot.storage.engine import make_engine
from bot.storage.migrate import climb
from bot.storage.tables import metadata


def migrate(connection: Connection) -> None:
    """Run the migrations on this connection, inside its transaction."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def migrate_from_settings() -> None:
    """For `alembic` on the command line."""
    engine = make_engine(read_settings().database)
    await climb(engine, migrate)
    await engine.dispose()


handed_over = context.config.attributes.get("connection")
if handed_over is None:
    asyncio.run(migrate_from_settings())
else:
    migrate(handed_over)
