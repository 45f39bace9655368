"""A coordinator takes nothing more from somebody, or takes it again."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.services import blocking
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Block, Unblock
from handlers.filters import Command, Private
from handlers.taps import tapped_on


def router() -> Router:
    """By the code of a case; nobody is ever named."""
    router = Router(name="blocking")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(ask, Command("block"))
    router.message.register(unblock_typed, Command("unblock"))
    router.callback_query.register(block, Block.filter())
    router.callback_query.register(unblock, Unblock.filter())
    return router


async def ask(message: Message, argument: str, uow: UnitOfWork, person: Person) -> None:
    """On which grounds? Without a code: who is blocked."""
    await blocking.ask(uow, person, CaseCode(argument.upper()))


async def block(event: CallbackQuery, callback_data: Block, uow: UnitOfWork, person: Person) -> None:
    """The grounds, then the last tap."""
    code, on = CaseCode(callback_data.code), tapped_on(event)
    if callback_data.sure:
        await blocking.block(uow, person, code, callback_data.grounds, on)
    else:
        await blocking.ask_sure(uow, person, code, callback_data.grounds, on)


async def unblock(event: CallbackQuery, callback_data: Unblock, uow: UnitOfWork, person: Person) -> None:
    """From the list."""
    await blocking.unblock(uow, person, PersonId(callback_data.id), tapped_on(event))


async def unblock_typed(message: Message, argument: str, uow: UnitOfWork, person: Person) -> None:
    """By the code of a case. Without one: who is blocked."""
    await blocking.unblock_by_code(uow, person, CaseCode(argument.upper()))
