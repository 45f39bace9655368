"""Reading taps: where a button leads, and which message it sits on."""

from aiogram.filters import BaseFilter
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery

from bot.domain.people import Person
from bot.i18n import label
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Act, CaseAct, Go, Place


class To(BaseFilter):
    """A button that leads to one of these places."""

    def __init__(self, *places: Place) -> None:
        self._places = places

    async def __call__(self, event: CallbackQuery, callback_data: Go) -> bool:
        return callback_data.to in self._places


class Doing(BaseFilter):
    """A button that does this with a case."""

    def __init__(self, act: Act) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: CaseAct) -> bool:
        return callback_data.act is self._act


def tapped_on(event: object) -> int | None:
    """The message the tapped button sits on; None for a command, or when Telegram no longer tells."""
    if isinstance(event, CallbackQuery) and event.message is not None:
        return event.message.message_id
    return None


def answered(
    uow: UnitOfWork, event: CallbackQuery, person: Person, key: str, *, url: str | None = None, **params: object
) -> None:
    """Answer the tap itself, in words only this person sees; `url` opens a private chat with the bot."""
    spoken = None if url else label(person.language, key, **params)
    uow.fleeting.append(AnswerCallbackQuery(callback_query_id=event.id, text=spoken, show_alert=bool(spoken), url=url))
