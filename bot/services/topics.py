"""The topics of a lawyer's chat, where the bot has them: one a case, named by its code and how it stands.

They are made when something is first said there, and anew when somebody deleted one (`Outbox.lease`).
"""

from aiogram.methods import DeleteForumTopic, EditForumTopic

from bot.domain.case import Case, Claimed, Closed
from bot.domain.ids import CaseCode, PersonId
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork

ENDED, GONE = "✅", "↩️"
"""How a topic is marked whose case has ended, or is another's now: in a private chat it can't be closed."""


async def rename(uow: UnitOfWork, case: Case) -> None:
    """The name says how urgent the case is, or that it has ended."""
    if isinstance(case, Claimed | Closed):
        sign = case.file.urgency.sign if isinstance(case, Claimed) else ENDED
        await _rename(uow, case.lawyer, case.file.code, sign)


async def leave(uow: UnitOfWork, lawyer: PersonId, code: CaseCode) -> None:
    """He holds the case no more."""
    await _rename(uow, lawyer, code, GONE)


async def delete(uow: UnitOfWork, lawyer: PersonId, code: CaseCode) -> None:
    """Nothing of it stays with him, however old."""
    person = await uow.people.get(lawyer)
    thread = await uow.chats.thread(uow.cipher.lookup("account", person.account), code)
    if thread:
        topic = DeleteForumTopic(chat_id=person.account, message_thread_id=thread)
        await uow.outbox.put(topic, to=person, lane=Lane.URGENT)


async def _rename(uow: UnitOfWork, lawyer: PersonId, code: CaseCode, sign: str) -> None:
    person = await uow.people.by_id(lawyer)
    if person is not None and await uow.chats.thread(uow.cipher.lookup("account", person.account), code):
        named = EditForumTopic(chat_id=person.account, message_thread_id=0, name=f"{sign} {code}")
        await uow.outbox.put(named, to=person, topic=code)
