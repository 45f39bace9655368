"""Keyboards, taps and their answers."""

import json
from typing import Any

import pytest

from sandbox.telegram import Account, Button, Group, Impossible, Telegram
from tests.sandbox.conftest import Ask, Refusal, StillClock


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


async def test_a_tap_reaches_the_bot_with_its_message(seeker: Account, ask: Ask, updates: Any) -> None:
    sent = await ask(
        "sendMessage", chat_id=seeker.id, text="?", reply_markup=inline({"text": "Yes", "callback_data": "y"})
    )
    assert seeker.last.labels == ["Yes"]
    assert seeker.last.buttons == [[Button("Yes", data="y")]]
    query_id = seeker.taps("Yes")
    query = (await updates())[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "y", seeker.id)
    assert query["message"]["message_id"] == sent["message_id"]


async def test_the_newest_button_of_that_name_is_tapped(seeker: Account, ask: Ask, updates: Any) -> None:
    for data in ("old", "new"):
        markup = inline({"text": "Go", "callback_data": data})
        await ask("sendMessage", chat_id=seeker.id, text=data, reply_markup=markup)
    seeker.taps("Go")
    seeker.taps("Go", on=seeker.messages[-2])
    assert [update["callback_query"]["data"] for update in (await updates())[-2:]] == ["new", "old"]


async def test_any_data_can_be_forged(seeker: Account, ask: Ask, updates: Any) -> None:
    await ask("sendMessage", chat_id=seeker.id, text="no buttons")
    seeker.taps("claim:K7", on=seeker.last, by="data")
    assert (await updates())[-1]["callback_query"]["data"] == "claim:K7"


async def test_a_tap_on_what_is_gone_brings_an_inaccessible_message(seeker: Account, ask: Ask, updates: Any) -> None:
    markup = inline({"text": "Go", "callback_data": "x"})
    sent = await ask("sendMessage", chat_id=seeker.id, text="a", reply_markup=markup)
    message = seeker.last
    await ask("deleteMessage", chat_id=seeker.id, message_id=sent["message_id"])
    seeker.taps("Go", on=message)
    shown = (await updates())[-1]["callback_query"]["message"]
    assert (shown["date"], shown["message_id"]) == (0, sent["message_id"])
    assert "text" not in shown


async def test_an_answer_is_shown_once(telegram: Telegram, seeker: Account, ask: Ask, refusal: Refusal) -> None:
    markup = inline({"text": "Go", "callback_data": "x"})
    await ask("sendMessage", chat_id=seeker.id, text="a", reply_markup=markup)
    query_id = seeker.taps("Go")
    await ask("answerCallbackQuery", callback_query_id=query_id, text="Done", show_alert=True)
    assert [(alert.text, alert.show_alert) for alert in seeker.alerts] == [("Done", True)]
    code, text = await refusal("answerCallbackQuery", callback_query_id=query_id)
    assert (code, text.startswith("Bad Request: query is too old")) == (400, True)


async def test_an_answer_comes_in_time(seeker: Account, ask: Ask, refusal: Refusal, clock: StillClock) -> None:
    markup = inline({"text": "Go", "callback_data": "x"})
    await ask("sendMessage", chat_id=seeker.id, text="a", reply_markup=markup)
    query_id = seeker.taps("Go")
    clock.advance(seconds=16)
    assert (await refusal("answerCallbackQuery", callback_query_id=query_id))[0] == 400
    assert (await refusal("answerCallbackQuery", callback_query_id="1"))[0] == 400


