"""The coordinators' door to the phrases of the risk screen."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import phrasing
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.risk_buttons import RiskAdd, RiskList, RiskSwitch
from handlers.filters import AnyCommand, Command, Private
from handlers.taps import tapped_on


class WritesPhrase(BaseFilter):
    """A coordinator who has been asked for a phrase, and writes."""

    async def __call__(self, event: Message, person: Person) -> bool:
        return person.coordinates and (person.awaiting or "").startswith(phrasing.AWAITED) and bool(event.text)


def router() -> Router:
    """Before the desk: what was asked for is no word in a case."""
    router = Router(name="phrasing")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(written, ~AnyCommand(), WritesPhrase())
    router.message.register(show, Command("risk"))
    router.callback_query.register(listed, RiskList.filter())
    router.callback_query.register(switched, RiskSwitch.filter())
    router.callback_query.register(ask, RiskAdd.filter())
    return router


async def show(message: Message, argument: str, uow: UnitOfWork, person: Person) -> None:
    """The phrases, or what is found in the sentence that follows the command."""
    await phrasing.show(uow, person, argument)


async def listed(event: CallbackQuery, callback_data: RiskList, uow: UnitOfWork, person: Person) -> None:
    """Whose phrases, of which kind, which page."""
    to = callback_data
    await phrasing.list_phrases(uow, person, to.language, to.kind, to.page, tapped_on(event))


async def switched(event: CallbackQuery, callback_data: RiskSwitch, uow: UnitOfWork, person: Person) -> None:
    """Off, or on again."""
    to = callback_data
    await phrasing.switch(uow, person, to.id, to.page, to=to.on, on=tapped_on(event))


async def ask(event: CallbackQuery, callback_data: RiskAdd, uow: UnitOfWork, person: Person) -> None:
    """A new phrase."""
    to = callback_data
    await phrasing.ask(uow, person, to.language, to.kind, to.level, tapped_on(event))


async def written(message: Message, uow: UnitOfWork, person: Person) -> None:
    """The phrase itself."""
    await phrasing.add(uow, person, message.text or "")
