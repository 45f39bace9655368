"""Who else helps near her."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.directory import Looking
from bot.domain.people import Person
from bot.services import directory
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Go, Place
from bot.telegram.service_buttons import Near, NearWhere
from handlers.filters import Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """By buttons alone."""
    router = Router(name="services")
    router.callback_query.filter(Private())
    router.callback_query.register(open_near, Go.filter(), To(Place.SERVICES))
    router.callback_query.register(near, Near.filter())
    router.callback_query.register(ask_region, NearWhere.filter())
    return router


async def open_near(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Where she is, as far as she has said so."""
    await directory.open_near(uow, settings, person, tapped_on(event))


async def near(event: CallbackQuery, callback_data: Near, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A page of a place."""
    await directory.near(uow, settings, person, Looking(**callback_data.model_dump()), tapped_on(event))


async def ask_region(
    event: CallbackQuery, callback_data: NearWhere, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Another place."""
    await directory.ask_region(uow, settings, person, Looking(**callback_data.model_dump()), tapped_on(event))
