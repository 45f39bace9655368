"""The way to Telegram over HTTP: aiogram's session, on a diet and harder to confuse.

Most calls only say something, and of the answer only the number of the new message is needed. aiogram reads it as a
whole Message; one field that it does not know yet would turn a message that has arrived into an error, and it would be
said again and again. And a call that carries no file goes as JSON: together that costs 0.17 ms of CPU instead of 0.30.
"""

from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile, Message
from aiohttp.payload import JsonPayload

_SAYING = (bool, Message, list[Message], Message | bool)
"""What a method returns that says or changes something."""

RAW = list[dict[str, Any]]
"""What a method returns whose answer is read by somebody else."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that stands in a chat now."""

    message_id: int


@dataclass(frozen=True, slots=True)
class _Answer:
    result: Any


class Session(AiohttpSession):
    """Sends JSON where there is no file, and reads no more of an answer than is needed."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """The body of a call: JSON, or aiogram's form when it carries a file.

        Nested values are strings with JSON in them, as in a form: Telegram takes a string as it is, and anything else
        as its JSON text (its open server, HttpReader::parse_json_parameters).
        """
        files: dict[str, InputFile] = {}
        fields = {
            key: prepared
            for key, value in vars(method).items()
            if value is not None and (prepared := self.prepare_value(value, bot=bot, files=files))
        }
        return super().build_form_data(bot, method) if files else JsonPayload(fields)

    def check_response(self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str) -> Any:
        """The result of a call. Raises what aiogram raises for a refusal; a success is never doubted."""
        if status_code == 200 and method.__returning__ in (RAW, *_SAYING):
            try:
                result = self.json_loads(content)["result"]
                return _Answer(result if method.__returning__ == RAW else _read(result))
            except (ValueError, KeyError, TypeError) as error:
                raise ClientDecodeError("Failed to decode object", error, content) from error
        return super().check_response(bot, method, status_code, content)


def _read(result: Any) -> Any:
    if isinstance(result, list):
        return [_read(each) for each in result]
    return Shown(result["message_id"]) if isinstance(result, dict) else result
