"""Coming back with the return code: to the same account, or from another one.

Whoever types the code may be somebody who found it. So the lawyer is told first: what was held for her, and what is
shown again, is let go only once the line *reached from another account* was sent to everyone who holds a case of hers.
The gate is that line's own row in the outbox (its slot), so it holds over a restart and while the lawyer's chat waits.
With no lawyer there is nobody to tell; the next one reads the line on top of the appeal.
"""

from aiogram.methods import DeleteMessages

from bot.domain.case import Claimed
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.i18n import label
from bot.services import erasure, seeker, team
from bot.services.reach import may_come
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.moving import told_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import notebook as to_her
from bot.telegram.messages import return_code as messages


async def open_again(uow: UnitOfWork, her: Person) -> None:
    """Her code, on this very account: a notebook opens, a frozen chat is written to again, what was held comes."""
    await uow.moving.come_back(her)
    await welcome(uow, await uow.people.get(her.id), "code.opened_here")


async def open_notebook(uow: UnitOfWork, her: Person) -> None:
    """Her word, or a call for a lawyer. Where somebody said *it is not me*, her code alone lets go what was held."""
    await uow.moving.come_back(her, frozen=her.frozen)
    await welcome(uow, await uow.people.get(her.id), "notebook.opened")


async def move(uow: UnitOfWork, settings: Settings, her: Person, newcomer: Person) -> None:
    """She writes from another account now: everything of hers goes there, and her lawyers are told before she reads."""
    hers = await uow.cases.of_seeker(her.id)
    old_chat = uow.cipher.lookup("account", her.account)
    passing = await uow.chats.for_a_while(old_chat)
    await uow.moving.take_over(her, newcomer)
    await erasure.take_back(uow, settings, her)
    if passing:
        await uow.outbox.put(DeleteMessages(chat_id=her.account, message_ids=passing[:100]), lane=Lane.URGENT)
    for case in hers:
        uow.journal.note(Action.MOVED, actor=her, case=case.file.code)
        if isinstance(case, Claimed):
            lawyer = await uow.people.get(case.lawyer)
            await uow.outbox.put(
                to_lawyer.line(lawyer, "lawyer.moved", case.file.code),
                to=lawyer,
                case=case.file.code,
                slot=told_slot(her.id),
                mark=label(lawyer.language, "relay.repeated"),
                lane=Lane.URGENT,
            )
    await welcome(uow, await uow.people.get(her.id), "code.opened")
    if her.disguised:
        await ask_new_word(uow, her)


async def ask_new_word(uow: UnitOfWork, her: Person) -> None:
    """The code opened her notebook, so perhaps the word is forgotten: another one, or no notebook any more?"""
    her = await uow.people.get(her.id)
    await uow.outbox.put(to_her.after_code(her), to=her)


async def welcome(uow: UnitOfWork, her: Person, key: str) -> None:
    """She is back: said in her language, her commands, her screens, and what was held as soon as it may come."""
    await uow.outbox.put(messages.told(her, key), to=her)
    await team.show_commands(uow, her)
    await seeker.her_home(uow, her)
    if not her.frozen and not await uow.moving.untold(her.id):
        await _let_go(uow, her)


async def let_go_told(uow: UnitOfWork, settings: Settings) -> int:
    """Her lawyers have been told now: what was held comes, or a neutral line if she is not there; to how many."""
    told = await uow.moving.told()
    for person in told:
        her = await uow.people.get(person)
        if await may_come(uow, settings, her):
            await _let_go(uow, her)
    return len(told)


async def may_read_history(uow: UnitOfWork, her: Person) -> bool:
    """False while a lawyer of hers has yet to be told that she writes from another account."""
    return her.moved_at is None or not await uow.moving.untold(her.id)


async def _let_go(uow: UnitOfWork, her: Person) -> None:
    await uow.outbox.let_go(uow.cipher.lookup("account", her.account))
    await uow.people.set(her, held=False)
