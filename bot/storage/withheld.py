"""Withheld: which entries hold a number or a place, and what she has said about the lawyer seeing it."""

from collections.abc import Collection

from sqlalchemy import select, update

from bot.domain.ids import CaseCode
from bot.domain.intake import Entry, Withheld
from bot.storage import tables
from bot.storage.transaction import Transaction

W = tables.withheld


class WithheldEntries:
    """Ids and states alone; what is withheld stands sealed in its entry."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def keep(self, entry: Entry, state: Withheld) -> None:
        """This entry holds something that leads to a person."""
        self._tx.append(W, entry=entry.id, case_code=entry.case, state=state)

    async def state(self, entry: int) -> Withheld | None:
        """What she has said about this entry; None when nothing in it is withheld."""
        rows = await self._tx.read(select(W.c.state).where(W.c.entry == entry), touching=(W,))
        return Withheld(rows[0].state) if rows else None

    async def states(self, entries: Collection[int]) -> dict[int, Withheld]:
        """What she has said about each of these in which something is withheld."""
        rows = await self._tx.read(select(W.c.entry, W.c.state).where(W.c.entry.in_(list(entries))), touching=(W,))
        return {row.entry: Withheld(row.state) for row in rows}

    async def asked(self, code: CaseCode) -> list[int]:
        """The entries of a case about which she has not chosen yet, in order."""
        query = select(W.c.entry).where(W.c.case_code == code, W.c.state == Withheld.ASKED).order_by(W.c.entry)
        return [row.entry for row in await self._tx.read(query, touching=(W,))]

    async def decide(self, code: CaseCode, up_to: int, state: Withheld) -> list[int]:
        """Her word about all that is still open in this case up to this entry; which entries that were, in order."""
        entries = [entry for entry in await self.asked(code) if entry <= up_to]
        if entries:
            await self._tx.write(update(W).where(W.c.entry.in_(entries)).values(state=state))
        return entries
