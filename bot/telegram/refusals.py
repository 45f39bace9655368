"""How a refusal is said: as an answer to the tap, or as a message; always in the reader's language."""

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Update

from bot.domain.errors import Refusal
from bot.i18n import label, text
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages.common import message

ALERT_MOST = 200
"""Characters of a callback answer (Bot API, answerCallbackQuery); four languages at once may need a message instead."""


async def refuse(uow: UnitOfWork, update: Update, refusal: Refusal) -> None:
    """Say no to whoever sent this update, and why."""
    if update.callback_query is not None:
        person = await uow.people.by_account(update.callback_query.from_user.id)
        spoken = label(person.language, refusal.key, **refusal.params)
        if len(spoken) > ALERT_MOST and _is_private(update.callback_query):
            words = text(person.language, refusal.key, **refusal.params)
            await uow.outbox.put(message(person, words), to=person)
            spoken = ""
        uow.fleeting.append(
            AnswerCallbackQuery(
                callback_query_id=update.callback_query.id, text=spoken[:ALERT_MOST] or None, show_alert=bool(spoken)
            )
        )
    elif (sent := update.message or update.edited_message) and sent.from_user and sent.chat.type == "private":
        person = await uow.people.by_account(sent.from_user.id)
        await uow.outbox.put(message(person, text(person.language, refusal.key, **refusal.params)), to=person)


def _is_private(tap: CallbackQuery) -> bool:
    return tap.message is not None and tap.message.chat.type == "private"
