"""A message as a person sees it, around the Bot API object that the bot gets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration

from sandbox.keyboards import Button
from sandbox.media import FILE_KINDS

if TYPE_CHECKING:
    from datetime import datetime

    from sandbox.chats import Chat

Raw = dict[str, Any]
CONTENT = ("text", *FILE_KINDS, "venue", "contact", "location", "poll", "dice", "story")
SERVICE = (
    "new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id", "migrate_from_chat_id",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
)  # fmt: skip


class Message:
    """One message of a chat. It is live: after an edit its `text` and `buttons` are the new ones.

    `raw` is the Bot API's Message without `reply_to_message` (never changed in place); `payload()` is what an
    update carries.
    """

    def __init__(self, chat: "Chat", raw: Raw, at: "datetime", *, from_bot: bool) -> None:
        self.chat = chat
        self.raw = raw
        self.at = at
        self.from_bot = from_bot
        self.gone = False
        self.reacted: dict[int, str] = {}
        self.reply_to: Message | None = None
        self.reply_keyboard: Raw | None = None  # ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply
        self.seen_by_bot = True

    def __repr__(self) -> str:
        who = "bot" if self.from_bot else str(self.sender_id)
        return f"<Message {self.message_id} in {self.chat_id} from {who}: {self.kind} {self.text or self.caption!r}>"

    def payload(self) -> Raw:
        """The Bot API object as it is now, in the chat as it is now; later edits don't reach into it."""
        chat = self.chat.raw()
        whole = {**self.raw, "chat": chat} if chat["id"] == self.chat_id else dict(self.raw)
        if self.reply_to is None or self.reply_to.gone:
            return whole
        return {**whole, "reply_to_message": self.reply_to.raw}

    def change(self, **fields: Any) -> None:
        """Set fields of the object, or with None remove them. `raw` is replaced, so older payloads stay true."""
        whole = {**self.raw, **fields}
        self.raw = {key: value for key, value in whole.items() if value is not None}

    @property
    def message_id(self) -> int:
        """Its number in its chat."""
        return int(self.raw["message_id"])

    @property
    def chat_id(self) -> int:
        """The chat it stands in."""
        return int(self.raw["chat"]["id"])

    @property
    def sender_id(self) -> int:
        """Who wrote it."""
        return int(self.raw["from"]["id"])

    @property
    def date(self) -> int:
        """When it was sent, in Unix seconds."""
        return int(self.raw["date"])

    @property
    def kind(self) -> str:
        """What it is: "text", "photo" …, or "service" (then `service` says which)."""
        return next((kind for kind in CONTENT if kind in self.raw), "service")

    @property
    def service(self) -> str | None:
        """Which service message it is, by the Bot API's field."""
        return next((name for name in SERVICE if name in self.raw), None)

    @property
    def text(self) -> str:
        """The plain text as the app shows it; "" if there is none."""
        return str(self.raw.get("text", ""))

    @property
    def caption(self) -> str:
        """The plain caption of a photo, voice, document …; "" if there is none."""
        return str(self.raw.get("caption", ""))

    @property
    def entities(self) -> list[Raw]:
        """How the text or the caption is formatted."""
        return list(self.raw.get("entities") or self.raw.get("caption_entities") or [])

    @property
    def html(self) -> str:
        """The text or the caption with its formatting as Telegram's HTML."""
        entities = [MessageEntity.model_validate(entity) for entity in self.entities]
        return html_decoration.unparse(self.text or self.caption, entities)

    @property
    def file_id(self) -> str | None:
        """The file it carries (of a photo: the largest size)."""
        content = self.raw.get(self.kind) if self.kind in FILE_KINDS else None
        if content is None:
            return None
        return str((content[-1] if isinstance(content, list) else content)["file_id"])

    @property
    def buttons(self) -> list[list[Button]]:
        """The keyboard's rows: under the message, or the reply keyboard that came with it."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard")
        if rows is None:
            rows = (self.reply_keyboard or {}).get("keyboard", [])
        return [[Button.of(button if isinstance(button, dict) else {"text": button}) for button in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons, row by row."""
        return [button.text for button in self._all_buttons()]

    def _all_buttons(self) -> Iterator[Button]:
        for row in self.buttons:
            yield from row

    def button(self, wanted: str, by: str = "label") -> Button | None:
        """Find a button by its label or its data."""
        field = "text" if by == "label" else "data"
        return next((button for button in self._all_buttons() if getattr(button, field) == wanted), None)

    @property
    def has_inline_keyboard(self) -> bool:
        """Whether its buttons hang under it."""
        return "inline_keyboard" in self.raw.get("reply_markup", {})

    @property
    def reply_to_message_id(self) -> int | None:
        """The message it answers."""
        return None if self.reply_to is None else self.reply_to.message_id

    @property
    def protected(self) -> bool:
        """Whether it can't be forwarded or saved (protect_content)."""
        return bool(self.raw.get("has_protected_content"))

    @property
    def edited(self) -> bool:
        """Whether its content was changed."""
        return "edit_date" in self.raw

    @property
    def forwarded(self) -> bool:
        """Whether it shows whom it was forwarded from."""
        return "forward_origin" in self.raw

    @property
    def album(self) -> str | None:
        """The album it is a part of."""
        return self.raw.get("media_group_id")

    @property
    def thread_id(self) -> int | None:
        """The topic it stands in."""
        return self.raw.get("message_thread_id")

    @property
    def reactions(self) -> list[str]:
        """The reactions under it; `reacted` says whose each is."""
        return list(self.reacted.values())
