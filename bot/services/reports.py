"""Weekly appeal counts for the coordinators, and the line of Monday."""

from dataclasses import replace

from bot.domain.errors import Unfit
from bot.domain.groups import for_all
from bot.domain.people import Person
from bot.domain.report import Week, to_tell_of
from bot.domain.rights import Right, require
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import weeks as messages

TOLD = "told of"
"""The fact that names the week told of last."""


async def show_week(
    uow: UnitOfWork, settings: Settings, person: Person, typed: str | None, on: int | None = None
) -> None:
    """The counts of a week; of this one when none is typed. Raises Unfit for a week that is none."""
    require(person, Right.COUNT)
    current = Week.of(uow.now, settings.zone)
    try:
        week = Week.read(typed) if typed else current
        counts = replace(
            await uow.reports.week(week, settings.zone),
            referrals=await uow.referrals.counts(*week.span(settings.zone)),
        )
    except (ValueError, OverflowError):
        raise Unfit("refusal.week") from None
    await uow.outbox.put(messages.week(person, counts, latest=week >= current, on=on), to=person)


async def tell_of_the_week(uow: UnitOfWork, settings: Settings) -> int:
    """On Monday, or as soon as the hotline runs again: that nothing of the week was lost, or that something was.

    Told once for a week, to the groups that take everything (else to all of them), without a group to each
    coordinator; a hotline that has just begun has none to tell of. How many read it.
    """
    week = to_tell_of(uow.now, settings.zone)
    known = await uow.intake.fact(TOLD)
    if known == str(week) or not await uow.intake.first_to_note(TOLD, str(week)) or known is None:
        return 0
    tally = await uow.accounting.tally(week, settings.zone)
    groups = for_all(await uow.groups.all())
    for group in groups:
        await uow.outbox.put(messages.tally(group, tally), lane=Lane.DIGEST)
    if groups:
        return len(groups)
    coordinators = await uow.people.coordinators()
    for coordinator in coordinators:
        await uow.outbox.put(messages.tally(coordinator, tally), to=coordinator, lane=Lane.DIGEST)
    return len(coordinators)
