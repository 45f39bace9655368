"""The coordinators' door to appeals that come by phone or in the street."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.services import entering
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.enter_buttons import EnterAct, EnterAnswer, EnterChange, EnterDoes, EnterPage, EraseEntered
from handlers.filters import AnyCommand, Command, Private
from handlers.incoming import piece_of, replied_to
from handlers.taps import tapped_on


class Enters(BaseFilter):
    """A coordinator writes while an appeal is being entered, and replies to nothing of a case; for whom is `her`."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool | dict[str, PersonId]:
        awaited, replied = person.awaiting or "", replied_to(event)
        if not person.coordinates or not awaited.startswith(entering.AWAITED):
            return False
        chat = uow.cipher.lookup("account", person.account)
        shown = await uow.threads.shown(chat, replied) if replied is not None else None
        if shown is not None and shown.slot != awaited:
            return False
        return {"her": PersonId(awaited.removeprefix(entering.AWAITED))}


class Does(BaseFilter):
    """A button that does this."""

    def __init__(self, act: EnterAct) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: EnterDoes) -> bool:
        return callback_data.act is self._act


def router() -> Router:
    """Before the desk: what a caller says is no word in another's case."""
    router = Router(name="entering")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(begin, Command("enter"))
    router.message.register(write, ~AnyCommand(), Enters())
    router.callback_query.register(begin, EnterDoes.filter(), Does(EnterAct.BEGIN))
    router.callback_query.register(here, EnterDoes.filter(), Does(EnterAct.HERE))
    router.callback_query.register(back, EnterDoes.filter(), Does(EnterAct.BACK))
    router.callback_query.register(end, EnterDoes.filter(), Does(EnterAct.END))
    router.callback_query.register(choose_change, EnterDoes.filter(), Does(EnterAct.CHANGE))
    router.callback_query.register(save, EnterDoes.filter(), Does(EnterAct.SAVE))
    router.callback_query.register(drop, EnterDoes.filter(), Does(EnterAct.DROP))
    router.callback_query.register(answer, EnterAnswer.filter())
    router.callback_query.register(page, EnterPage.filter())
    router.callback_query.register(change, EnterChange.filter())
    router.callback_query.register(erase, EraseEntered.filter())
    return router


async def begin(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A new one."""
    await entering.begin(uow, settings, person)


async def write(message: Message, her: PersonId, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """What was told."""
    await entering.write(uow, settings, person, her, piece_of(message, person.language))


async def here(
    event: CallbackQuery, callback_data: EnterDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Where it stands."""
    await entering.show(uow, settings, person, PersonId(callback_data.her), on=tapped_on(event))


async def back(
    event: CallbackQuery, callback_data: EnterDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """One screen back."""
    await entering.back(uow, settings, person, PersonId(callback_data.her), tapped_on(event))


async def end(
    event: CallbackQuery, callback_data: EnterDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The rest is not asked."""
    await entering.end(uow, settings, person, PersonId(callback_data.her), tapped_on(event))


async def choose_change(
    event: CallbackQuery, callback_data: EnterDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Which answer?"""
    await entering.choose_change(uow, settings, person, PersonId(callback_data.her), tapped_on(event))


async def save(
    event: CallbackQuery, callback_data: EnterDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """A case from now on."""
    await entering.save(uow, settings, person, PersonId(callback_data.her), tapped_on(event))


async def drop(
    event: CallbackQuery, callback_data: EnterDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Not entered."""
    await entering.drop(uow, settings, person, PersonId(callback_data.her), tapped_on(event))


async def answer(
    event: CallbackQuery, callback_data: EnterAnswer, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """An answer, or skip."""
    given = callback_data
    await entering.answer(uow, settings, person, PersonId(given.her), given.question, given.option, tapped_on(event))


async def page(
    event: CallbackQuery, callback_data: EnterPage, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """More answers."""
    her, shown = PersonId(callback_data.her), callback_data.page
    await entering.show(uow, settings, person, her, page=shown, on=tapped_on(event))


async def change(
    event: CallbackQuery, callback_data: EnterChange, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """This one."""
    her, question = PersonId(callback_data.her), callback_data.question
    await entering.change(uow, settings, person, her, question, tapped_on(event))


async def erase(
    event: CallbackQuery, callback_data: EraseEntered, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Nothing of hers is to be kept."""
    code, sure = CaseCode(callback_data.code), callback_data.sure
    await entering.erase(uow, settings, person, code, tapped_on(event), sure=sure)
