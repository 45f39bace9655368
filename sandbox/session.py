"""The door for tests in the same process: an aiogram session that asks the fake instead of the network."""

from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from sandbox.media import Upload
from sandbox.telegram import Telegram
from sandbox.wire import exchange

_ANSWERS: dict[Any, type] = {}
"""aiogram's models of an answer: pydantic forgets one that nobody holds, and to make it anew costs 4 ms a call."""


class SandboxSession(BaseSession):
    """Carry calls to a `Telegram` in memory, in the shape HTTP would carry them.

    A lost connection is TelegramNetworkError, a proxy's page is ClientDecodeError, as with aiogram's own
    session. A call that would hang fails at once, as if its timeout had passed: tests don't wait.
    """

    def __init__(self, telegram: Telegram, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.telegram = telegram

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Carry one call; raises what aiogram's own session would raise."""
        params, files = await self._form(bot, method)
        reply = await exchange(self.telegram, method.__api_method__, params, files, bot.token)
        if reply.hang:
            raise TelegramNetworkError(method=method, message="Request timeout error")
        if reply.cut:
            raise TelegramNetworkError(method=method, message="ServerDisconnectedError: Server disconnected")
        _ANSWERS.setdefault(method.__returning__, Response[method.__returning__])  # type: ignore[name-defined]
        response = self.check_response(bot=bot, method=method, status_code=reply.status, content=reply.body)
        return cast(TelegramType, response.result)

    async def _form(self, bot: Bot, method: TelegramMethod[TelegramType]) -> tuple[dict[str, str], dict[str, bytes]]:
        """Build the fields of the form, and read the files, as aiogram's HTTP session does."""
        attached: dict[str, InputFile] = {}
        fields: dict[str, str] = {}
        for key, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=attached)
            if prepared:
                fields[key] = prepared
        files: dict[str, bytes] = {}
        for name, file in attached.items():
            data = b"".join([chunk async for chunk in file.read(bot)])
            files[name] = Upload(data, file.filename or name)
        return fields, files

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """Download a file by its address (.../file/bot<token>/<kind>/<file_id>)."""
        data = self.telegram.files.get(url.rsplit("/", 1)[-1]).data
        for start in range(0, len(data), chunk_size):
            yield data[start : start + chunk_size]

    async def close(self) -> None:
        """Nothing to close."""
