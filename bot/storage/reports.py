"""Counts for the coordinators, straight from the database."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Row, Select, Table, func, literal_column, select, type_coerce

from bot.domain.case import Outcome
from bot.domain.coding import contexts
from bot.domain.elapsed import DAY, step
from bot.domain.ids import CaseCode, PersonId
from bot.domain.period import Period
from bot.domain.report import (
    MANY_AT_ONCE,
    PAST_WEEKS,
    TABLES,
    WORKED_OUT,
    Figures,
    Flow,
    Past,
    Scope,
    Spread,
    Week,
    WeeklyCounts,
)
from bot.storage import flow, tables
from bot.storage.cases import coding_of
from bot.storage.referrals import Referrals
from bot.storage.transaction import Transaction

C, N = tables.cases, tables.conflicts
DAY_LENGTH: ColumnElement[int] = literal_column(str(DAY // timedelta(microseconds=1)), BigInteger)
"""Not a parameter: PostgreSQL would not see that what is selected is what is grouped by."""


class Reports:
    """How many, of what, when."""

    def __init__(self, tx: Transaction, referrals: Referrals) -> None:
        self._tx = tx
        self._referrals = referrals

    async def week(self, week: Week, zone: ZoneInfo) -> WeeklyCounts:
        """All that is counted of a week, for the team."""
        return WeeklyCounts(
            week=week,
            figures=await self.figures(week.period, zone, Scope.TEAM),
            flow=await self.flow(week.period, zone),
            past=await self.past(week, zone),
        )

    async def figures(self, period: Period, zone: ZoneInfo, scope: Scope) -> Figures:
        """The appeals that came in during a period, by every table."""
        start, end = period.span(zone)
        kinds: list[ColumnElement[Any]] = [C.c[name] for name in TABLES if name not in WORKED_OUT]
        kinds += [C.c.violated, C.c.circumstances, _days(C.c.happened_until, "least"), _days(C.c.happened_from, "most")]
        marks = [C.c.consent_statistics, C.c.told_elsewhere]
        query = (
            select(*kinds, *marks, func.count().label("cases"))
            .where(C.c.submitted_at >= start, C.c.submitted_at < end)
            .group_by(*kinds, *marks)
        )
        return _figures(period, scope, await self._tx.read(query))

    async def uncoded(self, person: PersonId, most: int) -> tuple[list[CaseCode], int]:
        """The ended cases of those who agreed to be counted that have no type, the newest first; and how many.

        Without this person's own appeals and conflicts.
        """
        of_his = select(N.c.case_code).where(N.c.person == person)
        awaits = (
            C.c.status == "closed", C.c.consent_statistics.is_(True), C.c.gbvims.is_(None), C.c.outcome != Outcome.TEST,
            C.c.seeker != person, C.c.code.not_in(of_his),
        )  # fmt: skip
        number = (await self._tx.read(select(func.count()).select_from(C).where(*awaits)))[0][0]
        named = select(C.c.code).where(*awaits).order_by(C.c.closed_at.desc(), C.c.code).limit(most)
        return [CaseCode(row.code) for row in await self._tx.read(named)], int(number)

    async def flow(self, period: Period, zone: ZoneInfo) -> Flow:
        """How the work went during a period."""
        start, end = period.span(zone)
        return Flow(
            came=await self._count(flow.how_many(C.c.submitted_at, start, end)),
            claimed=await self._count(flow.how_many(C.c.taken_at, start, end)),
            closed=await self._count(flow.how_many(C.c.closed_at, start, end)),
            reopened=await self._count(flow.reopened(start, end), tables.journal),
            waiting=await self._count(select(func.count()).select_from(C).where(flow.WAITS)),
            missed=await self._count(flow.missed(start, end, self._tx.now)),
            to_claim=await self._spread(flow.to_claim(start, end)),
            to_answer=await self._spread(flow.to_answer(start, end), tables.entries),
            referrals=await self._referrals.counts(start, end),
        )

    async def past(self, week: Week, zone: ZoneInfo) -> Past:
        """What a week is compared with."""
        (start, end), before = week.span(zone), week.shifted(-1)
        weeks = min(PAST_WEEKS, await self._weeks_until(start, zone))
        since = week.shifted(-weeks).span(zone)[0]
        by_now = before.span(zone)[0] + (self._tx.now - start) if start <= self._tx.now < end else None
        came = partial(flow.how_many, C.c.submitted_at)
        return Past(
            week_before=await self._count(came(*before.span(zone))),
            by_now=await self._count(came(before.span(zone)[0], by_now)) if by_now else None,
            weeks=weeks,
            mean=await self._count(came(since, start)) / weeks if weeks else 0.0,
        )

    async def _weeks_until(self, start: datetime, zone: ZoneInfo) -> int:
        """How many weeks the hotline has had before this one; more than enough count as PAST_WEEKS."""
        query = select(C.c.submitted_at).where(flow.REAL).order_by(C.c.submitted_at).limit(1)
        first = await self._tx.read(query)
        if not first or first[0].submitted_at >= start:
            return 0
        return (Week.of(start, zone).monday - Week.of(first[0].submitted_at, zone).monday).days // 7

    async def _count(self, query: Select[int], *touching: Table) -> int:
        return int((await self._tx.read(query, touching=touching))[0][0])

    async def _spread(self, waits: Select[Any], *touching: Table) -> Spread | None:
        return flow.spread(await self._tx.read(flow.in_order(waits), touching=touching))


def _figures(period: Period, scope: Scope, rows: Iterable[Row[Any]]) -> Figures:
    """Rows that are alike but for how many, each counted where it belongs."""
    by: dict[str, Counter[str]] = {name: Counter() for name in (*TABLES, *MANY_AT_ONCE)}
    beside: Counter[str] = Counter()
    for row in rows:
        if (left_out := _left_out(row, scope)) is not None:
            beside[left_out] += row.cases
            continue
        beside["appeals"] += row.cases
        for name, code in _codes(row):
            by[name][code] += row.cases
    return Figures(
        period=period,
        by={name: dict(sorted(counts.items(), key=_largest)) for name, counts in by.items()},
        **{name: beside[name] for name in ("appeals", "tests", "erased", "without_consent", "told_elsewhere")},
    )


def _left_out(row: Row[Any], scope: Scope) -> str | None:
    if row.outcome == Outcome.TEST:
        return "tests"
    if not row.category:
        return "erased"
    if scope is Scope.CONSENTED and not row.consent_statistics:
        return "without_consent"
    return "told_elsewhere" if scope is Scope.CONSENTED and row.told_elsewhere else None


def _days(happened: ColumnElement[datetime], name: str) -> ColumnElement[Any]:
    """The whole days from a moment until the appeal came in: as a number, so that alike cases are counted together."""
    return ((type_coerce(C.c.submitted_at, BigInteger) - type_coerce(happened, BigInteger)) // DAY_LENGTH).label(name)


def _codes(row: Row[Any]) -> Iterable[tuple[str, str]]:
    yield from ((name, row._mapping[name] or "") for name in TABLES if name not in WORKED_OUT)
    yield "elapsed", ("" if row.least is None else step(row.least, row.most) or "")
    yield from (("context", context) for context in contexts(coding_of(row), row.age))
    yield from (("violated", right) for right in (row.violated or "").split())


def _largest(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
