"""Pages: whom an immediate case has called, and where a word about it stands that nobody needs once it is taken."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from bot.storage import tables
from bot.storage.transaction import Transaction
from bot.storage.waiting import WIPED

OUT, S = tables.outbox, tables.shown


@dataclass(frozen=True)
class Stands:
    """A message in somebody's private chat; without a number it is on its way there."""

    chat: str
    slot: str
    message_id: int | None


class Pages:
    """What was said in private about a case that waits, by its slots in the outbox."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def told(self, slot: str, since: datetime) -> set[str]:
        """The chats this was said to from that moment on; ids grow with time."""
        sent = (OUT.c.slot == slot, OUT.c.id >= self._tx.id_at(since), OUT.c.method.like("Send%"))
        rows = await self._tx.read(select(OUT.c.chat).where(*sent).distinct(), touching=(OUT,))
        return {row.chat for row in rows}

    async def standing(self, slots: Sequence[str]) -> list[Stands]:
        """Where these stand, or will in a moment."""
        shown = await self._tx.read(
            select(S.c.chat, S.c.slot, S.c.message_id).where(S.c.slot.in_(slots)), touching=(S,)
        )
        going = (OUT.c.slot.in_(slots), OUT.c.state == "sending", OUT.c.method.like("Send%"))
        rows = await self._tx.read(select(OUT.c.chat, OUT.c.slot).where(*going), touching=(OUT,))
        return [Stands(row.chat, row.slot, row.message_id) for row in shown] + [
            Stands(row.chat, row.slot, None) for row in rows
        ]

    async def withdraw(self, slots: Collection[str]) -> None:
        """What was not said yet is not said any more."""
        waiting = (OUT.c.slot.in_(slots), OUT.c.state.in_(("waiting", "held")))
        gone = WIPED | {"state": "replaced", "settled_at": self._tx.now}
        await self._tx.write(update(OUT).where(*waiting).values(**gone), touching=(OUT,))
