"""Case notes: what the team writes down of a case, sealed with the key of the case."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.domain.case_notes import ENTERED, CaseNote, NoteKind
from bot.domain.ids import CaseCode, PersonId
from bot.storage import tables
from bot.storage.cases import owner_of
from bot.storage.transaction import Transaction

N = tables.case_notes
DONE = N.c.kind.not_in(tuple(ENTERED))
"""What says that something was done; what was entered for her came before."""


class CaseNotes:
    """The notes of each case."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, code: CaseCode, author: PersonId, kind: NoteKind, words: str) -> CaseNote:
        """Keep a note in its case."""
        await self._tx.ready(owner_of(code))
        note = CaseNote(self._tx.new_id(), code, author, self._tx.now, kind, words)
        sealed = self._sealed(note.id, code, words)
        self._tx.append(N, id=note.id, case_code=code, author=author, at=note.at, kind=kind, sealed=sealed)
        return note

    async def change(self, note: CaseNote, words: str) -> None:
        """Its author writes it differently."""
        sealed = self._sealed(note.id, note.case, words)
        await self._tx.write(update(N).where(N.c.id == note.id).values(sealed=sealed), touching=(N,))

    async def of(self, code: CaseCode) -> list[CaseNote]:
        """The notes of a case, the oldest first."""
        query = select(N).where(N.c.case_code == code).order_by(N.c.id)
        return [await self._note(row) for row in await self._tx.read(query, touching=(N,))]

    async def written_by(self, author: PersonId, code: CaseCode, since: datetime) -> bool:
        """True when somebody has written down since then what was done."""
        query = select(N.c.id).where(N.c.case_code == code, N.c.author == author, N.c.at >= since, DONE).limit(1)
        return bool(await self._tx.read(query, touching=(N,)))

    async def find(self, number: int) -> CaseNote | None:
        """One note; None when there is none, or none any more."""
        rows = await self._tx.read(select(N).where(N.c.id == number), touching=(N,))
        return await self._note(rows[0]) if rows else None

    def _sealed(self, number: int, code: CaseCode, words: str) -> bytes:
        return self._tx.seal(owner_of(code), f"case_notes.sealed/{number}", words)

    async def _note(self, row: Any) -> CaseNote:
        code = CaseCode(row.case_code)
        await self._tx.ready(owner_of(code))
        words: str = self._tx.unseal(owner_of(code), f"case_notes.sealed/{row.id}", row.sealed)
        return CaseNote(row.id, code, PersonId(row.author), row.at, NoteKind(row.kind), words)
