"""The way to the database: SQLite embedded, or PostgreSQL; one door that opens units of work."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.clock import Clock, Jumps
from bot.domain.ids import Chance
from bot.logs import logger
from bot.storage import keys
from bot.storage.away import Disk, disk
from bot.storage.cipher import Cipher
from bot.storage.erased import ErasureList
from bot.storage.leader import Leadership
from bot.storage.one_hop import Connection
from bot.storage.scrub import scrub
from bot.storage.transaction import Ids, newest_id
from bot.storage.unit_of_work import UnitOfWork

log = logger(__name__)

BUSY_TIMEOUT_MS = 15_000
NOT_FOR_EVER = {"idle_in_transaction_session_timeout": "10s"}
"""Longer than any handler may take (5 s): what holds her locks for this long without asking anything is not at work."""

DEAD_LINE = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 5),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 20_000),
)
"""A line on which nothing comes back for 20 s is dead. Source: tcp(7)."""


def make_engine(address: str) -> AsyncEngine:
    """An engine as the hotline needs it.

    SQLite: write-ahead log, every commit on the disk (`synchronous=FULL`), deleted content overwritten
    (`secure_delete`), and `BEGIN IMMEDIATE`: with the default, ten read-then-write transactions end at one.
    PostgreSQL: nobody waits for a transaction whose process stands still or whose machine has vanished.
    """
    if not address.startswith("sqlite"):
        engine = create_async_engine(
            address, pool_pre_ping=True, hide_parameters=True, connect_args={"server_settings": NOT_FOR_EVER}
        )
        event.listen(engine.sync_engine, "connect", _notice_a_dead_line)
        return engine
    path = make_url(address).database or ":memory:"
    engine = create_async_engine(
        address, async_creator=lambda: Connection(path, BUSY_TIMEOUT_MS / 1000), hide_parameters=True
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _notice_a_dead_line(connection: Any, record: Any) -> None:
    """A machine that vanished with the database on it sends no word of it; without this one would wait for hours."""
    line = connection.driver_connection._transport.get_extra_info("socket")
    if line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
        for level, option, value in DEAD_LINE:
            line.setsockopt(level, option, value)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class Database:
    """Opens units of work. Return commits, raise rolls back; nobody else commits."""

    def __init__(
        self,
        engine: AsyncEngine,
        cipher: Cipher,
        clock: Clock,
        chance: Chance,
        erased: ErasureList,
        steady: Clock | None = None,
    ) -> None:
        self.engine = engine
        self.erased = erased
        self.cipher = cipher
        self.clock = clock
        self.steady = steady or clock
        self.chance = chance
        self.after_commit: Callable[[UnitOfWork], Awaitable[None]] | None = None
        self.leadership = Leadership(engine)
        self.disk: Disk | None = None
        """What is wrong with the disk, from the first write that it refused to the next one that it takes."""
        self.went_back = timedelta(0)
        """By how much the clock was set back since somebody last saw to what that does."""
        self._jumps = Jumps(self.clock, self.steady)
        self._ids: Ids | None = None
        self._alone = engine.dialect.name == "sqlite"
        self._one_writer = asyncio.Lock() if self._alone else nullcontext()

    @asynccontextmanager
    async def unit_of_work(self, *, leading: bool = False) -> AsyncIterator[UnitOfWork]:
        """One transaction at one moment. Raises BatchBroken when what was appended can't be written.

        `leading`: for what only the leader may do. Raises NotLeading when another process leads by now.
        """
        uow: UnitOfWork | None = None
        try:
            async with self._one_writer:
                ids = self._ids or await self._opened()
                async with self.engine.begin() as connection:
                    if leading:
                        await self.leadership.holds(connection)
                    uow = UnitOfWork(connection, self.cipher, ids, self.chance, self.look_at_clock())
                    await uow.overtake()
                    yield uow
                    await self._list_erased(uow)
                    await uow.finish()
        except BaseException as error:
            self.disk = disk(error) or self.disk
            if uow is not None:
                uow.forget_new_keys()
            raise
        self.disk = None if uow.wrote else self.disk
        uow.forget_destroyed_keys()
        if self.after_commit is not None:
            await self.after_commit(uow)
        if uow.scrub:
            async with self._one_writer:
                await scrub(self.engine)

    @property
    def folder(self) -> Path | None:
        """Where an embedded database lies; None where the database has a server."""
        address = self.engine.url
        return Path(address.database or "").parent if address.get_backend_name() == "sqlite" else None

    @asynccontextmanager
    async def within(self, connection: AsyncConnection) -> AsyncIterator[UnitOfWork]:
        """A unit of work inside a transaction that is somebody else's to commit: a restore is one whole."""
        await keys.open_hotline(connection, self.cipher)
        ids = Ids(self.chance, after=await newest_id(connection))
        uow = UnitOfWork(connection, self.cipher, ids, self.chance, self.clock())
        yield uow
        await uow.finish()

    async def _list_erased(self, uow: UnitOfWork) -> None:
        """On the erasure list before the commit. Where that can't be written she is erased all the same: it is owed."""
        if not uow.erased:
            return
        try:
            await asyncio.to_thread(self.erased.add, uow.now.date(), uow.erased)
        except OSError as error:
            log.error("the erasure list can't be written; what was erased is listed later", why=type(error).__name__)
            await uow.erasure.owe(uow.erased)

    async def close(self) -> None:
        """Let go of every connection, and of the lead."""
        await self.leadership.lay_down()
        await self.engine.dispose()

    async def _opened(self) -> Ids:
        """The first time: keys and ids. In a transaction of its own, for what the keys hash must never outlive them."""
        async with self.engine.begin() as connection:
            await keys.open_hotline(connection, self.cipher)
            self._ids = Ids(self.chance, after=await newest_id(connection))
        return self._ids

    def look_at_clock(self) -> datetime:
        """Now. Where the clock was set back since the last look, ids go on from where it was."""
        if (by := self._jumps.look()) < timedelta(0):
            self.went_back -= by
            if self._ids is not None:
                self._ids.after(self._ids.at(self.clock() - by))
        return self.clock()
