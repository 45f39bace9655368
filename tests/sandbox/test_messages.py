"""Editing, deleting, replying, forwarding, copying, reacting."""

from typing import Any

import pytest

from sandbox.telegram import Account, Group, Impossible, Telegram
from tests.sandbox.conftest import Ask, Refusal, StillClock

KEYS = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}


async def test_an_edit_changes_what_she_sees(seeker: Account, ask: Ask, updates: Any, clock: StillClock) -> None:
    sent = await ask("sendMessage", chat_id=seeker.id, text="one", reply_markup=KEYS)
    await updates()
    clock.advance(days=30)
    edited = await ask("editMessageText", chat_id=seeker.id, message_id=sent["message_id"], text="two")
    assert (seeker.last.text, seeker.last.edited, seeker.last.labels) == ("two", True, [])
    assert edited["edit_date"] == int(clock().timestamp())
    assert await updates() == []


async def test_a_payload_from_before_an_edit_stays_as_it_was(seeker: Account, ask: Ask) -> None:
    sent = await ask("sendMessage", chat_id=seeker.id, text="one")
    await ask("editMessageText", chat_id=seeker.id, message_id=sent["message_id"], text="two")
    assert sent["text"] == "one"


async def test_an_edit_that_changes_nothing(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    sent = await ask("sendMessage", chat_id=seeker.id, text="<b>a</b>", parse_mode="HTML", reply_markup=KEYS)
    place = {"chat_id": seeker.id, "message_id": sent["message_id"]}
    same = await refusal("editMessageText", text="<b>a</b>", parse_mode="HTML", reply_markup=KEYS, **place)
    assert same[0] == 400
    assert same[1].startswith("Bad Request: message is not modified")
    assert (await refusal("editMessageReplyMarkup", reply_markup=KEYS, **place))[0] == 400
    await ask("editMessageText", text="a", reply_markup=KEYS, **place)
    await ask("editMessageReplyMarkup", **place)
    assert seeker.last.labels == []


async def test_edits_of_what_can_not_be_edited(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    start = seeker.messages[0].message_id
    photo = (await ask("sendPhoto", chat_id=seeker.id, files={"photo": b"png"}))["message_id"]
    text = (await ask("sendMessage", chat_id=seeker.id, text="a"))["message_id"]

    async def why(method: str, message_id: int, **params: Any) -> str:
        return (await refusal(method, chat_id=seeker.id, message_id=message_id, **params))[1]

    assert await why("editMessageText", start, text="b") == "Bad Request: message can't be edited"
    assert await why("editMessageText", 999999, text="b") == "Bad Request: message to edit not found"
    assert await why("editMessageText", photo, text="b") == "Bad Request: there is no text in the message to edit"
    none = "Bad Request: there is no caption in the message to edit"
    assert await why("editMessageCaption", text, caption="b") == none
    assert await why("editMessageText", text, text="") == "Bad Request: message text is empty"


async def test_a_caption_and_a_photo_change(seeker: Account, ask: Ask) -> None:
    photo = (await ask("sendPhoto", chat_id=seeker.id, caption="one", files={"photo": b"png"}))["message_id"]
    await ask("editMessageCaption", chat_id=seeker.id, message_id=photo, caption="two")
    assert seeker.last.caption == "two"
    before = seeker.last.file_id
    media = {"type": "photo", "media": "attach://new", "caption": "three"}
    await ask("editMessageMedia", chat_id=seeker.id, message_id=photo, media=media, files={"new": b"other"})
    assert seeker.last.caption == "three"
    assert seeker.last.file_id != before


async def test_deleting_works_for_48_hours(seeker: Account, ask: Ask, refusal: Refusal, clock: StillClock) -> None:
    old = (await ask("sendMessage", chat_id=seeker.id, text="old"))["message_id"]
    hers = seeker.says("hers").message_id
    clock.advance(hours=47, minutes=59)
    await ask("deleteMessage", chat_id=seeker.id, message_id=hers)
    clock.advance(minutes=1)
    gone = (400, "Bad Request: message can't be deleted")
    assert await refusal("deleteMessage", chat_id=seeker.id, message_id=old) == gone
    assert await refusal("deleteMessage", chat_id=seeker.id, message_id=hers) == (
        400,
        "Bad Request: message to delete not found",
    )
    assert [message.text for message in seeker.messages] == ["/start", "old"]


async def test_a_batch_skips_what_is_gone_but_not_what_is_too_old(
    seeker: Account, ask: Ask, refusal: Refusal, clock: StillClock
) -> None:
    old = (await ask("sendMessage", chat_id=seeker.id, text="old"))["message_id"]
    clock.advance(hours=48)
    new = (await ask("sendMessage", chat_id=seeker.id, text="new"))["message_id"]
    together = await refusal("deleteMessages", chat_id=seeker.id, message_ids=[old, new])
    assert together == (400, "Bad Request: message can't be deleted")
    assert seeker.last.text == "new"
    await ask("deleteMessages", chat_id=seeker.id, message_ids=[new, 999999])
    assert seeker.last.text == "old"
    assert (await refusal("deleteMessages", chat_id=seeker.id, message_ids=list(range(1, 102))))[0] == 400


async def test_in_a_group_only_an_administrator_deletes_what_others_wrote(
    telegram: Telegram, lawyer: Account, ask: Ask, refusal: Refusal
) -> None:
    group = telegram.group("Plain")
    lawyer.adds_bot(group)
    command = lawyer.says("/help", chat=group).message_id
    own = (await ask("sendMessage", chat_id=group.id, text="a"))["message_id"]
    assert (await refusal("deleteMessage", chat_id=group.id, message_id=command))[0] == 400
    await ask("deleteMessage", chat_id=group.id, message_id=own)
    lawyer.adds_bot(group, admin=True)
    await ask("deleteMessage", chat_id=group.id, message_id=command)


async def test_what_a_person_wrote_before_the_bot_came_is_unknown_to_it(
    telegram: Telegram, lawyer: Account, ask: Ask, refusal: Refusal
) -> None:
    group = telegram.group("Older")
    lawyer.joins(group)
    before = lawyer.says("before", chat=group)
    lawyer.adds_bot(group, admin=True)
    params = {"chat_id": group.id, "text": "a", "reply_parameters": {"message_id": before.message_id}}
    assert await refusal("sendMessage", **params) == (400, "Bad Request: message to be replied not found")


async def test_replies(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    hers = seeker.says("a question")
    reply = {"message_id": hers.message_id, "quote": "question"}
    sent = await ask("sendMessage", chat_id=seeker.id, text="an answer", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "a question"
    assert sent["quote"]["position"] == 2
    assert seeker.last.reply_to_message_id == hers.message_id
    missing: dict[str, Any] = {"message_id": 999999}
    answer = await refusal("sendMessage", chat_id=seeker.id, text="b", reply_parameters=missing)
    assert answer == (400, "Bad Request: message to be replied not found")
    missing["allow_sending_without_reply"] = True
    await ask("sendMessage", chat_id=seeker.id, text="b", reply_parameters=missing)
    assert seeker.last.reply_to_message_id is None


async def test_a_forward_shows_the_author_and_a_copy_does_not(seeker: Account, lawyer: Account, ask: Ask) -> None:
    lawyer.start()
    hers = seeker.says("help")
    source = {"chat_id": lawyer.id, "from_chat_id": seeker.id, "message_id": hers.message_id}
    forwarded = await ask("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == seeker.id
    assert lawyer.last.forwarded
    copied = await ask("copyMessage", **source)
    assert list(copied) == ["message_id"]
    assert (lawyer.last.text, lawyer.last.forwarded) == ("help", False)
    assert "aigul_canary" not in str(lawyer.last.raw)


async def test_protected_messages_are_not_forwarded(
    seeker: Account, lawyer: Account, ask: Ask, refusal: Refusal
) -> None:
    lawyer.start()
    sent = await ask("sendMessage", chat_id=seeker.id, text="card", protect_content=True)
    assert seeker.last.protected
    source = {"chat_id": lawyer.id, "from_chat_id": seeker.id, "message_id": sent["message_id"]}
    assert await refusal("forwardMessage", **source) == (400, "Bad Request: message can't be forwarded")


async def test_several_are_copied_in_order(seeker: Account, lawyer: Account, ask: Ask, refusal: Refusal) -> None:
    lawyer.start()
    parts = [seeker.sends("photo", album="a", caption=str(number)) for number in range(3)]
    ids = [part.message_id for part in parts]
    source = {"chat_id": lawyer.id, "from_chat_id": seeker.id}
    await ask("copyMessages", message_ids=ids, **source)
    copies = lawyer.messages[-3:]
    assert [copy.caption for copy in copies] == ["0", "1", "2"]
    assert len({copy.album for copy in copies}) == 1
    assert copies[0].album not in (None, "a")
    assert (await refusal("copyMessages", message_ids=ids[::-1], **source))[0] == 400
    assert (await refusal("forwardMessages", message_ids=[999999], **source))[0] == 400


async def test_people_edit_their_own_for_48_hours(seeker: Account, updates: Any, clock: StillClock) -> None:
    message = seeker.says("helo")
    seeker.edits(message, "hello")
    edited = (await updates())[-1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("hello", message.message_id)
    clock.advance(hours=49)
    with pytest.raises(Impossible):
        seeker.edits(message, "too late")


async def test_a_live_location_moves_as_an_edit(seeker: Account, updates: Any) -> None:
    live = seeker.sends("location", live_period=900)
    seeker.moves(live, 43.0, 77.0)
    assert (await updates())[-1]["edited_message"]["location"]["longitude"] == 77.0


async def test_the_bot_never_hears_of_what_people_delete(seeker: Account, updates: Any, refusal: Refusal) -> None:
    message = seeker.says("oops")
    await updates()
    seeker.deletes(message)
    assert await updates() == []
    reply = {"message_id": message.message_id}
    assert (await refusal("sendMessage", chat_id=seeker.id, text="a", reply_parameters=reply))[0] == 400


async def test_the_bot_reacts_with_one_emoji(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    message = seeker.says("thanks")
    place = {"chat_id": seeker.id, "message_id": message.message_id}
    like = {"type": "emoji", "emoji": "👍"}
    await ask("setMessageReaction", reaction=[like], **place)
    assert message.reactions == ["👍"]
    await ask("setMessageReaction", reaction=[], **place)
    assert message.reactions == []
    two = await refusal("setMessageReaction", reaction=[like, {"type": "emoji", "emoji": "🔥"}], **place)
    assert two == (400, "Bad Request: REACTIONS_TOO_MANY")
    wrong = await refusal("setMessageReaction", reaction=[{"type": "emoji", "emoji": "🦖"}], **place)
    assert wrong == (400, "Bad Request: REACTION_INVALID")
    missing = await refusal("setMessageReaction", chat_id=seeker.id, message_id=999999, reaction=[like])
    assert missing == (400, "Bad Request: message to react not found")


async def test_pins(group: Group, ask: Ask, refusal: Refusal, updates: Any, lawyer: Account) -> None:
    sent = await ask("sendMessage", chat_id=group.id, text="rules")
    await updates()
    place = {"chat_id": group.id, "message_id": sent["message_id"]}
    await ask("pinChatMessage", **place)
    assert (await updates())[0]["message"]["pinned_message"]["text"] == "rules"
    assert (await ask("getChat", chat_id=group.id))["pinned_message"]["text"] == "rules"
    await ask("unpinChatMessage", **place)
    assert (await refusal("unpinChatMessage", **place))[0] == 400
    lawyer.adds_bot(group, admin=False)
    code, text = await refusal("pinChatMessage", **place)
    assert (code, "not enough rights" in text) == (400, True)
