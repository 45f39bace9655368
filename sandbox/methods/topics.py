"""Topics, in groups and (where the bot has them on) in private chats: deleting one wipes its messages."""

from sandbox.arguments import Arguments
from sandbox.chats import Chat, Group, Topic
from sandbox.message import Raw
from sandbox.methods.registry import Uploads, method
from sandbox.rules import TOPIC_COLOURS, TOPIC_NAME_MAX, bad, utf16_len
from sandbox.world import World


def _forum(world: World, args: Arguments, *, groups_only: bool = False) -> Chat:
    chat = world.target(args["chat_id"])
    if isinstance(chat, Group):
        if not chat.supergroup:
            bad("the chat is not a forum")
        if not chat.bot_is_admin:
            bad("not enough rights to manage topics in the chat")
    elif groups_only or not world.topics:
        bad("the chat is not a forum")
    return chat


def _name(args: Arguments) -> str:
    name = str(args.get("name") or "").strip()
    if not 1 <= utf16_len(name) <= TOPIC_NAME_MAX:
        bad("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


@method("createForumTopic")
def create_forum_topic(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Open a topic; its id is that of the service message that opens it."""
    chat = _forum(world, args)
    name = _name(args)
    colour = args.get("icon_color", TOPIC_COLOURS[0])
    if colour not in TOPIC_COLOURS:
        bad("wrong icon color specified")
    content = {"name": name, "icon_color": colour}
    message = world.post(chat, world.bot_raw(), {"forum_topic_created": content})
    topic = Topic(message.message_id, name, colour, args.get("icon_custom_emoji_id"))
    chat.topics[topic.thread_id] = topic
    message.change(message_thread_id=topic.thread_id, is_topic_message=True, chat=chat.raw())
    world.deliver("message", message, always=True)
    return topic.raw()


@method("editForumTopic")
def edit_forum_topic(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Rename a topic or change its icon."""
    chat = _forum(world, args)
    topic = chat.topic(args["message_thread_id"])
    change: Raw = {}
    if args.get("name"):
        topic.name = change["name"] = _name(args)
    if "icon_custom_emoji_id" in args:
        topic.icon_custom_emoji_id = change["icon_custom_emoji_id"] = args["icon_custom_emoji_id"]
    world.service(chat, world.bot_raw(), thread_id=topic.thread_id, forum_topic_edited=change)
    return True


@method("deleteForumTopic")
def delete_forum_topic(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Delete it "along with all its messages", however old they are."""
    chat = _forum(world, args)
    topic = chat.topic(args["message_thread_id"])
    for message in [m for m in chat.by_id.values() if m.thread_id == topic.thread_id]:
        chat.remove(message)
    del chat.topics[topic.thread_id]
    world.changed()
    return True


@method("closeForumTopic")
def close_forum_topic(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Let only administrators write in a group's topic."""
    return _set_closed(world, args, closed=True)


@method("reopenForumTopic")
def reopen_forum_topic(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Let everybody write in it again."""
    return _set_closed(world, args, closed=False)


def _set_closed(world: World, args: Arguments, *, closed: bool) -> bool:
    chat = _forum(world, args, groups_only=True)
    topic = chat.topic(args["message_thread_id"])
    if topic.closed == closed:
        bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    name = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.service(chat, world.bot_raw(), thread_id=topic.thread_id, **{name: {}})
    return True
