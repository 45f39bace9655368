"""The edit methods. The bot's own messages stay editable for ever (Bot API, "Updating messages")."""

from typing import Any

from sandbox.arguments import Arguments
from sandbox.keyboards import check_markup
from sandbox.media import FILE_KINDS, WITH_CAPTION
from sandbox.message import Message, Raw
from sandbox.methods.place import caption_content, refuse_unknown, text_content
from sandbox.methods.registry import Uploads, method
from sandbox.methods.sending import file_content, upload_fields
from sandbox.rules import bad
from sandbox.world import World

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def find_own(world: World, args: Arguments) -> Message:
    """Find the bot's message to edit."""
    refuse_unknown(args)
    if "chat_id" not in args:
        bad("chat_id is empty")
    chat = world.target(args["chat_id"])
    message = chat.find(args.get("message_id") or 0)
    if message is None:
        bad("message to edit not found")
    if not message.from_bot or message.kind == "service" or message.forwarded:
        bad("message can't be edited")
    check_markup(args.get("reply_markup"), private=chat.private)
    return message


def apply(world: World, message: Message, fields: Raw, args: Arguments, *, content: bool = True) -> Raw:
    """Change the message, unless nothing would change; an edit without a keyboard takes the keyboard away."""
    markup = args.get("reply_markup") or {}
    rows = markup.get("inline_keyboard")
    fields = {**fields, "reply_markup": {"inline_keyboard": rows} if rows else None}
    if all(_without_ids(message.raw.get(key)) == _without_ids(value) for key, value in fields.items()):
        bad(_SAME)
    world.spend(message.chat)
    if content:
        fields["edit_date"] = int(world.clock().timestamp())
    message.change(**fields)
    world.changed()
    return message.payload()


def _without_ids(value: Any) -> Any:
    """Compare what people see: a button's absent field is the same as a null one."""
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if item is not None}
    return [_without_ids(item) for item in value] if isinstance(value, list) else value


@method("editMessageText")
def edit_message_text(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Change the text of a text message."""
    message = find_own(world, args)
    if message.kind != "text":
        bad("there is no text in the message to edit")
    new = {"text": None, "entities": None, "link_preview_options": None, **text_content(world, args)}
    return apply(world, message, new, args)


@method("editMessageCaption")
def edit_message_caption(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Change or remove a caption."""
    message = find_own(world, args)
    if message.kind not in WITH_CAPTION:
        bad("there is no caption in the message to edit")
    gone = {"caption": None, "caption_entities": None, "show_caption_above_media": None}
    return apply(world, message, {**gone, **caption_content(world, args)}, args)


@method("editMessageReplyMarkup")
def edit_message_reply_markup(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Change or remove the keyboard only; it does not count as edited."""
    message = find_own(world, args)
    return apply(world, message, {}, args, content=False)


@method("editMessageMedia")
def edit_message_media(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Put another file in the place of one."""
    message = find_own(world, args)
    media: dict[str, Any] = args["media"]
    if message.kind not in WITH_CAPTION or message.kind == "voice":
        bad("there is no media in the message to edit")
    if message.album and media["type"] != message.kind and {media["type"], message.kind} - {"photo", "video"}:
        bad("can't use media of the specified type in the album")
    value = str(media["media"])
    caption = caption_content(world, media)
    world.pace_check(message.chat)
    fields = upload_fields(media["type"], value.removeprefix("attach://"), media, uploads)
    stored = world.files.given(media["type"], value, uploads, **fields)
    gone: Raw = dict.fromkeys((*FILE_KINDS, "caption", "caption_entities", "has_media_spoiler"))
    return apply(world, message, {**gone, **file_content(stored, media), **caption}, args)
