"""forwardMessage(s) show the author, copyMessage(s) don't; protected messages can't be forwarded."""

import itertools
import secrets
from typing import Any

from sandbox.arguments import Arguments
from sandbox.chats import Chat
from sandbox.message import CONTENT, Message, Raw
from sandbox.methods.place import Place, caption_content, find_place, publish
from sandbox.methods.registry import Uploads, method
from sandbox.rules import BATCH_MAX, bad
from sandbox.world import World

_CARRIED = (
    *CONTENT, "entities", "caption", "caption_entities", "has_media_spoiler", "show_caption_above_media",
    "link_preview_options",
)  # fmt: skip


def _source(world: World, args: Arguments) -> Chat:
    return world.known_chat(args["from_chat_id"])


def _carried(message: Message) -> Raw:
    return {key: message.raw[key] for key in _CARRIED if key in message.raw}


def _origin(message: Message) -> Raw:
    before: Raw | None = message.raw.get("forward_origin")
    return before or {"type": "user", "date": message.date, "sender_user": message.raw["from"]}


def _one(world: World, args: Arguments, verb: str) -> tuple[Place, Message]:
    place = find_place(world, args)
    message = _source(world, args).find(args["message_id"])
    if message is None:
        bad(f"message to {verb} not found")
    if message.kind == "service":
        bad(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return place, message


@method("forwardMessage")
def forward_message(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send on with the author's name; protected messages are refused."""
    place, message = _one(world, args, "forward")
    if message.protected:
        bad("message can't be forwarded")
    world.spend(place.chat)
    return publish(world, place, {**_carried(message), "forward_origin": _origin(message)}).payload()


@method("copyMessage")
def copy_message(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Send the content anew, without the author; only the new id is returned."""
    place, message = _one(world, args, "copy")
    content = _carried(message)
    if "caption" in args and message.kind != "text":
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= caption_content(world, args)
    world.spend(place.chat)
    return {"message_id": publish(world, place, content).message_id}


def _several(world: World, args: Arguments, verb: str) -> tuple[Place, list[Message]]:
    place = find_place(world, args)
    ids: list[Any] = args["message_ids"]
    if not 1 <= len(ids) <= BATCH_MAX:
        bad(f"there must be 1-{BATCH_MAX} message identifiers")
    if any(second <= first for first, second in itertools.pairwise(ids)):
        bad("message identifiers must be in a strictly increasing order")
    source = _source(world, args)
    found = [message for id_ in ids if (message := source.find(int(id_))) is not None]
    allowed = [
        message for message in found if message.kind != "service" and not (verb == "forward" and message.protected)
    ]
    if not allowed:
        bad(f"there are no messages to {verb}")
    world.spend(place.chat, messages=len(allowed))
    return place, allowed


def _regrouped(messages: list[Message]) -> list[Raw]:
    """Albums stay albums, under a new id."""
    new: dict[str, str] = {}
    return [
        {"media_group_id": new.setdefault(message.album, str(secrets.randbits(60)))} if message.album else {}
        for message in messages
    ]


@method("forwardMessages")
def forward_messages(world: World, args: Arguments, uploads: Uploads) -> list[Raw]:
    """Forward several in order; missing and protected ones are skipped."""
    place, messages = _several(world, args, "forward")
    return [
        {"message_id": publish(world, place, {**_carried(m), **album, "forward_origin": _origin(m)}).message_id}
        for m, album in zip(messages, _regrouped(messages), strict=True)
    ]


@method("copyMessages")
def copy_messages(world: World, args: Arguments, uploads: Uploads) -> list[Raw]:
    """Copy several in order; missing ones are skipped."""
    place, messages = _several(world, args, "copy")
    drop = ("caption", "caption_entities") if args.get("remove_caption") else ()
    return [
        {
            "message_id": publish(
                world, place, {**{k: v for k, v in _carried(m).items() if k not in drop}, **album}
            ).message_id
        }
        for m, album in zip(messages, _regrouped(messages), strict=True)
    ]
