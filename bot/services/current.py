"""The current case: where his words go when he neither replies nor writes in a topic. One pinned line says so."""

from aiogram.methods import PinChatMessage, UnpinChatMessage

from bot.domain.ids import CaseCode, PersonId
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as messages


async def choose(uow: UnitOfWork, lawyer: PersonId, code: CaseCode | None) -> None:
    """What he writes goes there from now on; None: nowhere, until he chooses."""
    await uow.people.set_current(lawyer, code)
    await name(uow, lawyer)


async def name(uow: UnitOfWork, lawyer: PersonId) -> None:
    """The pinned line says where his words go now. Who never held a case has none.

    Pinned after all that is said: a line that he deleted is said anew before.
    """
    person = await uow.people.get(lawyer)
    slot = f"desk:{person.id}"
    chat = uow.cipher.lookup("account", person.account)
    stands = await uow.threads.message_of(chat, slot) is not None or await uow.outbox.stands(person, slot)
    if person.case is None and not stands:
        return
    await uow.outbox.put(messages.current(person), to=person, slot=slot, replaceable=True)
    if person.case is None:
        pin: PinChatMessage | UnpinChatMessage = UnpinChatMessage(chat_id=person.account, message_id=0)
    else:
        pin = PinChatMessage(chat_id=person.account, message_id=0, disable_notification=True)
    await uow.outbox.put(pin, to=person, slot=slot, lane=Lane.EDIT)
