"""The coordinators' door to what help-seekers tell them alone."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.complaint import ABOUT, ANSWER
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import complaints
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.her_buttons import ComplaintAct, ComplaintDoes
from handlers.filters import AnyCommand, Command, Private
from handlers.incoming import piece_of, replied_to


class Answers(BaseFilter):
    """A coordinator who has been asked for the answer, or replies to her words; the case comes as `code`."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool | dict[str, CaseCode]:
        if not person.coordinates:
            return False
        replied, awaited = replied_to(event), person.awaiting or ""
        code = await complained_in(uow, person, replied)
        if code is None and replied is None and awaited.startswith(ANSWER):
            code = CaseCode(awaited.removeprefix(ANSWER))
        return {"code": code} if code else False


class AnswersAnew(BaseFilter):
    """A new version of an answer."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool | dict[str, CaseCode]:
        code = await complained_in(uow, person, event.message_id) if person.coordinates else None
        return {"code": code} if code else False


class Does(BaseFilter):
    """A button that does this about the complaints of a case."""

    def __init__(self, act: ComplaintAct) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: ComplaintDoes) -> bool:
        return callback_data.act is self._act


def router() -> Router:
    """Before the desk: an answer to her is no word in a case."""
    router = Router(name="complaints")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(answer, ~AnyCommand(), Answers())
    router.edited_message.register(answer, AnswersAnew())
    router.message.register(listed, Command("complaints"))
    router.callback_query.register(show, ComplaintDoes.filter(), Does(ComplaintAct.SHOW))
    router.callback_query.register(take, ComplaintDoes.filter(), Does(ComplaintAct.TAKE))
    router.callback_query.register(ask_answer, ComplaintDoes.filter(), Does(ComplaintAct.ANSWER))
    router.callback_query.register(settle, ComplaintDoes.filter(), Does(ComplaintAct.SETTLE))
    return router


async def complained_in(uow: UnitOfWork, person: Person, message_id: int | None) -> CaseCode | None:
    """The case, when this message of a private chat is part of what is said about complaints."""
    if message_id is None:
        return None
    shown = await uow.threads.shown(uow.cipher.lookup("account", person.account), message_id)
    return shown.case if shown is not None and shown.slot.startswith(ABOUT) else None


async def listed(message: Message, uow: UnitOfWork, person: Person) -> None:
    """What is not settled."""
    await complaints.show_waiting(uow, person)


async def show(
    event: CallbackQuery, callback_data: ComplaintDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Her words."""
    await complaints.show(uow, settings, person, CaseCode(callback_data.code))


async def take(event: CallbackQuery, callback_data: ComplaintDoes, uow: UnitOfWork, person: Person) -> None:
    """Seen to by this coordinator."""
    await complaints.take(uow, person, CaseCode(callback_data.code))


async def ask_answer(event: CallbackQuery, callback_data: ComplaintDoes, uow: UnitOfWork, person: Person) -> None:
    """The next text is the answer."""
    await complaints.ask_answer(uow, person, CaseCode(callback_data.code))


async def answer(message: Message, code: CaseCode, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The answer itself."""
    await complaints.answer(uow, settings, person, code, piece_of(message, person.language), message.message_id)


async def settle(
    event: CallbackQuery, callback_data: ComplaintDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Nothing more is to be done."""
    await complaints.settle(uow, settings, person, CaseCode(callback_data.code))
