"""Drafts: what she has answered and written so far, sealed with her own key, gone when she sends it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from bot.domain.ids import PersonId
from bot.domain.intake import Kind, Piece
from bot.storage import tables
from bot.storage.people import person_owner
from bot.storage.transaction import Transaction

D, W = tables.drafts, tables.draft_words


@dataclass(frozen=True)
class DraftWord:
    """One message of hers in a draft, and which message of her chat it was."""

    id: int
    message_id: int
    piece: Piece
    replaces: int | None


class Drafts:
    """One draft a person at most."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def answers(self, person: PersonId) -> dict[str, str] | None:
        """What she has answered; None when she has no draft."""
        rows = await self._tx.read(select(D.c.sealed_answers).where(D.c.person == person))
        if not rows:
            return None
        owner = person_owner(person)
        await self._tx.ready(owner)
        answers: dict[str, str] = self._tx.unseal(owner, f"drafts.sealed_answers/{person}", rows[0].sealed_answers)
        return answers

    async def begin(self, person: PersonId, answers: dict[str, str] | None = None) -> None:
        """Open a draft; one that is open stays as it is."""
        if await self.answers(person) is None:
            sealed = await self._sealed(person, answers or {})
            await self._tx.write(insert(D).values(person=person, sealed_answers=sealed, since=self._tx.now))

    async def keep(self, person: PersonId, answers: dict[str, str]) -> None:
        """Keep her answers; a draft that is not touched for a week is dropped."""
        sealed = await self._sealed(person, answers)
        await self._tx.write(update(D).where(D.c.person == person).values(sealed_answers=sealed, since=self._tx.now))

    async def add_words(self, person: PersonId, message_id: int, piece: Piece, replaces: int | None = None) -> int:
        """Keep a message of hers; returns its id."""
        owner = person_owner(person)
        await self._tx.ready(owner)
        word = self._tx.new_id()
        self._tx.append(
            W,
            id=word,
            person=person,
            message_id=message_id,
            at=self._tx.now,
            sealed=self._tx.seal(owner, f"draft_words.sealed/{word}", kept_of(piece)),
            replaces=replaces,
        )
        return word

    async def words(self, person: PersonId) -> list[DraftWord]:
        """Her messages in the order she wrote them."""
        query = select(W).where(W.c.person == person).order_by(W.c.id)
        rows = await self._tx.read(query, touching=(W,))
        owner = person_owner(person)
        await self._tx.ready(owner)
        return [DraftWord(row.id, row.message_id, self._piece(owner, row.id, row.sealed), row.replaces) for row in rows]

    async def word_of(self, person: PersonId, message_id: int) -> int | None:
        """The first version of the words she wrote with this message; None when it isn't in the draft."""
        query = select(func.min(W.c.id)).where(W.c.person == person, W.c.message_id == message_id)
        found: int | None = (await self._tx.read(query, touching=(W,)))[0][0]
        return found

    async def count(self, person: PersonId) -> int:
        """How many messages she has written."""
        query = select(func.count()).select_from(W).where(W.c.person == person, W.c.replaces.is_(None))
        return int((await self._tx.read(query, touching=(W,)))[0][0])

    async def discard(self, person: PersonId) -> None:
        """The draft is sent, or she throws it away."""
        await self._tx.write(delete(W).where(W.c.person == person), touching=(W,))
        await self._tx.write(delete(D).where(D.c.person == person))

    async def _sealed(self, person: PersonId, answers: dict[str, str]) -> bytes:
        owner = person_owner(person)
        await self._tx.ready(owner)
        return self._tx.seal(owner, f"drafts.sealed_answers/{person}", answers)

    def _piece(self, owner: str, word: int, sealed: bytes) -> Piece:
        return piece_of(self._tx.unseal(owner, f"draft_words.sealed/{word}", sealed))


def kept_of(piece: Piece) -> dict[str, Any]:
    """A piece as it is sealed; nothing is copied."""
    return vars(piece)


def piece_of(kept: dict[str, Any]) -> Piece:
    """A piece from its sealed form."""
    place = kept.get("place")
    made = {"kind": Kind(kept["kind"]), "entities": tuple(kept["entities"]), "place": tuple(place) if place else None}
    return Piece(**kept | made)
