"""How a refusal is said: as an answer to the tap, or as a message; always in the reader's language."""

from datetime import timedelta

from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import CallbackQuery, Update

from bot.domain.errors import Blocked, Refusal
from bot.domain.people import Person
from bot.i18n import label, text
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.keyboards import at_hand, keyboard
from bot.telegram.messages.common import message
from bot.telegram.middlewares import is_private, is_there, puts_off, written

ALERT_MOST = 200
"""Characters of a callback answer (Bot API, answerCallbackQuery); four languages at once may need a message instead."""

BLOCKED_AGAIN = timedelta(minutes=1)
"""How often somebody who is blocked is told so."""


async def refuse(uow: UnitOfWork, update: Update, refusal: Refusal) -> None:
    """Say no to whoever sent this update, and why. What was refused is undone, but she was there all the same.

    Not when it came long ago and is handled only now: then nobody is there because of it.
    """
    event = update.callback_query or update.message or update.edited_message
    if event is None or event.from_user is None:
        return
    person = await uow.people.by_account(event.from_user.id)
    if is_private(event) and not uow.belated:
        person = await is_there(uow, person, written(event), puts_off=puts_off(event))
    if isinstance(refusal, Blocked):
        await _blocked(uow, update, person, refusal)
    elif isinstance(event, CallbackQuery):
        await _answer(uow, event, person, refusal)
    elif is_private(event):
        await uow.outbox.put(_in_words(person, refusal), to=person)


async def _answer(uow: UnitOfWork, tap: CallbackQuery, person: Person, refusal: Refusal) -> None:
    spoken = label(person.language, refusal.key, **refusal.params)
    if len(spoken) > ALERT_MOST and is_private(tap):
        await uow.outbox.put(_in_words(person, refusal), to=person)
        spoken = ""
    answer = AnswerCallbackQuery(callback_query_id=tap.id, text=spoken[:ALERT_MOST] or None, show_alert=bool(spoken))
    uow.fleeting.append(answer)


async def _blocked(uow: UnitOfWork, update: Update, person: Person, refusal: Blocked) -> None:
    """A tap is answered each time, words at most once a minute; the way to the numbers stays open."""
    if update.callback_query is not None:
        spoken = label(person.language, refusal.key)[:ALERT_MOST]
        answer = AnswerCallbackQuery(callback_query_id=update.callback_query.id, text=spoken, show_alert=True)
        uow.fleeting.append(answer)
        return
    slot = f"blocked:{person.id}"
    if not await uow.outbox.spoken(slot, BLOCKED_AGAIN):
        await uow.outbox.put(_in_words(person, refusal), to=person, slot=slot)


def _in_words(person: Person, refusal: Refusal) -> SendMessage:
    markup = None if person.on_the_team else keyboard(at_hand(person.language))
    return message(person, text(person.language, refusal.key, **refusal.params), markup)
