"""The pace limits: 1/s in a private chat after a short burst, 20/min in a group, 30/s in all."""

from typing import Any

import pytest

from sandbox.telegram import Account, Group, Limits, Telegram
from tests.sandbox.conftest import Ask, StillClock


async def until_refused(telegram: Telegram, method: str, at_most: int = 100, **params: Any) -> tuple[int, int]:
    """How many calls pass, and the retry_after of the first that doesn't."""
    for number in range(at_most):
        answer = await telegram.call(method, params)
        if not answer["ok"]:
            assert answer["error_code"] == 429, answer
            seconds: int = answer["parameters"]["retry_after"]
            assert answer["description"] == f"Too Many Requests: retry after {seconds}"
            return number, seconds
    return at_most, 0


async def test_a_private_chat(telegram: Telegram, seeker: Account, clock: StillClock) -> None:
    assert await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a") == (3, 1)
    clock.advance(seconds=0.9)
    assert await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a") == (0, 1)
    clock.advance(seconds=0.1)
    assert await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a") == (1, 1)
    clock.advance(minutes=5)
    assert await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a") == (3, 1)


async def test_a_group(telegram: Telegram, group: Group, clock: StillClock) -> None:
    assert await until_refused(telegram, "sendMessage", chat_id=group.id, text="a") == (20, 60)
    clock.advance(seconds=59)
    assert await until_refused(telegram, "sendMessage", chat_id=group.id, text="a") == (0, 1)
    clock.advance(seconds=1)
    assert await until_refused(telegram, "sendMessage", chat_id=group.id, text="a") == (20, 60)


async def test_all_chats_together(telegram: Telegram, clock: StillClock) -> None:
    people = [telegram.account(str(number)) for number in range(31)]
    for account in people:
        account.start()
    answers = [await telegram.call("sendMessage", {"chat_id": one.id, "text": "a"}) for one in people]
    assert [answer["ok"] for answer in answers] == [True] * 30 + [False]
    clock.advance(seconds=1)
    assert (await telegram.call("sendMessage", {"chat_id": people[30].id, "text": "a"}))["ok"]


async def test_edits_count_and_quiet_calls_do_not(telegram: Telegram, seeker: Account, ask: Ask) -> None:
    sent = await ask("sendMessage", chat_id=seeker.id, text="0")
    place = {"chat_id": seeker.id, "message_id": sent["message_id"]}
    for text in "12":
        await ask("editMessageText", text=text, **place)
    like = [{"type": "emoji", "emoji": "👍"}]
    for _ in range(40):
        await ask("sendChatAction", chat_id=seeker.id, action="typing")
        await ask("setMessageReaction", reaction=like, **place)
        await ask("getMe")
    assert (await telegram.call("editMessageText", {"text": "3", **place}))["error_code"] == 429
    await ask("deleteMessage", **place)


async def test_an_album_counts_each_part(telegram: Telegram, seeker: Account, ask: Ask, clock: StillClock) -> None:
    media = [{"type": "photo", "media": "attach://a"}] * 10
    await ask("sendMediaGroup", chat_id=seeker.id, media=media, files={"a": b"x"})
    assert await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a") == (0, 8)
    clock.advance(seconds=8)
    assert await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a") == (1, 1)


async def test_a_refused_upload_leaves_no_file(telegram: Telegram, seeker: Account, ask: Ask) -> None:
    await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a")
    before = len(telegram.files)
    answer = await telegram.call("sendPhoto", {"chat_id": seeker.id}, {"photo": b"png"})
    assert answer["error_code"] == 429
    assert len(telegram.files) == before


@pytest.mark.parametrize(
    ("limits", "passed"), [(None, 100), (Limits(private=(1, 0.5)), 1), (Limits(overall_per_second=2), 2)]
)
async def test_limits_are_configurable(limits: Limits | None, passed: int, clock: StillClock) -> None:
    telegram = Telegram(clock=clock, limits=limits)
    seeker = telegram.account("Aigul")
    seeker.start()
    assert (await until_refused(telegram, "sendMessage", chat_id=seeker.id, text="a"))[0] == passed
