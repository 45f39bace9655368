"""What the page and other processes see of the fake, as plain JSON."""

from dataclasses import asdict
from typing import Any

from sandbox.chats import Chat
from sandbox.clock import MovableClock
from sandbox.menu import visible_commands
from sandbox.message import Message
from sandbox.people import Account
from sandbox.stage import Stage
from sandbox.telegram import Call, Telegram

Json = dict[str, Any]
_SHOWN = ("duration", "file_name", "title", "performer", "emoji", "mime_type", "width", "height")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")  # what the page can show; all else gets a placeholder
_WHOLE = ("contact", "location", "venue", "poll", "dice")


def message_view(message: Message) -> Json:
    """One message, with all a phone draws of it."""
    raw, file = message.raw, message.file_id
    value: Any = raw.get(message.kind)
    media: Json = {}
    if file is not None:
        content = value[-1] if isinstance(value, list) else value
        media = {"file_id": file} | {key: content[key] for key in _SHOWN if key in content}
        media["picture"] = message.chat.world.files.get(file).data.startswith(_PICTURES)
    elif message.kind in _WHOLE:
        media = dict(value)
    origin = raw.get("forward_origin", {}).get("sender_user", {})
    topic = raw.get("forum_topic_created") or raw.get("forum_topic_edited") or {}
    return {
        "id": message.message_id,
        "chat_id": message.chat_id,
        "from_bot": message.from_bot,
        "sender": {"id": message.sender_id, "name": raw["from"]["first_name"]},
        "date": message.date,
        "kind": message.kind,
        "service": message.service,
        "service_names": [user["first_name"] for user in raw.get("new_chat_members", [])] or [topic.get("name")],
        "text": message.text,
        "caption": message.caption,
        "entities": message.entities,
        "media": media,
        "spoiler": bool(raw.get("has_media_spoiler")),
        "buttons": [[asdict(button) for button in row] for row in message.buttons],
        "inline": message.has_inline_keyboard,
        "reply_keyboard": message.reply_keyboard,
        "reply_to": message.reply_to_message_id,
        "reply_text": _excerpt(message.reply_to),
        "album": message.album,
        "thread_id": message.thread_id,
        "protected": message.protected,
        "edited": message.edited,
        "seen_by_bot": message.seen_by_bot,
        "forwarded_from": origin.get("first_name"),
        "reactions": [{"by": who, "emoji": emoji} for who, emoji in message.reacted.items()],
    }


def _excerpt(message: Message | None) -> str | None:
    if message is None:
        return None
    return (message.text or message.caption or message.kind)[:80]


def chat_view(chat: Chat, last: int = 200) -> Json:
    """A chat's newest messages and its topics."""
    return {
        "chat_id": chat.id,
        "messages": [message_view(message) for message in chat.messages[-last:]],
        "topics": [asdict(topic) for topic in chat.topics.values()],
        "pinned": [message.message_id for message in chat.pinned],
    }


def account_view(telegram: Telegram, account: Account, last: int = 200) -> Json:
    """A person: her private chat, what her taps showed her, and her command menus by chat."""
    menus: dict[str, Any] = {str(account.id): visible_commands(telegram, account, account.chat)}
    for group in telegram.groups.values():
        if account in group.members:
            menus[str(group.id)] = visible_commands(telegram, account, group)
    return {
        "id": account.id,
        "first_name": account.first_name,
        "username": account.username,
        "language_code": account.language_code,
        "started": account.started,
        "blocked": account.blocked,
        "chat": chat_view(account.chat, last),
        "answers": [asdict(answer) for answer in telegram.answers[-200:] if answer.account_id == account.id],
        "menus": menus,
    }


def state_view(telegram: Telegram, stage: Stage, last: int = 200) -> Json:
    """All that the page shows."""
    groups = [
        {
            "id": group.id,
            "title": group.title,
            "members": [account.id for account in group.members],
            "roles": {str(key): role for key, role in group.roles.items()},
            "bot_role": group.bot_role,
            "chat": chat_view(group, last),
        }
        for group in telegram.groups.values()
    ]
    return {
        "now": telegram.clock().isoformat(),
        "clock_moves": isinstance(telegram.clock, MovableClock),
        "bot": {"id": telegram.bot_id, "username": telegram.bot_username, "name": telegram.bot_first_name},
        "accounts": [account_view(telegram, account, last) for account in telegram.accounts.values()],
        "groups": groups,
        "phones": stage.view(telegram),
        "counters": counters_view(telegram),
    }


def counters_view(telegram: Telegram) -> Json:
    """How much was called, and how much waits."""
    return {
        "calls": telegram.call_count,
        "by_outcome": {f"{method} {code}": count for (method, code), count in telegram.outcomes.items()},
        "pending_updates": telegram.pending_update_count,
        "answers": len(telegram.answers),
    }


def call_view(call: Call) -> Json:
    """One call of the bot."""
    return {**asdict(call), "at": call.at.isoformat(), "params": dict(call.params)}
