"""Erasing: closed to everybody at once, destroyed now or in 72 hours, taken back only with the return code.

Never for the team: whoever helps others leaves the team first.
"""

from datetime import timedelta

from aiogram.methods import DeleteForumTopic, DeleteMessage, DeleteMessages, SetMyCommands
from aiogram.types import BotCommandScopeChat

from bot.domain.case import Case, Claimed, Closed, Queued, Shut
from bot.domain.ids import PersonId
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import cards, case_notes, current, queue
from bot.settings import Settings
from bot.storage.chats import DELETED_AT_ONCE
from bot.storage.erasure import SWEPT
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import erasure as messages
from bot.telegram.messages import lawyer as to_lawyer

IN = timedelta(hours=72)
"""So long a return code takes it back."""

FAREWELL_STANDS = timedelta(minutes=1)
"""The last line in her chat is deleted there after this time."""


async def ask(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """Will she need it for a court? First a copy, if she wants one."""
    require(person, Right.ERASE)
    named = any(each.sent_at for each in await uow.referrals.of_seeker(person.id))
    await uow.outbox.put(messages.ask(person, on, named=named), to=person)


async def choose(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """In 72 hours, or now; and whether anything can take it back."""
    require(person, Right.ERASE)
    await uow.outbox.put(messages.choose(person, on), to=person)


async def later(uow: UnitOfWork, person: Person) -> None:
    """Closed to everybody at once, and destroyed in 72 hours."""
    require(person, Right.ERASE)
    await _leave(uow, person, "erase.farewell_later", IN)


async def at_once(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """Destroyed now; nobody can take it back."""
    require(person, Right.ERASE)
    await _leave(uow, person, "erase.farewell", timedelta(0))
    await destroy(uow, settings, person.id)


async def by_phone(uow: UnitOfWork, settings: Settings, her: Person, coordinator: Person) -> None:
    """Destroyed now for somebody who has no account here, and asked a coordinator for it."""
    await _leave(uow, her, "erase.farewell", timedelta(0), actor=coordinator)
    await destroy(uow, settings, her.id)


async def take_back(uow: UnitOfWork, settings: Settings, person: Person) -> bool:
    """She came with her return code in time: her appeals are as they were; what a lawyer held waits for one again.

    `person` is her row, which has an account again already. False when nothing of hers was to be erased.
    """
    if person.erase_at is None:
        return False
    await uow.erasure.come_back(person)
    hers = await uow.cases.of_seeker(person.id)
    for case in hers:
        if isinstance(case, Shut):
            back = case.take_back(uow.now)
            await uow.cases.move(case, back, actor=person, action=Action.OPENED_AGAIN)
            if isinstance(back, Queued):
                await queue.show(uow, settings, back, why="card.back")
    if hers:
        await uow.people.set_current(person.id, hers[0].file.code)
    return True


async def destroy_due(uow: UnitOfWork, settings: Settings) -> int:
    """The 72 hours of these people are over; how many they were."""
    due = await uow.erasure.due()
    for person in due:
        await destroy(uow, settings, person)
    return len(due)


async def destroy_case(uow: UnitOfWork, settings: Settings, case: Closed) -> None:
    """One case alone, because it has been kept long enough."""
    uow.journal.note(Action.ERASED, actor=None, case=case.file.code)
    await _take_away(uow, case)
    await uow.erasure.case(case.file.code, settings.zone)


async def finish(uow: UnitOfWork, *, look: bool = False) -> int:
    """What was on its way while it was erased is deleted where it arrived, and forgotten; in how many chats.

    `look`: also when nothing is known to be unfinished.
    """
    if not look and not await uow.erasure.unfinished():
        return 0
    orphans = await uow.erasure.orphans()
    for chat, standing in orphans.items():
        await _delete_in(uow, chat, standing)
    if await uow.erasure.sweep() and await uow.erasure.unfinished():
        await uow.erasure.to_scrub(SWEPT)
    return len(orphans)


async def _leave(uow: UnitOfWork, her: Person, farewell: str, after: timedelta, *, actor: Person | None = None) -> None:
    await _empty(uow, her, farewell)
    for case in await uow.cases.of_seeker(her.id):
        if not isinstance(case, Shut):
            await uow.cases.move(case, case.shut(uow.now + after), actor=actor or her, action=Action.SHUT)
            await _take_away(uow, case)
    await uow.erasure.leave(her, uow.now + after)


async def destroy(uow: UnitOfWork, settings: Settings, person: PersonId) -> None:
    """This person's key, words and cases; the journal keeps that there were such cases."""
    for case in await uow.cases.of_seeker(person):
        uow.journal.note(Action.ERASED, actor=None, case=case.file.code)
    await uow.erasure.person(person, settings.zone)


async def _take_away(uow: UnitOfWork, case: Case) -> None:
    """No chat but hers shows anything of this case any more, as far as Telegram still lets it be deleted."""
    code = case.file.code
    standing, topics = await uow.erasure.standing(code), await uow.erasure.topics(code)
    await uow.erasure.withdraw(code)
    await uow.hand_overs.end(code)
    groups = {group.chat for group in await uow.groups.all()}
    for chat, messages_there in standing.items():
        if chat not in groups:
            await _delete_in(uow, chat, messages_there)
    for chat, thread in topics.items():
        member = await uow.people.by_chat(chat)
        if member is not None and member.on_the_team:
            topic = DeleteForumTopic(chat_id=member.account, message_thread_id=thread)
            await uow.outbox.put(topic, lane=Lane.URGENT)
    await cards.empty(uow, code)
    if isinstance(case, Claimed):
        lawyer = await uow.people.get(case.lawyer)
        await case_notes.end_of(uow, lawyer, code)
        await uow.outbox.put(to_lawyer.line(lawyer, "erase.lawyer", code), to=lawyer)
        await current.name(uow, lawyer.id)


async def _delete_in(uow: UnitOfWork, chat: str, standing: list[int]) -> None:
    """In a chat of the team, or in an operator group; what stands in hers is hers."""
    member = await uow.people.by_chat(chat)
    there = await uow.groups.by_chat(chat) if member is None else member if member.on_the_team else None
    if there is None:
        return
    for some in _batches(standing):
        await uow.outbox.put(DeleteMessages(chat_id=there.account, message_ids=some), lane=Lane.URGENT)


async def _empty(uow: UnitOfWork, her: Person, farewell: str) -> None:
    """Her chat as far as Telegram allows, then one neutral line, which goes too.

    These last calls are sealed with the hotline's key, for hers is about to be destroyed; they are forgotten as soon
    as they are settled (`finish`).
    """
    standing, topics, busy = await uow.erasure.empty(uow.cipher.lookup("account", her.account))
    for thread in topics:
        await uow.outbox.put(DeleteForumTopic(chat_id=her.account, message_thread_id=thread), lane=Lane.URGENT)
    for some in [*_batches(standing), *([[]] if busy else [])]:
        await uow.outbox.put(DeleteMessages(chat_id=her.account, message_ids=some), lane=Lane.URGENT)
    commands = SetMyCommands(commands=[], scope=BotCommandScopeChat(chat_id=her.account))
    await uow.outbox.put(commands, lane=Lane.URGENT)
    slot = f"farewell:{uow.new_id()}"
    await uow.outbox.put(messages.farewell(her, farewell), slot=slot, lane=Lane.URGENT)
    gone = DeleteMessage(chat_id=her.account, message_id=0)
    await uow.outbox.put(gone, slot=slot, lane=Lane.DIGEST, not_before=uow.now + FAREWELL_STANDS)


def _batches(standing: list[int]) -> list[list[int]]:
    return [standing[first : first + DELETED_AT_ONCE] for first in range(0, len(standing), DELETED_AT_ONCE)]
