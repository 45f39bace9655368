"""The notebook's doors. While her chat is one, it is asked first, and nothing gets past it but help."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated

from bot.domain.danger import DangerKind
from bot.domain.intake import Kind
from bot.domain.people import Person
from bot.services import hiding, notebook
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import CallFrom, Go, InDanger, Jot, Place
from handlers.filters import AnyCommand, Command, Private
from handlers.incoming import piece_of
from handlers.taps import To, tapped_on

HELP = frozenset(
    [Go(to=each).pack() for each in (Place.DANGER, Place.KINDS, Place.HELD, Place.CRISIS)]
    + [InDanger(kind=each).pack() for each in DangerKind]
)


class Disguised(BaseFilter):
    """Her chat is a notebook now."""

    async def __call__(self, event: object, person: Person) -> bool:
        return person.disguised


class OpensHelp(BaseFilter):
    """A button of the danger screen; it works in a notebook too."""

    async def __call__(self, event: CallbackQuery) -> bool:
        return event.data in HELP


class CallsForHelp(BaseFilter):
    """`/112`, `/sos`, `/danger`: a call for help, written as a command."""

    async def __call__(self, event: Message) -> bool:
        return notebook.calls(event.text or "")


class Keepable(BaseFilter):
    """Something a note can be made of."""

    async def __call__(self, event: Message) -> bool:
        return any(getattr(event, kind, None) for kind in Kind)


class ChoosingWord(BaseFilter):
    """She has been asked for her own word and types one; a sentence is her words as always."""

    async def __call__(self, event: Message, person: Person) -> bool:
        asked = person.awaiting in (notebook.WORD, notebook.WORD_AGAIN)
        return asked and notebook.may_be_word(event.text or "")


def in_front() -> Router:
    """The disguise: while it is worn, everything private comes here."""
    router = Router(name="disguise")
    for kind in (router.message, router.edited_message, router.callback_query):
        kind.filter(Private(), Disguised())
    router.message_reaction.filter(Disguised())
    router.message.register(shown, AnyCommand(), ~CallsForHelp())
    router.message.register(written, Keepable())
    router.message.register(shown)
    router.edited_message.register(written, Keepable())
    router.edited_message.register(shown)
    router.callback_query.register(call_duty, Go.filter(), To(Place.DUTY))
    router.callback_query.register(call_duty_from, CallFrom.filter())
    router.callback_query.register(hide, Go.filter(), To(Place.HIDE))
    router.callback_query.register(act, Jot.filter())
    router.callback_query.register(shown, ~OpensHelp())
    router.message_reaction.register(unnoticed)
    return router


def router() -> Router:
    """How the notebook is set up, while it is not worn."""
    router = Router(name="notebook")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(take_word, ChoosingWord())
    router.message.register(about, Command("notebook"))
    router.callback_query.register(about, Go.filter(), To(Place.NOTEBOOK))
    router.callback_query.register(ask_word, Go.filter(), To(Place.WORD))
    router.callback_query.register(switch_off, Go.filter(), To(Place.NOTEBOOK_OFF))
    router.callback_query.register(act, Jot.filter())
    return router


async def shown(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The latest notes, whatever was tapped or ordered."""
    await notebook.show(uow, settings, person)


async def written(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A note, her word, a code, or a call for help."""
    await notebook.write(uow, settings, person, piece_of(message, person.language), message.message_id)


async def act(event: CallbackQuery, callback_data: Jot, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A button under the notes."""
    await notebook.act(uow, settings, person, callback_data.act, callback_data.note, tapped_on(event))


async def call_duty(event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Call the lawyer on duty."""
    await notebook.call_duty(uow, settings, person)


async def call_duty_from(
    event: CallbackQuery, callback_data: CallFrom, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The same from the answer to one kind of danger."""
    await notebook.call_duty(uow, settings, person, callback_data.kind)


async def hide(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Empty once more, without a word."""
    await hiding.empty(uow, person)


async def unnoticed(event: MessageReactionUpdated) -> None:
    """A notebook does nothing about a reaction."""


async def take_word(message: Message, uow: UnitOfWork, person: Person) -> None:
    """The word, once and again."""
    await notebook.take_word(uow, person, message.text or "", message.message_id)


async def about(event: Message | CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """What it protects and what not."""
    await notebook.about(uow, person, tapped_on(event))


async def ask_word(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Choose a word."""
    await notebook.ask_word(uow, person)


async def switch_off(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """No notebook."""
    await notebook.switch_off(uow, person)
