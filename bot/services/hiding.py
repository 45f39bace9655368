"""Hiding: a chat is emptied as far as Telegram allows, and nothing is sent there until she comes back."""

from aiogram.methods import DeleteMessages

from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork


async def wipe_due(uow: UnitOfWork) -> int:
    """Delete what was to stand in a chat for a while only; from how many chats."""
    found = await uow.chats.past_their_time()
    for chat, messages in found.items():
        person = await uow.people.by_chat(chat)
        if person is not None:
            await uow.outbox.put(DeleteMessages(chat_id=person.account, message_ids=messages), lane=Lane.URGENT)
    return len(found)
