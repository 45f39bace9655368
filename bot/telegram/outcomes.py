"""How a call ended, and what a refusal of Telegram's means."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.storage.lanes import Due
from bot.storage.unit_of_work import UnitOfWork

NO_TOPIC = 0
"""No topic can be made in this chat: the case does without."""

SILENCED = (
    "not enough rights to send",
    "ave no rights to send a message",
    "ave no write access",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_RESTRICTED",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "TOPIC_CLOSED",
)
"""How Telegram says that the bot may not write in a group. A card that can't be shown there is shown elsewhere at once.

Source: Telegram's open client library td, and reports of bots that met them."""

LONGEST_BACK_OFF = timedelta(minutes=10)


@dataclass(frozen=True)
class Sent:
    """It arrived; these messages show it."""

    due: Due
    messages: tuple[int, ...]
    thread: int | None = None
    """The topic that was made."""


@dataclass(frozen=True)
class Read:
    """A file that was asked for is here; None when it can't be had."""

    due: Due
    content: bytes | None


@dataclass(frozen=True)
class TryAgain:
    """It did not go through this time."""

    due: Due
    after: timedelta
    why: str
    in_doubt: bool


@dataclass(frozen=True)
class Hold:
    """Telegram asks for patience in this chat."""

    due: Due
    after: timedelta


@dataclass(frozen=True)
class Moved:
    """The group was upgraded and has a new number."""

    due: Due
    chat: int


@dataclass(frozen=True)
class Unreachable:
    """The person blocked the bot, or the group put it out or silenced it: nobody writes there again."""

    due: Due


@dataclass(frozen=True)
class Gone:
    """What was to be edited is no longer there: it is said anew."""

    due: Due


@dataclass(frozen=True)
class TopicGone:
    """Its topic was deleted: the topic is made anew, and it is said there."""

    due: Due


@dataclass(frozen=True)
class Dead:
    """It can't be said."""

    due: Due
    why: str


@dataclass(frozen=True)
class Undeletable:
    """Telegram deletes no part of it: one of the messages is too old. Each is tried by itself, or left."""

    due: Due


@dataclass(frozen=True)
class Troubles:
    """Who is told when something arrived, or can't be delivered, and who takes a file that was asked for; given by the
    services."""

    arrived: Callable[[UnitOfWork, Due], Awaitable[None]]

    unreachable: Callable[[UnitOfWork, str], Awaitable[None]]
    dead: Callable[[UnitOfWork, Due, str], Awaitable[None]]
    moved: Callable[[UnitOfWork, str, int], Awaitable[None]]
    read: Callable[[UnitOfWork, Due, bytes | None], Awaitable[None]]


Outcome = Sent | Read | Undeletable | TopicGone | TryAgain | Hold | Moved | Unreachable | Gone | Dead


def refused(due: Due, description: str) -> Outcome:
    """What a 400 means. Source: Telegram's open Bot API server, Client.cpp."""
    if due.method.startswith("Delete"):
        return Undeletable(due)
    if due.method == "GetFile":
        return Read(due, None)
    if due.method in ("PinChatMessage", "UnpinChatMessage", "EditForumTopic"):
        return Sent(due, ())  # it is so already, or what it was about is gone: nothing is lost with a pin or a name
    if due.method == "CreateForumTopic":
        return Sent(due, (), NO_TOPIC)
    if due.thread is not None and "message thread not found" in description:
        return TopicGone(due)
    if "message is not modified" in description:
        return Sent(due, ())
    if due.method.startswith("Edit") and ("not found" in description or "can't be edited" in description):
        return Gone(due)
    if due.is_group and due.method.startswith("Send") and any(why in description for why in SILENCED):
        return Unreachable(due)
    if "chat not found" in description or "user not found" in description:
        return Unreachable(due)
    return Dead(due, _in_general(description))


def later(due: Due, why: str, *, in_doubt: bool) -> TryAgain:
    """Try again, at doubling distances."""
    back_off = min(timedelta(seconds=2 ** min(due.attempts, 10)), LONGEST_BACK_OFF)
    return TryAgain(due, back_off, why, in_doubt)


def _in_general(description: str) -> str:
    """What Telegram objects to, without what it quotes: it is kept and logged, and a quotation may be her words."""
    general = description.removeprefix("Bad Request: ").partition(":")[0].partition('"')[0].strip()
    return general[:60] if general.isascii() else "refused"
