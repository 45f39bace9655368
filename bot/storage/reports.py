"""Counts for the coordinators, straight from the database."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from bot.domain.report import DIMENSIONS, Week, WeeklyCounts
from bot.storage import tables
from bot.storage.transaction import Transaction

C = tables.cases


class Reports:
    """How many, of what, when."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def week(self, week: Week, zone: ZoneInfo) -> WeeklyCounts:
        """The appeals of a week, counted by category, region, language and urgency."""
        start, end = week.span(zone)
        before, _ = week.shifted(-1).span(zone)
        return WeeklyCounts(
            week=week,
            appeals=await self._count(C.c.submitted_at, start, end),
            claimed=await self._count(C.c.claimed_at, start, end),
            closed=await self._count(C.c.closed_at, start, end),
            waiting_now=await self._waiting(),
            by={name: await self._by(name, start, end) for name in DIMENSIONS},
            week_before=await self._count(C.c.submitted_at, before, start),
        )

    async def _count(self, column: ColumnElement[datetime], start: datetime, end: datetime) -> int:
        query = select(func.count()).select_from(C).where(column >= start, column < end)
        return int((await self._tx.read(query))[0][0])

    async def _waiting(self) -> int:
        query = select(func.count()).select_from(C).where(C.c.status.in_(("submitted", "queued")))
        return int((await self._tx.read(query))[0][0])

    async def _by(self, dimension: str, start: datetime, end: datetime) -> dict[str, int]:
        column = C.c[dimension]
        query = (
            select(column, func.count().label("cases"))
            .where(C.c.submitted_at >= start, C.c.submitted_at < end)
            .group_by(column)
            .order_by(func.count().desc(), column)
        )
        return {row[0] or "": row.cases for row in await self._tx.read(query)}
