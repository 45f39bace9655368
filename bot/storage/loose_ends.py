"""Loose ends: what is still open about a case that is to be closed."""

from sqlalchemy import func, select

from bot.domain.case import Claimed
from bot.domain.case_notes import LooseEnds
from bot.storage import tables
from bot.storage.transaction import Transaction

H, R, A = tables.hand_overs, tables.referrals, tables.agenda

UNANSWERED = ("asked", "agreed", "sent")
"""The states of a referral of which nobody knows yet how it goes on."""


class LooseEndsOf:
    """Counted, never read."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def of(self, case: Claimed) -> LooseEnds:
        """What whoever closes this case should know of."""
        code = case.file.code
        offered = (H.c.case_code == code, H.c.from_person == case.lawyer)
        referred = (R.c.case_code == code, R.c.state.in_(UNANSWERED))
        planned = (A.c.case_code == code,)
        counted = {
            table.name: select(func.count()).select_from(table).where(*where).scalar_subquery().label(table.name)
            for table, where in ((H, offered), (R, referred), (A, planned))
        }
        found = (await self._tx.read(select(*counted.values()), touching=(H, R, A)))[0]
        return LooseEnds(bool(found.hand_overs), found.referrals, found.agenda)
