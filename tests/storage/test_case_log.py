"""What the case log and its columns are made of, straight from the database."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from bot.domain.case import Outcome, Queued
from bot.domain.case_log import COLUMNS
from bot.domain.ids import CaseCode
from bot.domain.period import Period
from bot.domain.report import Scope
from bot.domain.windows import happened_between
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.unit_of_work import UnitOfWork
from tests.storage.given import a_file, a_person


async def a_case(uow: UnitOfWork, account: int, **columns: Any) -> CaseCode:
    """A case with these columns."""
    file = await a_file(uow, await a_person(uow, account))
    await uow.cases.open(Queued(file, since=uow.now))
    await uow.write(update(tables.cases).where(tables.cases.c.code == file.code).values(**columns))
    return file.code


async def test_how_long_after_it_happened_is_worked_out_where_it_is_counted(
    database: Database, settings: Settings
) -> None:
    async with database.unit_of_work() as uow:
        for option in ("lt24", "48_72", "3_4d", "3_4d", "earlier", "unknown", None):
            told = uow.now - timedelta(minutes=20)
            earliest, latest = happened_between(option, told) if option else (None, None)
            await a_case(uow, 700, happened_from=earliest, happened_until=latest)
        today = uow.now.astimezone(settings.zone).date()
        counted = await uow.reports.figures(Period(today, today), settings.zone, Scope.TEAM)
    assert counted.by["elapsed"] == {"": 2, "0_3_days": 2, "4_5_days": 2, "over_5_days": 1}
    assert counted.appeals == 7


async def test_the_case_log_is_made_of_codes_of_those_who_agreed_and_of_nothing_else(
    database: Database, settings: Settings
) -> None:
    counted: dict[str, Any] = {
        "consent_statistics": True, "category": "SEX", "subcategory": "SEX.RECENT", "country": "KZ", "region": "KZ-79",
        "age": "25_34", "gbvims": "rape", "violator": "police", "violated": "privacy health",
        "circumstances": "abduction", "channel": "phone",
    }  # fmt: skip
    async with database.unit_of_work() as uow:
        code = await a_case(uow, 700, **counted)
        await a_case(uow, 701, **counted | {"consent_statistics": False})
        await a_case(uow, 702, **counted | {"told_elsewhere": True})
        ended = {"status": "closed", "lawyer": "a" * 16, "closed_at": uow.now, "outcome": Outcome.TEST}
        await a_case(uow, 703, **counted | ended)
        await a_case(uow, 704, consent_statistics=True, category="INF")
        lawyer = await a_person(uow, 800)
        for target, sent in (("service:s1", uow.now), ("body:b1", uow.now), ("service:s2", None)):
            row = {"id": uow.new_id(), "case_code": code, "target": target, "state": "sent", "lawyer": lawyer.id}
            await uow.write(tables.referrals.insert().values(row | {"at": uow.now, "sent_at": sent}))
        today = uow.now.astimezone(settings.zone).date()
        rows = await uow.case_log.rows(Period(today, today), settings.zone)
    told, other = sorted(rows, key=lambda row: row["category"], reverse=True)
    assert set(told) == set(COLUMNS), "no code of a case, no person, no moment"
    assert told == {
        "category": "SEX", "subcategory": "SEX.RECENT", "country": "KZ", "region": "KZ-79", "age": "18_plus",
        "week": "2026-W47", "gbvims": "rape", "violator": "police", "violated": "health privacy", "channel": "phone",
        "context": "possible_sexual_slavery", "outcome": "not_known", "elapsed": "not_known",
        "referrals": "body service",
    }  # fmt: skip
    assert {other[name] for name in COLUMNS if name not in ("category", "week")} == {"not_known"}
