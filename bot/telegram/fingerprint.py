"""The fingerprint of a file, worked out while its message is being sent: outside any transaction, read in pieces.

A bot may download files of up to 20 MB. Source: Bot API, getFile.
"""

from dataclasses import replace
from hashlib import sha256

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest, TelegramNetworkError, TelegramServerError
from aiohttp import ClientError

from bot.storage.lanes import Due

READ_TIMEOUT = 60
"""Seconds for a whole file."""


class Unread(Exception):
    """The file did not come through this time; nothing was sent."""


async def with_fingerprint(bot: Bot, due: Due) -> Due:
    """The message with the line about its file. Raises Unread, and TelegramBadRequest for a file that is none."""
    asked = due.fingerprint
    if asked is None:
        return due
    try:
        last = asked.found.replace("{sha256}", await _sha256(bot, asked.file_id))
    except TelegramBadRequest as error:
        if "too big" not in error.message:
            raise
        last = asked.too_large
    except (TelegramNetworkError, TelegramServerError, ClientDecodeError, ClientError, TimeoutError) as error:
        raise Unread(type(error).__name__) from error
    return replace(due, params={**due.params, "text": f"{due.params['text']}\n{last}"}, fingerprint=None)


async def _sha256(bot: Bot, file_id: str) -> str:
    file = await bot.get_file(file_id)
    address = bot.session.api.file_url(bot.token, file.file_path or "")
    digest = sha256()
    async for part in bot.session.stream_content(address, timeout=READ_TIMEOUT, raise_for_status=True):
        digest.update(part)
    return digest.hexdigest()
