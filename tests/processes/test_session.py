"""The way to Telegram: what has arrived is never doubted, whatever a Bot API of tomorrow says about it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    EditMessageText,
    GetMe,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SetMessageReaction,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, InputMediaPhoto, ReactionTypeEmoji
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.telegram.session import Session, Shown

OF_TOMORROW = {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "hologram"}, "reply_markup": 7}
SEND = SendMessage(chat_id=1, text="сөз", parse_mode="HTML", protect_content=False)


class Telegram:
    """Answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.body = 200, "{}"
        self.asked: list[tuple[str, Any]] = []

    def says(self, result: Any) -> None:
        self.status, self.body = 200, json.dumps({"ok": True, "result": result})

    def refuses(self, status: int, description: str, **parameters: int) -> None:
        envelope = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
        self.status, self.body = status, json.dumps(envelope)

    async def answer(self, request: web.Request) -> web.Response:
        kind = request.content_type
        asked = await request.json() if kind == "application/json" else dict(await request.post())
        self.asked.append((kind, asked))
        return web.Response(status=self.status, text=self.body)


@pytest.fixture
async def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    app = web.Application()
    app.router.add_post("/{any:.*}", telegram.answer)
    async with TestServer(app) as server:
        session = Session(api=TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/")))
        yield Bot("42:sandbox", session=session)
        await (await session.create_session()).close()


@pytest.mark.parametrize(
    ("method", "result", "read"),
    [
        (SEND, OF_TOMORROW, Shown(5)),
        (SendMediaGroup(chat_id=1, media=[InputMediaPhoto(media="a")]), [OF_TOMORROW] * 2, [Shown(5)] * 2),
        (EditMessageText(chat_id=1, message_id=5, text="a"), OF_TOMORROW, Shown(5)),
        (EditMessageText(chat_id=1, message_id=5, text="a"), True, True),
        (SetMessageReaction(chat_id=1, message_id=5, reaction=[ReactionTypeEmoji(emoji="👌")]), True, True),
    ],
)
async def test_an_answer_nobody_can_read_says_all_the_same_that_it_arrived(
    bot: Bot, telegram: Telegram, method: TelegramMethod[Any], result: Any, read: Any
) -> None:
    telegram.says(result)
    assert await bot(method) == read
    assert telegram.asked[0][0] == "application/json"


async def test_what_is_sent_is_what_was_meant(bot: Bot, telegram: Telegram) -> None:
    telegram.says(OF_TOMORROW)
    await bot(SEND)
    assert telegram.asked[0][1] == {"chat_id": "1", "text": "сөз", "parse_mode": "HTML", "protect_content": "false"}
    reaction = SetMessageReaction(chat_id=1, message_id=5, reaction=[ReactionTypeEmoji(emoji="👌")])
    telegram.says(True)
    await bot(reaction)
    assert json.loads(telegram.asked[1][1]["reaction"]) == [{"type": "emoji", "emoji": "👌"}]


async def test_a_file_goes_as_a_form(bot: Bot, telegram: Telegram) -> None:
    telegram.says(OF_TOMORROW)
    await bot(SendDocument(chat_id=1, document=BufferedInputFile(b"a,b", "week.csv")))
    [(kind, asked)] = telegram.asked
    assert kind == "multipart/form-data"
    assert asked["document"].startswith("attach://")


async def test_what_is_asked_for_is_read_in_full(bot: Bot, telegram: Telegram) -> None:
    telegram.says({"id": 42, "is_bot": True, "first_name": "bot", "username": "zhanynda_bot"})
    assert (await bot(GetMe())).username == "zhanynda_bot"


@pytest.mark.parametrize(
    ("status", "parameters", "error"),
    [
        (400, {}, TelegramBadRequest),
        (400, {"migrate_to_chat_id": -100}, TelegramMigrateToChat),
        (403, {}, TelegramForbiddenError),
        (429, {"retry_after": 3}, TelegramRetryAfter),
        (500, {}, TelegramServerError),
    ],
)
async def test_refusals_are_what_they_were(
    bot: Bot, telegram: Telegram, status: int, parameters: dict[str, int], error: type[Exception]
) -> None:
    telegram.refuses(status, "no", **parameters)
    with pytest.raises(error):
        await bot(SEND)


@pytest.mark.parametrize(("status", "body"), [(200, "<html>"), (200, '{"ok": true}'), (502, "<html>502</html>")])
async def test_what_is_no_answer_at_all_is_none(bot: Bot, telegram: Telegram, status: int, body: str) -> None:
    telegram.status, telegram.body = status, body
    with pytest.raises(ClientDecodeError):
        await bot(SEND)
