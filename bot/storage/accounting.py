"""Accounting: what became of every update and of every message; what waits, and for how long.

Telegram numbers updates one by one. A number that was never seen between two that were is an update that never came:
the hotline was away for more than a day, or somebody else took it with the same token.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, func, select

from bot.domain.report import Tally, Week
from bot.storage import tables
from bot.storage.lanes import Lane
from bot.storage.transaction import Transaction

OUT, SEEN, ASIDE, CASES = tables.outbox, tables.seen_updates, tables.set_aside, tables.cases

TELEGRAM_KEEPS = 100_000
"""Updates Telegram keeps at most (tdlib, TQueue.cpp). A longer leap is no loss: after a week of silence the numbers
begin anew anywhere (Bot API, Update)."""


@dataclass(frozen=True)
class Waits:
    """What waits now. `lanes`: how many messages, and since when the oldest may have gone, by lane."""

    lanes: dict[Lane, tuple[int, datetime]]
    held: int
    dead: int
    set_aside: int
    unclaimed: int


@dataclass(frozen=True)
class Audit:
    """Every update by how it ended, every message by its state, each with why; and what doesn't add up."""

    since: datetime
    updates: dict[tuple[str, str], int]
    messages: dict[tuple[str, str], int]
    still_aside: int
    oldest_aside: datetime | None
    open_ends: dict[str, int] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """All updates of this time."""
        return sum(self.updates.values())

    def ended(self, outcome: str) -> int:
        """How many updates ended like this."""
        return sum(count for (each, _), count in self.updates.items() if each == outcome)


class Accounting:
    """Counts alone; nothing of anybody."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def waits(self) -> Waits:
        """What waits at this moment."""
        by_lane = (
            select(OUT.c.lane, func.count().label("messages"), func.min(OUT.c.not_before).label("oldest"))
            .where(OUT.c.state.in_(("waiting", "sending")), OUT.c.not_before <= self._tx.now)
            .group_by(OUT.c.lane)
        )
        kept = select(OUT.c.state, func.count().label("many")).where(OUT.c.state.in_(("held", "dead")))
        states = {row.state: row.many for row in await self._tx.read(kept.group_by(OUT.c.state), touching=(OUT,))}
        return Waits(
            lanes={Lane(row.lane): (row.messages, row.oldest) for row in await self._tx.read(by_lane)},
            held=states.get("held", 0),
            dead=states.get("dead", 0),
            set_aside=await self._count(select(func.count()).select_from(ASIDE)),
            unclaimed=await self._count(
                select(func.count()).select_from(CASES).where(CASES.c.status.in_(("submitted", "queued")))
            ),
        )

    async def audit(self, since: datetime) -> Audit:
        """What has become of everything that came in or was to go out since then."""
        updates = (
            select(SEEN.c.outcome, SEEN.c.why, func.count().label("many"))
            .where(SEEN.c.at >= since)
            .group_by(SEEN.c.outcome, SEEN.c.why)
        )
        messages = (
            select(OUT.c.state, OUT.c.why, func.count().label("many"))
            .where(OUT.c.id >= self._tx.id_at(since))
            .group_by(OUT.c.state, OUT.c.why)
        )
        aside = (
            await self._tx.read(
                select(func.count().label("many"), func.min(ASIDE.c.at).label("oldest")).select_from(ASIDE)
            )
        )[0]
        return Audit(
            since=since,
            updates={(row.outcome, row.why or ""): row.many for row in await self._tx.read(updates, touching=(SEEN,))},
            messages=_by_state(await self._tx.read(messages, touching=(OUT,))),
            still_aside=aside.many,
            oldest_aside=aside.oldest,
            open_ends=await self._open_ends(since),
        )

    async def tally(self, week: Week, zone: ZoneInfo) -> Tally:
        """What came in during a week, and what has become of it until now."""
        start, end = week.span(zone)
        during = (SEEN.c.at >= start, SEEN.c.at < end)
        kept = SEEN.c.update_id.in_(select(ASIDE.c.update_id))
        ended = {
            row.outcome: row.many
            for row in await self._tx.read(
                select(SEEN.c.outcome, func.count().label("many")).where(*during).group_by(SEEN.c.outcome)
            )
        }
        waiting = select(func.count()).select_from(SEEN).where(*during, SEEN.c.outcome == "set_aside", kept)
        return Tally(
            week=week,
            received=sum(ended.values()) + await self._count(_never_came(start, end)),
            answered=ended.get("done", 0),
            refused=ended.get("refused", 0),
            waiting=await self._count(waiting),
        )

    async def _open_ends(self, since: datetime) -> dict[str, int]:
        """What should not be: an update that never came, one set aside that is not kept, words without their key."""
        kept = select(ASIDE.c.update_id)
        lost = (
            select(func.count()).select_from(SEEN).where(SEEN.c.outcome == "set_aside", SEEN.c.update_id.not_in(kept))
        )
        keyless = (
            select(func.count())
            .select_from(OUT)
            .where(OUT.c.state.in_(("waiting", "held")), OUT.c.owner.not_in(select(tables.keys.c.owner)))
        )
        missing = await self._count(_never_came(since, self._tx.now + timedelta(days=1)))
        wrong = {"missing": missing, "lost": await self._count(lost), "keyless": await self._count(keyless)}
        return {name: number for name, number in wrong.items() if number}

    async def _count(self, query: Select[int]) -> int:
        return int((await self._tx.read(query))[0][0])


def _never_came(start: datetime, end: datetime) -> Select[int]:
    """How many numbers are missing just before the updates of this time."""
    before = SEEN.c.update_id - func.lag(SEEN.c.update_id).over(order_by=SEEN.c.update_id) - 1
    gaps = select(SEEN.c.at, before.label("missing")).subquery("gaps")
    here = (gaps.c.at >= start, gaps.c.at < end, gaps.c.missing.between(1, TELEGRAM_KEEPS))
    return select(func.coalesce(func.sum(gaps.c.missing), 0)).where(*here)


def _by_state(rows: Sequence[Row[Any]]) -> dict[tuple[str, str], int]:
    """Why is told of what has not arrived; a message that was tried again and arrived has arrived."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.state, "" if row.state in ("sent", "replaced") else row.why or "")
        found[key] = found.get(key, 0) + row.many
    return found
