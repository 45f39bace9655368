"""What she wishes for her case; and her words to the coordinators, kept out of every conversation."""

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.domain.complaint import ABOUT, ANSWER
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import complaints, wishes
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.her_buttons import Wish, Wished
from handlers.complaints import complained_in
from handlers.filters import AnyCommand, Private
from handlers.incoming import piece_of, replied_to
from handlers.taps import tapped_on


class ForCoordinators(BaseFilter):
    """Asked for, or a reply to what the coordinators said; the code of the case comes as `code`."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool | dict[str, CaseCode]:
        if person.on_the_team:
            return False
        awaited = person.awaiting or ""
        if awaited.startswith(ABOUT):
            return {"code": CaseCode(awaited.removeprefix(ABOUT))}
        code = await complained_in(uow, person, replied_to(event))
        return {"code": code} if code else False


class AgainForCoordinators(BaseFilter):
    """A new version of what was said to them."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool | dict[str, CaseCode]:
        code = None if person.on_the_team else await complained_in(uow, person, event.message_id)
        return {"code": code} if code else False


class Wishing(BaseFilter):
    """A button that wishes one of these."""

    def __init__(self, *wished: Wished) -> None:
        self._wished = wished

    async def __call__(self, event: CallbackQuery, callback_data: Wish) -> bool:
        return callback_data.wished in self._wished


class StillAsked(BaseFilter):
    """She was asked what to tell the coordinators, or one of them what to answer, and does something else."""

    async def __call__(self, event: TelegramObject, person: Person) -> bool:
        return (person.awaiting or "").startswith((ABOUT, ANSWER))


def in_front() -> Router:
    """Whatever is tapped or ordered instead: what is written after it goes where it always goes."""
    router = Router(name="not for the coordinators")
    router.callback_query.register(something_else, StillAsked())
    router.message.register(something_else, Private(), AnyCommand(), StillAsked())
    return router


def router() -> Router:
    """Before her words go to a draft or a case."""
    router = Router(name="wishes")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(complains, ~AnyCommand(), ForCoordinators())
    router.edited_message.register(complains, AgainForCoordinators())
    router.callback_query.register(ask_another, Wish.filter(), Wishing(Wished.ANOTHER))
    router.callback_query.register(another, Wish.filter(), Wishing(Wished.ANOTHER_NOW))
    router.callback_query.register(prefer, Wish.filter(), Wishing(Wished.WOMAN, Wished.ANYBODY))
    router.callback_query.register(ask_complaint, Wish.filter(), Wishing(Wished.COMPLAIN))
    return router


async def something_else(event: Message | CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """The question is closed, and the event goes on its way."""
    await uow.people.await_text(person, None)
    raise SkipHandler


async def complains(message: Message, code: CaseCode, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """To the coordinators alone."""
    piece = piece_of(message, person.language)
    await complaints.written(uow, settings, person, code, piece, message.message_id)


async def ask_complaint(event: CallbackQuery, callback_data: Wish, uow: UnitOfWork, person: Person) -> None:
    """Her next text is for them."""
    await complaints.ask(uow, person, callback_data.code, tapped_on(event))


async def ask_another(event: CallbackQuery, callback_data: Wish, uow: UnitOfWork, person: Person) -> None:
    """Really?"""
    await wishes.ask_another(uow, person, CaseCode(callback_data.code), tapped_on(event))


async def another(
    event: CallbackQuery, callback_data: Wish, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Another lawyer."""
    await wishes.another(uow, settings, person, CaseCode(callback_data.code), tapped_on(event))


async def prefer(
    event: CallbackQuery, callback_data: Wish, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Rather a woman, or whoever is there."""
    code, woman = CaseCode(callback_data.code), callback_data.wished is Wished.WOMAN
    await wishes.prefer(uow, settings, person, code, woman=woman, on=tapped_on(event))
