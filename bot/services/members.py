"""Who is on the team and how each is doing; and how somebody leaves it, everything at once, with nobody forgotten."""

from aiogram.methods import DeleteForumTopic, DeleteMessages

from bot.domain.errors import NotAllowed, OutOfDate, Unfit
from bot.domain.ids import PersonId
from bot.domain.journal import Action
from bot.domain.people import Person, Role
from bot.domain.profile import NOTHING_SAID
from bot.domain.rights import Right, require
from bot.domain.team import ASKED, Load, Teammate, in_order, working_name
from bot.services import duty, offers, queue, team
from bot.settings import Settings
from bot.storage.chats import DELETED_AT_ONCE
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import members as messages
from bot.telegram.messages.common import said

RENAME = f"{ASKED}rename:"
"""What a coordinator is asked for begins with this; then who is to be called that."""

_REMOVED = {
    Role.LAWYER: Action.REMOVED_LAWYER,
    Role.COORDINATOR: Action.REMOVED_COORDINATOR,
    Role.OBSERVER: Action.REMOVED_OBSERVER,
}


async def everybody(uow: UnitOfWork, settings: Settings) -> list[Teammate]:
    """The team with what each carries: first whose cases may be waiting for nobody."""
    loads, profiles = await uow.team.loads(), await uow.profiles.all()
    there = {each.id for each in await duty.on_duty(uow, settings)}
    team = [
        Teammate(each, loads.get(each.id, Load()), profiles.get(each.id, NOTHING_SAID), each.id in there)
        for each in await uow.people.members()
    ]
    return in_order(team, uow.now)


async def show(uow: UnitOfWork, settings: Settings, coordinator: Person, page: int, on: int | None) -> None:
    """Everybody on the team: what they carry, who is on duty, away, or has not been here for long."""
    require(coordinator, Right.REMOVE)
    await uow.people.await_text(coordinator, None)
    listed, links = await everybody(uow, settings), await uow.team.links()
    screen = messages.everybody(coordinator, listed, page, settings.zone, uow.now, links=len(links), on=on)
    await uow.outbox.put(screen, to=coordinator)


async def show_one(uow: UnitOfWork, settings: Settings, coordinator: Person, member: PersonId, on: int | None) -> None:
    """One of them. Raises OutOfDate for somebody who is not on the team."""
    require(coordinator, Right.REMOVE)
    await uow.people.await_text(coordinator, None)
    found = next((each for each in await everybody(uow, settings) if each.person.id == member), None)
    if found is None:
        raise OutOfDate("refusal.no_member")
    await uow.outbox.put(messages.one(coordinator, found, settings.zone, uow.now, on), to=coordinator)


async def ask_name(uow: UnitOfWork, coordinator: Person, member: PersonId, on: int | None) -> None:
    """What shall colleagues call him? The coordinator's next text is it."""
    found = await member_of(uow, coordinator, member)
    await uow.people.await_text(coordinator, f"{RENAME}{found.id}")
    await uow.outbox.put(messages.ask_name(coordinator, found, on), to=coordinator)


async def rename(uow: UnitOfWork, settings: Settings, coordinator: Person, typed: str, message_id: int) -> None:
    """Another working name; he is told. Raises Unfit for what can't be one; the question stays open."""
    team.typed(uow, coordinator, message_id)
    asked = (coordinator.awaiting or "").removeprefix(RENAME)
    found = await member_of(uow, coordinator, PersonId(asked))
    name = working_name(typed)
    if name is None:
        raise Unfit("refusal.name")
    await uow.people.set_role(found, found.role, name)
    uow.journal.note(Action.RENAMED, actor=coordinator)
    if found.id != coordinator.id:
        await uow.outbox.put(said(found, "team.renamed", None, name=name), to=found)
    await show_one(uow, settings, coordinator, found.id, None)


async def ask_remove(uow: UnitOfWork, coordinator: Person, member: PersonId, on: int | None) -> None:
    """What removing means; the next tap does it."""
    found = await member_of(uow, coordinator, member)
    await not_the_last(uow, coordinator, found)
    load = (await uow.team.loads()).get(found.id, Load())
    await uow.outbox.put(messages.ask_remove(coordinator, found, load.open, on), to=coordinator)


async def remove(uow: UnitOfWork, settings: Settings, coordinator: Person, member: PersonId, on: int | None) -> None:
    """Out of the team: role, name, cases, links, kept words and all that stands or waits in the chat, at once."""
    found = await member_of(uow, coordinator, member)
    await not_the_last(uow, coordinator, found)
    uow.journal.note(_REMOVED[found.role or Role.LAWYER], actor=coordinator)
    await uow.people.set_role(found, None, None)
    await uow.team.withdraw_links(found.id)
    await off_cases(uow, settings, coordinator, found, Action.LAWYER_LEFT)
    gone = await uow.people.get(found.id)
    await uow.outbox.put(said(gone, "team.you_left"), to=gone)
    await team.show_commands(uow, gone)
    await _tell_coordinators(uow, settings, coordinator, found, on)


async def off_cases(uow: UnitOfWork, settings: Settings, coordinator: Person, member: Person, action: Action) -> None:
    """No case is in his hands any more, nor anything of one in his chat; who waited waits for somebody else."""
    await uow.profiles.forget(member.id)
    for case in await uow.cases.held_by(member.id):
        await queue.back_to_queue(uow, settings, case, actor=coordinator, action=action)
    await offers.give_all_back(uow, member)
    await uow.people.set_current(member.id, None)
    await uow.people.await_text(member, None)
    await uow.drafts.discard(member.id)
    await _empty_chat(uow, member)


async def member_of(uow: UnitOfWork, coordinator: Person, member: PersonId) -> Person:
    """Somebody on the team, for who may change something about him. Raises OutOfDate for anybody else."""
    require(coordinator, Right.REMOVE)
    found = next((each for each in await uow.people.members() if each.id == member), None)
    if found is None:
        raise OutOfDate("refusal.no_member")
    return found


async def not_the_last(uow: UnitOfWork, coordinator: Person, member: Person) -> None:
    """Nobody could let a coordinator in again but the administrator.

    Asked by one process at a time, of what is true by then: two who remove each other must not both succeed.
    """
    await uow.team.one_at_a_time()
    there = [each.id for each in await uow.people.coordinators()]
    if coordinator.id not in there:
        raise NotAllowed("refusal.not_allowed")
    if coordinator.id == member.id and there == [member.id]:
        raise NotAllowed("refusal.last_coordinator")


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
