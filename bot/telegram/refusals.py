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
from bot.telegram.middlewares import is_there, written

ALERT_MOST = 200
"""Characters of a callback answer (Bot API, answerCallbackQuery); four languages at once may need a message instead."""

BLOCKED_AGAIN = timedelta(minutes=1)
"""How often somebody who is blocked is told so."""


async def refuse(uow: UnitOfWork, update: Update, refusal: Refusal) -> None:
    """Say no to whoever sent this update, and why."""
    sender = update.callback_query or update.message or update.edited_message
    if isinstance(refusal, Blocked) and sender is not None and sender.from_user is not None:
        await _blocked(uow, update, await uow.people.by_account(sender.from_user.id), refusal)
    elif update.callback_query is not None:
        person = await uow.people.by_account(update.callback_query.from_user.id)
        if _is_private(update.callback_query):
            person = await is_there(uow, person, None)
        spoken = label(person.language, refusal.key, **refusal.params)
        if len(spoken) > ALERT_MOST and _is_private(update.callback_query):
            await uow.outbox.put(_in_words(person, refusal), to=person)
            spoken = ""
        uow.fleeting.append(
            AnswerCallbackQuery(
                callback_query_id=update.callback_query.id, text=spoken[:ALERT_MOST] or None, show_alert=bool(spoken)
            )
        )
    elif (sent := update.message or update.edited_message) and sent.from_user and sent.chat.type == "private":
        person = await is_there(uow, await uow.people.by_account(sent.from_user.id), written(sent))
        await uow.outbox.put(_in_words(person, refusal), to=person)


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


def _is_private(tap: CallbackQuery) -> bool:
    return tap.message is not None and tap.message.chat.type == "private"
