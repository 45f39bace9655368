"""Two reports that would betray somebody together: the second is refused, with the reason and the way out."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from bot.domain.errors import Unfit
from bot.domain.journal import Action
from bot.domain.order import What
from bot.domain.people import Role
from bot.domain.period import Period
from bot.domain.report import Hidden, Mode, Report
from bot.i18n import LANGUAGES, date_in
from bot.services import publishing
from bot.storage import tables
from bot.telegram.report_buttons import ReportOf
from tests.scenes.test_papers import appeals, becomes, files_in
from tests.stage import Actor, Stage

MONTH = Period.month(2026, 10)
HALF = Period(MONTH.first, date(2026, 10, 15))
C = tables.cases


async def of_october(stage: Stage, *days: int) -> None:
    """An appeal on each of these days of last month, all with consent."""
    await appeals(stage, len(days))
    async with stage.database.unit_of_work() as uow:
        for day, row in zip(days, await uow.read(select(C.c.code)), strict=True):
            at = datetime(2026, 10, day, 12, tzinfo=UTC)
            await uow.write(update(C).where(C.c.code == row.code).values(submitted_at=at))


async def asks(actor: Actor, period: Period) -> None:
    await actor.forges(
        ReportOf(
            first=f"{period.first:%Y%m%d}",
            last=f"{period.last:%Y%m%d}",
            what=What.TABLE,
            mode=Mode.PUBLICATION,
            language=actor.language,
            make=True,
        ).pack()
    )
    await actor.stage.later(seconds=2)


async def reads(stage: Stage, actor: Actor, period: Period) -> Report:
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(actor.account.id)
        return await publishing.report(uow, stage.settings, person, period)


async def left(stage: Stage) -> list[tuple[str, str]]:
    """What counts as having left, and what the journal says of it."""
    async with stage.database.unit_of_work() as uow:
        rows = await uow.read(select(tables.publications.c.first_day, tables.publications.c.last_day))
        noted = await uow.read(select(tables.journal.c.id).where(tables.journal.c.action == Action.PUBLISHED))
        assert len(noted) == len(rows)
        return [(row.first_day, row.last_day) for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_second_is_refused_with_the_reason(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    await of_october(stage, 2, 2, 3, 4, 5, 9, 20, 21, 30)
    await asks(coordinator, HALF)
    assert len(files_in(coordinator)) == 1
    await asks(coordinator, MONTH)
    first, last = date_in(language, HALF.first), date_in(language, HALF.last)
    assert coordinator.seen("refusal.publication.together", first=first, last=last)
    assert len(files_in(coordinator)) == 1
    assert await left(stage) == [("2026-10-01", "2026-10-15")]
    await asks(coordinator, Period.month(2026, 11))
    assert coordinator.seen("refusal.publication.not_over")


async def test_the_same_again_is_as_it_was_told_and_who_has_it_is_known(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    await of_october(stage, *range(1, 13))
    told = await reads(stage, coordinator, MONTH)
    assert (told.appeals, told.erased, told.flow) == (12, Hidden.MORE, None)
    async with stage.database.unit_of_work() as uow:
        one = (await uow.read(select(C.c.code).limit(1)))[0].code
        await uow.write(update(C).where(C.c.code == one).values(consent_statistics=False))
    observer = await stage.seeker("en")
    with pytest.raises(Exception, match=r"refusal|claim"):
        await reads(stage, observer, MONTH)
    await becomes(stage, observer, Role.OBSERVER)
    assert await reads(stage, observer, MONTH) == await reads(stage, coordinator, MONTH) == told
    assert await left(stage) == [("2026-10-01", "2026-10-31")] * 2
    with pytest.raises(Unfit, match=r"together"):
        await reads(stage, coordinator, Period(MONTH.first, date(2026, 10, 10)))


async def test_all_that_hangs_together_is_looked_at(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    await of_october(stage, *range(1, 31))
    days = [Period(date(2026, 10, a), date(2026, 10, b)) for a, b in ((1, 10), (11, 20), (6, 15), (21, 30))]
    for each in days:
        await reads(stage, coordinator, each)
    async with stage.database.unit_of_work() as uow:
        around = await uow.publications.around(days[1])
        assert [each.period for each in around] == [days[0], days[1], days[2]], "in the order in which they left"
        assert [each.period for each in await uow.publications.around(days[3])] == [days[3]]
