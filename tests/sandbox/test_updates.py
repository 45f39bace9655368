"""Receiving: confirming, waiting, conflicts, what is delivered at all, and for how long."""

import asyncio
from typing import Any

import pytest
from aiogram.types import Update

from sandbox.telegram import Account, Group, Telegram
from tests.sandbox.conftest import Ask, Refusal, StillClock

ALL = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]


async def test_only_a_higher_offset_confirms(telegram: Telegram, seeker: Account, ask: Ask) -> None:
    seeker.says("a")
    seeker.says("b")
    first, second, third = await ask("getUpdates")
    assert (second["update_id"], third["update_id"]) == (first["update_id"] + 1, first["update_id"] + 2)
    assert len(await ask("getUpdates")) == 3
    assert await ask("getUpdates", offset=second["update_id"]) == [second, third]
    assert telegram.pending_update_count == 2
    assert await ask("getUpdates", offset=third["update_id"] + 1) == []
    assert telegram.pending_update_count == 0


async def test_limit_and_negative_offset(telegram: Telegram, seeker: Account, ask: Ask) -> None:
    for text in "abc":
        seeker.says(text)
    assert len(await ask("getUpdates", limit=2)) == 2
    assert [update["message"]["text"] for update in await ask("getUpdates", offset=-2)] == ["b", "c"]
    assert telegram.pending_update_count == 2


async def test_a_far_offset_can_not_skip_updates(telegram: Telegram, seeker: Account, ask: Ask) -> None:
    last = (await ask("getUpdates"))[-1]["update_id"]
    assert len(await ask("getUpdates", offset=last + 1000)) == 1
    assert await ask("getUpdates", offset=last + 5) == []


async def test_updates_live_for_24_hours(telegram: Telegram, seeker: Account, ask: Ask, clock: StillClock) -> None:
    clock.advance(hours=23)
    seeker.says("late")
    clock.advance(hours=1)
    assert [update["message"]["text"] for update in await ask("getUpdates")] == ["late"]
    assert telegram.pending_update_count == 1


async def test_a_poll_waits_for_an_update(telegram: Telegram, seeker: Account, ask: Ask, updates: Any) -> None:
    last = (await updates())[-1]["update_id"]
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(ask("getUpdates", offset=last + 1, timeout=30))
        await asyncio.sleep(0)
        assert not poll.done()
        seeker.says("now")
    assert [update["message"]["text"] for update in poll.result()] == ["now"]


async def test_of_two_waiting_polls_the_first_gets_a_conflict(
    telegram: Telegram, seeker: Account, updates: Any
) -> None:
    await updates()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(telegram.call("getUpdates", {"timeout": 30}))
        await asyncio.sleep(0)
        second = group.create_task(telegram.call("getUpdates", {"timeout": "30"}))
        await asyncio.sleep(0)
        seeker.says("now")
    assert first.result()["error_code"] == 409
    assert first.result()["description"].startswith("Conflict: terminated by other getUpdates request")
    assert len(second.result()["result"]) == 1


async def test_two_polls_get_the_same_updates_without_conflict_while_some_wait(seeker: Account, ask: Ask) -> None:
    assert await ask("getUpdates", timeout=30) == await ask("getUpdates", timeout=30)


async def test_a_cancelled_poll_leaves_nothing_behind(telegram: Telegram, seeker: Account, updates: Any) -> None:
    await updates()
    poll = asyncio.ensure_future(telegram.call("getUpdates", {"timeout": 30}))
    await asyncio.sleep(0)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    seeker.says("now")
    assert len(await updates()) == 1


async def test_polling_and_a_webhook_exclude_each_other(telegram: Telegram, ask: Ask, refusal: Refusal) -> None:
    await ask("setWebhook", url="https://hotline.kz/hook", secret_token="s")
    code, text = await refusal("getUpdates")
    assert code == 409
    assert text.startswith("Conflict: can't use getUpdates method while webhook is active")
    assert (await ask("getWebhookInfo"))["url"] == "https://hotline.kz/hook"
    await ask("deleteWebhook")
    assert await ask("getUpdates") == []


