"""One act of a person, told as JSON: {"account": 7000000001, "do": "says", "text": "..."}.

Messages are named by their id, in the chat `group` or, without it, the private chat. What can be done:
start, says, sends, edits, deletes, taps, reacts, blocks, unblocks, joins, leaves, adds_bot, removes_bot,
upgrade (of a group).
"""

import base64
from typing import Any

from sandbox.chats import Chat, Group
from sandbox.message import Message
from sandbox.people import Account
from sandbox.rules import Impossible
from sandbox.telegram import Telegram

Json = dict[str, Any]
_ON_MESSAGE = ("edits", "deletes", "reacts", "moves")
_IN_GROUP = ("joins", "leaves", "adds_bot", "removes_bot")
_ALONE = ("start", "blocks", "unblocks", "deactivates")


def act(telegram: Telegram, asked: Json) -> Json:
    """Do it, and tell the message or callback query that came of it."""
    fields = dict(asked)
    account = telegram.accounts[int(fields.pop("account"))]
    do = str(fields.pop("do"))
    group_id = fields.pop("group", None)
    group = telegram.groups[int(group_id)] if group_id is not None else None
    outcome = _act(account, do, group, fields)
    telegram.changed()
    if isinstance(outcome, Message):
        return {"message_id": outcome.message_id, "chat_id": outcome.chat_id}
    return {"callback_query_id": outcome} if isinstance(outcome, str) else {}


def _act(account: Account, do: str, group: Group | None, fields: Json) -> object:
    place: Chat = group or account.chat
    if do in _ALONE:
        return getattr(account, do)(**fields)
    if do in _IN_GROUP or do == "upgrade":
        if group is None:
            raise Impossible(f"{do} needs a group")
        return group.upgrade() and None if do == "upgrade" else getattr(account, do)(group, **fields)
    if do in _ON_MESSAGE:
        return getattr(account, do)(_message(place, fields.pop("message")), **fields)
    if do == "taps":
        on = fields.pop("on", None)
        return account.taps(on=None if on is None else _message(place, on), chat=group, **fields)
    if do in ("says", "sends"):
        reply_to = fields.pop("reply_to", None)
        fields["reply_to"] = None if reply_to is None else _message(place, reply_to)
        if isinstance(fields.get("data"), str):
            fields["data"] = base64.b64decode(fields["data"])
        return getattr(account, do)(chat=group, **fields)
    raise Impossible(f"nobody can {do}")


def _message(chat: Chat, message_id: object) -> Message:
    for message in reversed(chat.messages):
        if message.message_id == int(str(message_id)):
            return message
    raise Impossible(f"no message {message_id} in this chat")