async def test_an_answer_has_200_signs_and_only_links_to_the_bot(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    markup = inline({"text": "Go", "callback_data": "x"})
    await ask("sendMessage", chat_id=seeker.id, text="a", reply_markup=markup)
    query_id = seeker.taps("Go")
    assert (await refusal("answerCallbackQuery", callback_query_id=query_id, text="a" * 201))[0] == 400
    assert (await refusal("answerCallbackQuery", callback_query_id=query_id, url="https://a.kz"))[0] == 400
    await ask("answerCallbackQuery", callback_query_id=query_id, url="https://t.me/zhanynda_bot?start=a")


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "a", "callback_data": "Ә" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "a"}, "text must be non-empty"),
        ({"text": "a"}, "text buttons are unallowed"),
        ({"text": "a", "callback_data": "a", "url": "https://a.kz"}, "exactly one action"),
        ({"text": "a", "copy_text": {"text": "a" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "url": "not a link"}, "Wrong HTTP URL"),
        ({"text": "a", "callback_data": "a", "style": "pink"}, "style"),
    ],
)
async def test_buttons_telegram_refuses(button: dict[str, Any], reason: str, seeker: Account, refusal: Refusal) -> None:
    code, text = await refusal("sendMessage", chat_id=seeker.id, text="a", reply_markup=inline(button))
    assert code == 400
    assert reason in text


async def test_64_bytes_256_signs_and_100_buttons_are_fine(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    fine = inline(
        {"text": "a", "callback_data": "Ә" * 32},
        {"text": "b", "copy_text": {"text": "c" * 256}},
        *({"text": "c", "url": "t.me/zhanynda_bot"} for _ in range(98)),
    )
    await ask("sendMessage", chat_id=seeker.id, text="a", reply_markup=json.dumps(fine))
    fine["inline_keyboard"].append([{"text": "d", "callback_data": "d"}])
    code, text = await refusal("sendMessage", chat_id=seeker.id, text="a", reply_markup=fine)
    assert (code, text) == (400, "Bad Request: reply markup is too long")


async def test_a_link_to_the_bot_presses_start(telegram: Telegram, group: Group, ask: Ask) -> None:
    member = telegram.account("Member")
    member.joins(group)
    button = {"text": "Open", "url": "https://t.me/zhanynda_bot?start=case_K7"}
    await ask("sendMessage", chat_id=group.id, text="card", reply_markup=inline(button))
    assert member.taps("Open", chat=group) == ""
    assert [message.text for message in member.messages] == ["/start case_K7"]


async def test_a_reply_keyboard_sends_its_label(seeker: Account, ask: Ask, updates: Any) -> None:
    rows = [["Menu", {"text": "My number", "request_contact": True}]]
    await ask("sendMessage", chat_id=seeker.id, text="a", reply_markup={"keyboard": rows})
    assert seeker.last.labels == ["Menu", "My number"]
    seeker.taps("Menu")
    seeker.taps("My number")
    first, second = [update["message"] for update in (await updates())[-2:]]
    assert first["text"] == "Menu"
    assert second["contact"]["user_id"] == seeker.id


async def test_a_reply_keyboard_goes_when_it_is_removed(seeker: Account, ask: Ask) -> None:
    await ask("sendMessage", chat_id=seeker.id, text="a", reply_markup={"keyboard": [["Menu"]]})
    await ask("sendMessage", chat_id=seeker.id, text="b", reply_markup={"remove_keyboard": True})
    with pytest.raises(Impossible):
        seeker.taps("Menu")


async def test_private_buttons_stay_private(group: Group, refusal: Refusal) -> None:
    rows = [[{"text": "n", "request_contact": True}]]
    assert (await refusal("sendMessage", chat_id=group.id, text="a", reply_markup={"keyboard": rows}))[0] == 400
    web = inline({"text": "a", "web_app": {"url": "https://a.kz"}})
    code, text = await refusal("sendMessage", chat_id=group.id, text="a", reply_markup=web)
    assert (code, text) == (400, "Bad Request: BUTTON_TYPE_INVALID")


async def test_a_markup_that_is_no_json(seeker: Account, refusal: Refusal) -> None:
    code, text = await refusal("sendMessage", chat_id=seeker.id, text="a", reply_markup="{")
    assert (code, text) == (400, "Bad Request: can't parse reply_markup JSON object")
