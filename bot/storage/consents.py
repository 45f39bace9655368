"""Consents: each yes and no of hers as she gave it; what is in force now stands with the case."""

from sqlalchemy import select

from bot.domain.consent import VERSIONS, Consent, Purpose
from bot.domain.ids import CaseCode
from bot.storage import tables
from bot.storage.transaction import Transaction

T = tables.consents


class ConsentLog:
    """Only ever grows, until the case is erased."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def note(self, case: CaseCode, purpose: Purpose, given: bool) -> None:
        """Keep her answer, with the version of the text she has just read."""
        self._tx.append(
            T,
            id=self._tx.new_id(),
            case_code=case,
            purpose=purpose,
            given=given,
            version=VERSIONS[purpose],
            at=self._tx.now,
        )

    async def of(self, case: CaseCode) -> list[Consent]:
        """Every answer of hers in this appeal, in order."""
        rows = await self._tx.read(select(T).where(T.c.case_code == case).order_by(T.c.id), touching=(T,))
        return [Consent(case, Purpose(row.purpose), row.given, row.version, row.at) for row in rows]
