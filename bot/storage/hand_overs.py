"""Hand-overs: which cases are offered, and to whom. One open offer a case."""

from typing import Any

from sqlalchemy import and_, delete, insert, select

from bot.domain.case import Case, Claimed
from bot.domain.case_notes import CaseNote
from bot.domain.hand_over import HandOver
from bot.domain.ids import CaseCode, PersonId
from bot.storage import tables
from bot.storage.transaction import Transaction

H, N, C = tables.hand_overs, tables.case_notes, tables.cases


class HandOvers:
    """The open offers."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def offer(self, case: Claimed, to: PersonId | None, note: CaseNote) -> HandOver:
        """Offer a case with a note; an offer that stood before is none any more."""
        await self.end(case.file.code)
        await self._tx.write(
            insert(H).values(
                case_code=case.file.code, from_person=case.lawyer, to_person=to, at=self._tx.now, note=note.id
            ),
            touching=(N,),
        )
        return HandOver(case.file.code, case.lawyer, to, self._tx.now, note.id)

    async def of(self, case: Case) -> HandOver | None:
        """The open offer of a case; None when there is none, or when it was another lawyer's who held it before."""
        if not isinstance(case, Claimed):
            return None
        rows = await self._tx.read(select(H).where(H.c.case_code == case.file.code, H.c.from_person == case.lawyer))
        return _offer(rows[0]) if rows else None

    async def in_queue(self) -> list[CaseCode]:
        """The cases that are offered to whoever takes them, the oldest offer first."""
        held = and_(C.c.code == H.c.case_code, C.c.lawyer == H.c.from_person, C.c.status == "claimed")
        query = select(H.c.case_code).join(C, held).where(H.c.to_person.is_(None)).order_by(H.c.at)
        return [CaseCode(row.case_code) for row in await self._tx.read(query)]

    async def to(self, person: PersonId) -> list[HandOver]:
        """What this person has been offered and has not answered."""
        held = and_(C.c.code == H.c.case_code, C.c.lawyer == H.c.from_person, C.c.status == "claimed")
        query = select(H).join(C, held).where(H.c.to_person == person).order_by(H.c.at)
        return [_offer(row) for row in await self._tx.read(query)]

    async def end(self, code: CaseCode) -> bool:
        """It is offered no more; False when it was not."""
        return bool(await self._tx.write(delete(H).where(H.c.case_code == code)))


def _offer(row: Any) -> HandOver:
    to = PersonId(row.to_person) if row.to_person else None
    return HandOver(CaseCode(row.case_code), PersonId(row.from_person), to, row.at, row.note)
