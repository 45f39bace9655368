"""Another role for somebody on the team: what it means is said first, and nothing of the old one stays behind."""

from bot.domain.errors import OutOfDate
from bot.domain.ids import PersonId
from bot.domain.journal import Action
from bot.domain.people import Person, Role
from bot.domain.team import Load
from bot.services import members, team
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import roles as messages

_MADE = {
    Role.LAWYER: Action.MADE_LAWYER,
    Role.COORDINATOR: Action.MADE_COORDINATOR,
    Role.OBSERVER: Action.MADE_OBSERVER,
}


async def ask(uow: UnitOfWork, coordinator: Person, member: PersonId, on: int | None) -> None:
    """Which role?"""
    found = await members.member_of(uow, coordinator, member)
    await uow.outbox.put(messages.which(coordinator, found, on), to=coordinator)


async def ask_sure(
    uow: UnitOfWork, settings: Settings, coordinator: Person, member: PersonId, role: Role, on: int | None
) -> None:
    """What this role gives and takes, before the last tap."""
    found = await _other(uow, coordinator, member, role)
    load = (await uow.team.loads()).get(found.id, Load())
    by_settings = found.account in settings.coordinator_ids
    await uow.outbox.put(messages.sure(coordinator, found, role, load.open, by_settings, on), to=coordinator)


async def change(
    uow: UnitOfWork, settings: Settings, coordinator: Person, member: PersonId, role: Role, on: int | None
) -> None:
    """He has this role from now on; the other coordinators hear of it."""
    found = await _other(uow, coordinator, member, role)
    uow.journal.note(_MADE[role], actor=coordinator)
    await uow.people.set_role(found, role, found.working_name)
    await uow.people.await_text(found, None)
    if found.coordinates:
        await uow.team.withdraw_links(found.id)
    if role is Role.OBSERVER:
        await members.off_cases(uow, settings, coordinator, found, Action.PUT_BACK)
    changed = await uow.people.get(found.id)
    await uow.outbox.put(messages.yours(changed), to=changed)
    await team.show_commands(uow, changed)
    for each in await uow.people.coordinators():
        if each.id != changed.id:
            place = on if each.id == coordinator.id else None
            await uow.outbox.put(messages.changed(each, changed, place), to=each)


async def _other(uow: UnitOfWork, coordinator: Person, member: PersonId, role: Role) -> Person:
    """Whose role is another one, and may be changed. Raises OutOfDate when he has it already."""
    found = await members.member_of(uow, coordinator, member)
    same = found.role is role
    if same:
        raise OutOfDate("refusal.old_button")
    await members.not_the_last(uow, coordinator, found)
    return found
