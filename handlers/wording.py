"""The coordinators' door to the canned replies."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import wording
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.reply_buttons import WordingAsk, WordingList, WordingOf, WordingSwitch
from handlers.filters import AnyCommand, Command, Private
from handlers.taps import tapped_on


class WritesReply(BaseFilter):
    """A coordinator who has been asked for a reply, and writes."""

    async def __call__(self, event: Message, person: Person) -> bool:
        return person.coordinates and (person.awaiting or "").startswith(wording.AWAITED) and bool(event.text)


def router() -> Router:
    """Before the desk: what was asked for is no word in a case."""
    router = Router(name="wording")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(written, ~AnyCommand(), WritesReply())
    router.message.register(show, Command("replies"))
    router.callback_query.register(listed, WordingList.filter())
    router.callback_query.register(one, WordingOf.filter())
    router.callback_query.register(switched, WordingSwitch.filter())
    router.callback_query.register(ask, WordingAsk.filter())
    return router


async def show(message: Message, uow: UnitOfWork, person: Person) -> None:
    """All of them."""
    await wording.show(uow, person, 0, None)


async def listed(event: CallbackQuery, callback_data: WordingList, uow: UnitOfWork, person: Person) -> None:
    """A page of them."""
    await wording.show(uow, person, callback_data.page, tapped_on(event))


async def one(event: CallbackQuery, callback_data: WordingOf, uow: UnitOfWork, person: Person) -> None:
    """One, in all its languages."""
    await wording.show_one(uow, person, callback_data.key, tapped_on(event))


async def switched(event: CallbackQuery, callback_data: WordingSwitch, uow: UnitOfWork, person: Person) -> None:
    """Off, or on again."""
    await wording.switch(uow, person, callback_data.key, to=callback_data.on, on=tapped_on(event))


async def ask(event: CallbackQuery, callback_data: WordingAsk, uow: UnitOfWork, person: Person) -> None:
    """Other words, or a new reply."""
    await wording.ask(uow, person, callback_data.key, callback_data.language, tapped_on(event))


async def written(message: Message, uow: UnitOfWork, person: Person) -> None:
    """The words."""
    await wording.write(uow, person, message.text or "")
