"""From a Telegram message to a piece of conversation: what can be passed on, freed of what would name her."""

from aiogram.types import Contact, Message, MessageEntity, Venue

from bot.domain.errors import Unfit
from bot.domain.intake import Entity, Kind, Piece, safe_entities
from bot.i18n import label

_NAMED = ("sticker", "poll")


def piece_of(message: Message, language: str | None) -> Piece:
    """The piece this message is. Raises Unfit, in the sender's language, for what can't be passed on."""
    for kind in Kind:
        content = getattr(message, kind, None)
        if not content:
            continue
        if kind is Kind.TEXT:
            return Piece(kind, message.text or "", _entities(message.entities))
        if kind is Kind.CONTACT:
            return Piece(kind, _contact(content))
        if kind is Kind.LOCATION:
            return Piece(kind, _venue(message.venue), place=(content.latitude, content.longitude))
        file = content[-1] if kind is Kind.PHOTO else content
        return Piece(
            kind,
            message.caption or "",
            _entities(message.caption_entities),
            file_id=file.file_id,
            album=message.media_group_id,
        )
    named = next((name for name in _NAMED if getattr(message, name, None)), "other")
    raise Unfit("refusal.unfit", kind=label(language, f"kind.{named}"))


def replied_to(message: Message) -> int | None:
    """The message this one replies to."""
    return message.reply_to_message.message_id if message.reply_to_message else None


def _contact(contact: Contact) -> str:
    """Name and number as they stand on the card; an account that comes with it is left out."""
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return "\n".join(part for part in (name, contact.phone_number) if part)


def _venue(venue: Venue | None) -> str:
    return f"{venue.title}\n{venue.address}" if venue else ""


def _entities(entities: list[MessageEntity] | None) -> tuple[Entity, ...]:
    plain = [entity.model_dump(mode="json", exclude_none=True) for entity in entities or []]
    return safe_entities(plain)
