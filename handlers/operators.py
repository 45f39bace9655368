"""The group's doors: the bot is brought in or put out, the group is chosen, someone asks to join."""

from aiogram import Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.domain.people import Person
from bot.services import group
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import GroupSpeaks
from bot.telegram.standing import GONE, lacks, standing
from handlers.filters import AnyCommand, Channel, Command, Group, Private


def router() -> Router:
    """Group events, and people who block or unblock the bot."""
    router = Router(name="operators")
    router.my_chat_member.register(blocked, Private())
    router.my_chat_member.register(brought, Group())
    router.my_chat_member.register(in_channel, Channel())
    router.message.register(asks_to_join, Group(), Command("join"))
    router.message.register(started, Group(), Command("start"))
    router.message.register(other_command, Group(), AnyCommand())
    router.message.register(other, Group())
    router.callback_query.register(choose_group, Group(), GroupSpeaks.filter())
    return router


async def blocked(event: ChatMemberUpdated, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Somebody blocked the bot, or let it in again."""
    if event.new_chat_member.status in GONE:
        await group.blocked(uow, settings, person)
    else:
        await group.unblocked(uow, person)


async def brought(event: ChatMemberUpdated, uow: UnitOfWork, person: Person, settings: Settings, bot_name: str) -> None:
    """The bot was brought into a group, put out of it, or something has changed for it there."""
    await group.stands(uow, settings, event.chat.id, standing(event), person, bot_name)


async def in_channel(event: ChatMemberUpdated, uow: UnitOfWork, person: Person) -> None:
    """A channel is no group."""
    await group.in_channel(uow, event.chat.id, standing(event), person)


async def asks_to_join(message: Message, uow: UnitOfWork, person: Person, bot_name: str) -> None:
    """Asking in the group only proposes; elsewhere the bot says where it works."""
    await group.asks_to_join(uow, message.chat.id, lacks(message.chat), person, bot_name)


async def started(message: Message, uow: UnitOfWork, person: Person, bot_name: str) -> None:
    """The bot was added by the button of the coordinators."""
    await group.started(uow, message.chat.id, lacks(message.chat), person, bot_name)


async def other_command(message: Message, uow: UnitOfWork, bot_name: str) -> None:
    """Any other command in a group: the bot works in private chats."""
    await group.says_where(uow, message.chat.id, bot_name)


async def other(message: Message, uow: UnitOfWork, settings: Settings) -> None:
    """A group that became a supergroup; anything else said in a group is not for the bot."""
    if message.migrate_to_chat_id is not None:
        await group.upgraded(uow, settings, message.chat.id, message.migrate_to_chat_id)


async def choose_group(
    event: CallbackQuery, callback_data: GroupSpeaks, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """This group, in this language."""
    if event.message is not None:
        chat = event.message.chat
        await group.choose(uow, settings, chat.id, lacks(chat), callback_data.to, person)
