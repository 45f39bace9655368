"""deleteMessage(s): for 48 hours only, and in groups the bot's own unless it is an administrator."""

from sandbox.arguments import Arguments
from sandbox.chats import Chat
from sandbox.message import Message
from sandbox.methods.registry import Uploads, method
from sandbox.rules import BATCH_MAX, DELETE_WITHIN, bad
from sandbox.world import World

_FOR_EVER = ("forum_topic_created", "supergroup_chat_created", "migrate_from_chat_id")


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    if world.clock() - message.at >= DELETE_WITHIN or message.service in _FOR_EVER:
        return False
    return message.from_bot or chat.bot_is_admin


def _chat(world: World, args: Arguments) -> Chat:
    """Deleting needs no permission to write: it works in the chat of somebody who blocked the bot."""
    chat = world.known_chat(args["chat_id"])
    return chat if chat.private else world.target(args["chat_id"])


@method("deleteMessage")
def delete_message(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Delete one message; 400 if it is gone already or too old."""
    chat = _chat(world, args)
    message = chat.find(args["message_id"])
    if message is None:
        bad("message to delete not found")
    if not _deletable(world, chat, message):
        bad("message can't be deleted")
    chat.remove(message)
    return True


@method("deleteMessages")
def delete_messages(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Missing messages are skipped; one that is too old refuses the whole call."""
    chat = _chat(world, args)
    ids = args["message_ids"]
    if not 1 <= len(ids) <= BATCH_MAX:
        bad(f"there must be 1-{BATCH_MAX} message identifiers")
    found = [message for id_ in ids if (message := chat.find(int(id_))) is not None]
    if not all(_deletable(world, chat, message) for message in found):
        bad("message can't be deleted")
    for message in {id(message): message for message in found}.values():
        chat.remove(message)
    return True
