"""The weekly rota as coordinators change it: by weekday, who, from which hour until which."""

from bot.domain.errors import OutOfDate
from bot.domain.ids import PersonId
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.i18n import label
from bot.services import duty
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import duty as messages


async def show(uow: UnitOfWork, settings: Settings, coordinator: Person, on: int | None) -> None:
    """The week, the hours with nobody, and who is on duty now."""
    require(coordinator, Right.ROTA)
    names = await _names(uow, coordinator)
    there = [names[each.id] for each in await duty.on_duty(uow, settings)]
    shifts = [each for each in await uow.rota.shifts() if each.person in names]
    await uow.outbox.put(messages.week(coordinator, shifts, names, there, settings.timezone, on), to=coordinator)


async def show_day(uow: UnitOfWork, coordinator: Person, weekday: int, on: int | None) -> None:
    """The shifts of a weekday."""
    require(coordinator, Right.ROTA)
    names = await _names(uow, coordinator)
    shifts = [each for each in await uow.rota.shifts() if each.person in names]
    await uow.outbox.put(messages.day(coordinator, weekday, shifts, names, on), to=coordinator)


async def ask(
    uow: UnitOfWork, coordinator: Person, weekday: int, member: str, start: int | None, on: int | None
) -> None:
    """Who; then from which hour; then until which. Raises OutOfDate for somebody who is not on the team."""
    require(coordinator, Right.ROTA)
    names = await _names(uow, coordinator)
    if not member:
        screen = messages.who(coordinator, weekday, list(names.items()), on)
    else:
        screen = messages.hours(coordinator, weekday, PersonId(member), _name(names, member), start, on)
    await uow.outbox.put(screen, to=coordinator)


async def add(
    uow: UnitOfWork, coordinator: Person, weekday: int, member: str, start: int, until: int, on: int | None
) -> None:
    """One more shift; a second tap on the same button adds nothing. Raises OutOfDate for nobody of the team."""
    require(coordinator, Right.ROTA)
    _name(await _names(uow, coordinator), member)
    if await uow.rota.add(PersonId(member), weekday, start, until):
        uow.journal.note(Action.ROTA_ADDED, actor=coordinator)
    await show_day(uow, coordinator, weekday, on)


async def remove(uow: UnitOfWork, coordinator: Person, weekday: int, shift: int, on: int | None) -> None:
    """It is no shift any more."""
    require(coordinator, Right.ROTA)
    if await uow.rota.remove(shift):
        uow.journal.note(Action.ROTA_REMOVED, actor=coordinator)
    await show_day(uow, coordinator, weekday, on)


async def _names(uow: UnitOfWork, coordinator: Person) -> dict[PersonId, str]:
    unnamed = label(coordinator.language, "team.unnamed")
    return {each.id: each.working_name or unnamed for each in await uow.people.on_cases()}


def _name(names: dict[PersonId, str], member: str) -> str:
    if PersonId(member) not in names:
        raise OutOfDate("refusal.no_member")
    return names[PersonId(member)]
