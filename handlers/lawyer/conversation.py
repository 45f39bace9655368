"""The lawyer's words to her, in his private chat."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import answering, evidence, relay, withholding
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Unmask
from bot.telegram.reply_buttons import DropKept
from handlers.filters import AnyCommand, Command, Moving, OnTheTeam, Private
from handlers.incoming import piece_of, replied_to
from handlers.taps import tapped_on


def router() -> Router:
    """Messages and edits of the team in private chats."""
    router = Router(name="conversation")
    router.message.filter(Private(), OnTheTeam())
    router.edited_message.filter(Private(), OnTheTeam())
    router.message.register(save, Command("save"))
    router.message.register(says, ~AnyCommand())
    router.edited_message.register(moves, Moving())
    router.edited_message.register(edits)
    router.callback_query.register(unmask, Private(), Unmask.filter())
    router.callback_query.register(drop_kept, Private(), DropKept.filter())
    return router


async def save(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The message he replies to, as evidence."""
    await evidence.save(uow, settings, person, replied_to(message))


async def says(message: Message, uow: UnitOfWork, person: Person, settings: Settings, topic: CaseCode | None) -> None:
    """To the case of the topic, the one he replies in, or the current one."""
    piece = piece_of(message, person.language)
    await answering.from_lawyer(uow, settings, person, piece, message.message_id, replied_to(message), topic)


async def drop_kept(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """The words he was asked about are for nobody."""
    await answering.drop_kept(uow, person, tapped_on(event))


async def moves(message: Message) -> None:
    """A live location that moved; the first one was refused in words."""


async def unmask(event: CallbackQuery, callback_data: Unmask, uow: UnitOfWork, person: Person) -> None:
    """What is masked, for a reason."""
    if callback_data.why is None:
        await withholding.ask_why(uow, person, callback_data.entry, tapped_on(event))
    else:
        await withholding.unmask(uow, person, callback_data.entry, callback_data.why, tapped_on(event))


async def edits(message: Message, uow: UnitOfWork, person: Person, settings: Settings, topic: CaseCode | None) -> None:
    """A new version; what was never passed on is passed on now."""
    piece = piece_of(message, person.language)
    if not await relay.edited(uow, settings, person, piece, message.message_id):
        await answering.from_lawyer(uow, settings, person, piece, message.message_id, replied_to(message), topic)
