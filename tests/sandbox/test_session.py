"""The door for tests: a real aiogram bot talks to the fake, and meets its faults as its own exceptions."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto

from sandbox.faults import Kind
from sandbox.session import SandboxSession
from sandbox.telegram import Account, Telegram


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without aiogram's reading of the updates."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = 0


@pytest.fixture
def bot(telegram: Telegram) -> Bot:
    session = SandboxSession(telegram)
    return Bot(telegram.token, session=session, default=DefaultBotProperties(parse_mode="HTML"))


async def test_a_bot_talks_through_it(bot: Bot, seeker: Account) -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="x")]])
    sent = await bot.send_message(seeker.id, "<b>hello</b>", reply_markup=keyboard)
    assert (seeker.last.html, seeker.last.labels) == ("<b>hello</b>", ["Go"])
    await sent.edit_text("bye")
    assert seeker.last.text == "bye"
    query_id = seeker.taps("x", on=seeker.last, by="data")
    await bot.answer_callback_query(query_id, "ok")
    assert seeker.alerts[-1].text == "ok"


async def test_uploads_and_albums_pass(bot: Bot, telegram: Telegram, seeker: Account) -> None:
    first = BufferedInputFile(b"first", "first.png")
    await bot.send_document(seeker.id, first, caption="<i>report</i>")
    assert seeker.last.raw["document"]["file_name"] == "first.png"
    photo = await bot.send_photo(seeker.id, first)
    assert photo.photo is not None
    album = [InputMediaPhoto(media=first), InputMediaPhoto(media=photo.photo[-1].file_id)]
    sent = await bot.send_media_group(seeker.id, album)  # type: ignore[arg-type]  # a list is invariant
    assert [part.photo is not None for part in sent] == [True, True]
    found = await bot.get_file(photo.photo[-1].file_id)
    assert found.file_path is not None
    downloaded = await bot.download_file(found.file_path)
    assert downloaded is not None
    assert downloaded.read() == b"first"


async def test_updates_as_plain_json(bot: Bot, seeker: Account) -> None:
    updates = await bot(RawUpdates())
    assert updates[0]["message"]["text"] == "/start"
    assert await bot(RawUpdates(offset=updates[0]["update_id"] + 1)) == []


async def test_updates_as_aiogram_reads_them(bot: Bot, seeker: Account) -> None:
    update = (await bot.get_updates(timeout=0))[0]
    assert update.message is not None
    assert update.message.bot is bot


async def test_refusals_are_aiograms_exceptions(bot: Bot, telegram: Telegram, seeker: Account, lawyer: Account) -> None:
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(lawyer.id, "a")
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(seeker.id, "<b>")
    small = telegram.group("Small", supergroup=False)
    lawyer.adds_bot(small)
    old, new = small.id, small.upgrade()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(old, "a")
    assert moved.value.migrate_to_chat_id == new
    for _ in range(3):
        await bot.send_message(seeker.id, "a")
    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(seeker.id, "a")
    assert slow.value.retry_after == 1
    with pytest.raises(TelegramUnauthorizedError):
        await Bot("42:wrong", session=SandboxSession(telegram)).get_me()


@pytest.mark.parametrize(
    ("kind", "raised", "arrived"),
    [
        ("500", TelegramServerError, False),
        ("502_html", ClientDecodeError, False),
        ("429", TelegramRetryAfter, False),
        ("cut_before", TelegramNetworkError, False),
        ("cut_after", TelegramNetworkError, True),
        ("hang", TelegramNetworkError, False),
    ],
)
async def test_faults(
    kind: Kind, raised: type[Exception], arrived: bool, bot: Bot, telegram: Telegram, seeker: Account
) -> None:
    telegram.faults.add(method="sendMessage", kind=kind, times=1, retry_after=7)
    with pytest.raises(raised):
        await bot.send_message(seeker.id, "a")
    assert [message.text for message in seeker.messages[1:]] == (["a"] if arrived else [])
    await bot.send_message(seeker.id, "b")


async def test_a_fault_for_one_chat_leaves_the_others_alone(
    bot: Bot, telegram: Telegram, seeker: Account, lawyer: Account
) -> None:
    lawyer.start()
    telegram.faults.add(kind="429", chat_id=lawyer.id, times=2, retry_after=30)
    await bot.send_message(seeker.id, "a")
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter):
            await bot.send_message(lawyer.id, "a")
    await bot.send_message(lawyer.id, "a")


async def test_every_call_is_remembered(bot: Bot, telegram: Telegram, seeker: Account) -> None:
    telegram.faults.add(kind="cut_before")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(seeker.id, "lost")
    await bot.send_message(seeker.id, "there")
    with pytest.raises(TelegramBadRequest):
        await bot.send_message(1, "nowhere")
    lost, there, nowhere = telegram.calls
    assert (lost.ok, lost.error_code, lost.description) == (False, 0, "cut_before")
    assert (there.ok, there.params["text"], there.params["chat_id"]) == (True, "there", seeker.id)
    assert there.at == telegram.clock()
    assert (nowhere.method, nowhere.error_code) == ("sendMessage", 400)
    assert telegram.outcomes["sendMessage", 200] == 1


async def test_remembered_calls_can_be_bounded(clock: Callable[[], Any]) -> None:
    telegram = Telegram(clock=clock, keep_calls=10)
    for _ in range(100):
        await telegram.call("getMe", {})
    assert len(telegram.calls) <= 10
    assert telegram.call_count == 100


async def test_watchers_hear_of_changes_until_they_stop(telegram: Telegram, seeker: Account) -> None:
    heard: list[int] = []
    stop = telegram.listen(lambda: heard.append(1))
    seeker.says("a")
    assert heard
    stop()
    stop()
    count = len(heard)
    seeker.says("b")
    assert len(heard) == count
