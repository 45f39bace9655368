"""What the numbers are counted from, straight from the database."""

from datetime import timedelta

from sqlalchemy import update

from bot.domain.case import Queued
from bot.domain.period import Period
from bot.domain.report import Scope
from bot.domain.windows import happened_between
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import Database
from tests.storage.given import a_file, a_person


async def test_how_long_after_it_happened_is_worked_out_where_it_is_counted(
    database: Database, settings: Settings
) -> None:
    async with database.unit_of_work() as uow:
        her = await a_person(uow, 700)
        for option in ("lt24", "48_72", "3_4d", "3_4d", "earlier", "unknown", None):
            file = await a_file(uow, her)
            await uow.cases.open(Queued(file, since=uow.now))
            told = uow.now - timedelta(minutes=20)
            earliest, latest = happened_between(option, told) if option else (None, None)
            await uow.write(
                update(tables.cases)
                .where(tables.cases.c.code == file.code)
                .values(happened_from=earliest, happened_until=latest)
            )
        today = uow.now.astimezone(settings.zone).date()
        counted = await uow.reports.figures(Period(today, today), settings.zone, Scope.TEAM)
    assert counted.by["elapsed"] == {"": 2, "0_3_days": 2, "4_5_days": 2, "over_5_days": 1}
    assert counted.appeals == 7
