"""Consents: seen, given and taken back."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Person
from bot.services import consenting
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Agree, ConsentsOf, Go, Place
from handlers.filters import Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """One tap each."""
    router = Router(name="consents")
    router.callback_query.filter(Private())
    router.callback_query.register(consents, Go.filter(), To(Place.CONSENTS))
    router.callback_query.register(consents_of, ConsentsOf.filter())
    router.callback_query.register(agree, Agree.filter())
    return router


async def consents(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """What she agrees to in her current appeal."""
    await consenting.show(uow, person, tapped_on(event))


async def consents_of(event: CallbackQuery, callback_data: ConsentsOf, uow: UnitOfWork, person: Person) -> None:
    """The same of another appeal."""
    await consenting.show(uow, person, tapped_on(event), callback_data.code)


async def agree(
    event: CallbackQuery, callback_data: Agree, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Yes or no."""
    asked = callback_data
    await consenting.answer(uow, settings, person, asked.code, asked.purpose, asked.given, tapped_on(event))
