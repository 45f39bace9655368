"""The coordinators' door to the journal of a case."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import journal
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import JournalPage
from handlers.filters import Command, Private
from handlers.taps import tapped_on


def router() -> Router:
    """By the code of a case."""
    router = Router(name="journal")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(show, Command("journal"))
    router.callback_query.register(turn, JournalPage.filter())
    return router


async def show(message: Message, argument: str, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The newest page."""
    await journal.show(uow, settings, person, CaseCode(argument.upper()), None, None)


async def turn(
    event: CallbackQuery, callback_data: JournalPage, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Another page, in the same place."""
    await journal.show(uow, settings, person, CaseCode(callback_data.code), callback_data.page, tapped_on(event))
