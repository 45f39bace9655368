"""Weekly appeal counts for whoever may see them, and the digest of Monday."""

from collections.abc import Sequence
from datetime import date

from bot import dates, periods
from bot.content import taxonomy
from bot.domain.errors import Unfit
from bot.domain.groups import for_all
from bot.domain.people import Person, Reader
from bot.domain.report import PAST_WEEKS, Week, to_tell_of
from bot.domain.rights import Right, require
from bot.services import orders
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import weeks as messages

TOLD = "told of"
"""The fact that names the week told of last."""


async def show_week(
    uow: UnitOfWork, settings: Settings, person: Person, typed: str | None, on: int | None = None
) -> None:
    """The counts of a week, typed as such or as a day in it; of this one when nothing is. Raises Unfit for neither."""
    require(person, Right.COUNT)
    week = _typed(uow, settings, person, typed) if typed else _current(uow, settings)
    await _show(uow, settings, person, week, on=on)


async def show_table(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    week: Week,
    table: str = "",
    within: str = "",
    on: int | None = None,
) -> None:
    """A week by its button; one table of it, of a category its sub-categories. Raises Unfit for what there isn't."""
    require(person, Right.COUNT)
    known = {each.code for each in taxonomy().categories} if table == "category" else set()
    if table not in ("", *messages.SHOWN) or within not in ("", *known):
        raise Unfit("refusal.week")
    await _show(uow, settings, person, week if week.year else _current(uow, settings), table, within, on)


async def _show(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    week: Week,
    table: str = "",
    within: str = "",
    on: int | None = None,
) -> None:
    latest = _current(uow, settings)
    try:
        week.shifted(-PAST_WEEKS).span(settings.zone)
        to_come = week > latest
    except (ValueError, OverflowError):
        raise Unfit("refusal.week") from None
    if to_come:
        raise Unfit("refusal.week_to_come")
    counts = await uow.reports.week(week, settings.zone)
    shown = (
        messages.table(person, counts, table, within, latest=week == latest, on=on)
        if table
        else messages.week(person, counts, latest=week == latest, on=on)
    )
    await uow.outbox.put(shown, to=person)


def _current(uow: UnitOfWork, settings: Settings) -> Week:
    return Week.of(uow.now, settings.zone)


def _typed(uow: UnitOfWork, settings: Settings, person: Person, typed: str) -> Week:
    """The week of these words, which name it or a day in it. Raises Unfit."""
    try:
        return Week.read(typed)
    except ValueError:
        day = _day(uow, settings, person, typed)
    if day is None:
        raise Unfit("refusal.week")
    return Week(*day.isocalendar()[:2])


def _day(uow: UnitOfWork, settings: Settings, person: Person, typed: str) -> date | None:
    """A day of the week meant, the last of its name or one still to come; None for more than a week, or none."""
    asked = (typed, person.language, uow.now, settings.zone)
    try:
        days = periods.read(*asked)
    except Unfit:
        moment = dates.read(*asked)
        return moment and moment.astimezone(settings.zone).date()
    return days.last if days.first.isocalendar()[:2] == days.last.isocalendar()[:2] else None


async def tell_of_the_week(uow: UnitOfWork, settings: Settings) -> int:
    """On Monday, or as soon as the hotline runs again: how the week went, and whether anything was lost.

    Told once for a week, to the groups that take everything (else to all of them), without a group to each
    coordinator; a hotline that has just begun has none to tell of. How many read it.
    """
    week = to_tell_of(uow.now, settings.zone)
    known = await uow.intake.fact(TOLD)
    if known == str(week) or not await uow.intake.first_to_note(TOLD, str(week)) or known is None:
        return 0
    tally = await uow.accounting.tally(week, settings.zone)
    counts = await uow.reports.week(week, settings.zone)
    readers: Sequence[Reader] = for_all(await uow.groups.all()) or await uow.people.coordinators()
    for reader in readers:
        to = reader if isinstance(reader, Person) else None
        await uow.outbox.put(messages.digest(reader, counts, tally), to=to, lane=Lane.DIGEST)
    if counts.figures.appeals:
        await orders.order_charts(uow, readers, week)
    return len(readers)
