"""All cases of a leaver in one go: the coordinator's door, and the colleague's."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.services import hand_all
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.team_buttons import AllAct, AllOf, GiveAll
from handlers.filters import AnyCommand, Asked, Private
from handlers.incoming import piece_of
from handlers.taps import tapped_on


class Answers(BaseFilter):
    """A button that answers so."""

    def __init__(self, act: AllAct) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: AllOf) -> bool:
        return callback_data.act is self._act


def router() -> Router:
    """Before the desk: the note is no word in a case."""
    router = Router(name="hand_all")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(noted, ~AnyCommand(), Asked(hand_all.NOTE_FOR_ALL))
    router.callback_query.register(ask, GiveAll.filter())
    router.callback_query.register(accept, AllOf.filter(), Answers(AllAct.ACCEPT))
    router.callback_query.register(singly, AllOf.filter(), Answers(AllAct.SINGLY))
    router.callback_query.register(decline, AllOf.filter(), Answers(AllAct.DECLINE))
    return router


async def ask(event: CallbackQuery, callback_data: GiveAll, uow: UnitOfWork, person: Person) -> None:
    """To whom? With which note?"""
    member, to, on = PersonId(callback_data.id), callback_data.to, tapped_on(event)
    if to:
        await hand_all.ask_note(uow, person, member, to, on)
    else:
        await hand_all.ask_whom(uow, person, member, on)


async def noted(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The one note for all."""
    await hand_all.give(uow, settings, person, piece_of(message, person.language), message.message_id)


async def accept(
    event: CallbackQuery, callback_data: AllOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """All of them."""
    await hand_all.accept(uow, settings, person, PersonId(callback_data.id), tapped_on(event))


async def singly(
    event: CallbackQuery, callback_data: AllOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """One by one."""
    await hand_all.show_singly(uow, settings, person, PersonId(callback_data.id))


async def decline(event: CallbackQuery, callback_data: AllOf, uow: UnitOfWork, person: Person) -> None:
    """None of them."""
    await hand_all.decline(uow, person, PersonId(callback_data.id), tapped_on(event))
