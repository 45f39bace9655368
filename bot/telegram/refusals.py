"""How a refusal is said: as an answer to the tap, or as a message; always in the reader's language."""

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import Update

from bot.domain.errors import Refusal
from bot.i18n import label, text
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages.common import message

ALERT_MOST = 200
"""Characters of a callback answer. Source: Bot API, answerCallbackQuery."""


async def refuse(uow: UnitOfWork, update: Update, refusal: Refusal) -> None:
    """Say no to whoever sent this update, and why."""
    if update.callback_query is not None:
        person = await uow.people.by_account(update.callback_query.from_user.id)
        spoken = label(person.language, refusal.key, **refusal.params)
        uow.fleeting.append(
            AnswerCallbackQuery(callback_query_id=update.callback_query.id, text=spoken[:ALERT_MOST], show_alert=True)
        )
    elif (sent := update.message or update.edited_message) and sent.from_user and sent.chat.type == "private":
        person = await uow.people.by_account(sent.from_user.id)
        await uow.outbox.put(message(person, text(person.language, refusal.key, **refusal.params)), to=person)
