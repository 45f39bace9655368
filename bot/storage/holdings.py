"""Holdings: what is kept about one person, wherever it lies, so that she can be shown all of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.domain.ids import PersonId
from bot.domain.intake import Author, Piece
from bot.storage import tables
from bot.storage.drafts import piece_of
from bot.storage.people import person_owner
from bot.storage.transaction import Transaction

C, E, W, N, R = tables.cases, tables.entries, tables.draft_words, tables.notes, tables.referrals


@dataclass(frozen=True)
class Held:
    """How much is kept about her."""

    appeals: int
    words: int
    notes: int
    referrals: int = 0


class Holdings:
    """Everything of hers."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def notes(self, person: PersonId) -> list[tuple[datetime, Piece]]:
        """What she wrote into the notebook, in order."""
        owner = person_owner(person)
        await self._tx.ready(owner)
        rows = await self._tx.read(select(N).where(N.c.person == person).order_by(N.c.id), touching=(N,))
        return [(row.at, piece_of(self._tx.unseal(owner, f"notes.sealed/{row.id}", row.sealed))) for row in rows]

    async def count(self, person: PersonId) -> Held:
        """How many appeals, messages and notes of hers are kept; a newer version of a message counts with it."""
        hers = (E.c.author == Author.SEEKER, E.c.replaces.is_(None))
        open_to_her = (C.c.seeker == person, C.c.status != "shut")
        sent = select(func.count()).select_from(E).join(C, C.c.code == E.c.case_code).where(*open_to_her, *hers)
        named = select(func.count()).select_from(R).join(C, C.c.code == R.c.case_code).where(*open_to_her)
        begun = select(func.count()).select_from(W).where(W.c.person == person, W.c.replaces.is_(None))
        query = select(
            select(func.count()).select_from(C).where(*open_to_her).scalar_subquery().label("appeals"),
            sent.scalar_subquery().label("sent"),
            begun.scalar_subquery().label("begun"),
            select(func.count()).select_from(N).where(N.c.person == person).scalar_subquery().label("notes"),
            named.scalar_subquery().label("referrals"),
        )
        row = (await self._tx.read(query, touching=(E, W, N)))[0]
        return Held(appeals=row.appeals, words=row.sent + row.begun, notes=row.notes, referrals=row.referrals)
