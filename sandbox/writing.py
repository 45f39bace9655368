"""What people write and send, edit and delete, and the updates that follow."""

import re
import secrets
from typing import TYPE_CHECKING, Any

from sandbox.chats import Chat, Group, PrivateChat
from sandbox.markup import with_found
from sandbox.media import FILE_KINDS, OTHER_KINDS, WITH_CAPTION
from sandbox.message import Message, Raw
from sandbox.rules import CAPTION_MAX, EDIT_WITHIN, TEXT_MAX, Impossible, utf16_len

if TYPE_CHECKING:
    from sandbox.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # core.telegram.org/bots/features, "Deep linking"


class Writer:
    """The part of an `Account` that writes."""

    _world: "World"
    id: int
    first_name: str
    username: str | None
    language_code: str
    started: bool
    blocked: bool
    chat: PrivateChat

    def raw(self) -> Raw:
        """The Bot API's User."""
        whole: Raw = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            whole["username"] = self.username
        return {**whole, "language_code": self.language_code}

    def start(self, payload: str | None = None) -> Message:
        """Press Start (or Restart after blocking), perhaps through a link t.me/<bot>?start=<payload>."""
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise Impossible("a start link carries 1-64 of A-Z a-z 0-9 _ -")
        if self.blocked:
            self.unblocks()
        return self.says("/start" if payload is None else f"/start {payload}")

    def says(
        self,
        text: str,
        *,
        chat: Group | None = None,
        reply_to: Message | None = None,
        entities: list[Raw] | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Write; the app cuts what is longer than 4096 into several messages, and the last is returned."""
        parts = [text[start : start + TEXT_MAX] for start in range(0, len(text), TEXT_MAX)]
        if not text.strip():
            raise Impossible("the app sends no empty message")
        for part in parts:
            content: Raw = {"text": part}
            if found := with_found(part, list(entities or [])):
                content["entities"] = found
            message = self._send(content, chat, reply_to, thread_id)
        return message

    def sends(
        self,
        kind: str,
        *,
        chat: Group | None = None,
        caption: str | None = None,
        file_id: str | None = None,
        album: str | None = None,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        view_once: bool = False,
        data: bytes | None = None,
        **fields: Any,
    ) -> Message:
        """Send a photo, voice, document, location …; `fields` go into the Bot API's object of that kind.

        Messages with the same `album` belong together. A `view_once` photo or video never reaches a bot.
        """
        if caption is not None and (kind not in WITH_CAPTION or utf16_len(caption) > CAPTION_MAX):
            raise Impossible(f"the app puts no such caption on a {kind}")
        content = self._content(kind, file_id, data, fields)
        if caption:
            content["caption"] = caption
            if found := with_found(caption, []):
                content["caption_entities"] = found
        if album is not None:
            content["media_group_id"] = album
        return self._send(content, chat, reply_to, thread_id, hidden=view_once)

    def _content(self, kind: str, file_id: str | None, data: bytes | None, fields: Raw) -> Raw:
        if kind in FILE_KINDS:
            value = self._world.files.add(kind, data, file_id, **fields).content()
            return {"animation": value, "document": value} if kind == "animation" else {kind: value}
        if kind in OTHER_KINDS:
            return {kind: {**OTHER_KINDS[kind], **fields}}
        if kind == "venue":
            location = {**OTHER_KINDS["location"]}
            venue = {"location": location, "title": "Place", "address": "Street 1", **fields}
            return {"venue": venue, "location": venue["location"]}
        if kind == "story":
            return {"story": {"chat": {**self.chat.raw()}, "id": secrets.randbelow(1000) + 1, **fields}}
        if kind == "poll":
            return {"poll": poll_raw(fields.pop("question", "?"), fields.pop("options", ["1", "2"]), **fields)}
        raise ValueError(f"unknown kind {kind!r}")

    def _send(
        self,
        content: Raw,
        group: Group | None,
        reply_to: Message | None,
        thread_id: int | None,
        *,
        hidden: bool = False,
    ) -> Message:
        chat = self._own_chat(group)
        if thread_id is None and reply_to is not None:
            thread_id = reply_to.thread_id
        if thread_id is not None and (thread_id not in chat.topics or chat.topics[thread_id].closed):
            raise Impossible(f"there is no open topic {thread_id}")
        if reply_to is not None and (reply_to.gone or reply_to.chat is not chat):
            raise Impossible("the message to reply to is not in this chat")
        message = self._world.post(chat, self.raw(), content, thread_id=thread_id, reply_to=reply_to)
        if hidden:
            message.seen_by_bot = False  # server, Client.cpp: self-destructing media are skipped
        else:
            self._world.deliver("message", message)
        return message

    def _own_chat(self, group: Group | None) -> Chat:
        if group is None:
            if self.blocked:
                raise Impossible("the app lets nobody write to a bot she has blocked")
            self.started = True
            return self.chat
        self._must_be_in(group)
        return group

    def _must_be_in(self, group: Group) -> None:
        if group.roles.get(self.id) not in ("creator", "administrator", "member"):
            raise Impossible(f"{self.first_name} is not in {group.title}")

    def edits(self, message: Message, text: str) -> Message:
        """Change the text or caption of her own message (the app lets her for 48 hours)."""
        if message.sender_id != self.id or message.gone or message.raw.get("forward_origin"):
            raise Impossible("she can edit her own messages only")
        if self._world.clock() - message.at > EDIT_WITHIN:
            raise Impossible("messages can be edited for 48 hours")
        field = "text" if message.kind == "text" else "caption"
        prefix = "" if field == "text" else "caption_"
        fields: Raw = {field: text, f"{prefix}entities": with_found(text, []) or None}
        self._changed(message, fields)
        return message

    def moves(self, message: Message, latitude: float, longitude: float) -> None:
        """Move a live location on; the bot gets it as an edited message."""
        location = {**message.raw["location"], "latitude": latitude, "longitude": longitude}
        self._changed(message, {"location": location})

    def _changed(self, message: Message, fields: Raw) -> None:
        message.change(**fields, edit_date=int(self._world.clock().timestamp()))
        if message.seen_by_bot:
            self._world.deliver("edited_message", message)
        self._world.changed()

    def deletes(self, message: Message) -> None:
        """Delete her own message, or in the private chat any; the Bot API tells no bot of it."""
        if message.sender_id != self.id and message.chat is not self.chat:
            raise Impossible("she can delete her own messages only")
        message.chat.remove(message)

    def unblocks(self) -> None:
        """Unblock the bot."""
        raise NotImplementedError


def poll_raw(question: str, options: list[Any], **fields: Any) -> Raw:
    """The Bot API's Poll, as new."""
    texts = [option["text"] if isinstance(option, dict) else str(option) for option in options]
    return {
        "id": str(secrets.randbits(62)),
        "question": question,
        "options": [
            {"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(texts)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
        **fields,
    }
