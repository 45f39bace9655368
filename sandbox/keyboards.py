"""Keyboards as Telegram accepts them (Bot API: InlineKeyboardButton, KeyboardButton, ReplyKeyboardMarkup)."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.rules import BUTTONS_MAX, CALLBACK_DATA_MAX, COPY_TEXT_MAX, PLACEHOLDER_MAX, bad, utf16_len

_ACTIONS = (
    "callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query", "callback_game", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "disabled",
)  # fmt: skip
_URL = re.compile(r"(?:https?://|tg://)?[^\s/?#]+\S*", re.I)
_HOST = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)+\w{2,}(?::\d+)?(?:[/?#]\S*)?|https?://(?:localhost|127\.0\.0\.1)\S*", re.I
)
_ONLY_PRIVATE = ("request_contact", "request_location", "request_users", "request_chat", "request_poll", "web_app")


@dataclass(frozen=True)
class Button:
    """A button as a person sees it; `data` is what a tap on it sends."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    style: str | None = None
    disabled: bool = False
    web_app: str | None = None
    request: str | None = None  # "contact" or "location": what a reply keyboard's button asks for

    @classmethod
    def of(cls, raw: dict[str, Any]) -> "Button":
        """Read the Bot API's object."""
        request = next((key for key in ("contact", "location") if raw.get(f"request_{key}")), None)
        return cls(
            text=raw["text"],
            data=raw.get("callback_data"),
            url=raw.get("url"),
            copy_text=(raw.get("copy_text") or {}).get("text"),
            style=raw.get("style"),
            disabled=raw.get("disabled") not in (None, False),
            web_app=(raw.get("web_app") or {}).get("url"),
            request=request,
        )


def check_markup(markup: dict[str, Any] | None, *, private: bool) -> None:
    """Refuse a keyboard that Telegram refuses."""
    if not markup:
        return
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"], private=private)
    elif "keyboard" in markup:
        _check_reply(markup, private=private)


def _check_inline(rows: list[list[dict[str, Any]]], *, private: bool) -> None:
    if sum(len(row) for row in rows) > BUTTONS_MAX:
        bad("reply markup is too long")
    for row in rows:
        for button in row:
            _check_inline_button(button, private=private)


def _check_inline_button(button: dict[str, Any], *, private: bool) -> None:
    if not str(button["text"]).strip():
        bad("inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, False)]
    if not actions:
        bad("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        bad(f"inline keyboard button must have exactly one action, not {', '.join(actions)}")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= CALLBACK_DATA_MAX:
        bad("BUTTON_DATA_INVALID")
    copy = button.get("copy_text")
    if copy is not None and not 1 <= utf16_len(copy["text"]) <= COPY_TEXT_MAX:
        bad("BUTTON_COPY_TEXT_INVALID")
    url = button.get("url")
    if url is not None and not (_HOST.fullmatch(url) or (url.startswith("tg://") and _URL.fullmatch(url))):
        bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if button.get("web_app") and not private:
        bad("BUTTON_TYPE_INVALID")
    if button.get("style") not in (None, "danger", "success", "primary"):
        bad(f"inline keyboard button style '{button['style']}' is invalid")


def _check_reply(markup: dict[str, Any], *, private: bool) -> None:
    rows = markup["keyboard"]
    if not any(rows):
        bad("reply keyboard must have at least one button")
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= utf16_len(placeholder) <= PLACEHOLDER_MAX:
        bad("input_field_placeholder must have 1-64 characters")
    for row in rows:
        for button in row:
            if not str(button["text"] if isinstance(button, dict) else button).strip():
                bad("keyboard button text must be non-empty")
            if isinstance(button, dict) and not private and any(button.get(key) for key in _ONLY_PRIVATE):
                bad("some buttons are available in private chats only")
