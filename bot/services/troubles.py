"""What goes wrong on the way to Telegram: the bot is blocked, a message refused, the group moved or gone."""

from bot.domain.case import Claimed
from bot.domain.complaint import ABOUT
from bot.domain.groups import Group
from bot.domain.journal import Action
from bot.services import offers, queue, receipts
from bot.settings import Settings
from bot.storage.lanes import Due
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import groups
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import operators as to_operators


async def unreachable(settings: Settings, uow: UnitOfWork, chat: str) -> None:
    """This chat can't be written to any more: nobody tries again, and whoever waits for it is told.

    A lawyer who can't be reached can't work: his cases go back to the queue.
    """
    person = await uow.people.by_chat(chat)
    if person is None:
        group = await uow.groups.by_chat(chat)
        if group is not None:
            await group_lost(settings, uow, group)
        return
    await uow.people.set(person, reachable=False, held=True)
    for held in await uow.cases.held_by(person.id):
        await queue.back_to_queue(uow, settings, held, actor=None, action=Action.LAWYER_UNREACHABLE)
    await offers.give_all_back(uow, person)
    for case in await uow.cases.of_seeker(person.id):
        if isinstance(case, Claimed):
            lawyer = await uow.people.get(case.lawyer)
            await uow.outbox.put(
                to_lawyer.line(lawyer, "lawyer.unreachable", case.file.code), to=lawyer, topic=case.file.code
            )


async def undeliverable(uow: UnitOfWork, due: Due, why: str) -> None:
    """A message can't be delivered: it stays kept; the lawyer of its case is told, or the coordinators."""
    case = await uow.cases.find(due.case) if due.case else None
    if isinstance(case, Claimed) and not (due.slot or "").startswith(ABOUT):  # of a complaint no lawyer hears
        lawyer = await uow.people.get(case.lawyer)
        if due.chat != uow.cipher.lookup("account", lawyer.account):
            await receipts.failed(uow, lawyer, due, why)
            return
    for coordinator in await uow.people.coordinators():
        if due.chat != uow.cipher.lookup("account", coordinator.account):
            told = to_operators.to_coordinator(coordinator, "coordinator.dead", why=why)
            await uow.outbox.put(told, to=coordinator)


async def group_moved(settings: Settings, uow: UnitOfWork, old: str, new: int) -> None:
    """An operator group was upgraded to a supergroup: it has a new number everywhere.

    What stood under the old number can't be edited any more: what waits is shown again under the new one.
    """
    group = await uow.groups.by_chat(old)
    if group is not None:
        await uow.outbox.withdraw(uow.cipher.lookup("account", new))  # it was taken for a stranger's, and to be left
        await uow.groups.move(group, new)
    await uow.outbox.move_chat(old, new)
    if group is not None:
        await queue.show_all_kept(uow, settings)


async def group_lost(settings: Settings, uow: UnitOfWork, group: Group, key: str = "group.lost") -> None:
    """Nothing can be shown in this group any more: the others show its cases at once, and the coordinators know.

    After the last one the cases wait until a group is chosen.
    """
    await uow.groups.forget(group)
    uow.journal.note(Action.GROUP_LOST, actor=None)
    left = bool(await uow.groups.all())
    for coordinator in await uow.people.coordinators():
        told = groups.lost(coordinator, key, others=left)
        await uow.outbox.put(told, to=coordinator)
    await queue.show_all_kept(uow, settings)
