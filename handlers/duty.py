"""The doors to duty: each lawyer's own, and the coordinators' weekly rota."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import duty, rota
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.duty_buttons import OnDuty, RotaAdd, RotaDay, RotaDrop
from handlers.filters import Command, Private
from handlers.taps import tapped_on


class Whole(BaseFilter):
    """A button that names everything a shift needs."""

    async def __call__(self, event: CallbackQuery, callback_data: RotaAdd) -> bool:
        shift = callback_data
        return bool(shift.person) and shift.start is not None and shift.until is not None


class OfAWeek(BaseFilter):
    """A button that leads to the whole week."""

    async def __call__(self, event: CallbackQuery, callback_data: RotaDay) -> bool:
        return callback_data.weekday is None


class Ending(BaseFilter):
    """A button that ends his duty."""

    async def __call__(self, event: CallbackQuery, callback_data: OnDuty) -> bool:
        return callback_data.to is None


def router() -> Router:
    """Before the desk: a command is no word in a case."""
    router = Router(name="duty")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(show, Command("duty"))
    router.message.register(show_rota, Command("rota"))
    router.callback_query.register(go_off, OnDuty.filter(), Ending())
    router.callback_query.register(go_on, OnDuty.filter())
    router.callback_query.register(show_rota, RotaDay.filter(), OfAWeek())
    router.callback_query.register(show_day, RotaDay.filter())
    router.callback_query.register(add, RotaAdd.filter(), Whole())
    router.callback_query.register(ask, RotaAdd.filter())
    router.callback_query.register(remove, RotaDrop.filter())
    return router


async def show(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Am I on duty?"""
    await duty.show(uow, settings, person, None)


async def go_on(
    event: CallbackQuery, callback_data: OnDuty, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """On duty from now on."""
    assert callback_data.to is not None
    await duty.go_on(uow, settings, person, callback_data.to, tapped_on(event))


async def go_off(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Not on duty any more."""
    await duty.go_off(uow, settings, person, tapped_on(event))


async def show_rota(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The week."""
    await rota.show(uow, settings, person, tapped_on(event))


async def show_day(event: CallbackQuery, callback_data: RotaDay, uow: UnitOfWork, person: Person) -> None:
    """A weekday."""
    assert callback_data.weekday is not None
    await rota.show_day(uow, person, callback_data.weekday, tapped_on(event))


async def ask(event: CallbackQuery, callback_data: RotaAdd, uow: UnitOfWork, person: Person) -> None:
    """Who, and when?"""
    to = callback_data
    await rota.ask(uow, person, to.weekday, to.person, to.start, tapped_on(event))


async def add(event: CallbackQuery, callback_data: RotaAdd, uow: UnitOfWork, person: Person) -> None:
    """A shift."""
    to = callback_data
    assert to.start is not None
    assert to.until is not None
    await rota.add(uow, person, to.weekday, to.person, to.start, to.until, tapped_on(event))


async def remove(event: CallbackQuery, callback_data: RotaDrop, uow: UnitOfWork, person: Person) -> None:
    """No shift any more."""
    await rota.remove(uow, person, callback_data.weekday, callback_data.id, tapped_on(event))
