"""The wrapped keys: those of the hotline itself, made once, and the way from an old master key to a new one."""

import os

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.cipher import JOURNAL, LOOK_UP, Cipher

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
