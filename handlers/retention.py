"""Keep an ended case longer: the reasons, then one of them."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.retention import Reason
from bot.services import retention
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Keep
from handlers.filters import Private
from handlers.taps import tapped_on


class Because(BaseFilter):
    """A reason has been chosen."""

    async def __call__(self, event: CallbackQuery, callback_data: Keep) -> bool | dict[str, object]:
        return {"reason": callback_data.reason} if callback_data.reason is not None else False


def router() -> Router:
    """Buttons under a word about an ended case."""
    router = Router(name="retention")
    router.callback_query.filter(Private())
    router.callback_query.register(keep, Keep.filter(), Because())
    router.callback_query.register(why, Keep.filter())
    return router


async def why(event: CallbackQuery, callback_data: Keep, uow: UnitOfWork, person: Person) -> None:
    """For which reason?"""
    await retention.why(uow, person, CaseCode(callback_data.code), tapped_on(event))


async def keep(
    event: CallbackQuery, callback_data: Keep, reason: Reason, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """For this one."""
    await retention.keep(uow, settings, person, CaseCode(callback_data.code), reason, tapped_on(event))
