"""Chats: a person's private chat with the bot, and groups with their members and topics."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.message import Message
from sandbox.rules import bad

if TYPE_CHECKING:
    from sandbox.people import Account
    from sandbox.world import World

Raw = dict[str, Any]
ADMIN_RIGHTS: Raw = {  # Bot API, ChatMemberAdministrator
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": True,
    "can_manage_video_chats": True, "can_restrict_members": True, "can_promote_members": False,
    "can_change_info": True, "can_invite_users": True, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False, "can_pin_messages": True, "can_manage_topics": True,
    "can_send_welcome_messages": True,
}  # fmt: skip
RESTRICTED: Raw = {  # Bot API, ChatMemberRestricted
    "is_member": True, "until_date": 0, **dict.fromkeys((
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
        "can_pin_messages", "can_manage_topics",
    ), False),
}  # fmt: skip


@dataclass
class Topic:
    """A topic of a group or, where the bot has topics on, of a private chat."""

    thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False

    def raw(self) -> Raw:
        """The Bot API's ForumTopic."""
        whole = {"message_thread_id": self.thread_id, "name": self.name, "icon_color": self.icon_color}
        return {**whole, **({"icon_custom_emoji_id": self.icon_custom_emoji_id} if self.icon_custom_emoji_id else {})}


@dataclass
class Chat:
    """What both kinds of chat have: messages by id, topics, what is pinned."""

    world: "World"
    id: int
    by_id: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[Message] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """Whether it is a person's chat with the bot."""
        return False

    @property
    def bot_is_admin(self) -> bool:
        """Whether the bot may delete what others wrote, pin and manage topics here."""
        return self.private

    def raw(self) -> Raw:
        """The Bot API's Chat."""
        raise NotImplementedError

    @property
    def messages(self) -> list[Message]:
        """What a person sees in this chat, oldest first; deleted messages are gone."""
        return list(self.by_id.values())

    @property
    def last(self) -> Message:
        """The bot's last message here; IndexError if it has said nothing."""
        for message in reversed(self.messages):
            if message.from_bot and message.kind != "service":
                return message
        raise IndexError(f"the bot has said nothing in chat {self.id}")

    def find(self, message_id: int) -> Message | None:
        """Find a message that the bot can know of."""
        message = self.by_id.get(message_id)
        return message if message is not None and message.seen_by_bot else None

    def remove(self, message: Message) -> None:
        """Take a message away for everybody."""
        message.gone = True
        self.by_id.pop(message.message_id, None)
        if message in self.pinned:
            self.pinned.remove(message)
        self.world.changed()

    def topic(self, thread_id: int) -> Topic:
        """Find a topic; 400 if it was deleted or never was."""
        topic = self.topics.get(thread_id)
        if topic is None:
            bad("message thread not found")
        return topic


@dataclass
class PrivateChat(Chat):
    """One person and the bot."""

    account: "Account" = field(kw_only=True)

    @property
    def private(self) -> bool:
        """Always."""
        return True

    def raw(self) -> Raw:
        """The Bot API's Chat of a person."""
        user = self.account.raw()
        return {key: user[key] for key in ("id", "first_name", "username") if key in user} | {"type": "private"}


@dataclass
class Group(Chat):
    """A group or supergroup. `roles` and `bot_role` are the statuses of the Bot API's ChatMember."""

    title: str = field(kw_only=True)
    supergroup: bool = field(kw_only=True, default=True)
    roles: dict[int, str] = field(default_factory=dict, kw_only=True)
    bot_role: str | None = field(default=None, kw_only=True)
    public_name: str | None = field(default=None, kw_only=True)
    members_write: bool = field(default=True, kw_only=True)
    _before_upgrade: list[Message] = field(default_factory=list, kw_only=True)

    @property
    def bot_is_in(self) -> bool:
        """Whether the bot is a member now."""
        return self.bot_role in ("member", "administrator", "restricted")

    @property
    def bot_writes(self) -> bool:
        """Whether the bot may write here: as an administrator always, else unless it is restricted, or all are."""
        return self.bot_is_admin or (self.members_write and self.bot_role != "restricted")

    @property
    def bot_is_admin(self) -> bool:
        """Whether the bot is an administrator here."""
        return self.bot_role == "administrator"

    @property
    def type(self) -> str:
        """ "supergroup" or "group", as the Bot API says it."""
        return "supergroup" if self.supergroup else "group"

    @property
    def members(self) -> list["Account"]:
        """The people in it."""
        inside = ("creator", "administrator", "member")
        return [self.world.accounts[id_] for id_, role in self.roles.items() if role in inside]

    @property
    def messages(self) -> list[Message]:
        """What people see, with what was said before an upgrade."""
        return [*self._before_upgrade, *self.by_id.values()]

    def raw(self) -> Raw:
        """The Bot API's Chat of a group."""
        whole: Raw = {"id": self.id, "type": self.type, "title": self.title}
        if self.public_name:
            whole["username"] = self.public_name
        return {**whole, "is_forum": True} if self.topics else whole

    def promotes(self, account: "Account") -> None:
        """Make a member an administrator."""
        self.world.change_role(self, account, account.raw(), "administrator")

    def restricts_bot(self, by: "Account", *, free: bool = False) -> None:
        """Forbid the bot to write here, or let it again (Bot API, ChatMemberRestricted)."""
        self.world.change_bot_role(self, by.raw(), "member" if free else "restricted")

    def upgrade(self) -> int:
        """Become a supergroup, as groups do by themselves: a new id, and the old one answers with it.

        What was said before stays visible to people, but the bot can't reach it any more. It hears that it has come
        into the new one, from whoever made the upgrade (tdlib/telegram-bot-api, issue 266).
        """
        world, old = self.world, self.raw()
        if self.supergroup:
            raise ValueError("it is a supergroup already")
        actor = next(iter(self.members)).raw() if self.members else world.bot_raw()
        new_id = world.new_supergroup_id()
        if self.bot_is_in:
            world.enters(self, {**old, "id": new_id, "type": "supergroup"}, actor)
        world.service(self, actor, migrate_to_chat_id=new_id)
        self._before_upgrade = [*self._before_upgrade, *self.by_id.values()]
        self.by_id, self.pinned = {}, []
        world.rename_group(self, new_id)
        self.supergroup = True
        world.service(self, actor, migrate_from_chat_id=old["id"])
        return new_id
