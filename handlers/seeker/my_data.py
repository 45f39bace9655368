"""My data: what is kept, and the doors to each part of it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import my_data
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
    return router


async def overview(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """How much is kept, and what she can do with it."""
    await my_data.show(uow, settings, person, tapped_on(event))
