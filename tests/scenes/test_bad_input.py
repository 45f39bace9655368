"""Bad input: a clear answer in her language, nothing lost, nothing leaked, no traceback."""

import pytest

from bot.domain.case import Claimed, Queued
from bot.i18n import LANGUAGES, label
from tests.stage import Stage

NASTY = [
    "<b>unclosed",
    "</i> & < > &amp; {code} {0} %s",
    "\u202eright to left\u202c \u200f",
    "\u0000\u0007control\u001b[31m",
    "'; DROP TABLE cases; --",
    "👩🏽‍⚖️" * 50,
    "я" * 4096,
]


@pytest.mark.parametrize("words", NASTY)
async def test_nasty_words_arrive_as_they_are(stage: Stage, words: str) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.says(words)
    await lawyer.says(words)
    assert words.strip() in lawyer.account.last.text or words in lawyer.chat
    assert words.strip() in her.chat
    async with stage.database.unit_of_work() as uow:
        assert (await uow.outbox.count()).get("dead", 0) == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_unknown_command_is_answered_with_where_she_is(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.new")
    await her.says("/nonsense")
    assert her.seen("unknown.command")
    assert her.says_now("question.for_whom")


async def test_a_hundred_messages_in_a_second_are_all_kept_in_order(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    for number in range(100):
        her.account.says(f"n{number:03d}")
    await stage.settle()
    await lawyer.taps("button.folded")
    arrived = [seen.split("\n")[-1] for seen in lawyer.sees if "\nn" in seen]
    assert arrived == [f"n{number:03d}" for number in range(100)]


async def test_a_hundred_messages_in_a_draft_are_all_kept_with_few_screens(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    for number in range(100):
        her.account.says(f"n{number:03d}")
    await stage.settle()
    assert len([message for message in her.account.messages if message.from_bot]) < 12
    await her.taps("button.send")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.taps("button.folded")
    arrived = [seen.split("\n")[-1] for seen in lawyer.sees if "\nn" in seen]
    assert arrived == [f"n{number:03d}" for number in range(100)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_stale_button_says_so(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.new")
    await her.forges("a:age:18_24")
    assert label(language, "refusal.old_button") in her.alerts
    await her.forges("a:for_whom:everybody")
    await her.forges("a:nothing:at_all")
    await her.forges("no-such-button")
    assert len([alert for alert in her.alerts if alert == label(language, "refusal.old_button")]) == 4
    await her.answers("for_whom", "self")
    assert her.says_now("question.age")


async def test_send_tapped_twice_sends_once(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.says("once")
    message = her.account.last
    her.account.taps("go:send", on=message, by="data")
    her.account.taps("go:send", on=message, by="data")
    await stage.settle()
    async with stage.database.unit_of_work() as uow:
        assert len(await uow.cases.queue()) == 1
    assert label("ru", "refusal.no_draft") in her.alerts


@pytest.mark.parametrize("act", ["release", "close", "open", "claim", "notme"])
async def test_forged_case_buttons_move_nothing(stage: Stage, act: str) -> None:
    her, _, code = await stage.claimed()
    stranger = await stage.seeker("en")
    for someone in (her, stranger):
        await someone.forges(f"c:{act}:{code}")
        await someone.forges(f"o:{code}:advice")
        await someone.forges(f"c:{act}:ZZ00000")
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert not any("…" in alert for alert in stranger.alerts)


async def test_another_persons_case_is_not_there_for_her(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    stranger = await stage.seeker("en")
    for data in (f"m:{code}", f"x:{code}:continue", f"x:{code}:new"):
        await stranger.forges(data)
    assert stranger.alerts.count(label("en", "refusal.no_case", code=code)) == 3
    assert "…" not in stranger.chat.replace("Choose what", "")


async def test_forged_team_buttons_are_refused(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    for data in ("i:coordinator", "i:lawyer", "w:2026:47", "w:0:0", "g:ru"):
        await her.forges(data)
    assert len(her.alerts) == 5
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(her.account.id)).role is None


@pytest.mark.parametrize("payload", ["claim", "x" * 26, "a" * 64])
async def test_a_forged_start_is_an_ordinary_start_or_a_refusal(stage: Stage, payload: str) -> None:
    her = await stage.seeker("kk")
    await her.starts(payload)
    assert her.says_now("home") or her.says_now("refusal.link")
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(her.account.id)).role is None


async def test_a_sticker_in_the_middle_of_a_question(stage: Stage) -> None:
    her = await stage.seeker("ky")
    await her.taps("button.new")
    await her.sends("sticker")
    assert her.says_now("refusal.unfit", kind=label("ky", "kind.sticker"))
    await her.answers("for_whom", "self")
    assert her.seen("question.age")


async def test_two_phones_of_one_account_see_one_draft(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.new")
    old_screen = her.account.last
    await her.starts()
    await her.taps("button.resume")
    await her.answers("for_whom", "self")
    her.account.taps("a:for_whom:other", on=old_screen, by="data")
    await stage.settle()
    assert label("ru", "refusal.old_button") in her.alerts
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(her.account.id)
        assert await uow.drafts.answers(person.id) == {"for_whom": "self"}


async def test_a_flood_of_danger_taps_makes_one_case(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    for _ in range(20):
        her.account.taps(label("ru", "button.duty"))
    await stage.settle()
    async with stage.database.unit_of_work() as uow:
        assert len(await uow.cases.queue()) == 1


async def test_a_message_to_a_lawyer_without_a_case_is_answered(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    await lawyer.says("to nobody")
    assert lawyer.says_now("refusal.which_case")


async def test_chatter_in_the_group_leaves_no_trace(stage: Stage) -> None:
    await stage.opened()
    chatty = stage.actor("ru", "Chatty")
    chatty.account.joins(stage.group)
    stage.group.bot_role = "administrator"
    await chatty.says("hello everybody", chat=stage.group)
    async with stage.database.unit_of_work() as uow:
        lookup = uow.cipher.lookup("account", chatty.account.id)
        assert await uow.people.by_chat(lookup) is None


async def test_an_upgraded_group_keeps_getting_cards(stage: Stage) -> None:
    stage.group = stage.telegram.group("Small", supergroup=False)
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    stage.group.upgrade()
    code = await stage.appeal(await stage.seeker("ru"), "after the upgrade")
    await stage.settle()
    assert code in stage.group.last.text
    lawyer.account.joins(stage.group)
    await lawyer.taps("button.claim", group=stage.group)
    assert not isinstance(await stage.case(code), Queued)


async def test_a_bot_put_out_of_the_group_says_so_and_loses_nothing(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    first = await stage.appeal(her, "before")
    coordinator.account.removes_bot(stage.group)
    await stage.settle()
    assert coordinator.says_now("group.lost")
    second = await stage.appeal(await stage.seeker("ru"), "while it was out")
    group = await stage.choose_group(coordinator)
    shown = " ".join(message.text for message in group.messages[-4:])
    assert first in shown
    assert second in shown


async def test_who_blocks_the_bot_is_not_written_to_and_the_lawyer_knows(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    her.account.blocks()
    await stage.settle()
    assert lawyer.says_now("lawyer.unreachable", code=code)
    await lawyer.says("are you there?")
    assert lawyer.says_now("relay.unreachable", code=code)
    calls = [call for call in stage.telegram.calls if call.params.get("chat_id") == her.account.id and not call.ok]
    assert not calls
    her.account.unblocks()
    await her.says("I am back")
    assert "I am back" in lawyer.last
    assert "💬\nare you there?" in her.sees


async def test_a_lawyer_who_blocks_the_bot_holds_no_case(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    lawyer.account.blocks()
    await stage.settle()
    assert isinstance(await stage.case(code), Queued)
    assert her.says_now("case.released", code=code)
