"""Whom the bot can reach, and what Telegram says when it can't: before anything else is checked."""

from typing import Any

import pytest

from sandbox.telegram import Account, Group, Impossible, Telegram
from tests.sandbox.conftest import Ask, Refusal


async def test_nobody_is_written_to_who_never_pressed_start(telegram: Telegram, refusal: Refusal) -> None:
    stranger = telegram.account("Stranger")
    assert await refusal("sendMessage", chat_id=stranger.id, text="hello") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    assert stranger.messages == []


async def test_a_person_who_blocked_the_bot_is_out_of_reach(seeker: Account, refusal: Refusal, ask: Ask) -> None:
    seeker.blocks()
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert await refusal("sendMessage", chat_id=seeker.id, text="hello") == blocked
    seeker.unblocks()
    await ask("sendMessage", chat_id=seeker.id, text="hello")
    assert seeker.last.text == "hello"


async def test_403_comes_before_what_is_wrong_with_the_message(seeker: Account, refusal: Refusal) -> None:
    seeker.blocks()
    for params in ({"text": ""}, {"text": "<b>", "parse_mode": "HTML"}, {}, {"text": "a", "reply_markup": "{"}):
        code, _ = await refusal("sendMessage", chat_id=seeker.id, **params)
        assert code == 403


async def test_a_deleted_account(seeker: Account, refusal: Refusal) -> None:
    seeker.deactivates()
    assert await refusal("sendMessage", chat_id=seeker.id, text="a") == (403, "Forbidden: user is deactivated")


@pytest.mark.parametrize("chat_id", [1, -100123, "@nobody", "x"])
async def test_a_chat_that_is_not_there(chat_id: Any, refusal: Refusal) -> None:
    assert await refusal("sendMessage", chat_id=chat_id, text="a") == (400, "Bad Request: chat not found")


async def test_a_group_the_bot_was_never_in(telegram: Telegram, refusal: Refusal) -> None:
    group = telegram.group("Elsewhere")
    assert await refusal("sendMessage", chat_id=group.id, text="a") == (400, "Bad Request: chat not found")


async def test_a_group_that_threw_the_bot_out(group: Group, lawyer: Account, refusal: Refusal) -> None:
    lawyer.removes_bot(group)
    assert await refusal("sendMessage", chat_id=group.id, text="a") == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )


async def test_a_group_the_bot_has_left(group: Group, ask: Ask, refusal: Refusal) -> None:
    await ask("leaveChat", chat_id=group.id)
    assert await refusal("sendMessage", chat_id=group.id, text="a") == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )


async def test_a_group_that_became_a_supergroup(telegram: Telegram, lawyer: Account, ask: Ask) -> None:
    small = telegram.group("Small", supergroup=False)
    lawyer.adds_bot(small)
    old = small.id
    new = small.upgrade()
    answer = await telegram.call("sendMessage", {"chat_id": old, "text": "a"})
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new},
    }
    await ask("sendMessage", chat_id=new, text="here")
    assert small.last.text == "here"
    services = [update["message"] for update in await ask("getUpdates") if "message" in update]
    assert [message.get("migrate_to_chat_id") for message in services if "migrate_to_chat_id" in message] == [new]
    assert [message["chat"]["id"] for message in services if "migrate_from_chat_id" in message] == [new]


async def test_what_was_said_before_an_upgrade_can_not_be_edited(
    telegram: Telegram, lawyer: Account, ask: Ask, refusal: Refusal
) -> None:
    """In the new group numbers begin anew: by chance another message may have this one, but it is not the card."""
    small = telegram.group("Small", supergroup=False)
    lawyer.adds_bot(small)
    sent = await ask("sendMessage", chat_id=small.id, text="card")
    small.upgrade()
    code, text = await refusal("editMessageText", chat_id=small.id, message_id=sent["message_id"], text="b")
    assert code == 400
    assert text in ("Bad Request: message to edit not found", "Bad Request: message can't be edited")
    assert "card" in [message.text for message in small.messages]


async def test_a_wrong_token_and_an_unknown_method(telegram: Telegram, refusal: Refusal) -> None:
    answer = await telegram.call("getMe", {}, token="43:other")
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert await refusal("sendHugs", chat_id=1) == (404, "Not Found: method not found")


async def test_what_is_not_implemented_is_never_silently_fine(seeker: Account, refusal: Refusal) -> None:
    code, text = await refusal("banChatMember", chat_id=seeker.id, user_id=1)
    assert code == 400
    assert "does not implement the method banChatMember" in text
    code, text = await refusal("sendMessage", chat_id=seeker.id, text="a", business_connection_id="b")
    assert "does not implement business_connection_id" in text
    code, text = await refusal("sendMessage", chat_id=seeker.id, text="*a*", parse_mode="MarkdownV2")
    assert "does not implement parse_mode" in text


async def test_people_can_not_do_what_the_app_does_not_offer(telegram: Telegram, seeker: Account, group: Group) -> None:
    with pytest.raises(Impossible):
        seeker.says("let me in", chat=group)
    with pytest.raises(Impossible):
        seeker.says("   ")
    with pytest.raises(Impossible):
        seeker.start("not a payload!")
    with pytest.raises(Impossible):
        seeker.taps("no such button")
    seeker.blocks()
    with pytest.raises(Impossible):
        seeker.says("hello")


async def test_everything_about_members(telegram: Telegram, group: Group, lawyer: Account, ask: Ask) -> None:
    guest = telegram.account("Guest")
    assert (await ask("getChatMember", chat_id=group.id, user_id=lawyer.id))["status"] == "creator"
    assert (await ask("getChatMember", chat_id=group.id, user_id=guest.id))["status"] == "left"
    guest.joins(group)
    group.promotes(guest)
    assert (await ask("getChatMember", chat_id=group.id, user_id=guest.id))["status"] == "administrator"
    admins = await ask("getChatAdministrators", chat_id=group.id)
    assert [admin["user"]["id"] for admin in admins] == [lawyer.id, guest.id]
    guest.leaves(group)
    assert (await ask("getChatMember", chat_id=group.id, user_id=guest.id))["status"] == "left"
    assert await ask("getChatMemberCount", chat_id=group.id) == 2
    assert (await ask("getChatMember", chat_id=group.id, user_id=42))["status"] == "administrator"
