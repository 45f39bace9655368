"""Complaints: her words to the coordinators, sealed with the key of the case they are about."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from bot.domain.complaint import Complaint
from bot.domain.ids import CaseCode, PersonId
from bot.domain.intake import Piece
from bot.domain.journal import HANDS_ON
from bot.storage import tables
from bot.storage.cases import owner_of
from bot.storage.drafts import kept_of, piece_of
from bot.storage.transaction import Transaction

M, J, C, CON = tables.complaints, tables.journal, tables.cases, tables.conflicts
_SHUT = select(C.c.code).where(C.c.status == "shut")


class Complaints:
    """By case: those of one are read, taken, answered and settled together."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, code: CaseCode, words: Piece, due: datetime) -> None:
        """Keep one more."""
        await self._tx.ready(owner_of(code))
        number = self._tx.new_id()
        sealed = self._sealed(code, number, words, ())
        await self._tx.write(insert(M).values(id=number, case_code=code, at=self._tx.now, sealed=sealed, due=due))

    async def of(self, code: CaseCode, *, unsettled: bool = False) -> list[Complaint]:
        """All of this case, in order; those alone that are not settled."""
        await self._tx.ready(owner_of(code))
        query = select(M).where(M.c.case_code == code).order_by(M.c.id)
        if unsettled:
            query = query.where(M.c.settled_at.is_(None))
        return [self._complaint(row) for row in await self._tx.read(query)]

    async def waiting(self) -> list[CaseCode]:
        """The cases of what is not settled, the longest known first; of one that she has shut nobody hears."""
        open_ = M.c.settled_at.is_(None), M.c.case_code.not_in(_SHUT)
        query = select(M.c.case_code).where(*open_).order_by(M.c.id)
        return list(dict.fromkeys(CaseCode(row.case_code) for row in await self._tx.read(query)))

    async def take(self, code: CaseCode, coordinator: PersonId, others: Collection[PersonId]) -> bool:
        """This coordinator sees to it; False when one of the `others`, who may read it too, does already."""
        free = or_(M.c.taken_by.is_(None), M.c.taken_by.not_in(others))
        here = (M.c.case_code == code, M.c.settled_at.is_(None), free)
        return bool(await self._tx.write(update(M).where(*here).values(taken_by=coordinator)))

    async def answer(self, code: CaseCode, words: Piece, coordinator: PersonId) -> None:
        """What was answered stands with the newest that is not settled; nobody is reminded of these any more."""
        newest = (await self.of(code, unsettled=True))[-1]
        sealed = self._sealed(code, newest.id, newest.words, (*newest.answers, words))
        await self._tx.write(update(M).where(M.c.id == newest.id).values(sealed=sealed))
        here = (M.c.case_code == code, M.c.settled_at.is_(None))
        await self._tx.write(update(M).where(*here).values(due=None, taken_by=coordinator))

    async def settle(self, code: CaseCode) -> bool:
        """Nothing more is to be done; False when nothing was left."""
        here = (M.c.case_code == code, M.c.settled_at.is_(None))
        return bool(await self._tx.write(update(M).where(*here).values(due=None, settled_at=self._tx.now)))

    async def due(self) -> list[CaseCode]:
        """The cases of those that have waited too long for an answer; while hers is shut nobody hears of it."""
        query = select(M.c.case_code).where(M.c.due <= self._tx.now, M.c.case_code.not_in(_SHUT)).order_by(M.c.due)
        return list(dict.fromkeys(CaseCode(row.case_code) for row in await self._tx.read(query)))

    async def put_off(self, code: CaseCode, due: datetime) -> None:
        """Remind of them again then."""
        await self._tx.write(update(M).where(M.c.case_code == code, M.c.due.is_not(None)).values(due=due))

    async def not_for(self, code: CaseCode) -> set[PersonId]:
        """Who may not read them: whoever has ever had this case in his hands, or is in conflict with it."""
        held = select(J.c.actor).where(J.c.case_code == code, J.c.action.in_(HANDS_ON), J.c.actor.is_not(None))
        holds = select(C.c.lawyer).where(C.c.code == code, C.c.lawyer.is_not(None))
        conflicts = select(CON.c.person).where(CON.c.case_code == code)
        rows = [*await self._tx.read(held, touching=(J,)), *await self._tx.read(holds.union(conflicts))]
        return {PersonId(row[0]) for row in rows}

    def _sealed(self, code: CaseCode, number: int, words: Piece, answers: tuple[Piece, ...]) -> bytes:
        kept = {"words": kept_of(words), "answers": [kept_of(each) for each in answers]}
        return self._tx.seal(owner_of(code), f"complaints.sealed/{number}", kept)

    def _complaint(self, row: Any) -> Complaint:
        code = CaseCode(row.case_code)
        kept = self._tx.unseal(owner_of(code), f"complaints.sealed/{row.id}", row.sealed)
        return Complaint(
            row.id,
            code,
            row.at,
            piece_of(kept["words"]),
            tuple(piece_of(each) for each in kept["answers"]),
            PersonId(row.taken_by) if row.taken_by else None,
            row.due,
            row.settled_at,
        )
