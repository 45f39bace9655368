"""Notes: what she wrote into the notebook, sealed with her own key, and the hash of her word."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.domain.ids import PersonId
from bot.domain.intake import Piece
from bot.domain.people import Disguise, Person
from bot.storage import tables
from bot.storage.drafts import kept_of, piece_of
from bot.storage.people import person_owner
from bot.storage.slow_hash import hashed, matches
from bot.storage.transaction import Transaction

N, P = tables.notes, tables.people


@dataclass(frozen=True)
class Note:
    """One note."""

    id: int
    at: datetime
    piece: Piece


class Notes:
    """The notebook."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, person: PersonId, piece: Piece) -> None:
        """Keep a note."""
        owner = person_owner(person)
        await self._tx.ready(owner)
        note = self._tx.new_id()
        sealed = self._tx.seal(owner, f"notes.sealed/{note}", kept_of(piece))
        self._tx.append(N, id=note, person=person, at=self._tx.now, sealed=sealed)

    async def of(self, person: PersonId, limit: int | None = None) -> list[Note]:
        """Her notes, the newest first."""
        owner = person_owner(person)
        await self._tx.ready(owner)
        query = select(N).where(N.c.person == person).order_by(N.c.id.desc()).limit(limit)
        return [
            Note(row.id, row.at, piece_of(self._tx.unseal(owner, f"notes.sealed/{row.id}", row.sealed)))
            for row in await self._tx.read(query, touching=(N,))
        ]

    async def remove(self, person: PersonId, note: int | None) -> None:
        """Throw one note of hers away; None: all of them."""
        hers = (N.c.person == person,) if note is None else (N.c.person == person, N.c.id == note)
        await self._tx.write(delete(N).where(*hers), touching=(N,))

    async def keep_word(self, person: Person, word: str) -> None:
        """She has typed the word she wants; it counts once she has typed it again."""
        values = {"word_hash": await hashed(word, self._tx.chance), "disguise": Disguise.CHOSEN}
        await self._tx.write(update(P).where(P.c.id == person.id).values(values))

    async def written_since(self, person: PersonId, moment: datetime) -> int:
        """How many notes she has written since then."""
        query = select(func.count()).select_from(N).where(N.c.person == person, N.c.at > moment)
        return int((await self._tx.read(query, touching=(N,)))[0][0])

    async def is_word(self, person: Person, word: str) -> bool:
        """True when this is the word she chose."""
        rows = await self._tx.read(select(P.c.word_hash).where(P.c.id == person.id))
        kept: bytes | None = rows[0].word_hash if rows else None
        return kept is not None and await matches(word, kept)
