"""How his words fared: one line a case, under the last of them, changed as that changes.

Sent to her phone, waiting behind a notice, held, refused: what Telegram tells. Never "seen": a bot can't know.
"""

from aiogram.methods import DeleteMessages

from bot.domain.case import Claimed
from bot.domain.follow_up import Reach
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.storage.lanes import Due
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as to_lawyer

REFUSED = {
    "voice": "relay.why.voice",
    "too long": "relay.why.long",
    "file": "relay.why.file",
    "media": "relay.why.file",
}
"""What a part of Telegram's own words means to a lawyer."""


def slot_of(lawyer: Person, code: CaseCode) -> str:
    """The slot of the line about his words in a case."""
    return f"receipt:{lawyer.id}:{code}"


async def make_room(uow: UnitOfWork, lawyer: Person, code: CaseCode) -> None:
    """He has said more: the line about what he said before goes, the next one stands under his newest words."""
    chat, slot = uow.cipher.lookup("account", lawyer.account), slot_of(lawyer, code)
    standing = await uow.threads.messages_of(chat, slot)
    if standing:
        await uow.threads.forget(chat, standing)
        await uow.outbox.put(DeleteMessages(chat_id=lawyer.account, message_ids=standing), to=lawyer)


async def show(uow: UnitOfWork, lawyer: Person, code: CaseCode, reach: Reach | None, *, may_thaw: bool = False) -> None:
    """The line says this now. None: the bot is blocked. `may_thaw`: he alone can say that it is her again."""
    line = to_lawyer.receipt(lawyer, code, reach, may_thaw=may_thaw)
    await uow.outbox.put(line, to=lawyer, slot=slot_of(lawyer, code), replaceable=True, topic=code)


async def arrived(uow: UnitOfWork, due: Due) -> None:
    """Something was taken by Telegram. When it was the last of his words that waited for her, his line says so."""
    if due.topic is None or due.holds or not (due.slot or "").startswith("entry:"):
        return
    if await uow.outbox.still_to_come(due.chat, due.topic):
        return
    case = await uow.cases.find(due.topic)
    if isinstance(case, Claimed):
        await show(uow, await uow.people.get(case.lawyer), due.topic, Reach.AT_ONCE)


async def failed(uow: UnitOfWork, lawyer: Person, due: Due, why: str) -> None:
    """His words were refused: under them, why, and what he can do."""
    assert due.case is not None
    key = next((key for part, key in REFUSED.items() if part in why.lower().replace("_", " ")), "relay.why.other")
    line = to_lawyer.failed(lawyer, due.case, key)
    await uow.outbox.put(line, to=lawyer, reply_slot=due.slot, topic=due.case)
