"""Who is on the team, and how somebody leaves it: everything is lost at once, and nobody who waits is forgotten."""

from aiogram.methods import DeleteForumTopic, DeleteMessages

from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import PersonId
from bot.domain.journal import Action
from bot.domain.people import Person, Role
from bot.domain.rights import Right, require
from bot.services import offers, queue, team
from bot.settings import Settings
from bot.storage.chats import DELETED_AT_ONCE
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import members as messages
from bot.telegram.messages.common import said

_REMOVED = {
    Role.LAWYER: Action.REMOVED_LAWYER,
    Role.COORDINATOR: Action.REMOVED_COORDINATOR,
    Role.OBSERVER: Action.REMOVED_OBSERVER,
}


async def show(uow: UnitOfWork, coordinator: Person, on: int | None) -> None:
    """Everybody on the team by working name and role, and how many cases each holds."""
    require(coordinator, Right.REMOVE)
    holds = [(each, len(await uow.cases.held_by(each.id))) for each in await uow.people.members()]
    await uow.outbox.put(messages.everybody(coordinator, holds, on), to=coordinator)


async def show_one(uow: UnitOfWork, coordinator: Person, member: PersonId, on: int | None) -> None:
    """One of them. Raises OutOfDate for somebody who is not on the team."""
    found = await _member(uow, coordinator, member)
    holds = len(await uow.cases.held_by(found.id))
    await uow.outbox.put(messages.one(coordinator, found, holds, on), to=coordinator)


async def ask_remove(uow: UnitOfWork, coordinator: Person, member: PersonId, on: int | None) -> None:
    """What removing means; the next tap does it."""
    found = await _member(uow, coordinator, member)
    await _not_the_last(uow, coordinator, found)
    await uow.outbox.put(messages.ask_remove(coordinator, found, on), to=coordinator)


async def remove(uow: UnitOfWork, settings: Settings, coordinator: Person, member: PersonId, on: int | None) -> None:
    """Out of the team: role, name, cases, links, kept words and all that stands or waits in the chat, at once."""
    found = await _member(uow, coordinator, member)
    await _not_the_last(uow, coordinator, found)
    uow.journal.note(_REMOVED[found.role or Role.LAWYER], actor=coordinator)
    await uow.people.set_role(found, None, None)
    await uow.profiles.forget(found.id)
    for case in await uow.cases.held_by(found.id):
        await queue.back_to_queue(uow, settings, case, actor=coordinator, action=Action.LAWYER_LEFT)
    await offers.give_all_back(uow, found)
    await uow.people.set_current(found.id, None)
    await uow.drafts.discard(found.id)
    await uow.team.withdraw_links(found.id)
    await _empty_chat(uow, found)
    gone = await uow.people.get(found.id)
    await uow.outbox.put(said(gone, "team.you_left"), to=gone)
    await team.show_commands(uow, gone)
    await _tell_coordinators(uow, settings, coordinator, found, on)


async def _empty_chat(uow: UnitOfWork, member: Person) -> None:
    """What waits is withdrawn; what stands is deleted as far as Telegram still allows, a topic whole."""
    chat = uow.cipher.lookup("account", member.account)
    await uow.outbox.withdraw(chat)
    for thread in await uow.chats.threads(chat):
        topic = DeleteForumTopic(chat_id=member.account, message_thread_id=thread)
        await uow.outbox.put(topic, lane=Lane.URGENT)
    for _ in range(len(await uow.chats.standing(chat)) // DELETED_AT_ONCE + 1):
        await uow.outbox.put(DeleteMessages(chat_id=member.account, message_ids=[]), lane=Lane.URGENT)


async def _tell_coordinators(
    uow: UnitOfWork, settings: Settings, coordinator: Person, member: Person, on: int | None
) -> None:
    by_settings = member.account in settings.coordinator_ids
    if coordinator.id != member.id:
        await uow.outbox.put(messages.removed(coordinator, member, by_settings=by_settings, on=on), to=coordinator)
    for other in await uow.people.coordinators():
        if other.id != coordinator.id:
            await uow.outbox.put(messages.removed(other, member, by_settings=by_settings), to=other)


async def _member(uow: UnitOfWork, coordinator: Person, member: PersonId) -> Person:
    require(coordinator, Right.REMOVE)
    found = next((each for each in await uow.people.members() if each.id == member), None)
    if found is None:
        raise OutOfDate("refusal.no_member")
    return found


async def _not_the_last(uow: UnitOfWork, coordinator: Person, member: Person) -> None:
    """Nobody could let a coordinator in again but the administrator."""
    others = [each for each in await uow.people.coordinators() if each.id != member.id]
    if coordinator.id == member.id and not others:
        raise NotAllowed("refusal.last_coordinator")
