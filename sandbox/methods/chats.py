"""Chats and members: getChat, getChatMember and the like, leaving, pinning, reactions, files."""

from typing import Any

from sandbox.arguments import Arguments
from sandbox.chats import Chat, Group
from sandbox.message import Message, Raw
from sandbox.methods.registry import Uploads, method
from sandbox.rules import DOWNLOAD_MAX, REACTIONS, bad, not_here
from sandbox.world import World


@method("getMe")
def get_me(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Tell who the bot is and what it may."""
    return {
        **world.bot_raw(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": world.topics,
        "allows_users_to_create_topics": False,
    }


@method("getChat")
def get_chat(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Tell about a chat, even one that can't be written to."""
    chat = world.known_chat(args["chat_id"])
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    whole = {**chat.raw(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if isinstance(chat, Group):
        whole["permissions"] = {"can_send_messages": chat.members_write}
    if chat.pinned:
        whole["pinned_message"] = chat.pinned[-1].payload()
    return whole


def _group(world: World, args: Arguments) -> Group:
    chat = world.target(args["chat_id"])
    if not isinstance(chat, Group):
        bad("there are no administrators in the private chat")
    return chat


@method("getChatMember")
def get_chat_member(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Tell what somebody is in a chat; 400 for people the bot never met."""
    chat = world.target(args["chat_id"])
    user_id = args["user_id"]
    if user_id == world.bot_id:
        role = chat.bot_role if isinstance(chat, Group) else "member"
        return world.member_raw(world.bot_raw(), role)
    account = world.accounts.get(user_id)
    if account is None or (not isinstance(chat, Group) and chat.id != user_id):
        bad("user not found")
    role = chat.roles.get(user_id) if isinstance(chat, Group) else "member"
    return world.member_raw(account.raw(), role)


@method("getChatAdministrators")
def get_chat_administrators(world: World, args: Arguments, uploads: Uploads) -> list[Raw]:
    """List the people (no bots) who lead a group."""
    group = _group(world, args)
    return [
        world.member_raw(world.accounts[id_].raw(), role)
        for id_, role in group.roles.items()
        if role in ("creator", "administrator")
    ]


@method("getChatMemberCount")
def get_chat_member_count(world: World, args: Arguments, uploads: Uploads) -> int:
    """Count the members, the bot among them."""
    chat = world.target(args["chat_id"])
    return len(chat.members) + 1 if isinstance(chat, Group) else 2


@method("leaveChat")
def leave_chat(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Leave a group; it answers 403 from then on."""
    chat = world.target(args["chat_id"])
    if not isinstance(chat, Group):
        bad("chat member status can't be changed in private chats")
    world.post(chat, world.bot_raw(), {"left_chat_member": world.bot_raw()})
    world.change_bot_role(chat, world.bot_raw(), "left")
    return True


def _message(world: World, args: Arguments, verb: str) -> tuple[Chat, Message]:
    chat = world.target(args["chat_id"])
    message = chat.find(args.get("message_id") or 0)
    if message is None:
        bad(f"message to {verb} not found")
    return chat, message


def _may_pin(chat: Chat) -> None:
    if not chat.bot_is_admin:
        bad("not enough rights to manage pinned messages in the chat")


@method("pinChatMessage")
def pin_chat_message(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Pin, with a service message that the bot gets too; needs an administrator in groups."""
    chat, message = _message(world, args, "pin")
    _may_pin(chat)
    if message not in chat.pinned:
        chat.pinned.append(message)
        world.service(chat, world.bot_raw(), thread_id=message.thread_id, pinned_message=message.payload())
    return True


@method("unpinChatMessage")
def unpin_chat_message(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Unpin one message, by default the newest."""
    chat = world.target(args["chat_id"])
    _may_pin(chat)
    wanted = args.get("message_id")
    pinned = [m for m in chat.pinned if wanted is None or m.message_id == wanted]
    if not pinned:
        bad("message to unpin not found")
    chat.pinned.remove(pinned[-1])
    world.changed()
    return True


@method("unpinAllChatMessages")
def unpin_all(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Unpin everything."""
    chat = world.target(args["chat_id"])
    _may_pin(chat)
    chat.pinned.clear()
    world.changed()
    return True


@method("setMessageReaction")
def set_message_reaction(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Put one emoji under a message, or take the bot's own away."""
    _, message = _message(world, args, "react")
    reaction: list[dict[str, Any]] = args.get("reaction") or []
    if message.kind == "service":
        bad("MESSAGE_ID_INVALID")
    if len(reaction) > 1:
        bad("REACTIONS_TOO_MANY")
    if any(item["type"] != "emoji" for item in reaction):
        not_here("reactions other than emoji")
    if any(item["emoji"] not in REACTIONS for item in reaction):
        bad("REACTION_INVALID")
    message.reacted.pop(world.bot_id, None)
    for item in reaction:
        message.reacted[world.bot_id] = item["emoji"]
    world.changed()
    return True


@method("getFile")
def get_file(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Prepare a download, up to 20 MB."""
    stored = world.files.get(str(args["file_id"]))
    if len(stored.data) > DOWNLOAD_MAX:
        bad("file is too big")
    return {
        "file_id": args["file_id"],
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": f"{stored.kind}/{stored.file_id}",
    }
