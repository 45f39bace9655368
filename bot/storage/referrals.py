"""Referrals: moved only from the state they were seen in; only states and moments, no word of hers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, insert, select, update

from bot.domain.case import Outcome
from bot.domain.errors import OutOfDate
from bot.domain.ids import CaseCode, PersonId
from bot.domain.referral import OUT, UNSENT, Referral, ReferralState, ReferralStep, Target
from bot.storage import tables
from bot.storage.transaction import Transaction

R, C = tables.referrals, tables.cases

_MOMENTS = {ReferralState.AGREED: "agreed_at", ReferralState.SENT: "sent_at"}
"""Where it is kept when a referral came there; of all later states it is `settled_at`."""


class Referrals:
    """The referrals of all cases."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def add(self, code: CaseCode, target: Target, lawyer: PersonId) -> Referral:
        """She is asked about this one."""
        made = Referral(self._tx.new_id(), code, target, ReferralState.ASKED, lawyer, self._tx.now)
        await self._tx.write(
            insert(R).values(
                id=made.id, case_code=code, target=str(target), state=made.state, lawyer=lawyer, at=made.at
            )
        )
        return made

    async def find(self, number: int) -> Referral | None:
        """The referral with this number; None when there is none."""
        found = await self._read(R.c.id == number)
        return found[0] if found else None

    async def of(self, code: CaseCode) -> list[Referral]:
        """All of a case, the oldest first."""
        return await self._read(R.c.case_code == code)

    async def of_seeker(self, seeker: PersonId) -> list[Referral]:
        """All of hers, of cases that are open to her, the newest first."""
        hers = select(C.c.code).where(C.c.seeker == seeker, C.c.status != "shut")
        return list(reversed(await self._read(R.c.case_code.in_(hers))))

    async def move(self, old: Referral, step: ReferralStep, due: datetime | None) -> Referral:
        """One step on. Raises OutOfDate when there is no such step from there, or somebody moved it before."""
        state = old.after(step)
        if state is None:
            raise OutOfDate("refusal.moved_on", code=old.case)
        moments: dict[str, datetime | None] = {"settled_at": None} | {_MOMENTS.get(state, "settled_at"): self._tx.now}
        seen = (R.c.id == old.id, R.c.state == old.state)
        if not await self._tx.write(update(R).where(*seen).values(state=state, due=due, stage=0, **moments)):
            raise OutOfDate("refusal.moved_on", code=old.case)
        found = await self.find(old.id)
        assert found is not None
        return found

    async def withdraw_unsent(self, code: CaseCode) -> list[Referral]:
        """The case has ended: what nobody outside has heard of goes no further; which ones those were."""
        unsent = [each for each in await self.of(code) if each.state in UNSENT]
        for each in unsent:
            await self.move(each, ReferralStep.WITHDRAW, None)
        return unsent

    async def due(self, limit: int = 50) -> list[Referral]:
        """Of which the lawyer is to be reminded now; only of cases that somebody holds. The oldest first."""
        held = select(C.c.code).where(C.c.status == "claimed")
        query = select(R).where(R.c.due <= self._tx.now, R.c.case_code.in_(held)).order_by(R.c.due).limit(limit)
        return [_referral(row) for row in await self._tx.read(query)]

    async def again(self, referral: Referral, due: datetime | None, stage: int) -> None:
        """Look at it again then; `stage`: how often he has been reminded."""
        await self._tx.write(update(R).where(R.c.id == referral.id).values(due=due, stage=stage))

    async def counts(self, start: datetime, end: datetime) -> dict[str, int]:
        """How many were begun in this time, by the state they are in now; none of whoever only tried it out.

        Those of erased cases are gone.
        """
        only_tried = exists().where(C.c.code == R.c.case_code, C.c.outcome == Outcome.TEST)
        query = (
            select(R.c.state, func.count().label("referrals"))
            .where(R.c.at >= start, R.c.at < end, ~only_tried)
            .group_by(R.c.state)
        )
        found = {row.state: row.referrals for row in await self._tx.read(query)}
        return {state: found[state] for state in ReferralState if state in found}

    async def _read(self, where: Any) -> list[Referral]:
        return [_referral(row) for row in await self._tx.read(select(R).where(where).order_by(R.c.id))]


def out_of(states: Iterable[ReferralState] = OUT) -> Any:
    """The condition that a case has a referral somebody outside works on; for a query about cases."""
    return select(R.c.id).where(R.c.case_code == C.c.code, R.c.state.in_(list(states))).exists()


def _referral(row: Any) -> Referral:
    return Referral(
        id=row.id,
        case=CaseCode(row.case_code),
        target=Target.read(row.target),
        state=ReferralState(row.state),
        lawyer=PersonId(row.lawyer),
        at=row.at,
        agreed_at=row.agreed_at,
        sent_at=row.sent_at,
        settled_at=row.settled_at,
        due=row.due,
        stage=row.stage,
    )
