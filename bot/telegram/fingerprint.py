"""Files are read while a message is being sent: outside any transaction, in pieces. So a fingerprint is worked out.

A bot may download files of up to 20 MB. Source: Bot API, getFile.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramBadRequest, TelegramNetworkError, TelegramServerError
from aiogram.types import File
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
    digest = sha256()
    try:
        async for part in _parts(bot, await _file(bot, asked.file_id)):
            digest.update(part)
        last = asked.found.replace("{sha256}", digest.hexdigest())
    except TelegramBadRequest as error:
        if "too big" not in error.message:
            raise
        last = asked.too_large
    return replace(due, params={**due.params, "text": f"{due.params['text']}\n{last}"}, fingerprint=None)


async def content_of(bot: Bot, file: File) -> bytes:
    """The whole of a small file. Raises Unread."""
    return b"".join([part async for part in _parts(bot, file)])


async def _file(bot: Bot, file_id: str) -> File:
    try:
        return await bot.get_file(file_id)
    except _NOT_THIS_TIME as error:
        raise Unread(type(error).__name__) from error


async def _parts(bot: Bot, file: File) -> AsyncIterator[bytes]:
    address = bot.session.api.file_url(bot.token, file.file_path or "")
    try:
        async for part in bot.session.stream_content(address, timeout=READ_TIMEOUT, raise_for_status=True):
            yield part
    except _NOT_THIS_TIME as error:
        raise Unread(type(error).__name__) from error


_NOT_THIS_TIME = (TelegramNetworkError, TelegramServerError, ClientDecodeError, ClientError, TimeoutError)
