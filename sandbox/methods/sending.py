"""The send methods: text, media, and the small kinds (Bot API, "Available methods")."""

import secrets
from typing import Any

from sandbox.arguments import Arguments
from sandbox.chats import Group
from sandbox.media import FILE_KINDS, WITH_CAPTION, StoredFile
from sandbox.message import Raw
from sandbox.methods.place import Place, caption_content, find_place, publish, text_content
from sandbox.methods.registry import Uploads, method
from sandbox.rules import CHAT_ACTIONS, bad, not_here
from sandbox.world import World
from sandbox.writing import poll_raw

SEND = {
    "sendPhoto": "photo", "sendVoice": "voice", "sendVideo": "video", "sendVideoNote": "video_note",
    "sendAudio": "audio", "sendAnimation": "animation", "sendDocument": "document", "sendSticker": "sticker",
}  # fmt: skip
_KIND_OF = {name.lower(): kind for name, kind in SEND.items()}
_FIELDS = ("duration", "width", "height", "length", "performer", "title", "emoji")


def send(world: World, place: Place, content: Raw) -> Raw:
    """Pay the pace and publish; 400 where the bot may not write."""
    if isinstance(place.chat, Group) and not place.chat.bot_writes:
        bad("not enough rights to send text messages to the chat")
    world.spend(place.chat)
    return publish(world, place, content).payload()


@method("sendMessage")
def send_message(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send a text."""
    place = find_place(world, args)
    return send(world, place, text_content(world, args))


def file_content(stored: StoredFile, args: dict[str, Any]) -> Raw:
    """The part of a message that carries a file."""
    value = stored.content()
    content: Raw = {stored.kind: value}
    if stored.kind == "animation":
        content["document"] = value  # Bot API, Message.animation: "for backward compatibility"
    if args.get("has_spoiler") and stored.kind in ("photo", "video", "animation"):
        content["has_media_spoiler"] = True
    return content


def upload_fields(kind: str, name: str, args: dict[str, Any], uploads: Uploads) -> Raw:
    """What a bot may say about a file it uploads; a document keeps the name it was uploaded with."""
    fields = {key: args[key] for key in _FIELDS if key in args and key in FILE_KINDS[kind]}
    file_name = getattr(uploads.get(name), "filename", None)
    return {**fields, "file_name": file_name} if file_name and kind in ("document", "audio") else fields


def sender_of(kind: str) -> Any:
    """Make the method that sends one kind of file."""

    def send_file(world: World, args: Arguments, uploads: Uploads) -> Raw:
        """Send a file by upload or by file_id."""
        place = find_place(world, args)
        value = args.get(kind)
        if not value:
            bad(f"there is no {kind} in the request")
        caption = caption_content(world, args) if kind in WITH_CAPTION else {}
        fields = upload_fields(kind, str(value).removeprefix("attach://"), args, uploads)
        world.pace_check(place.chat)
        stored = world.files.given(kind, value, uploads, **fields)
        return send(world, place, {**file_content(stored, args), **caption})

    return send_file


for _name, _kind in SEND.items():
    method(_name)(sender_of(_kind))


@method("sendLocation")
def send_location(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send a point on the map."""
    place = find_place(world, args)
    return send(world, place, {"location": _location(args)})


def _location(args: Arguments) -> Raw:
    if not (-90 <= args["latitude"] <= 90 and -180 <= args["longitude"] <= 180):
        bad("bad location coordinates specified")
    return {key: args[key] for key in ("latitude", "longitude", "live_period") if key in args}


@method("sendVenue")
def send_venue(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send a place with its name and address."""
    place = find_place(world, args)
    location = _location(args)
    venue = {"location": location, "title": args["title"], "address": args["address"]}
    return send(world, place, {"venue": venue, "location": location})


@method("sendContact")
def send_contact(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send a telephone number."""
    place = find_place(world, args)
    contact = {key: args[key] for key in ("phone_number", "first_name", "last_name", "vcard") if key in args}
    return send(world, place, {"contact": contact})


@method("sendDice")
def send_dice(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send a die; Telegram throws it."""
    place = find_place(world, args)
    value = secrets.randbelow(5) + 1
    return send(world, place, {"dice": {"emoji": args.get("emoji") or "🎲", "value": value}})


@method("sendPoll")
def send_poll(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send a poll; nobody votes here."""
    place = find_place(world, args)
    if args.get("type") == "quiz":
        not_here("quizzes")
    options = args["options"]
    if not 1 <= len(options) <= 12:  # Bot API, sendPoll: "A JSON-serialized list of 1-12 answer options"
        bad("poll must have 1-12 answer options")
    known = ("is_anonymous", "allows_multiple_answers", "is_closed")
    poll = poll_raw(args["question"], options, **{key: args[key] for key in known if key in args})
    return send(world, place, {"poll": poll})


@method("sendChatAction")
def send_chat_action(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Show "typing" and the like; nothing is seen of it here."""
    chat = world.target(args["chat_id"])
    if args.get("message_thread_id"):
        chat.topic(args["message_thread_id"])
    if args["action"] not in CHAT_ACTIONS:
        bad("wrong parameter action in request")
    return True
