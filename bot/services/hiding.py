"""Hiding: a chat is emptied as far as Telegram allows, and nothing is sent there until she comes back."""

from datetime import timedelta

from aiogram.methods import DeleteMessages

from bot.domain.case import Claimed
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.storage.chats import DELETED_AT_ONCE
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import hiding as messages
from bot.telegram.messages import lawyer as to_lawyer

LINE_LIVES = timedelta(minutes=1)
"""The line that says what can't be removed is itself removed after this long."""


async def hide(uow: UnitOfWork, person: Person) -> None:
    """Empty her chat now, ahead of everything, and say in one neutral line what can't be removed."""
    require(person, Right.APPEAL)
    await empty(uow, person)
    await uow.outbox.put(messages.hidden(person), to=person, lane=Lane.URGENT, lives=LINE_LIVES)


async def empty(uow: UnitOfWork, person: Person) -> None:
    """Everything in her chat goes, in silence; what waits for it is held. Case, draft and the lawyer's copies stay."""
    chat = uow.cipher.lookup("account", person.account)
    for code in await uow.outbox.hide(chat):
        await _tell_lawyer(uow, code)
    calls = -(-len(await uow.chats.standing(chat)) // DELETED_AT_ONCE) + 1  # one more: what is on its way arrives first
    for _ in range(calls):
        await uow.outbox.put(DeleteMessages(chat_id=person.account, message_ids=[]), to=person, lane=Lane.URGENT)
    await uow.threads.forget_chat(chat)
    await uow.people.set(person, hidden=True, held=True)


async def wipe_due(uow: UnitOfWork) -> int:
    """Delete what was to stand in a chat for a while only; from how many chats."""
    found = await uow.chats.past_their_time()
    for chat, standing in found.items():
        person = await uow.people.by_chat(chat)
        if person is not None:
            await uow.outbox.put(DeleteMessages(chat_id=person.account, message_ids=standing), lane=Lane.URGENT)
    return len(found)


async def _tell_lawyer(uow: UnitOfWork, code: CaseCode) -> None:
    """His words don't reach her for now."""
    case = await uow.cases.find(code)
    if isinstance(case, Claimed):
        lawyer = await uow.people.get(case.lawyer)
        line = to_lawyer.line(lawyer, "relay.hidden", code)
        await uow.outbox.put(line, to=lawyer, slot=f"receipt:{lawyer.id}:{code}", replaceable=True)
