"""Hide this chat, show it again, and hiding by itself."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import hiding
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Go, HideBy, Place
from handlers.filters import Command, Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """Hiding."""
    router = Router(name="hiding")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(hide, Command("hide"))
    router.callback_query.register(hide, Go.filter(), To(Place.HIDE))
    router.callback_query.register(show_again, Go.filter(), To(Place.AGAIN))
    router.callback_query.register(ask, Go.filter(), To(Place.HIDING))
    router.callback_query.register(choose, HideBy.filter())
    return router


async def hide(event: Message | CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Everything here goes."""
    await hiding.hide(uow, person)


async def show_again(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """What was said, for a while."""
    await hiding.show_again(uow, person)


async def ask(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """By itself?"""
    await hiding.ask(uow, person, tapped_on(event))


async def choose(event: CallbackQuery, callback_data: HideBy, uow: UnitOfWork, person: Person) -> None:
    """Then."""
    await hiding.choose(uow, person, callback_data.choice, tapped_on(event))
