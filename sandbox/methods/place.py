"""Where a message goes: the chat, the topic, what it replies to and its keyboard, checked in Telegram's order."""

from dataclasses import dataclass
from typing import Any

from sandbox.arguments import Arguments
from sandbox.chats import Chat
from sandbox.keyboards import check_markup
from sandbox.markup import Entity
from sandbox.message import Message, Raw
from sandbox.rules import CAPTION_MAX, TEXT_MAX, bad, not_here, utf16_len
from sandbox.world import World

_NOT_HERE = (
    "business_connection_id", "direct_messages_topic_id", "suggested_post_parameters", "allow_paid_broadcast",
    "ephemeral_message_parameters", "receiver_user_id", "callback_query_id", "rich_message",
    "inline_message_id",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place where the bot may write, checked before anything happens."""

    chat: Chat
    thread_id: int | None
    reply_to: Message | None
    quote: Raw | None
    options: Raw
    reply_keyboard: Raw | None


def refuse_unknown(args: Arguments) -> None:
    """Refuse parameters that would change the meaning and are not implemented."""
    for name in _NOT_HERE:
        if args.get(name):
            not_here(name)


def find_place(world: World, args: Arguments) -> Place:
    """Check where to: 403 and "chat not found" come before all other refusals."""
    chat = world.target(args["chat_id"])
    refuse_unknown(args)
    if args.get("message_effect_id") and not chat.private:
        bad("message effects can be used in private chats only")
    markup = args.get("reply_markup")
    check_markup(markup, private=chat.private)
    reply_to, quote = _reply(chat, args)
    thread_id = args.get("message_thread_id") or None
    if thread_id is not None:
        chat.topic(thread_id)
    elif reply_to is not None and reply_to.thread_id in chat.topics:
        thread_id = reply_to.thread_id
    options: Raw = {}
    if args.get("protect_content"):
        options["has_protected_content"] = True
    if args.get("message_effect_id"):
        options["effect_id"] = args["message_effect_id"]
    inline = markup if markup and markup.get("inline_keyboard") else None
    if inline:
        options["reply_markup"] = {"inline_keyboard": inline["inline_keyboard"]}
    return Place(chat, thread_id, reply_to, quote, options, markup if markup and not inline else None)


def _reply(chat: Chat, args: Arguments) -> tuple[Message | None, Raw | None]:
    given = args.get("reply_parameters") or {}
    message_id = given.get("message_id") or args.get("reply_to_message_id")
    if not message_id:
        return None, None
    if given.get("chat_id") not in (None, chat.id, str(chat.id)):
        not_here("a reply to a message of another chat")
    message = chat.find(int(message_id))
    if message is None:
        if given.get("allow_sending_without_reply") or args.get("allow_sending_without_reply"):
            return None, None
        bad("message to be replied not found")
    quote = given.get("quote")
    if not quote:
        return message, None
    position = (message.text or message.caption).find(quote)
    if position < 0:
        bad("QUOTE_TEXT_INVALID")
    return message, {"text": quote, "position": position, "is_manual": True}


def publish(world: World, place: Place, content: Raw) -> Message:
    """Put the bot's message into the chat; the pace must have been paid before."""
    extra = {"quote": place.quote} if place.quote else {}
    message = world.post(
        place.chat,
        world.bot_raw(),
        {**content, **extra, **place.options},
        thread_id=place.thread_id,
        reply_to=place.reply_to,
    )
    message.reply_keyboard = place.reply_keyboard
    return message


def text_content(world: World, args: Arguments) -> Raw:
    """Read and check a message's text."""
    text, entities = world.text(args.get("text") or "", args.get("parse_mode"), args.get("entities"))
    if not text:
        bad("message text is empty")
    if utf16_len(text) > TEXT_MAX:
        bad("message is too long")
    content: Raw = {"text": text}
    if entities:
        content["entities"] = entities
    if args.get("link_preview_options"):
        content["link_preview_options"] = args["link_preview_options"]
    elif args.get("disable_web_page_preview"):
        content["link_preview_options"] = {"is_disabled": True}
    return content


def caption_content(world: World, args: dict[str, Any]) -> Raw:
    """Read and check a caption; nothing if there is none."""
    entities: list[Entity] | None = args.get("caption_entities")
    text, found = world.text(args.get("caption") or "", args.get("parse_mode"), entities)
    if utf16_len(text) > CAPTION_MAX:
        bad("message caption is too long")
    content: Raw = {"caption": text} if text else {}
    if found:
        content["caption_entities"] = found
    if text and args.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content
