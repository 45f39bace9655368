"""The wrapped keys: those of the hotline itself, made once, and the way from an old master key to a new one."""

import os
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage import tables
from bot.storage.cipher import JOURNAL, LOOK_UP, Cipher, SealBroken
from bot.storage.transaction import Transaction

K = tables.keys.c


async def open_hotline(connection: AsyncConnection, cipher: Cipher) -> None:
    """Have the keys for look-ups and for the journal at hand; made when there are none. Raises SealBroken.

    A database from before they were kept goes on with the look-up key it has always had, else nobody in it would be
    found again. Of several processes that start at once one makes them, and all read what it made.
    """
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for owner in (LOOK_UP, JOURNAL):
        query = select(K.wrapped).where(K.owner == owner)
        found = (await connection.execute(query)).scalar()
        if found is None:
            older = (await connection.execute(select(K.owner).limit(1))).first() is not None
            key = cipher.look_up_before if owner == LOOK_UP and older else os.urandom(32)
            made = insert(tables.keys).values(owner=owner, wrapped=cipher.wrap(owner, key)).on_conflict_do_nothing()
            await connection.execute(made)
            found = (await connection.execute(query)).scalar_one()
        cipher.learn_mac(owner, found)


@dataclass(frozen=True)
class Rewrapped:
    """What became of the next keys: how many were looked at, wrapped anew, and opened by no master key; the last."""

    looked_at: int
    anew: int
    lost: int
    last: str


class Keys:
    """Every wrapped key, in the order of owners."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def count(self) -> int:
        """How many there are."""
        return int((await self._tx.read(select(func.count()).select_from(tables.keys)))[0][0])

    async def on_older(self, after: str, limit: int) -> Rewrapped:
        """Of the next ones, how many still hang on an older master key (as `anew`); nothing is changed."""
        return await self._pass(after, limit, change=False)

    async def rewrap(self, after: str, limit: int) -> Rewrapped:
        """Wrap the next ones by the current master key. One that was destroyed meanwhile stays destroyed."""
        return await self._pass(after, limit, change=True)

    async def _pass(self, after: str, limit: int, *, change: bool) -> Rewrapped:
        rows = await self._tx.read(select(tables.keys).where(K.owner > after).order_by(K.owner).limit(limit))
        anew = lost = 0
        for row in rows:
            try:
                wrapped = self._tx.cipher.rewrapped(row.owner, row.wrapped)
            except SealBroken:
                lost += 1
                continue
            if wrapped is not None:
                anew += await self._replace(row, wrapped) if change else 1
        return Rewrapped(len(rows), anew, lost, rows[-1].owner if rows else after)

    async def _replace(self, row: Any, wrapped: bytes) -> int:
        same = (K.owner == row.owner, K.wrapped == row.wrapped)
        return await self._tx.write(update(tables.keys).where(*same).values(wrapped=wrapped))


async def clear_away(engine: AsyncEngine) -> None:
    """Nothing an old master key opens stays in the files: SQLite's log is emptied, PostgreSQL's dead rows go."""
    async with engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute("PRAGMA wal_checkpoint(TRUNCATE)" if engine.dialect.name == "sqlite" else "VACUUM keys")
