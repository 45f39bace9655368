"""The conversation between her and her lawyer: every message rebuilt from its sealed piece, under a short head.

Never forwarded, never copied: a forward shows its author, and after hiding there is no source to copy from.
"""

from typing import Any

from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendLocation,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVideoNote,
    SendVoice,
    SetMessageReaction,
    TelegramMethod,
)
from aiogram.types import ReactionTypeEmoji

from bot.domain.intake import Entity, Kind, Piece
from bot.domain.people import Reader
from bot.telegram.keyboards import at_hand, keyboard
from bot.telegram.messages.common import NO_PREVIEW
from bot.telegram.outgoing import CAPTION_MOST, TEXT_MOST

ARRIVED = "👌"
"""The receipt under a message; one of the reactions every bot may set (Bot API, ReactionTypeEmoji)."""

_SENDS: dict[Kind, tuple[type[TelegramMethod[Any]], str]] = {
    Kind.PHOTO: (SendPhoto, "photo"),
    Kind.VOICE: (SendVoice, "voice"),
    Kind.VIDEO: (SendVideo, "video"),
    Kind.VIDEO_NOTE: (SendVideoNote, "video_note"),
    Kind.AUDIO: (SendAudio, "audio"),
    Kind.ANIMATION: (SendAnimation, "animation"),
    Kind.DOCUMENT: (SendDocument, "document"),
}


def to_her(reader: Reader, piece: Piece, head: str | None) -> list[TelegramMethod[Any]]:
    """The same towards her: what she can keep, with danger now and hide below (an album can carry no buttons)."""
    methods = rebuilt(reader, piece, head, protected=False)
    if not piece.album:
        methods[-1].reply_markup = keyboard(at_hand(reader.language))  # type: ignore[attr-defined]
    return methods


def rebuilt(reader: Reader, piece: Piece, head: str | None, *, protected: bool) -> list[TelegramMethod[Any]]:
    """The messages that say a piece again, under a plain head line; two when head and piece don't fit in one.

    `protected`: can't be forwarded or saved; towards staff only.
    """
    if piece.kind in (Kind.TEXT, Kind.CONTACT):
        return _text(reader, piece, head, protected)
    if piece.kind is Kind.LOCATION:
        return _place(reader, piece, head, protected)
    send, field = _SENDS[piece.kind]
    shared: dict[str, Any] = {"chat_id": reader.account, field: piece.file_id, "protect_content": protected}
    if piece.kind is Kind.VIDEO_NOTE:
        return [*([_line(reader, head, protected)] if head else []), send(**shared)]
    caption, entities = _headed(piece, head)
    if len(caption) > CAPTION_MOST:
        rest = send(**shared, caption=piece.text, caption_entities=list(piece.entities), parse_mode=None)
        return [_line(reader, head or "", protected), rest]
    if caption:
        shared |= {"caption": caption, "caption_entities": entities, "parse_mode": None}
    return [send(**shared)]


def receipt(chat: int, message_id: int) -> SetMessageReaction:
    """A silent sign under a message that it has arrived."""
    return SetMessageReaction(chat_id=chat, message_id=message_id, reaction=[ReactionTypeEmoji(emoji=ARRIVED)])


def _place(reader: Reader, piece: Piece, head: str | None, protected: bool) -> list[TelegramMethod[Any]]:
    """A place has no caption: what was said with it, and the head, stand above."""
    latitude, longitude = piece.place or (0.0, 0.0)
    above = _text(reader, piece, head, protected) if head or piece.text else []
    return [
        *above,
        SendLocation(chat_id=reader.account, latitude=latitude, longitude=longitude, protect_content=protected),
    ]


def _text(reader: Reader, piece: Piece, head: str | None, protected: bool) -> list[TelegramMethod[Any]]:
    written, entities = _headed(piece, head)
    if len(written) <= TEXT_MOST:
        return [_line(reader, written, protected, entities)]
    return [_line(reader, head or "", protected), _line(reader, piece.text, protected, list(piece.entities))]


def _headed(piece: Piece, head: str | None) -> tuple[str, list[dict[str, Any]]]:
    """Head and text in one; entities count in UTF-16 code units (Bot API, MessageEntity)."""
    if not head:
        return piece.text, [dict(entity) for entity in piece.entities]
    start = f"{head}\n" if piece.text else head
    shift = len(start.encode("utf-16-le")) // 2
    return start + piece.text, [_shifted(entity, shift) for entity in piece.entities]


def _shifted(entity: Entity, by: int) -> dict[str, Any]:
    return {**entity, "offset": entity["offset"] + by}


def _line(reader: Reader, words: str, protected: bool, entities: list[Any] | None = None) -> SendMessage:
    return SendMessage(
        chat_id=reader.account,
        text=words,
        parse_mode=None,
        entities=entities or [],
        link_preview_options=NO_PREVIEW,
        protect_content=protected,
    )
