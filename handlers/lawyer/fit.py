"""Whom a lawyer suits, the next case for him, and his leave."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import fitting, leave, profiles, taking
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.fit_buttons import LawyerStep, LeaveFor, Step, Suits
from handlers.filters import Command, OnTheTeam, Private
from handlers.taps import tapped_on


class Stepping(BaseFilter):
    """A button of this step."""

    def __init__(self, step: Step) -> None:
        self._step = step

    async def __call__(self, event: CallbackQuery, callback_data: LawyerStep) -> bool:
        return callback_data.step is self._step


def router() -> Router:
    """Commands of the team, and their buttons; the services look at who taps."""
    router = Router(name="fit")
    router.message.filter(Private(), OnTheTeam())
    router.callback_query.filter(Private())
    router.message.register(claim, Command("claim"))
    router.message.register(take_next, Command("next"))
    router.message.register(show_profile, Command("profile"))
    router.message.register(ask_leave, Command("away"))
    router.message.register(come_back, Command("back"))
    router.callback_query.register(take_next, LawyerStep.filter(), Stepping(Step.NEXT))
    router.callback_query.register(ask_leave, LawyerStep.filter(), Stepping(Step.AWAY))
    router.callback_query.register(come_back, LawyerStep.filter(), Stepping(Step.BACK))
    router.callback_query.register(go_away, LeaveFor.filter())
    router.callback_query.register(switch, Suits.filter())
    return router


async def claim(message: Message, argument: str, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Take the case with this code."""
    await taking.claim(uow, settings, person, argument)


async def take_next(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Take the next that suits."""
    await taking.take_next(uow, settings, person)


async def show_profile(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Whom he suits."""
    await profiles.show(uow, settings, person)


async def switch(
    event: CallbackQuery, callback_data: Suits, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """A part of a profile, or one value of it."""
    page, whose, on = callback_data.page, callback_data.id, tapped_on(event)
    if callback_data.value:
        await fitting.switch(
            uow, settings, person, callback_data.part, callback_data.value, page=page, whose=whose, on=on
        )
    else:
        await profiles.show(uow, settings, person, callback_data.part, page=page, whose=whose, on=on)


async def ask_leave(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """For how long?"""
    await leave.ask(uow, settings, person, tapped_on(event))


async def come_back(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """There again."""
    await leave.back(uow, settings, person, tapped_on(event))


async def go_away(
    event: CallbackQuery, callback_data: LeaveFor, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Away."""
    await leave.go(uow, settings, person, callback_data.leave, callback_data.cases, tapped_on(event))
