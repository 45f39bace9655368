"""The state of our Telegram: people, groups, messages, files, and the updates that follow from a change."""

import itertools
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.chats import ADMIN_RIGHTS, RESTRICTED, Chat, Group, PrivateChat
from sandbox.markup import Entity, formatted
from sandbox.media import Files
from sandbox.message import Message, Raw
from sandbox.pace import Pace
from sandbox.people import Account
from sandbox.queries import CallbackAnswer, CallbackQuery
from sandbox.queue import UpdateQueue
from sandbox.rules import QUERY_LIFE, Limits, bad, forbid

_SUPERGROUP_BASE = -1_002_000_000_000


class World:
    """All that Telegram knows, and what must happen together when something changes."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        token: str = "42:sandbox",
        bot_username: str = "zhanynda_bot",
        limits: Limits | None,
        topics: bool = False,
    ) -> None:
        self.clock = clock
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.bot_username = bot_username
        self.bot_first_name = bot_username
        self.topics = topics
        self.query_life = QUERY_LIFE
        self.accounts: dict[int, Account] = {}
        self.groups: dict[int, Group] = {}
        self.upgraded: dict[int, int] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.answers: list[CallbackAnswer] = []
        self.commands: dict[tuple[str, str], list[Raw]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, Raw] = {}
        self.webhook: Raw = {}
        self.files = Files()
        self.queue = UpdateQueue(clock)
        self.pace = Pace(limits)
        self._listeners: list[Callable[[], None]] = []
        self._shared_ids = itertools.count(secrets.randbelow(1000) + 1)  # private chats and small groups
        self._own_ids: dict[int, itertools.count[int]] = {}  # each supergroup counts by itself
        self._account_ids = itertools.count(7_000_000_001)  # beyond 32 bits, as real ones are
        self._group_ids = itertools.count(4_000_001)

    # People and groups

    def account(
        self,
        first_name: str,
        *,
        username: str | None = None,
        language_code: str = "ru",
        id: int | None = None,  # noqa: A002 - Telegram's own word
    ) -> Account:
        """Let a person install the app."""
        account = Account(self, id or next(self._account_ids), first_name, username, language_code)
        self.accounts[account.id] = account
        self.changed()
        return account

    def group(self, title: str, *, id: int | None = None, supergroup: bool = True) -> Group:  # noqa: A002
        """Found a group, without members and without the bot."""
        if id is None:
            id = self.new_supergroup_id() if supergroup else -next(self._group_ids)  # noqa: A001
        group = Group(self, id, title=title, supergroup=supergroup)
        self.groups[group.id] = group
        self.changed()
        return group

    def new_supergroup_id(self) -> int:
        """Take the next id of a supergroup."""
        return _SUPERGROUP_BASE - next(self._group_ids)

    def rename_group(self, group: Group, new_id: int) -> None:
        """Give a group its new id; the old one points to it from now on."""
        self.upgraded[group.id] = new_id
        del self.groups[group.id]
        group.id = new_id
        self.groups[new_id] = group

    # Who is where

    def bot_raw(self) -> Raw:
        """The bot as a Bot API User."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.bot_first_name,
            "username": self.bot_username,
        }

    def known_chat(self, chat_id: object) -> Chat:
        """Find a chat the bot has met; 400 otherwise."""
        try:
            number = int(str(chat_id))
        except ValueError:
            bad("chat not found")
        if number in self.accounts:
            return self.accounts[number].chat
        if number in self.upgraded:
            bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.upgraded[number])
        group = self.groups.get(number)
        if group is None or group.bot_role is None:
            bad("chat not found")
        return group

    def target(self, chat_id: object) -> Chat:
        """Find a chat the bot may write to; 403 if it may not."""
        chat = self.known_chat(chat_id)
        if isinstance(chat, Group):
            if chat.bot_role == "kicked":
                forbid(f"bot was kicked from the {chat.type} chat")
            if not chat.bot_is_in:
                forbid(f"bot is not a member of the {chat.type} chat")
        elif isinstance(chat, PrivateChat):
            if chat.account.deactivated:
                forbid("user is deactivated")
            if chat.account.blocked:
                forbid("bot was blocked by the user")
            if not chat.account.started:
                forbid("bot can't initiate conversation with a user")
        return chat

    def spend(self, chat: Chat, messages: int = 1) -> None:
        """Count messages against the pace limits; 429 if they go too fast."""
        self.pace.spend(chat.id, private=chat.private, now=self.clock(), messages=messages)

    def pace_check(self, chat: Chat) -> None:
        """Refuse with 429 as `spend` would, without counting: before an upload is taken."""
        self.pace.spend(chat.id, private=chat.private, now=self.clock(), messages=0)

    # Messages

    def text(self, text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
        """Read formatted text; a mention of somebody unknown to the bot loses its link."""
        plain, found = formatted(text, parse_mode, entities)
        kept = [mention for entity in found if (mention := self._mention(entity)) is not None]
        return plain, kept

    def _mention(self, entity: Entity) -> Entity | None:
        if entity["type"] == "text_mention":
            wanted = str(entity["user"]["id"])
        elif str(entity.get("url", "")).startswith("tg://user?id="):
            wanted = entity["url"].removeprefix("tg://user?id=")
        else:
            return entity
        account = self.accounts.get(int(wanted)) if wanted.isdigit() else None
        if account is None:
            return None
        place = {key: entity[key] for key in ("offset", "length")}
        return {"type": "text_mention", **place, "user": account.raw()}

    def post(
        self,
        chat: Chat,
        sender: Raw,
        content: Raw,
        *,
        thread_id: int | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Put a message into a chat, without telling the bot."""
        if isinstance(chat, Group) and chat.supergroup:
            ids = self._own_ids.setdefault(chat.id, itertools.count(secrets.randbelow(1000) + 1))
        else:
            ids = self._shared_ids
        now = self.clock()
        raw: Raw = {
            "message_id": next(ids),
            "from": sender,
            "chat": chat.raw(),
            "date": int(now.timestamp()),
            **content,
        }
        if thread_id is not None:
            raw |= {"message_thread_id": thread_id, "is_topic_message": True}
        message = Message(chat, raw, now, from_bot=sender["id"] == self.bot_id)
        message.reply_to = reply_to
        chat.by_id[message.message_id] = message
        self.changed()
        return message

    def service(self, chat: Chat, actor: Raw, *, thread_id: int | None = None, **content: Any) -> Message:
        """Put a service message into a chat; a bot that is there always gets it (FAQ, privacy mode)."""
        message = self.post(chat, actor, content, thread_id=thread_id)
        self.deliver("message", message, always=True)
        return message

    def deliver(self, kind: str, message: Message, *, always: bool = False) -> None:
        """Make an update of a message, unless the bot can't see it (privacy mode, not in the group, blocked)."""
        message.seen_by_bot = self._bot_sees(message)
        if message.seen_by_bot and (always or self._privacy_allows(message)):
            self.queue.put(kind, message.payload(), message.chat_id)

    def _bot_sees(self, message: Message) -> bool:
        chat = message.chat
        return chat.bot_is_in if isinstance(chat, Group) else True

    def _privacy_allows(self, message: Message) -> bool:
        """Privacy mode (core.telegram.org/bots/features): commands, replies to the bot; an admin sees all."""
        if message.chat.bot_is_admin:
            return True
        if message.reply_to is not None and message.reply_to.from_bot:
            return True
        if not any(entity["type"] == "bot_command" and entity["offset"] == 0 for entity in message.entities):
            return False
        command = (message.text or message.caption).split()[0]
        addressee = command.partition("@")[2].lower()
        return addressee in ("", self.bot_username.lower())

    # Membership

    def member_raw(self, user: Raw, role: str | None) -> Raw:
        """The Bot API's ChatMember."""
        whole: Raw = {"user": user, "status": role or "left"}
        if role == "administrator":
            return {**whole, **ADMIN_RIGHTS}
        if role == "restricted":
            return {**whole, **RESTRICTED}
        if role == "creator":
            return {**whole, "is_anonymous": False}
        return {**whole, "until_date": 0} if role == "kicked" else whole

    def member_changed(self, kind: str, chat: Chat, actor: Raw, user: Raw, old: str | None, new: str) -> None:
        """Make a `my_chat_member` or `chat_member` update."""
        payload = {
            "chat": chat.raw(),
            "from": actor,
            "date": int(self.clock().timestamp()),
            "old_chat_member": self.member_raw(user, old),
            "new_chat_member": self.member_raw(user, new),
        }
        self.queue.put(kind, payload, chat.id)
        self.changed()

    def enters(self, group: Group, chat: Raw, actor: Raw) -> None:
        """Make the `my_chat_member` update of a bot that an upgrade has brought into a supergroup."""
        payload = {
            "chat": chat,
            "from": actor,
            "date": int(self.clock().timestamp()),
            "old_chat_member": self.member_raw(self.bot_raw(), "left"),
            "new_chat_member": self.member_raw(self.bot_raw(), group.bot_role),
        }
        self.queue.put("my_chat_member", payload, int(chat["id"]))

    def change_role(self, group: Group, account: Account, actor: Raw, role: str) -> None:
        """Change a person's status; a bot that is an administrator hears of it (Bot API, chat_member)."""
        old = group.roles.get(account.id)
        group.roles[account.id] = role
        if group.bot_is_admin:
            self.member_changed("chat_member", group, actor, account.raw(), old, role)
        self.changed()

    def change_bot_role(self, group: Group, actor: Raw, role: str) -> None:
        """Change the bot's own status in a group."""
        old, group.bot_role = group.bot_role, role
        self.member_changed("my_chat_member", group, actor, self.bot_raw(), old, role)

    # Who watches

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after every change; returns a function that ends it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback) if callback in self._listeners else None

    def changed(self) -> None:
        """Tell who watches."""
        for callback in list(self._listeners):
            callback()