@pytest.mark.parametrize("params", [
    {"url": "http://hotline.kz"}, {"url": "https://hotline.kz:9000"},
    {"url": "https://hotline.kz", "secret_token": "not allowed!"},
    {"url": "https://hotline.kz", "max_connections": 101},
])  # fmt: skip
async def test_webhooks_telegram_refuses(params: dict[str, Any], refusal: Refusal) -> None:
    assert (await refusal("setWebhook", **params))[0] == 400


async def test_reactions_and_members_come_only_if_asked_for(
    group: Group, lawyer: Account, telegram: Telegram, seeker: Account, updates: Any, ask: Ask
) -> None:
    guest = telegram.account("Guest")
    await updates()
    guest.joins(group)
    said = guest.says("hello", chat=group)
    guest.reacts(said, "🔥")
    assert [kind for update in await updates() for kind in update if kind != "update_id"] == ["message", "message"]
    await ask("getUpdates", allowed_updates=ALL)
    guest.reacts(said, "👍")
    guest.leaves(group)
    reaction, left, member = await updates()
    assert reaction["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "🔥"}]
    assert left["message"]["left_chat_member"]["id"] == guest.id
    assert member["chat_member"]["new_chat_member"]["status"] == "left"
    assert said.reactions == ["👍"]


async def test_allowed_updates_are_kept_until_changed(seeker: Account, updates: Any, ask: Ask) -> None:
    await updates()
    await ask("getUpdates", allowed_updates=["callback_query"])
    seeker.says("unheard")
    assert await updates() == []
    assert (await ask("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await ask("getUpdates", allowed_updates=[])
    seeker.says("heard")
    assert len(await updates()) == 1


async def test_blocking_is_told_as_my_chat_member(seeker: Account, updates: Any) -> None:
    seeker.blocks()
    seeker.start()
    told = [update["my_chat_member"] for update in await updates() if "my_chat_member" in update]
    assert [change["new_chat_member"]["status"] for change in told] == ["kicked", "member"]


async def test_privacy_mode(telegram: Telegram, lawyer: Account, ask: Ask, updates: Any) -> None:
    group = telegram.group("Plain")
    lawyer.adds_bot(group)
    sent = await ask("sendMessage", chat_id=group.id, text="card")
    await updates()
    lawyer.says("among ourselves", chat=group)
    lawyer.says("/help@other_bot", chat=group)
    lawyer.says("/help", chat=group)
    lawyer.says("/help@zhanynda_bot", chat=group)
    lawyer.says("mine", chat=group, reply_to=group.last)
    assert group.last.message_id == sent["message_id"]
    heard = [update["message"]["text"] for update in await updates()]
    assert heard == ["/help", "/help@zhanynda_bot", "mine"]


async def test_every_update_is_one_aiogram_reads(
    telegram: Telegram, seeker: Account, lawyer: Account, group: Group, ask: Ask, updates: Any
) -> None:
    await ask("getUpdates", allowed_updates=ALL)
    sent = await ask(
        "sendMessage", chat_id=seeker.id, text="a",
        reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "x"}]]},
    )  # fmt: skip
    seeker.taps("Go")
    await ask("deleteMessage", chat_id=seeker.id, message_id=sent["message_id"])
    seeker.taps("x", on=seeker.messages[0], by="data")
    seeker.edits(seeker.says("a", reply_to=seeker.messages[0]), "b")
    seeker.reacts(seeker.messages[0], "👍")
    seeker.joins(group)
    seeker.leaves(group)
    seeker.blocks()
    topic = await ask("createForumTopic", chat_id=group.id, name="K7")
    await ask("editForumTopic", chat_id=group.id, message_thread_id=topic["message_thread_id"], name="K8")
    small = telegram.group("Small", supergroup=False)
    lawyer.adds_bot(small)
    small.upgrade()
    lawyer.removes_bot(small)
    found = await updates()
    assert len(found) > 15
    for raw in found:
        update = Update.model_validate(raw)
        assert update.event_type in ALL


async def test_a_long_message_is_cut_by_the_app(seeker: Account, updates: Any) -> None:
    await updates()
    seeker.says("a" * 5000)
    assert [len(update["message"]["text"]) for update in await updates()] == [4096, 904]
