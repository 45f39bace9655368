"""Who is this? Put in front of every handler: the person as the hotline knows her, found by a keyed hash."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import AnswerCallbackQuery, DeleteMessages
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject, Update

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import PUT_OFF

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Identify(BaseMiddleware):
    """Gives handlers the `person`, and the `topic` they are in; notes that she is there; no tap stays unanswered."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        uow: UnitOfWork = data["uow"]
        inner = event.event
        sender = getattr(inner, "from_user", None) or getattr(inner, "user", None)
        if isinstance(inner, Message) and inner.pinned_message is not None and is_private(inner):
            await _without_a_word(uow, inner)
        if sender is None or sender.is_bot or _small_talk(inner):
            return UNHANDLED
        person = await uow.people.by_account(sender.id)
        if is_private(inner) and not isinstance(inner, ChatMemberUpdated) and not uow.belated:
            person = await is_there(uow, person, written(inner), puts_off=puts_off(inner))
        data["person"], data["topic"] = person, await _topic(uow, person, inner)
        result = await handler(event, data)
        if isinstance(inner, CallbackQuery) and not _answered(uow, inner):
            uow.fleeting.append(AnswerCallbackQuery(callback_query_id=inner.id))
        return result


async def is_there(uow: UnitOfWork, person: Person, message_id: int | None, *, puts_off: bool = False) -> Person:
    """She is there: what waited for her is let go; her message can be deleted later.

    Not while her chat is a notebook, nor when somebody there said *it is not me*, nor by a tap that puts it off.
    """
    chat = uow.cipher.lookup("account", person.account)
    if message_id is not None:
        uow.chats.stand(chat, message_id)
    if not person.started or not person.reachable:
        await uow.people.set(person, started=True, reachable=True)
    if puts_off:
        return person
    uow.seen(person.id)
    if person.disguised or not (person.held or person.hidden):
        return person
    kept = person.frozen or bool(person.moved_at and await uow.moving.untold(person.id))
    if not kept:
        await uow.outbox.let_go(chat)
    if person.hidden or not kept:
        await uow.people.set(person, held=kept, hidden=False)
    return replace(person, hidden=False)


def written(event: object) -> int | None:
    """The message an event brought into the chat; an edit or a tap brings none."""
    return event.message_id if isinstance(event, Message) and event.edit_date is None else None


def puts_off(event: object) -> bool:
    """True for *not now* and *it is not me*: whoever taps them may not be her."""
    return isinstance(event, CallbackQuery) and (event.data or "").startswith(PUT_OFF)


async def _without_a_word(uow: UnitOfWork, pinned: Message) -> None:
    """That the bot has pinned its line is no news: Telegram's own message about it goes."""
    if pinned.from_user is not None and pinned.from_user.is_bot:
        gone = DeleteMessages(chat_id=pinned.chat.id, message_ids=[pinned.message_id])
        await uow.outbox.put(gone, lane=Lane.EDIT)


async def _topic(uow: UnitOfWork, person: Person, event: object) -> CaseCode | None:
    message = event.message if isinstance(event, CallbackQuery) else event
    if not isinstance(message, Message) or message.message_thread_id is None:
        return None
    return await uow.chats.case_in(uow.cipher.lookup("account", person.account), message.message_thread_id)


def _small_talk(event: TelegramObject) -> bool:
    """True for what people say to each other in a group: nobody's row is made for it."""
    return (
        isinstance(event, Message)
        and event.chat.type != "private"
        and not (event.text or "").startswith("/")
        and event.migrate_to_chat_id is None
    )


def is_private(event: TelegramObject) -> bool:
    """True for what happens in somebody's private chat with the bot."""
    message = event.message if isinstance(event, CallbackQuery) else event
    chat = getattr(message, "chat", None)
    return chat is not None and chat.type == "private"


def _answered(uow: UnitOfWork, tap: CallbackQuery) -> bool:
    return any(isinstance(each, AnswerCallbackQuery) and each.callback_query_id == tap.id for each in uow.fleeting)
