"""The questionnaire: answers, back, skip, change, talk to a person, send."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import intake
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Answer, Change, Go, Page, Place
from handlers.filters import Command, Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """One question a screen."""
    router = Router(name="intake")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(begin, Command("new"))
    router.callback_query.register(begin, Go.filter(), To(Place.NEW))
    router.callback_query.register(answer, Answer.filter())
    router.callback_query.register(page, Page.filter())
    router.callback_query.register(back, Go.filter(), To(Place.BACK))
    router.callback_query.register(choose_change, Go.filter(), To(Place.CHANGE))
    router.callback_query.register(change, Change.filter())
    router.callback_query.register(talk, Go.filter(), To(Place.TALK))
    router.callback_query.register(send, Go.filter(), To(Place.SEND))
    router.callback_query.register(ask_discard, Go.filter(), To(Place.DISCARD))
    router.callback_query.register(discard, Go.filter(), To(Place.DISCARD_NOW))
    return router


async def begin(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A new appeal, or on with the one begun."""
    await intake.begin(uow, settings, person, tapped_on(event))


async def answer(
    event: CallbackQuery, callback_data: Answer, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """An answer, or skip."""
    await intake.answer(uow, settings, person, callback_data.question, callback_data.option, tapped_on(event))


async def page(event: CallbackQuery, callback_data: Page, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """More options."""
    await intake.show_place(uow, settings, person, page=callback_data.page, on=tapped_on(event))


async def back(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """One screen back."""
    await intake.back(uow, settings, person, tapped_on(event))


async def choose_change(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Which answer?"""
    await intake.choose_change(uow, settings, person, tapped_on(event))


async def change(
    event: CallbackQuery, callback_data: Change, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """This one."""
    await intake.change(uow, settings, person, callback_data.question, tapped_on(event))


async def talk(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """To a person, the first of two taps."""
    await intake.talk(uow, person, tapped_on(event))


async def send(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Send what is there."""
    await intake.submit(uow, settings, person, tapped_on(event))


async def ask_discard(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Really?"""
    await intake.ask_discard(uow, person, tapped_on(event))


async def discard(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Don't send; destroy it."""
    await intake.discard(uow, settings, person, tapped_on(event))
