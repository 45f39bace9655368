"""From an outbox row to a call: resolves slots, joins albums, marks a possible repetition."""

from typing import Any

import aiogram.methods
from aiogram.methods import EditMessageText, SendDocument, SendMediaGroup, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import (
    BufferedInputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    ReplyParameters,
)

from bot.storage.lanes import Due

CAPTION_MOST = 1024
TEXT_MOST = 4096
"""Characters after entities are parsed. Source: Bot API, sendMessage and sendPhoto."""

_MEDIA = {
    "SendPhoto": (InputMediaPhoto, "photo"),
    "SendVideo": (InputMediaVideo, "video"),
    "SendDocument": (InputMediaDocument, "document"),
    "SendAudio": (InputMediaAudio, "audio"),
}

_CAPTIONED = {*_MEDIA, "SendVoice", "SendAnimation"}


def built(due: Due) -> TelegramMethod[Any]:
    """The call that says this. An edit of a slot that shows nowhere becomes a new message.

    Where bytes come with a document or a photo, what stands in its place is the name of the file.
    """
    if due.album:
        return _album(due)
    if due.anew:
        message = as_new_message(due)
        message.message_thread_id = due.thread
        _reply(message, due)
        return message
    params = dict(due.params)
    if due.slot_message is not None:
        params["message_id"] = due.slot_message
    if due.thread is not None:
        params["message_thread_id"] = due.thread
    if due.in_doubt and due.mark:
        params |= _marked(due, due.mark)
    method: TelegramMethod[Any] = getattr(aiogram.methods, due.method).model_validate(params)
    if due.file is not None and isinstance(method, SendDocument):
        method.document = BufferedInputFile(due.file, filename=params["document"])
    if due.file is not None and isinstance(method, SendPhoto):
        method.photo = BufferedInputFile(due.file, filename=params["photo"])
    _reply(method, due)
    return method


def as_new_message(due: Due) -> SendMessage:
    """The text of an edit as a message of its own."""
    edit = EditMessageText.model_validate(due.params)
    return SendMessage(
        chat_id=due.params["chat_id"],
        text=edit.text or "",
        parse_mode="HTML",
        reply_markup=edit.reply_markup,
        link_preview_options=edit.link_preview_options,
    )


def _album(due: Due) -> SendMediaGroup:
    """One media group. Apps show a caption under an album only if a single part has one: the bare head stands once."""
    head = due.params.get("caption")
    media = []
    for number, part in enumerate(due.album):
        kind, field = _MEDIA[part.method]
        bare = number > 0 and part.params.get("caption") in (head, (head or "").partition("\n")[0])
        kept = () if bare else ("caption", "caption_entities")
        params = _marked(part, due.mark) if number == 0 and due.in_doubt and due.mark else part.params
        media.append(kind(media=params[field], **{key: params[key] for key in kept if key in params}))
    method = SendMediaGroup(
        chat_id=due.params["chat_id"],
        media=media,
        protect_content=due.params.get("protect_content", False),
        message_thread_id=due.thread,
    )
    _reply(method, due)
    return method


def _reply(method: Any, due: Due) -> None:
    if due.reply_message is not None:
        method.reply_parameters = ReplyParameters(message_id=due.reply_message, allow_sending_without_reply=True)


def _marked(due: Due, mark: str) -> dict[str, Any]:
    """The mark in front of the text or the caption; where there is neither, or no room, it stays as it is."""
    params = dict(due.params)
    field, entities, most = ("text", "entities", TEXT_MOST)
    if due.method in _CAPTIONED:
        field, entities, most = ("caption", "caption_entities", CAPTION_MOST)
    elif due.method != "SendMessage":
        return params
    written = f"{mark}\n{params.get(field) or ''}"
    if len(written) > most:
        return params
    shift = len(f"{mark}\n".encode("utf-16-le")) // 2
    moved = [{**entity, "offset": entity["offset"] + shift} for entity in params.get(entities) or []]
    return params | {field: written} | ({entities: moved} if moved else {})
