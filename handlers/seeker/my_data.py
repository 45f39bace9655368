"""My data: what is kept, and the doors to each part of it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import exporting, my_data
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Go, Place
from handlers.filters import Command, Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """Everything about what is kept."""
    router = Router(name="my_data")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(overview, Command("data"))
    router.callback_query.register(overview, Go.filter(), To(Place.DATA))
    router.callback_query.register(export, Go.filter(), To(Place.EXPORT))
    router.callback_query.register(files, Go.filter(), To(Place.FILES))
    return router


async def overview(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """How much is kept, and what she can do with it."""
    await my_data.show(uow, settings, person, tapped_on(event))


async def export(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """All of it, in one message or one file."""
    await exporting.export(uow, settings, person)


async def files(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Voices, photos and the rest, once more."""
    await exporting.files(uow, settings, person)
