"""Sweeping: a case goes out of the chat of somebody who is never to see it again, as far as Telegram allows."""

from aiogram.methods import DeleteMessages

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import topics
from bot.storage.chats import DELETED_AT_ONCE
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork


async def sweep(uow: UnitOfWork, code: CaseCode, lawyer: Person) -> None:
    """What stands or waits about this case in the chat of somebody who is never to see it again."""
    chat = uow.cipher.lookup("account", lawyer.account)
    await uow.outbox.withdraw(chat, code)
    await topics.delete(uow, lawyer.id, code)
    standing = (await uow.chats.of_case(code)).get(chat, [])
    for start in range(0, len(standing), DELETED_AT_ONCE):
        part = standing[start : start + DELETED_AT_ONCE]
        await uow.outbox.put(DeleteMessages(chat_id=lawyer.account, message_ids=part), lane=Lane.URGENT)
