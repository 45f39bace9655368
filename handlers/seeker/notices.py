"""What she does with a neutral line: show, not now, it is not me; and how she is."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Person
from bot.services import asking
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import HowSheIs, Noticed
from handlers.filters import Private
from handlers.taps import tapped_on


def router() -> Router:
    """Taps under lines that may stand on a lock screen."""
    router = Router(name="notices")
    router.callback_query.filter(Private())
    router.callback_query.register(noticed, Noticed.filter())
    router.callback_query.register(how_she_is, HowSheIs.filter())
    return router


async def noticed(
    event: CallbackQuery, callback_data: Noticed, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Show, not now, or not me."""
    await asking.replied(uow, settings, person, callback_data.choice, callback_data.code, tapped_on(event))


async def how_she_is(
    event: CallbackQuery, callback_data: HowSheIs, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Fine, in need of help again, or no more questions."""
    await asking.answered(uow, settings, person, callback_data.code, callback_data.answer, tapped_on(event))
