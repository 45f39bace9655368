"""Publications: what left the team, kept as it was told and no finer."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select

from bot.domain.ids import PersonId
from bot.domain.period import Period
from bot.domain.report import Cell, Hidden, Mode, Report
from bot.storage import tables
from bot.storage.transaction import Transaction

P = tables.publications
_ONE_AT_A_TIME = 7210448
"""The number of an advisory lock; any would do."""


class Publications:
    """Only ever grow."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def one_at_a_time(self) -> None:
        """Wait until no other process is about to publish: two that don't know of each other could betray together.

        SQLite has one process and one writer.
        """
        if self._tx.dialect != "sqlite":
            await self._tx.read(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))

    async def around(self, period: Period) -> list[Report]:
        """What was told of periods that overlap this one, or one that does, and so on; in the order in which it left.

        Of a period that was given out more than once, the first: the others said the same.
        """
        found, days = await self._told_within(period), period
        while (
            found
            and (wider := Period(min(p.first for p in (*found, days)), max(p.last for p in (*found, days)))) != days
        ):
            found, days = await self._told_within(wider), wider
        return list(found.values())

    async def _told_within(self, days: Period) -> dict[Period, Report]:
        some = (P.c.first_day <= days.last.isoformat(), P.c.last_day >= days.first.isoformat())
        found: dict[Period, Report] = {}
        for row in await self._tx.read(select(P).where(*some).order_by(P.c.id), touching=(P,)):
            told = Period(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day))
            found.setdefault(told, _report(told, json.loads(row.figures)))
        return found

    async def given_to(self, person: PersonId, period: Period) -> bool:
        """True when this person was given it before."""
        days = (P.c.first_day == period.first.isoformat(), P.c.last_day == period.last.isoformat())
        return bool(await self._tx.read(select(P.c.id).where(P.c.person == person, *days).limit(1), touching=(P,)))

    async def add(self, person: PersonId, report: Report) -> None:
        """This is given to this person."""
        values = {
            "id": self._tx.new_id(),
            "at": self._tx.now,
            "person": person,
            "first_day": report.period.first.isoformat(),
            "last_day": report.period.last.isoformat(),
            "figures": json.dumps(_kept(report), ensure_ascii=False),
        }
        await self._tx.write(insert(P).values(values))


def _kept(report: Report) -> dict[str, Any]:
    return {
        "as_of": str(report.as_of),
        "appeals": report.appeals,
        "tests": report.tests,
        "erased": report.erased,
        "without_consent": report.without_consent,
        "told_elsewhere": report.told_elsewhere,
        "tables": report.tables,
    }


def _report(period: Period, kept: Mapping[str, Any]) -> Report:
    return Report(
        period=period,
        mode=Mode.PUBLICATION,
        tables={name: {code: _cell(cell) for code, cell in each.items()} for name, each in kept["tables"].items()},
        as_of=date.fromisoformat(kept["as_of"]),
        appeals=_cell(kept["appeals"]),
        tests=_cell(kept["tests"]),
        erased=_cell(kept["erased"]),
        without_consent=_cell(kept["without_consent"]),
        told_elsewhere=_cell(kept["told_elsewhere"]),
    )


def _cell(kept: int | str) -> Cell:
    return Hidden(kept) if isinstance(kept, str) else kept
