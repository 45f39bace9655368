"""What a person says: pieces of a conversation, told apart by kind, freed of what would name her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.ids import CaseCode

Entity = Mapping[str, Any]

FORMATTING = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}
    | {"code", "pre", "text_link"}
)
"""Entities that are passed on. A `text_mention` holds a whole User, `custom_emoji` needs a paid name: left out.

Source: Bot API, MessageEntity.
"""


class Kind(StrEnum):
    """What can be passed on between her and her lawyer; everything else is refused in words."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    AUDIO = "audio"
    ANIMATION = "animation"
    DOCUMENT = "document"
    CONTACT = "contact"
    LOCATION = "location"


class Author(StrEnum):
    """Who said it."""

    SEEKER = "seeker"
    LAWYER = "lawyer"


class Withheld(StrEnum):
    """What she has said about a number or a place in her words: not yet, let the lawyer see it, never."""

    ASKED = "asked"
    ALLOWED = "allowed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Piece:
    """One message of a conversation, rebuilt from what it says: never forwarded, never copied.

    `text` is the text or the caption, of a contact its name and number; `album` ties the parts of one album together;
    `place` is the latitude and longitude of a location.
    """

    kind: Kind
    text: str = ""
    entities: tuple[Entity, ...] = ()
    file_id: str | None = None
    album: str | None = None
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Entry:
    """A piece in its case: who said it and when. `replaces` names the entry this is a newer version of."""

    id: int
    case: CaseCode
    author: Author
    at: datetime
    piece: Piece
    replaces: int | None = None


def safe_entities(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The formatting alone; nothing that holds a person."""
    kept = ("type", "offset", "length", "url", "language")
    return tuple(
        {key: entity[key] for key in kept if entity.get(key) is not None}
        for entity in entities
        if entity["type"] in FORMATTING
    )
