"""Articles: the list, a search by a few words, a page."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import reading
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.reading import Read, Shelf
from handlers.filters import Command, Private
from handlers.taps import tapped_on


def router() -> Router:
    """What can be read without asking anybody."""
    router = Router(name="reading")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(find, Command("read"))
    router.callback_query.register(shelf, Shelf.filter())
    router.callback_query.register(read, Read.filter())
    return router


async def find(message: Message, uow: UnitOfWork, person: Person, settings: Settings, argument: str) -> None:
    """The list, or what fits the words after the command."""
    await reading.find(uow, settings, person, argument)


async def shelf(
    event: CallbackQuery, callback_data: Shelf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The list."""
    await reading.show_shelf(uow, settings, person, callback_data.page, tapped_on(event))


async def read(event: CallbackQuery, callback_data: Read, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A page; turned in place, or below what stands there."""
    on = tapped_on(event) if callback_data.turn else None
    await reading.show(uow, settings, person, callback_data.topic, callback_data.page, on)
