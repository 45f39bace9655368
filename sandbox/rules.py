"""What Telegram allows: its numbers, each with its source, and the refusal it answers with.

Sources: "Bot API" is core.telegram.org/bots/api (the method's own paragraph), "FAQ" is
core.telegram.org/bots/faq, "server" is Telegram's open server (tdlib/telegram-bot-api, tdlib/td).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NoReturn

TEXT_MAX = 4096  # Bot API, sendMessage: "1-4096 characters after entities parsing"; counted in UTF-16 here
CAPTION_MAX = 1024  # Bot API, sendPhoto: "0-1024 characters after entities parsing"
CALLBACK_DATA_MAX = 64  # Bot API, InlineKeyboardButton: "1-64 bytes"
CALLBACK_ANSWER_MAX = 200  # Bot API, answerCallbackQuery: "0-200 characters"
COPY_TEXT_MAX = 256  # Bot API, CopyTextButton: "1-256 characters"
BUTTONS_MAX = 100  # server: more are answered with REPLY_MARKUP_TOO_LONG
PLACEHOLDER_MAX = 64  # Bot API, ReplyKeyboardMarkup: "1-64 characters"
ALBUM_MIN, ALBUM_MAX = 2, 10  # Bot API, sendMediaGroup: "must include 2-10 items"
BATCH_MAX = 100  # Bot API, deleteMessages, copyMessages, forwardMessages: "1-100"
TOPIC_NAME_MAX = 128  # Bot API, createForumTopic: "1-128 characters"
TOPIC_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)  # Bot API, createForumTopic
DELETE_WITHIN = timedelta(hours=48)  # Bot API, deleteMessage: "sent less than 48 hours ago"
EDIT_WITHIN = timedelta(hours=48)  # what the apps grant a person; a bot's own messages have no such end
UPDATE_LIFE = timedelta(hours=24)  # Bot API, "Getting updates": "not be kept longer than 24 hours"
QUERY_LIFE = timedelta(seconds=15)  # unspecified; about this long in practice
LONG_POLL_MAX = 50  # server, Client.cpp: LONG_POLL_MAX_TIMEOUT
DOWNLOAD_MAX = 20 * 1024 * 1024  # Bot API, getFile: "up to 20MB"
UPLOAD_MAX = 50 * 1024 * 1024  # Bot API, "Sending files": "50 MB max size for other files"
PHOTO_MAX = 10 * 1024 * 1024  # Bot API, "Sending files": "10 MB max size for photos"
COMMANDS_MAX = 100  # Bot API, setMyCommands: "At most 100 commands"
NAME_MAX, DESCRIPTION_MAX, SHORT_DESCRIPTION_MAX = 64, 512, 120  # Bot API, setMyName and the two after it

_REACTIONS = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋
🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
REACTIONS = frozenset(_REACTIONS.split())  # Bot API, ReactionTypeEmoji
_ACTIONS = """
typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
find_location record_video_note upload_video_note
"""
CHAT_ACTIONS = frozenset(_ACTIONS.split())  # Bot API, sendChatAction


@dataclass(frozen=True)
class Limits:
    """How fast a bot may write (FAQ, "My bot is hitting limits"): 1/s in a chat, 20/min in a group, 30/s in all.

    `private` is a token bucket (burst, tokens a second): the FAQ allows "short bursts" without a number.
    The true limits are unspecified and change; these are what a bot must be able to live with.
    """

    private: tuple[int, float] = (3, 1.0)
    group_per_minute: int = 20
    overall_per_second: int = 30


class Refused(Exception):
    """Telegram says no: the code, the description and the parameters of its answer."""

    def __init__(self, error_code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.error_code = error_code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """Say it as the Bot API does."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.error_code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class Impossible(Exception):
    """A person tries what the app would not let her do (tap a button that is not there, write after blocking)."""


def bad(reason: str, **parameters: int) -> NoReturn:
    """Refuse with 400 Bad Request."""
    raise Refused(400, f"Bad Request: {reason}", **parameters)


def forbid(reason: str) -> NoReturn:
    """Refuse with 403 Forbidden."""
    raise Refused(403, f"Forbidden: {reason}")


def not_here(what: str) -> NoReturn:
    """Refuse what real Telegram may accept and this fake does not know: never a silent ok."""
    bad(f"the sandbox does not implement {what}")


def utf16_len(text: str) -> int:
    """Measure in UTF-16 code units, as entities are (Bot API, MessageEntity)."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)
