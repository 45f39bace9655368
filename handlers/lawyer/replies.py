"""Canned replies in the lawyer's chat: a list, a look, and on their way."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.reply import Chosen
from bot.services import replies
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.reply_buttons import ReplyList, ReplySend, ReplyShow
from handlers.filters import Private
from handlers.taps import Doing, tapped_on


def router() -> Router:
    """Buttons of a case, in private."""
    router = Router(name="replies")
    router.callback_query.filter(Private())
    router.callback_query.register(offer, CaseAct.filter(), Doing(Act.REPLIES))
    router.callback_query.register(another_page, ReplyList.filter())
    router.callback_query.register(preview, ReplyShow.filter())
    router.callback_query.register(send, ReplySend.filter())
    return router


async def offer(event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person) -> None:
    """The list, below what he tapped."""
    await replies.offer(uow, person, CaseCode(callback_data.code), 0, None)


async def another_page(event: CallbackQuery, callback_data: ReplyList, uow: UnitOfWork, person: Person) -> None:
    """The list, in place."""
    await replies.offer(uow, person, CaseCode(callback_data.code), callback_data.page, tapped_on(event))


async def preview(event: CallbackQuery, callback_data: ReplyShow, uow: UnitOfWork, person: Person) -> None:
    """Her language and his."""
    to = callback_data
    await replies.preview(uow, person, CaseCode(to.code), to.key, to.language, tapped_on(event))


async def send(
    event: CallbackQuery, callback_data: ReplySend, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """On its way."""
    to = callback_data
    chosen = Chosen(to.key, to.language, to.mark)
    await replies.send(uow, settings, person, CaseCode(to.code), chosen, tapped_on(event))
