"""Weekly appeal counts for the coordinators."""

from bot.domain.errors import Unfit
from bot.domain.people import Person
from bot.domain.report import Week
from bot.domain.rights import Right, require
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import operators as messages


async def show_week(
    uow: UnitOfWork, settings: Settings, person: Person, typed: str | None, on: int | None = None
) -> None:
    """The counts of a week; of this one when none is typed. Raises Unfit for a week that is none."""
    require(person, Right.COUNT)
    current = Week.of(uow.now, settings.zone)
    try:
        week = Week.read(typed) if typed else current
        counts = await uow.reports.week(week, settings.zone)
    except (ValueError, OverflowError):
        raise Unfit("refusal.week") from None
    await uow.outbox.put(messages.week(person, counts, latest=week >= current, on=on), to=person)
