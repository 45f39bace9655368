"""What nobody else took: an unknown command, a forged or ancient button. Never silence, never a traceback."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import seeker
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from handlers.filters import Private
from handlers.taps import answered


def router() -> Router:
    """The last door."""
    router = Router(name="fallback")
    router.message.register(unknown_command, Private())
    router.callback_query.register(unknown_button)
    return router


async def unknown_command(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A command that is none: where she is now."""
    await seeker.unknown(uow, settings, person)


async def unknown_button(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """A button that means nothing here."""
    answered(uow, event, person, "refusal.old_button")
