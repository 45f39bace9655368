"""Home, language, privacy, and the list of her appeals."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.services import seeker
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import AfterClosing, Go, MyCase, Place, Speak
from handlers.filters import Command, Private
from handlers.taps import To, tapped_on


def router() -> Router:
    """What needs no question."""
    router = Router(name="home")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(home, Command("start", "help"))
    router.callback_query.register(home, Go.filter(), To(Place.HOME))
    router.callback_query.register(here, Go.filter(), To(Place.HERE))
    router.callback_query.register(show, Go.filter(), To(Place.SHOW))
    router.callback_query.register(speak, Speak.filter())
    router.message.register(choose_language, Command("language"))
    router.callback_query.register(choose_language, Go.filter(), To(Place.LANGUAGE))
    router.message.register(notice, Command("privacy"))
    router.callback_query.register(notice, Go.filter(), To(Place.NOTICE))
    router.message.register(cases, Command("cases"))
    router.callback_query.register(cases, Go.filter(), To(Place.CASES))
    router.callback_query.register(my_case, MyCase.filter())
    router.callback_query.register(after_closing, AfterClosing.filter())
    return router


async def home(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The home screen."""
    await seeker.home(uow, settings, person, tapped_on(event))


async def here(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Back to where she was, below whatever came since."""
    await seeker.here(uow, settings, person)


async def show(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """What waited for her has been let go by her coming; when nothing did, where she is."""
    if not person.held or person.frozen:
        await seeker.here(uow, settings, person)


async def speak(
    event: CallbackQuery, callback_data: Speak, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """She chose a language."""
    await seeker.choose_language(uow, settings, person, callback_data.to, tapped_on(event))


async def choose_language(event: Message | CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """The four languages."""
    await seeker.ask_language(uow, person, tapped_on(event))


async def notice(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Who reads this, what is kept."""
    await seeker.notice(uow, settings, person, tapped_on(event))


async def cases(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Her appeals."""
    await seeker.cases(uow, settings, person, tapped_on(event))


async def my_case(event: CallbackQuery, callback_data: MyCase, uow: UnitOfWork, person: Person) -> None:
    """Her words go to this appeal from now on."""
    await seeker.make_current(uow, person, callback_data.code, tapped_on(event))


async def after_closing(
    event: CallbackQuery, callback_data: AfterClosing, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """What becomes of words written after closing."""
    await seeker.after_closing(uow, settings, person, callback_data.code, callback_data.choice)
