"""Erase me: first the question whether it will be needed, then when."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import erasure, retention
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Go, KeepMine, Place
from handlers.filters import Command, Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """What ends everything, and what keeps it longer."""
    router = Router(name="erasure")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(ask, Command("erase"))
    router.callback_query.register(ask, Go.filter(), To(Place.ERASE))
    router.callback_query.register(choose, Go.filter(), To(Place.ERASE_WHEN))
    router.callback_query.register(later, Go.filter(), To(Place.ERASE_LATER))
    router.callback_query.register(at_once, Go.filter(), To(Place.ERASE_NOW))
    router.callback_query.register(keep, KeepMine.filter())
    return router


async def ask(event: Message | CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Will she need it?"""
    await erasure.ask(uow, person, tapped_on(event))


async def choose(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """In 72 hours, or now?"""
    await erasure.choose(uow, person, tapped_on(event))


async def later(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """In 72 hours."""
    await erasure.later(uow, person)


async def at_once(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Now."""
    await erasure.at_once(uow, settings, person)


async def keep(
    event: CallbackQuery, callback_data: KeepMine, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """She keeps an ended appeal longer."""
    await retention.keep_mine(uow, settings, person, CaseCode(callback_data.code), tapped_on(event))
