"""The coordinators' doors to the directory: by buttons, by a text that was asked for, by a file."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import checking
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.service_buttons import ServiceAct, ServiceDoes, ServiceField, ServiceList
from handlers.filters import AnyCommand, Command, Private
from handlers.taps import tapped_on


class Does(BaseFilter):
    """A button that does this with a service."""

    def __init__(self, act: ServiceAct) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: ServiceDoes) -> bool:
        return callback_data.act is self._act


class WritesValue(BaseFilter):
    """A coordinator who has been asked for a value of a service, and writes, not as a word in a case."""

    async def __call__(self, event: Message, person: Person, topic: CaseCode | None) -> bool:
        asked = person.coordinates and (person.awaiting or "").startswith(checking.AWAITED)
        return asked and bool(event.text) and event.reply_to_message is None and topic is None


class BringsFile(BaseFilter):
    """A coordinator who sends a table, not as a word in a case."""

    async def __call__(self, event: Message, person: Person, topic: CaseCode | None) -> bool:
        name = event.document.file_name if event.document else None
        alone = event.reply_to_message is None and topic is None
        return person.coordinates and alone and (name or "").lower().endswith(".csv")


def router() -> Router:
    """Before the desk: what was asked for is no word in a case."""
    router = Router(name="directory")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(written, ~AnyCommand(), WritesValue())
    router.message.register(brought, BringsFile())
    router.message.register(show_all, Command("services"))
    router.callback_query.register(turned, ServiceList.filter())
    router.callback_query.register(show, ServiceDoes.filter(), Does(ServiceAct.SHOW))
    router.callback_query.register(check, ServiceDoes.filter(), Does(ServiceAct.CHECKED))
    router.callback_query.register(change, ServiceDoes.filter(), Does(ServiceAct.CHANGE))
    router.callback_query.register(hide, ServiceDoes.filter(), Does(ServiceAct.HIDE))
    router.callback_query.register(add, ServiceDoes.filter(), Does(ServiceAct.ADD))
    router.callback_query.register(give_out, ServiceDoes.filter(), Does(ServiceAct.GIVE_OUT))
    router.callback_query.register(take_in, ServiceDoes.filter(), Does(ServiceAct.TAKE_IN))
    router.callback_query.register(value, ServiceField.filter())
    return router


async def show_all(message: Message, uow: UnitOfWork, person: Person) -> None:
    """The directory."""
    await checking.show_all(uow, person)


async def turned(event: CallbackQuery, callback_data: ServiceList, uow: UnitOfWork, person: Person) -> None:
    """Another page of it."""
    await checking.show_all(uow, person, callback_data.page, tapped_on(event))


async def show(
    event: CallbackQuery, callback_data: ServiceDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """One service."""
    await checking.show(uow, settings, person, callback_data.id, tapped_on(event))


async def check(
    event: CallbackQuery, callback_data: ServiceDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Checked today."""
    await checking.check(uow, settings, person, callback_data.id, tapped_on(event))


async def hide(
    event: CallbackQuery, callback_data: ServiceDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Shown no more."""
    await checking.hide(uow, settings, person, callback_data.id, tapped_on(event))


async def change(event: CallbackQuery, callback_data: ServiceDoes, uow: UnitOfWork, person: Person) -> None:
    """What shall be changed?"""
    await checking.ask_field(uow, person, callback_data.id, tapped_on(event))


async def add(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """A new one."""
    await checking.ask_new(uow, person)


async def give_out(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """As a file."""
    await checking.give_out(uow, person)


async def take_in(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """How a file is taken in."""
    await checking.explain_file(uow, person)


async def value(
    event: CallbackQuery, callback_data: ServiceField, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """A value is asked for, or chosen."""
    service, column, on = callback_data.id, callback_data.column, tapped_on(event)
    if callback_data.value:
        await checking.choose(uow, settings, person, service, column, callback_data.value, on)
    else:
        await checking.ask_value(uow, settings, person, service, column, on)


async def written(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The value."""
    await checking.write(uow, settings, person, message.text or "")


async def brought(message: Message, uow: UnitOfWork, person: Person) -> None:
    """A file."""
    if message.document is not None:
        await checking.fetch(uow, person, message.document.file_id, message.document.file_size or 0)
