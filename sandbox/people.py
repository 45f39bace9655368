"""People with the app: what they can do and what they see. Each act makes the updates it makes at Telegram."""

import re
import secrets
from typing import TYPE_CHECKING, Any, Literal

from sandbox.chats import Chat, Group, PrivateChat
from sandbox.markup import with_found
from sandbox.media import FILE_KINDS, OTHER_KINDS, WITH_CAPTION
from sandbox.message import Message, Raw
from sandbox.queries import CallbackAnswer, CallbackQuery
from sandbox.rules import CAPTION_MAX, EDIT_WITHIN, REACTIONS, TEXT_MAX, Impossible, utf16_len

if TYPE_CHECKING:
    from sandbox.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # core.telegram.org/bots/features, "Deep linking"


class Account:
    """A person with the Telegram app."""

    def __init__(
        self,
        world: "World",
        id: int,  # noqa: A002 - Telegram's own word
        first_name: str,
        username: str | None,
        language_code: str,
    ) -> None:
        self._world = world
        self.id = id
        self.first_name = first_name
        self.username = username
        self.language_code = language_code
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.chat = PrivateChat(world, id, account=self)

    def __repr__(self) -> str:
        return f"<Account {self.first_name} {self.id}>"

    def raw(self) -> Raw:
        """The Bot API's User."""
        whole: Raw = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            whole["username"] = self.username
        return {**whole, "language_code": self.language_code}

    # What she sees

    @property
    def messages(self) -> list[Message]:
        """Her private chat with the bot, both directions, oldest first; what was deleted is gone."""
        return self.chat.messages

    @property
    def last(self) -> Message:
        """The bot's last message to her; IndexError if it has said nothing."""
        return self.chat.last

    @property
    def alerts(self) -> list[CallbackAnswer]:
        """The answers to her taps that she saw: toasts, and alerts if `show_alert`."""
        return [answer for answer in self._world.answers if answer.account_id == self.id and answer.text]

    # What she writes

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

    # What she taps

    def taps(
        self,
        label_or_data: str,
        *,
        on: Message | None = None,
        chat: Group | None = None,
        by: Literal["label", "data"] = "label",
    ) -> str:
        """Tap a button, by default on the newest message that has it; returns the id of the callback query.

        With `by="data"` and `on`, any data can be forged, as a hostile app may. A button of a reply keyboard
        sends its text, a link to the bot opens the chat and presses Start; both return "".
        """
        place: Chat = on.chat if on is not None else chat or self.chat
        if isinstance(place, Group):
            self._must_be_in(place)
        elif place is not self.chat:
            raise Impossible("that is another person's chat")
        message = on or self._newest_with(place, label_or_data, by)
        button = message.button(label_or_data, by)
        if button is None and by == "label":
            raise Impossible(f"no button {label_or_data!r} there, only {message.labels}")
        if button is None or button.data is not None:
            data = label_or_data if button is None or button.data is None else button.data
            return self._query(message, data)
        if button.disabled:
            raise Impossible(f"the button {label_or_data!r} is disabled")
        if not message.has_inline_keyboard:
            self._tap_reply_button(button.request, button.text, chat)
            return ""
        return self._open_link(button.url)

    def _newest_with(self, place: Chat, wanted: str, by: str) -> Message:
        replies_seen = False
        for message in reversed(place.messages):
            is_reply_keyboard = message.reply_keyboard is not None
            if message.button(wanted, by) is not None and not (is_reply_keyboard and replies_seen):
                return message
            replies_seen = replies_seen or is_reply_keyboard
        if by == "data":
            return place.last
        seen = [label for message in place.messages[-5:] for label in message.labels]
        raise Impossible(f"no button {wanted!r} in this chat; the newest are {seen}")

    def _query(self, message: Message, data: str) -> str:
        world = self._world
        query = CallbackQuery(str(secrets.randbits(62)), self, world.clock())
        world.queries[query.id] = query
        shown = message.payload()
        if message.gone:  # Bot API, InaccessibleMessage: "deleted or otherwise inaccessible to the bot"
            shown = {"chat": message.raw["chat"], "message_id": message.message_id, "date": 0}
        payload = {
            "id": query.id,
            "from": self.raw(),
            "message": shown,
            "chat_instance": str(message.chat_id),
            "data": data,
        }
        world.queue.put("callback_query", payload, message.chat_id)
        return query.id

    def _tap_reply_button(self, request: str | None, text: str, chat: Group | None) -> None:
        if request == "contact":
            self.sends("contact", first_name=self.first_name, user_id=self.id)
        elif request == "location":
            self.sends("location")
        else:
            self.says(text, chat=chat)

    def _open_link(self, url: str | None) -> str:
        prefix = f"t.me/{self._world.bot_username}?start="
        plain = (url or "").removeprefix("https://").removeprefix("http://")
        if plain.startswith(prefix):
            self.start(plain.removeprefix(prefix))
        return ""

    def reacts(self, message: Message, emoji: str | None) -> None:
        """Put a reaction under a message, or take it away; a bot hears of it where Telegram tells it."""
        if emoji is not None and emoji not in REACTIONS:
            raise Impossible(f"the app has no reaction {emoji!r}")
        old = message.reacted.pop(self.id, None)
        if emoji is not None:
            message.reacted[self.id] = emoji
        world, chat = self._world, message.chat
        world.changed()
        if not chat.bot_is_admin or old == emoji:  # Bot API, message_reaction: "must be an administrator"
            return
        payload = {
            "chat": chat.raw(),
            "message_id": message.message_id,
            "user": self.raw(),
            "date": int(world.clock().timestamp()),
            "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        world.queue.put("message_reaction", payload, chat.id)

    # Where she is

    def blocks(self) -> None:
        """Block the bot; it hears of it as my_chat_member."""
        if not self.blocked:
            self.blocked = True
            self._tell_blocked("member", "kicked")

    def unblocks(self) -> None:
        """Unblock the bot."""
        if self.blocked:
            self.blocked = False
            self._tell_blocked("kicked", "member")

    def _tell_blocked(self, old: str, new: str) -> None:
        if self.started:
            self._world.member_changed("my_chat_member", self.chat, self.raw(), self._world.bot_raw(), old, new)
        self._world.changed()

    def deactivates(self) -> None:
        """Delete her Telegram account."""
        self.deactivated = True
        self._world.changed()

    def joins(self, group: Group) -> None:
        """Enter a group; the first to enter founded it."""
        if self in group.members:
            return
        role = "member" if group.members else "creator"
        self._world.change_role(group, self, self.raw(), role)
        self._world.service(group, self.raw(), new_chat_members=[self.raw()])

    def leaves(self, group: Group) -> None:
        """Leave a group."""
        self._must_be_in(group)
        self._world.service(group, self.raw(), left_chat_member=self.raw())
        self._world.change_role(group, self, self.raw(), "left")

    def adds_bot(self, group: Group, *, admin: bool = False) -> None:
        """Add the bot to a group, perhaps as an administrator (or make it one, or make it one no more)."""
        self.joins(group)
        was_in = group.bot_is_in
        self._world.change_bot_role(group, self.raw(), "administrator" if admin else "member")
        if not was_in:
            self._world.service(group, self.raw(), new_chat_members=[self._world.bot_raw()])

    def removes_bot(self, group: Group) -> None:
        """Throw the bot out of a group."""
        self._must_be_in(group)
        self._world.change_bot_role(group, self.raw(), "kicked")


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
