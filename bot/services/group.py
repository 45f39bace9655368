"""What happens in groups: brought in, chosen, upgraded, lost; and people who block the bot or let it in again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram.methods import LeaveChat

from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.groups import Lack, Standing
from bot.domain.journal import Action
from bot.domain.people import Person, Reader
from bot.domain.rights import Right, allowed, require
from bot.i18n import LANGUAGES
from bot.services import cards, queue, troubles
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram import commands
from bot.telegram.messages import groups as messages
from bot.telegram.messages import operators as to_operators
from bot.telegram.messages.common import said

UPGRADES_WITHIN = timedelta(minutes=1)
"""A group that is upgraded looks like one the bot is brought into by whoever did it; so long nobody's group is kept.

Source: github.com/tdlib/telegram-bot-api/issues/266.
"""


async def stands(uow: UnitOfWork, settings: Settings, chat: int, how: Standing, person: Person, bot_name: str) -> None:
    """Something has changed for the bot in a group: brought in, put out, silenced, or free to write again."""
    ours = await uow.groups.at(chat)
    if ours is not None and (not how.inside or how.forbids):
        key = f"group.lack.{how.forbids}" if how.forbids else "group.lost"
        if how.forbids is Lack.PUBLIC:
            await cards.leave(uow, ours)
        await troubles.group_lost(settings, uow, ours, key)
    elif ours is None and allowed(person, Right.CHOOSE_GROUP) and (how.new or how.freed):
        await _ask(uow, chat, person, how.lacks)
    elif ours is None and how.new:
        at = uow.now + UPGRADES_WITHIN
        await _stranger(uow, Reader(chat, None), bot_name, at)
        await uow.outbox.put(LeaveChat(chat_id=chat), not_before=at)


async def in_channel(uow: UnitOfWork, chat: int, how: Standing, person: Person) -> None:
    """A channel is no group: it is left, and a coordinator reads why."""
    if how.new:
        await uow.outbox.put(LeaveChat(chat_id=chat))
        if allowed(person, Right.CHOOSE_GROUP):
            await uow.outbox.put(said(person, "group.channel", None), to=person)


async def choose(
    uow: UnitOfWork, settings: Settings, chat: int, lacks: Sequence[Lack], language: str, person: Person
) -> None:
    """This group shows cards from now on, in this language; what waited is shown at once.

    Raises NotAllowed where anybody could read them.
    """
    require(person, Right.CHOOSE_GROUP)
    if language not in LANGUAGES:
        raise OutOfDate("refusal.old_button")
    if Lack.PUBLIC in lacks:
        raise NotAllowed("refusal.public_group")
    known = await uow.groups.at(chat)
    await uow.groups.choose(chat, language)
    uow.journal.note(Action.CHOSE_GROUP, actor=person)
    reader = Reader(chat, language)
    await uow.outbox.put(said(reader, "group.chosen"))
    await uow.outbox.put(commands.for_group(reader))
    newcomer = None if known else uow.cipher.lookup("account", chat)
    await queue.show_all_kept(uow, settings, newcomer=newcomer)
    group = await uow.groups.at(chat)
    if group is not None:
        await uow.outbox.put(messages.chosen(person, group), to=person)


async def asks_to_join(uow: UnitOfWork, chat: int, lacks: Sequence[Lack], person: Person, bot_name: str) -> None:
    """In an operator group: proposed to the coordinators, who make a link or don't. Elsewhere: where the bot works.

    A coordinator is asked whether cards shall stand there.
    """
    reader = await uow.groups.at(chat)
    if reader is None and allowed(person, Right.CHOOSE_GROUP):
        await _ask(uow, chat, person, lacks)
        return
    if reader is None:
        await _stranger(uow, Reader(chat, None), bot_name)
        return
    coordinators = await uow.people.coordinators()
    for coordinator in coordinators:
        await uow.outbox.put(to_operators.proposed(coordinator), to=coordinator)
    await uow.outbox.put(said(reader, "team.proposal_sent" if coordinators else "team.no_coordinators"))


async def started(uow: UnitOfWork, chat: int, lacks: Sequence[Lack], person: Person, bot_name: str) -> None:
    """The button that adds the bot to a group says *start* there as well: asked once, whichever came first."""
    if await uow.groups.at(chat) is None and allowed(person, Right.CHOOSE_GROUP):
        await _ask(uow, chat, person, lacks)
    else:
        await says_where(uow, chat, bot_name)


async def says_where(uow: UnitOfWork, chat: int, bot_name: str) -> None:
    """The bot works in private chats; in the operator group's language, elsewhere in all four."""
    group = await uow.groups.at(chat)
    await _stranger(uow, group or Reader(chat, None), bot_name)


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


async def _ask(uow: UnitOfWork, chat: int, person: Person, lacks: Sequence[Lack]) -> None:
    """Use this group? Asked in the group where cards may stand; what is to be changed first is said in private."""
    asked = not any(lack.forbids for lack in lacks)
    if lacks:
        await uow.outbox.put(messages.lacking(person, lacks, asked=asked), to=person)
    if asked:
        await uow.outbox.put(messages.ask(chat), slot="group:ask", replaceable=True)


async def _stranger(uow: UnitOfWork, reader: Reader, bot_name: str, at: datetime | None = None) -> None:
    await uow.outbox.put(said(reader, "group.stranger", None, link=f"https://t.me/{bot_name}"), not_before=at)
