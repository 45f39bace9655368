"""The coordinators' door to a word to the whole team."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import broadcasting
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.team_buttons import BroadcastAct, BroadcastOf, BroadcastTo
from handlers.filters import AnyCommand, Asked, Command, Private, Typed
from handlers.incoming import piece_of
from handlers.taps import tapped_on


class Does(BaseFilter):
    """A button that does this about a broadcast."""

    def __init__(self, act: BroadcastAct) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: BroadcastOf) -> bool:
        return callback_data.act is self._act


def router() -> Router:
    """Before the desk: what is for the team is no word in a case."""
    router = Router(name="broadcast")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(written, ~AnyCommand(), Asked(broadcasting.TO_ALL))
    router.edited_message.register(written, Typed(), Asked(broadcasting.TO_ALL))
    router.message.register(ask_whom, Command("broadcast"))
    router.callback_query.register(ask_words, BroadcastTo.filter())
    router.callback_query.register(ask_whom, BroadcastOf.filter(), Does(BroadcastAct.LIST))
    router.callback_query.register(send, BroadcastOf.filter(), Does(BroadcastAct.SEND))
    router.callback_query.register(drop, BroadcastOf.filter(), Does(BroadcastAct.DROP))
    router.callback_query.register(show, BroadcastOf.filter(), Does(BroadcastAct.SHOW))
    return router


async def ask_whom(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """To whom?"""
    await broadcasting.ask_whom(uow, settings, person, tapped_on(event))


async def ask_words(event: CallbackQuery, callback_data: BroadcastTo, uow: UnitOfWork, person: Person) -> None:
    """What shall be said?"""
    await broadcasting.ask_words(uow, person, callback_data.role, tapped_on(event))


async def written(message: Message, uow: UnitOfWork, person: Person) -> None:
    """The words, or better ones."""
    await broadcasting.write(uow, person, piece_of(message, person.language), message.message_id)


async def send(
    event: CallbackQuery, callback_data: BroadcastOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """To everybody, once."""
    await broadcasting.send(uow, settings, person, callback_data.id, tapped_on(event))


async def drop(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Not sent."""
    await broadcasting.drop(uow, settings, person, tapped_on(event))


async def show(
    event: CallbackQuery, callback_data: BroadcastOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Who got it."""
    await broadcasting.show(uow, settings, person, callback_data.id, tapped_on(event))
