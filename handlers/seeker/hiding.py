"""Hide this chat: one tap on every screen."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import hiding
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Go, Place
from handlers.filters import Command, Private
from handlers.taps import To


def router() -> Router:
    """Hiding."""
    router = Router(name="hiding")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(hide, Command("hide"))
    router.callback_query.register(hide, Go.filter(), To(Place.HIDE))
    return router


async def hide(event: Message | CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Everything here goes."""
    await hiding.hide(uow, person)
