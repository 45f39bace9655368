"""Of several processes one leads: it alone delivers, keeps the pace and runs the jobs. All of them receive.

On PostgreSQL the leader holds an advisory lock on a connection of its own. When it dies the server frees the lock
together with the connection; when it only falls silent (a machine that vanished, a process that stands still) the
server ends a session that has asked nothing for 3 s. Another process has the lead within 5 s then.

Whoever stood still may wake and not know of it. So each lead is a *term* with a number: what only the leader may do
asks in its own transaction whether its term is still the last, and nobody else begins one before that commits. SQLite
has one process, which always leads.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.logs import logger

log = logger(__name__)

LOOKS_EVERY = 1.0
"""Seconds between two looks at whether the lead is still ours, or free."""

ANSWERS_WITHIN = 3.0
CHANNEL = "zhanynda"
_LOCK = text("SELECT pg_try_advisory_lock(7210442)")
_NOTICED_SOON = text("SELECT set_config(name, '3s', false) FROM pg_settings WHERE name = 'idle_session_timeout'")
"""A leader that is silent loses the lock. Needs PostgreSQL 14; an older one notices what the network tells it."""

_TERM = text(
    "INSERT INTO hotline_state (name, value) VALUES ('term', '1') "
    "ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(hotline_state.value AS bigint) + 1 AS text) RETURNING value"
)
STANDS_STILL = "3s"
_LAST = text(
    "SELECT set_config('idle_in_transaction_session_timeout', :still, true) "
    "FROM hotline_state WHERE name = 'term' AND value = :term FOR SHARE"
)
"""The next leader waits for this row; who stands still in the middle of it is not waited for longer than that."""


class NotLeading(Exception):
    """Another process leads by now: what only the leader may do is left to it."""


class Leadership:
    """The lead of this process, or its absence. `woken` is called when another process has something to be sent."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._alone = engine.dialect.name == "sqlite"
        self._connection: AsyncConnection | None = None
        self._term = ""
        self.woken: Callable[[], None] = lambda: None

    @property
    def ours(self) -> bool:
        """True while this process leads."""
        return self._alone or self._connection is not None

    async def take(self) -> bool:
        """Lead from now on, if nobody else does. False also while the database is away."""
        if self.ours:
            return True
        connection: AsyncConnection | None = None
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                connection = await self._engine.connect()
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                if (await connection.execute(_LOCK)).scalar_one():
                    await connection.execute(_NOTICED_SOON)
                    self._term = (await connection.execute(_TERM)).scalar_one()
                    raw: Any = (await connection.get_raw_connection()).driver_connection
                    await raw.add_listener(CHANNEL, lambda *told: self.woken())
                    self._connection, connection = connection, None
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.info("the lead can't be asked for", why=type(error).__name__)
        finally:
            if connection is not None:
                await _let_go(connection)
        return self.ours

    async def kept(self) -> bool:
        """True while the lead is still ours; when the connection is gone, so is the lock."""
        if self._connection is None:
            return self._alone
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self._connection.exec_driver_sql("SELECT 1")
        except (SQLAlchemyError, OSError, TimeoutError):
            await self.lay_down()
        return self.ours

    async def holds(self, connection: AsyncConnection) -> None:
        """In this transaction, and until its end, nobody else leads. Raises NotLeading when somebody does already."""
        asked = {"term": self._term, "still": STANDS_STILL}
        if self._alone or (await connection.execute(_LAST, asked)).first() is not None:
            return
        await self.lay_down()
        raise NotLeading

    async def lay_down(self) -> None:
        """Let another process lead."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await _let_go(connection)

    async def tell(self) -> None:
        """Another process leads: tell it that there is something to be sent. Untold, it looks every second."""
        try:
            async with self._engine.begin() as connection:
                await connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
        except (SQLAlchemyError, OSError) as error:
            log.info("the leader could not be told", why=type(error).__name__)


async def _let_go(connection: AsyncConnection) -> None:
    """End the session itself: a connection that goes back to the pool would keep the lock."""
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            await connection.invalidate()
            await connection.close()
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.info("a connection could not be closed", why=type(error).__name__)
