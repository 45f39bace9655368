"""The return code's doors: shown, written down, refused, entered; and kept out of every conversation."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.domain.return_code import written_code
from bot.services import return_code
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Go, Place
from handlers.filters import Command, Private
from handlers.taps import To, tapped_on


class Sixteen(BaseFilter):
    """Sixteen digits and nothing else, from somebody who is not on the team; they come as `code`."""

    async def __call__(self, event: Message, person: Person) -> bool | dict[str, str]:
        code = None if person.on_the_team else written_code(event.text or "")
        return {"code": code} if code else False


class HoldsCode(BaseFilter):
    """Words, of anybody, that hold a live code among others."""

    async def __call__(self, event: Message, uow: UnitOfWork) -> bool:
        return await return_code.holds_live_code(uow, event.text or event.caption or "")


def router() -> Router:
    """Asked before any conversation: what it takes goes to nobody."""
    router = Router(name="return_code")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(enter, Sixteen())
    router.message.register(keep_back, HoldsCode())
    router.edited_message.register(keep_back, HoldsCode())
    router.message.register(about, Command("code"))
    router.callback_query.register(about, Go.filter(), To(Place.CODE))
    router.callback_query.register(ask_new, Go.filter(), To(Place.CODE_NEW))
    router.callback_query.register(show, Go.filter(), To(Place.CODE_SHOW))
    router.callback_query.register(confirm, Go.filter(), To(Place.CODE_KEPT))
    router.callback_query.register(refuse, Go.filter(), To(Place.CODE_NONE))
    router.callback_query.register(ask, Go.filter(), To(Place.ENTER_CODE))
    return router


async def enter(message: Message, code: str, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A return code; what is none goes on as her words."""
    if not await return_code.enter(uow, settings, person, code, message.message_id):
        raise SkipHandler


async def keep_back(message: Message, uow: UnitOfWork, person: Person) -> None:
    """A live code among other words."""
    await return_code.keep_back(uow, person, message.message_id)


async def about(event: Message | CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """What the code is for."""
    await return_code.about(uow, person, tapped_on(event))


async def ask_new(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Instead of the old one?"""
    await return_code.ask_new(uow, person, tapped_on(event))


async def show(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """The digits, once."""
    await return_code.show(uow, person)


async def confirm(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """She has written it down."""
    await return_code.confirm(uow, person, tapped_on(event))


async def refuse(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """She wants none."""
    await return_code.refuse(uow, person, tapped_on(event))


async def ask(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """She has one."""
    await return_code.ask(uow, person, tapped_on(event))
