"""Retention: ended cases and what speaks for keeping them; drafts and messages that have had their time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update

from bot.domain.case import Closed
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Disguise
from bot.domain.retention import ABSENT, BY_OUTCOME, DRAFT_LIVES, TOLD_BEFORE, Hold, Kept, Terms, left_alone
from bot.storage import tables
from bot.storage.cases import case_of
from bot.storage.referrals import out_of
from bot.storage.transaction import Transaction
from bot.storage.waiting import WIPED

A, C, P, R, D, W, OUT = (
    tables.agenda, tables.cases, tables.people, tables.reminders, tables.drafts, tables.draft_words, tables.outbox,
)  # fmt: skip

SETTLED_FOR = timedelta(days=8)
"""For how long it is remembered that something was said: longer than Telegram keeps an update."""

DEAD_FOR = timedelta(days=30)
"""For how long the words of what could not be said are kept; why they could not stays."""


class Retention:
    """What is looked at before it is destroyed, and what simply goes."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def due(self, terms: Terms) -> list[Kept]:
        """Every closed case of which something may be due now, the oldest first; what it is, `judge` says.

        Left out are those that ended lately, and those of which it was said lately that they will be destroyed.
        """
        ended = C.c.closed_at <= self._tx.now - left_alone(terms)
        told = and_(C.c.told_at >= C.c.closed_at, C.c.told_at > self._tx.now - TOLD_BEFORE)
        sooner = C.c.outcome.in_(tuple(BY_OUTCOME))
        return await self._kept(and_(C.c.status == "closed", or_(sooner, and_(ended, func.coalesce(~told, True)))))

    async def of(self, code: CaseCode) -> Kept | None:
        """This closed case; None when it is none."""
        found = await self._kept((C.c.code == code) & (C.c.status == "closed"))
        return found[0] if found else None

    async def told(self, code: CaseCode) -> None:
        """It has been said now that this case will be destroyed, or asked whether it must still be kept."""
        await self._set(code, told_at=self._tx.now)

    async def tell_again(self) -> None:
        """Nobody knows any more who wished to keep what: before anything is destroyed it is said once more."""
        open_end = C.c.hold.in_((Hold.COURT, Hold.REFERRAL)) & C.c.hold_until.is_(None)
        known = C.c.hold.is_(None) | ~open_end
        await self._tx.write(update(C).where(C.c.status == "closed", known).values(told_at=None))

    async def keep(self, code: CaseCode, *, until: datetime) -> None:
        """Keep it until then; before it is destroyed it is said again."""
        await self._set(code, keep_until=until, told_at=None)

    async def tell_of(self, code: CaseCode) -> None:
        """What kept it is over: before it is destroyed it is said anew."""
        await self._set(code, told_at=None)

    async def hold(self, code: CaseCode, hold: Hold | None, until: datetime | None = None) -> None:
        """It must not be destroyed for this reason, or until this date; None: for no reason any more."""
        told = self._tx.now if hold is not None and until is None else None
        await self._set(code, hold=hold, hold_until=until, told_at=told)

    async def note_deadline(self, code: CaseCode, until: datetime) -> None:
        """A legal deadline runs in it until then; what forbids to destroy it for longer anyway stays."""
        sooner = C.c.hold.is_(None) | (C.c.hold == Hold.DEADLINE) & (C.c.hold_until < until)
        await self._tx.write(
            update(C).where(C.c.code == code, sooner).values(hold=Hold.DEADLINE, hold_until=until, told_at=None)
        )

    async def note_no_deadline(self, code: CaseCode, until: datetime) -> None:
        """The deadline until then was noted by mistake; the longest that is left on the agenda counts now."""
        this = (C.c.code == code, C.c.hold == Hold.DEADLINE, C.c.hold_until == until)
        left = select(func.max(A.c.runs_out)).where(A.c.case_code == code)
        longest = (await self._tx.read(left))[0][0]
        values = {"hold": longest and Hold.DEADLINE, "hold_until": longest}
        await self._tx.write(update(C).where(*this).values(**values))

    async def drop_old_drafts(self) -> int:
        """What was begun and not touched for a week is dropped; how many drafts that were."""
        old = self._tx.now - DRAFT_LIVES
        newer = exists().where(W.c.person == D.c.person, W.c.at >= old)
        rows = await self._tx.read(select(D.c.person).where(D.c.since < old, ~newer), touching=(W,))
        people = [row.person for row in rows]
        await self._tx.write(delete(W).where(W.c.person.in_(people)))
        return await self._tx.write(delete(D).where(D.c.person.in_(people)))

    async def forget_what_was_said(self) -> int:
        """Messages settled long ago; of those that could not be said only the reason stays. How many that were."""
        old = (OUT.c.state.in_(("sent", "replaced")), OUT.c.settled_at < self._tx.now - SETTLED_FOR)
        unsayable = (OUT.c.state == "dead", OUT.c.settled_at < self._tx.now - DEAD_FOR, OUT.c.sealed.is_not(None))
        gone = await self._tx.write(delete(OUT).where(*old), touching=(OUT,))
        return gone + await self._tx.write(update(OUT).where(*unsayable).values(WIPED))

    async def absent(self) -> list[PersonId]:
        """Of whom nothing is kept, and who have not been here for long. A notebook stays one: it must not greet."""
        since = self._tx.now - ABSENT
        nothing = [
            ~exists().where(C.c.seeker == P.c.id),
            *(~exists().where(table.c.person == P.c.id) for table in (D, W, tables.notes)),
            ~exists().where(OUT.c.owner == "person:" + P.c.id, OUT.c.state.in_(("waiting", "sending", "held"))),
        ]
        long_ago = or_(P.c.seen_at < since, P.c.seen_at.is_(None) & (P.c.since < since))
        notebook = P.c.disguise.is_not_distinct_from(Disguise.SHOWN)
        query = select(P.c.id).where(P.c.role.is_(None), P.c.erase_at.is_(None), ~notebook, long_ago, *nothing)
        return [PersonId(row.id) for row in await self._tx.read(query, touching=(W, OUT, tables.notes))]

    async def _kept(self, where: Any) -> list[Kept]:
        pending = exists().where(R.c.case_code == C.c.code).label("pending")
        referred = out_of().label("referred")
        rows = await self._tx.read(select(C, pending, referred).where(where).order_by(C.c.closed_at))
        return [
            Kept(
                case,
                row.hold and Hold(row.hold),
                row.hold_until,
                row.keep_until,
                row.told_at,
                pending=bool(row.pending),
                referred=bool(row.referred),
            )
            for row in rows
            if isinstance(case := case_of(row), Closed)
        ]

    async def _set(self, code: CaseCode, **values: Any) -> None:
        await self._tx.write(update(C).where(C.c.code == code).values(**values))
