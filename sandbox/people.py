"""People with the app: what they see, tap and join. Each act makes the updates it makes at Telegram."""

import secrets
from typing import TYPE_CHECKING, Literal

from sandbox.chats import Chat, Group, PrivateChat
from sandbox.message import Message
from sandbox.queries import CallbackAnswer, CallbackQuery
from sandbox.rules import REACTIONS, Impossible
from sandbox.writing import Writer

if TYPE_CHECKING:
    from sandbox.world import World


class Account(Writer):
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
