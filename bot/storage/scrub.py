"""Overwrites what was freed: whoever takes the database after an erasure finds no trace of it in its files."""

import sqlite3
from typing import Any

import asyncpg
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.logs import logger
from bot.storage import tables
from bot.storage.erasure import SWEPT

log = logger(__name__)

STATE = tables.hotline_state

MADE_ANEW = ("keys", "people", "cases", "outbox", "shown", "chat_messages", "topics", "drafts", "hotline_state")
"""Tables that held a key, or something by which an account is found. What a destroyed key sealed may lie anywhere."""

WAITS_MOST_MS = 200
"""So long it waits for whoever reads: all that come after it would wait as well, and a back-up may read for minutes."""


async def scrub(engine: AsyncEngine) -> None:
    """Make the files anew. When somebody is reading just now it is tried again later: the note that it is owed stays.

    SQLite: `VACUUM`, for `secure_delete` leaves copies that moved within a page; then the write-ahead log is cut to
    nothing. PostgreSQL: `VACUUM FULL` for the same reason, with `ANALYZE`, for the statistics hold frequent values.
    """
    async with engine.connect() as connection:
        note = (await connection.execute(select(STATE.c.value).where(STATE.c.name == "scrub"))).scalar()
        await connection.commit()
        if await _made_anew(connection) and note is not None and note.startswith(SWEPT):
            await connection.execute(delete(STATE).where(STATE.c.name == "scrub", STATE.c.value == note))
            await connection.commit()


async def _made_anew(connection: AsyncConnection) -> bool:
    """Outside any transaction, for inside one it can't be done."""
    raw: Any = (await connection.get_raw_connection()).driver_connection
    try:
        if connection.dialect.name == "postgresql":
            await raw.execute(f"SET lock_timeout = {WAITS_MOST_MS}")
            await raw.execute(f"VACUUM (FULL, ANALYZE) {', '.join(MADE_ANEW)}")
            return True
        await raw.execute("VACUUM")
        patience = (await (await raw.execute("PRAGMA busy_timeout")).fetchone())[0]
        await raw.execute(f"PRAGMA busy_timeout = {WAITS_MOST_MS}")
        cut = await (await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")).fetchone()
        await raw.execute(f"PRAGMA busy_timeout = {patience}")
        return bool(cut[0] == 0)
    except (SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError) as error:
        log.warning("what was erased is not overwritten yet; trying again", why=type(error).__name__)
        return False
    finally:
        if connection.dialect.name == "postgresql" and not raw.is_closed():
            await raw.execute("RESET lock_timeout")
