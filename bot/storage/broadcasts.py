"""Broadcasts: words to the team, each sealed with a key of its own that goes with it; who got them says the outbox."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Text, and_, delete, insert, or_, select, update

from bot.domain.broadcast import BROADCAST_LIVES, UNSENT_LIVES, Broadcast
from bot.domain.ids import PersonId
from bot.domain.people import Role
from bot.storage import tables
from bot.storage.outbox import Outbox
from bot.storage.transaction import Transaction

B, OUT, P, K = tables.broadcasts, tables.outbox, tables.people, tables.keys


def broadcast_owner(broadcast: int) -> str:
    """The name under which its data key is kept."""
    return f"broadcast:{broadcast}"


class Broadcasts:
    """What coordinators said to the team, and what they are about to say."""

    def __init__(self, tx: Transaction, outbox: Outbox) -> None:
        self._tx = tx
        self._outbox = outbox

    async def begin(self, by: PersonId, to: Role | None, words: str) -> Broadcast:
        """Words that may be sent; what the same person had begun before is forgotten, and can't be sent any more."""
        await self.drop_unsent(by)
        made = Broadcast(self._tx.new_id(), self._tx.now, by, to, words)
        await self._tx.new_key(broadcast_owner(made.id))
        row = {"id": made.id, "at": made.at, "person": by, "to_role": to, "recipients": 0, "sealed": self._sealed(made)}
        await self._tx.write(insert(B).values(row))
        return made

    async def drop_unsent(self, by: PersonId) -> None:
        """What this person has not sent is not sent any more."""
        await self._forget(and_(B.c.person == by, B.c.recipients == 0))

    async def send(self, broadcast: Broadcast) -> bool:
        """To these recipients; False when it was sent already, or is there no more."""
        unsent = (B.c.id == broadcast.id, B.c.recipients == 0)
        values = {"at": self._tx.now, "recipients": len(broadcast.recipients), "sealed": self._sealed(broadcast)}
        return bool(await self._tx.write(update(B).where(*unsent).values(**values)))

    async def find(self, broadcast: int) -> Broadcast | None:
        """This one; None when it is there no more."""
        found = await self._read(B.c.id == broadcast, 1)
        return found[0] if found else None

    async def latest(self, limit: int, within: timedelta = BROADCAST_LIVES) -> list[Broadcast]:
        """What was sent this lately, the newest first."""
        return await self._read(and_(B.c.recipients > 0, B.c.at > self._tx.now - within), limit)

    async def states(self, broadcast: Broadcast) -> dict[PersonId, str]:
        """How far it has come in the outbox with each of those whose chat it still knows of."""
        query = select(P.c.id, OUT.c.state).join(P, P.c.lookup == OUT.c.chat).where(OUT.c.slot == broadcast.slot)
        return {PersonId(row.id): row.state for row in await self._tx.read(query.order_by(OUT.c.id), touching=(OUT,))}

    async def wipe(self) -> int:
        """What has had its time is forgotten, and said to nobody any more; how many."""
        now = self._tx.now
        unsent = and_(B.c.recipients == 0, B.c.at < now - UNSENT_LIVES)
        return await self._forget(or_(B.c.at < now - BROADCAST_LIVES, unsent))

    async def _forget(self, which: Any) -> int:
        rows = await self._tx.read(select(B.c.id).where(which))
        for row in rows:
            owner = broadcast_owner(row.id)
            await self._outbox.unsay(owner)  # the slot has the same name
            await self._tx.write(delete(B).where(B.c.id == row.id))
            await self._tx.write(delete(K).where(K.c.owner == owner))
            self._tx.destroyed.append(owner)
        return len(rows)

    async def _read(self, which: Any, limit: int) -> list[Broadcast]:
        query = select(B, K.c.wrapped).join(K, K.c.owner == "broadcast:" + B.c.id.cast(Text))
        rows = await self._tx.read(query.where(which).order_by(B.c.at.desc(), B.c.id.desc()).limit(limit))
        return [self._broadcast(row) for row in rows]

    def _broadcast(self, row: Row[Any]) -> Broadcast:
        owner = broadcast_owner(row.id)
        if not self._tx.cipher.knows(owner):
            self._tx.cipher.learn(owner, row.wrapped)
        kept = self._tx.unseal(owner, f"broadcasts.sealed/{row.id}", row.sealed)
        role = Role(row.to_role) if row.to_role else None
        to = tuple(PersonId(each) for each in kept["to"])
        return Broadcast(row.id, row.at, PersonId(row.person), role, kept["words"], to)

    def _sealed(self, broadcast: Broadcast) -> bytes:
        kept = {"words": broadcast.words, "to": broadcast.recipients}
        return self._tx.seal(broadcast_owner(broadcast.id), f"broadcasts.sealed/{broadcast.id}", kept)
