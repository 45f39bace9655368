"""The operator groups in the coordinator's private chat: which there are, what each is for, the end of one."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import grouping
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.group_buttons import GroupList, GroupStop, GroupTakes
from handlers.filters import Command, Private
from handlers.taps import tapped_on


def router() -> Router:
    """The command, and its buttons; the services look at who taps."""
    router = Router(name="groups")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(show, Command("groups"))
    router.callback_query.register(show, GroupList.filter())
    router.callback_query.register(switch, GroupTakes.filter())
    router.callback_query.register(stop, GroupStop.filter())
    return router


async def show(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, bot_name: str) -> None:
    """All of them."""
    await grouping.show(uow, person, bot_name, tapped_on(event))


async def switch(
    event: CallbackQuery, callback_data: GroupTakes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """A part of a group, or one value of it."""
    tap, on = callback_data, tapped_on(event)
    if tap.value:
        await grouping.switch(uow, settings, person, tap.id, tap.part, tap.value, tap.page, on)
    else:
        await grouping.show_one(uow, settings, person, tap.id, tap.part, tap.page, on)


async def stop(
    event: CallbackQuery,
    callback_data: GroupStop,
    uow: UnitOfWork,
    person: Person,
    settings: Settings,
    bot_name: str,
) -> None:
    """Really? And then no more."""
    tap = callback_data
    await grouping.stop(uow, settings, person, tap.id, bot_name, tapped_on(event), sure=tap.sure)
