"""Referrals: to whom, what became of it, and the letter."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.referral import ReferralStep, Target
from bot.services import referring
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.referral_buttons import ReferralLetter, ReferralOf, ReferTarget, ReferTo
from handlers.filters import Private
from handlers.taps import Doing, tapped_on


class Asks(BaseFilter):
    """She is to be asked about this one."""

    async def __call__(self, event: CallbackQuery, callback_data: ReferTarget) -> bool:
        return callback_data.ask


class Steps(BaseFilter):
    """A referral is to be moved."""

    async def __call__(self, event: CallbackQuery, callback_data: ReferralOf) -> bool | dict[str, object]:
        return {"step": callback_data.step} if callback_data.step is not None else False


def router() -> Router:
    """Buttons of a case in a lawyer's private chat; the services look at who taps."""
    router = Router(name="referring")
    router.callback_query.filter(Private())
    router.callback_query.register(show, CaseAct.filter(), Doing(Act.REFER))
    router.callback_query.register(choose, ReferTo.filter())
    router.callback_query.register(ask, ReferTarget.filter(), Asks())
    router.callback_query.register(consider, ReferTarget.filter())
    router.callback_query.register(move, ReferralOf.filter(), Steps())
    router.callback_query.register(open_one, ReferralOf.filter())
    router.callback_query.register(letter, ReferralLetter.filter())
    return router


async def show(event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person) -> None:
    """Where this case was named, or may be."""
    await referring.show(uow, CaseCode(callback_data.code), person, tapped_on(event))


async def choose(
    event: CallbackQuery, callback_data: ReferTo, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """To whom?"""
    await referring.choose(uow, settings, person, callback_data, tapped_on(event))


async def consider(event: CallbackQuery, callback_data: ReferTarget, uow: UnitOfWork, person: Person) -> None:
    """This one."""
    target = Target(callback_data.kind, callback_data.id)
    await referring.consider(uow, person, CaseCode(callback_data.code), target, tapped_on(event))


async def ask(
    event: CallbackQuery, callback_data: ReferTarget, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Ask her."""
    target = Target(callback_data.kind, callback_data.id)
    await referring.ask(uow, settings, person, CaseCode(callback_data.code), target, tapped_on(event))


async def open_one(
    event: CallbackQuery, callback_data: ReferralOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """A referral."""
    await referring.open_one(uow, settings, person, callback_data.id, tapped_on(event))


async def move(
    event: CallbackQuery,
    callback_data: ReferralOf,
    step: ReferralStep,
    uow: UnitOfWork,
    person: Person,
    settings: Settings,
) -> None:
    """What became of it."""
    await referring.move(uow, settings, person, callback_data.id, step, tapped_on(event))


async def letter(
    event: CallbackQuery, callback_data: ReferralLetter, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The letter."""
    await referring.letter(uow, settings, person, callback_data, tapped_on(event))
