"""The lawyer's words to her, in his private chat."""

from aiogram import Router
from aiogram.types import Message

from bot.domain.people import Person
from bot.services import relay
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from handlers.filters import AnyCommand, OnTheTeam, Private
from handlers.incoming import piece_of, replied_to


def router() -> Router:
    """Messages and edits of the team in private chats."""
    router = Router(name="conversation")
    router.message.filter(Private(), OnTheTeam())
    router.edited_message.filter(Private(), OnTheTeam())
    router.message.register(says, ~AnyCommand())
    router.edited_message.register(edits)
    return router


async def says(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """To the case he replies in, or the current one."""
    piece = piece_of(message, person.language)
    await relay.from_lawyer(uow, settings, person, piece, message.message_id, replied_to(message))


async def edits(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A new version; what was never passed on is passed on now."""
    piece = piece_of(message, person.language)
    if not await relay.edited(uow, settings, person, piece, message.message_id):
        await relay.from_lawyer(uow, settings, person, piece, message.message_id, replied_to(message))
