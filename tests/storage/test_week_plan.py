"""What a week is counted from is found by an index: no statement of it looks at every case there ever was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.domain.report import Week
from bot.settings import Settings
from bot.storage.engine import Database

FIRST_EVER = "SCAN cases USING INDEX ix_cases_submitted_at"
"""In order, up to the first: the one scan that ends where it begins."""


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, values))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_no_statement_of_a_week_looks_at_all_cases(database: Database, settings: Settings) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL rightly scans a table as small as this one")
    async with database.unit_of_work() as uow:
        await uow.read(text("SELECT 1"))
        with statements(database) as asked:
            await uow.reports.week(Week.of(uow.now, settings.zone), settings.zone)
        assert len(asked) > 10
        plans = [
            (row.detail, statement)
            for statement, values in asked
            for row in (await uow._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)).all()
        ]
    everything = [each for each in plans if each[0].startswith("SCAN") and "(subquery" not in each[0]]
    tables = [plan for plan, _ in everything if plan.split()[1] in ("cases", "entries", "journal", "referrals")]
    assert tables in ([], [FIRST_EVER]), everything
    assert any("ix_journal_reopened" in plan for plan, _ in plans)
