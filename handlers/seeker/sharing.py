"""Where her appeals may be named: her yes and no to each place."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Person
from bot.services import sharing
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Go, Place
from bot.telegram.referral_buttons import MyReferral
from handlers.filters import Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """One tap each."""
    router = Router(name="sharing")
    router.callback_query.filter(Private())
    router.callback_query.register(show, Go.filter(), To(Place.SHARING))
    router.callback_query.register(answer, MyReferral.filter())
    return router


async def show(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """All of hers."""
    await sharing.show(uow, person, tapped_on(event))


async def answer(
    event: CallbackQuery, callback_data: MyReferral, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Yes or no."""
    await sharing.answer(uow, settings, person, callback_data.id, callback_data.given, tapped_on(event))
