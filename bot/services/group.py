"""The operator group: brought in, chosen, upgraded, lost; and people who block the bot or let it in again."""

from aiogram.methods import LeaveChat

from bot.domain.errors import OutOfDate
from bot.domain.journal import Action
from bot.domain.people import Person, Reader
from bot.domain.rights import Right, allowed, require
from bot.i18n import LANGUAGES
from bot.services import queue, troubles
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram import commands
from bot.telegram.messages import operators as messages
from bot.telegram.messages.common import said


async def brought_in(uow: UnitOfWork, chat: int, person: Person, bot_name: str) -> None:
    """A coordinator is asked for the language; a stranger's group is told where the bot works, and left."""
    if allowed(person, Right.CHOOSE_GROUP):
        await uow.outbox.put(messages.ask_for_group(chat))
    elif await uow.groups.at(chat) is None:
        await _stranger(uow, Reader(chat, None), bot_name)
        await uow.outbox.put(LeaveChat(chat_id=chat))


async def choose(uow: UnitOfWork, settings: Settings, chat: int, language: str, person: Person) -> None:
    """This group shows the cards from now on, in this language; what waited is shown at once."""
    require(person, Right.CHOOSE_GROUP)
    if language not in LANGUAGES:
        raise OutOfDate("refusal.old_button")
    await uow.groups.choose(chat, language)
    uow.journal.note(Action.CHOSE_GROUP, actor=person)
    reader = Reader(chat, language)
    await uow.outbox.put(said(reader, "group.chosen"))
    await uow.outbox.put(commands.for_group(reader))
    await queue.show_all_kept(uow, settings)


async def asks_to_join(uow: UnitOfWork, chat: int, person: Person, bot_name: str) -> None:
    """In the operator group: proposed to the coordinators, who make a link or don't. Elsewhere: where the bot works."""
    reader = await uow.groups.at(chat)
    if reader is None:
        if allowed(person, Right.CHOOSE_GROUP):
            await uow.outbox.put(messages.ask_for_group(chat))
        else:
            await _stranger(uow, Reader(chat, None), bot_name)
        return
    coordinators = await uow.people.coordinators()
    for coordinator in coordinators:
        await uow.outbox.put(messages.proposed(coordinator), to=coordinator)
    await uow.outbox.put(said(reader, "team.proposal_sent" if coordinators else "team.no_coordinators"))


async def says_where(uow: UnitOfWork, chat: int, bot_name: str) -> None:
    """The bot works in private chats; in the operator group's language, elsewhere in all four."""
    group = await uow.groups.at(chat)
    await _stranger(uow, group or Reader(chat, None), bot_name)


async def put_out(uow: UnitOfWork, settings: Settings, chat: int) -> None:
    """The bot was removed: cards wait, the coordinators are told."""
    group = await uow.groups.at(chat)
    if group is not None:
        await troubles.group_lost(settings, uow, group)


async def upgraded(uow: UnitOfWork, settings: Settings, old: int, new: int) -> None:
    """The group became a supergroup and has a new number."""
    await troubles.group_moved(settings, uow, uow.cipher.lookup("account", old), new)


async def blocked(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """Nobody writes to this person any more."""
    chat = uow.cipher.lookup("account", person.account)
    await uow.outbox.unreachable(chat, for_good=False)
    await troubles.unreachable(settings, uow, chat)


async def unblocked(uow: UnitOfWork, person: Person) -> None:
    """The bot may write to this person again, when spoken to."""
    await uow.people.set(person, reachable=True)


async def _stranger(uow: UnitOfWork, reader: Reader, bot_name: str) -> None:
    await uow.outbox.put(said(reader, "group.stranger", None, link=f"https://t.me/{bot_name}"))
