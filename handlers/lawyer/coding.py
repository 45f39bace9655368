"""Coding a case for the numbers."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import coding
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.coding_buttons import CodeAs, CodingOf, Uncoded
from handlers.filters import Private
from handlers.taps import Doing, tapped_on


def router() -> Router:
    """Buttons of a case, of its coding, and of the cases that await theirs."""
    router = Router(name="coding")
    router.callback_query.filter(Private())
    router.callback_query.register(begin, CaseAct.filter(), Doing(Act.CODE))
    router.callback_query.register(show, CodingOf.filter())
    router.callback_query.register(choose, CodeAs.filter())
    router.callback_query.register(uncoded, Uncoded.filter())
    return router


async def begin(event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person) -> None:
    """The first question, or what is coded; below what stands there, which stays."""
    await coding.begin(uow, CaseCode(callback_data.code), person, None)


async def show(event: CallbackQuery, callback_data: CodingOf, uow: UnitOfWork, person: Person) -> None:
    """A part, or all of it."""
    code, part, wide = CaseCode(callback_data.code), callback_data.part, callback_data.wide
    await coding.show(uow, code, part, person, wide=wide, on=tapped_on(event))


async def choose(event: CallbackQuery, callback_data: CodeAs, uow: UnitOfWork, person: Person) -> None:
    """It is coded like this."""
    code, part, value = CaseCode(callback_data.code), callback_data.part, callback_data.value
    await coding.choose(uow, code, part, value, person, tapped_on(event))


async def uncoded(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """The ended cases that await their coding."""
    await coding.uncoded(uow, person, None)
