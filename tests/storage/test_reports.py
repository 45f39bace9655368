"""What is counted of a period: who came, how long they waited, what is counted apart. On both databases."""

import math
import statistics
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert

from bot.domain.case import Outcome
from bot.domain.journal import Action
from bot.domain.report import Scope, Spread, Week
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.unit_of_work import UnitOfWork

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 15, 19, tzinfo=UTC)
"""The first moment of 2026-W47 in Almaty; now is Friday, ten o'clock there."""

THIS = Week(2026, 47)
NUMBERS = count(1)


async def case(uow: UnitOfWork, at: datetime, **more: Any) -> str:
    """A case as the table holds it; it waits unless more is said."""
    code = f"AA{next(NUMBERS):05d}"
    row = {"code": code, "status": "queued", "seeker": "s" * 16, "submitted_at": at, "queued_at": at}
    row |= {"urgency": "normal", "category": "FAM", "language": "ru", **more}
    if row["status"] in ("claimed", "closed"):
        row |= {"lawyer": "l" * 16, "claimed_at": row.get("taken_at")}
    if row["status"] == "erased":
        row |= {"seeker": None, "language": None, "queued_at": None}
    await uow.write(insert(tables.cases).values(**row))
    return code


async def closed(uow: UnitOfWork, at: datetime, outcome: Outcome = Outcome.ADVICE, **more: Any) -> str:
    """A case that was taken after an hour, and closed after a day."""
    moments = {"taken_at": at + HOUR, "closed_at": at + DAY}
    return await case(uow, at, status="closed", outcome=outcome, **moments | more)


async def words(uow: UnitOfWork, code: str, number: int, author: str, at: datetime) -> None:
    uow.append(tables.entries, id=number, case_code=code, author=author, at=at, sealed=b"x")


async def test_how_a_week_went(database: Database, settings: Settings) -> None:
    zone = settings.zone
    async with database.unit_of_work() as uow:
        soon = await case(uow, MONDAY, status="claimed", taken_at=MONDAY + 10 * MINUTE, urgency="immediate")
        await case(uow, MONDAY, status="claimed", taken_at=MONDAY + 11 * MINUTE, urgency="immediate")
        await case(uow, MONDAY - MINUTE, status="claimed", taken_at=MONDAY + HOUR, urgency="high")
        late = await closed(uow, MONDAY + DAY, urgency="high", taken_at=MONDAY + DAY + 2 * HOUR)
        await case(uow, uow.now - 59 * MINUTE, urgency="high")
        await case(uow, uow.now - 61 * MINUTE, urgency="high")
        await case(uow, MONDAY + HOUR, status="claimed", taken_at=MONDAY + 3 * DAY, urgency="low", channel="phone")
        tried = await closed(uow, MONDAY, Outcome.TEST, urgency="immediate")
        await case(uow, MONDAY, status="erased", urgency="", category="")
        await case(uow, MONDAY, status="erased", urgency="high", category="LIV", consent_statistics=True)
        await case(uow, MONDAY, status="shut", shut_until=uow.now + DAY, urgency="high")
        await words(uow, late, 1, "seeker", MONDAY + DAY + MINUTE)
        await words(uow, late, 2, "lawyer", MONDAY + DAY + 3 * HOUR)
        await words(uow, late, 3, "lawyer", MONDAY + DAY + 9 * HOUR)
        await words(uow, soon, 4, "lawyer", MONDAY + 20 * MINUTE)
        for number, (code, at) in enumerate(
            ((late, MONDAY + 2 * DAY), (tried, MONDAY + 2 * DAY), (soon, MONDAY - MINUTE), (late, MONDAY + 7 * DAY))
        ):
            uow.append(tables.journal, id=number + 1, at=at, action=Action.REOPENED, case_code=code)
        found = await uow.reports.flow(THIS.period, zone)
        figures = await uow.reports.figures(THIS.period, zone, Scope.TEAM)
    assert (found.came, found.claimed, found.closed, found.reopened, found.waiting) == (9, 5, 1, 1, 2)
    assert found.missed == 3, "11 minutes of 10, 2 hours of 1, 61 minutes of 60 and still nobody"
    assert found.to_claim == Spread(11 * MINUTE, 2 * HOUR), "of 10, 11 and 120 minutes; who phoned was spoken to"
    assert found.to_answer == Spread((20 * MINUTE + 3 * HOUR) / 2, 3 * HOUR)
    assert found.referrals == {}
    assert figures.appeals + figures.erased == found.came
    assert (figures.tests, figures.erased, sum(figures.by["category"].values())) == (1, 1, 8)


async def test_a_spread_is_that_of_the_numbers_however_many_they_are(database: Database, settings: Settings) -> None:
    async with database.unit_of_work() as uow:
        for many in range(13):
            for number in range(many):
                at = THIS.shifted(-many).span(settings.zone)[0] + number * MINUTE
                await case(uow, at, status="claimed", taken_at=at + timedelta(seconds=(number * 7 % 13) ** 3))
        for many in range(13):
            waits = sorted((number * 7 % 13) ** 3 for number in range(many))
            found = (await uow.reports.flow(THIS.shifted(-many).period, settings.zone)).to_claim
            if not many:
                assert found is None
                continue
            nine_of_ten = waits[math.ceil(0.9 * many) - 1]
            assert found == Spread(timedelta(seconds=statistics.median(waits)), timedelta(seconds=nine_of_ten))


async def test_what_a_week_is_compared_with(database: Database, settings: Settings) -> None:
    zone = settings.zone
    async with database.unit_of_work() as uow:
        none = await uow.reports.past(THIS, zone)
        await case(uow, uow.now)
        first = await uow.reports.past(THIS, zone)
        await case(uow, uow.now - 7 * DAY - MINUTE)
        await closed(uow, uow.now - 7 * DAY - MINUTE, Outcome.TEST)
        await case(uow, uow.now - 7 * DAY + MINUTE)
        await case(uow, MONDAY - 2 * DAY - 2 * 7 * DAY)
        third = await uow.reports.past(THIS, zone)
        for week in range(4, 12):
            await case(uow, MONDAY - week * 7 * DAY)
        long = await uow.reports.past(THIS, zone)
        over = await uow.reports.past(THIS.shifted(-1), zone)
    assert (none.week_before, none.by_now, none.weeks, none.mean) == (0, 0, 0, 0)
    assert first == none
    assert (third.week_before, third.by_now, third.weeks, third.mean) == (2, 1, 3, 1.0)
    assert (long.weeks, long.mean) == (8, (2 + 0 + 1 + 5) / 8)
    assert (over.week_before, over.by_now, over.weeks) == (0, None, 8)
