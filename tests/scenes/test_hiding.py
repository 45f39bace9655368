"""Hide this chat: one tap empties it, nothing comes before she does; then everything that waited is there."""

import pytest

from bot.i18n import LANGUAGES
from tests.stage import Stage, plain


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_tap_empties_the_chat(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    await her.says("her-words")
    await lawyer.says("his-words")
    await her.taps("button.hide")
    assert her.sees == [plain(language, "hide.done")]
    await stage.later(seconds=61)
    assert her.sees == []
    assert any("her-words" in seen for seen in lawyer.sees), "the lawyer's copies stay"
    assert lawyer.seen("relay.at_once", code=code)


async def test_before_a_language_is_chosen_too(stage: Stage) -> None:
    her = stage.actor("kk")
    await her.starts()
    await her.taps_label("🙈")
    assert her.sees == [plain(None, "hide.done")]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_command_does_the_same_and_the_draft_lives_on(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.says("a-draft")
    await her.says("/hide")
    assert her.sees == [plain(language, "hide.done")]
    await her.says("/start")
    await her.taps("button.person")
    await her.taps("button.send")
    code = await stage.newest_case()
    async with stage.database.unit_of_work() as uow:
        assert len(await uow.threads.of(code)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_comes_before_she_does(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    await her.taps("button.hide")
    await stage.later(minutes=2)
    await lawyer.says("secret-one")
    assert lawyer.says_now("relay.hidden", code=code)
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.resolved")
    await stage.later(hours=30)
    assert her.sees == []
    await her.says("I am here")
    assert "I am here" in her.sees
    assert any("secret-one" in seen for seen in her.sees)
    assert her.seen("case.closed", code=code)


async def test_the_lawyer_whose_words_were_waiting_is_told(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    stage.clock.advance(minutes=16)
    await lawyer.says("secret-one")
    assert lawyer.says_now("relay.notice", code=code)
    await her.taps("button.hide", on=her.account.last)
    assert lawyer.says_now("relay.hidden", code=code)
    assert her.sees == [plain("ru", "hide.done")]
    await her.says("I am here")
    assert any("secret-one" in seen for seen in her.sees)


async def test_a_refusal_is_said_to_her_when_she_comes_back(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.taps("button.hide")
    await lawyer.says("secret-one")
    await her.sends("sticker")
    assert her.seen("refusal.unfit", kind=plain("ru", "kind.sticker"))
    assert any("secret-one" in seen for seen in her.sees)


async def test_a_long_chat_goes_in_calls_of_a_hundred(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    for number in range(120):
        her.account.says(f"her-words-{number}")
    await stage.settle()
    await her.taps("button.hide")
    assert her.sees == [plain("ru", "hide.done")]
    hers = [call for call in stage.telegram.calls if call.params.get("chat_id") == her.account.id]
    calls = [call for call in hers if call.method == "deleteMessages"]
    assert [len(call.params["message_ids"]) for call in calls][:1] == [100]
    assert all(call.ok for call in calls)


async def test_it_goes_ahead_of_hundreds_that_wait(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    for number in range(300):
        lawyer.account.says(f"his-words-{number}")
    while await stage.hotline.polling.once(timeout=0):
        pass
    her.account.taps("🙈 Скрыть")
    await stage.hotline.polling.once(timeout=0)
    calls = len(stage.telegram.calls)
    await stage.settle()
    after = [call.method for call in stage.telegram.calls[calls:] if call.params.get("chat_id") == her.account.id]
    assert after[:2] == ["deleteMessages", "sendMessage"]
    assert len(after) == 2
    assert her.sees == [plain("ru", "hide.done")]


async def test_a_restart_between_the_tap_and_the_deletion(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    lawyer.account.says("on-its-way")
    await stage.hotline.polling.once(timeout=0)
    her.account.taps("🙈 Скрыть")
    await stage.hotline.polling.once(timeout=0)
    await stage.restart()
    await stage.settle()
    assert her.sees == [plain("ru", "hide.done")]
    await stage.restart()
    await stage.later(seconds=61)
    assert her.sees == []


async def test_what_was_being_sent_when_the_process_died_is_held(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    lawyer.account.says("on-its-way")
    await stage.hotline.polling.once(timeout=0)
    async with stage.database.unit_of_work() as uow:
        await uow.outbox.lease(100, ())
    her.account.taps("🙈 Скрыть")
    await stage.hotline.polling.once(timeout=0)
    await stage.restart()
    await stage.settle()
    assert her.sees == [plain("ru", "hide.done")]
    await her.says("I am here")
    assert any("on-its-way" in seen for seen in her.sees)


async def test_a_flood_limit_of_another_chat_holds_nothing_back(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    stage.telegram.faults.add("*", "429", chat_id=lawyer.account.id, retry_after=30)
    lawyer.account.says("his-words")
    await stage.hotline.polling.once(timeout=0)
    her.account.taps("🙈 Скрыть")
    await stage.hotline.polling.once(timeout=0)
    for _ in range(8):
        stage.clock.advance(seconds=1)
        await stage.deliver()
    assert plain("ru", "hide.done") in her.sees


async def test_the_team_has_nothing_to_hide(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    before = len(lawyer.sees)
    await lawyer.says("/hide")
    assert lawyer.says_now("refusal.staff")
    assert len(lawyer.sees) == before + 2


async def test_what_is_older_than_two_days_is_left_and_the_rest_goes(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    await her.says("old-words")
    stage.clock.advance(hours=49)
    await her.says("new-words")
    await her.taps("button.hide")
    assert "old-words" in her.sees
    assert "new-words" not in her.sees


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_was_said_is_shown_again_for_ten_minutes(stage: Stage, language: str) -> None:
    her, lawyer, _ = await stage.claimed(language)
    first = await her.says("her-first")
    await her.edits(first, "her-second")
    await lawyer.says("his-words")
    await her.sends("voice")
    await her.taps("button.hide")
    await stage.later(seconds=61)
    await her.says("/start")
    await her.taps("button.again")
    assert [seen for seen in her.sees if "her-" in seen] == ["✍️\nher-second"]
    assert "💬\nhis-words" in her.sees
    assert her.says_now("again.until")
    shown = [message for message in her.account.messages if message.from_bot and "-" in (message.text or "")]
    assert shown
    assert not any(message.raw.get("has_protected_content") for message in shown)
    assert any("voice" in message.raw for message in her.account.messages)
    await stage.later(minutes=9)
    assert "💬\nhis-words" in her.sees
    await stage.later(minutes=1, seconds=10)
    assert "💬\nhis-words" not in her.sees
    assert not her.seen("again.until")
    assert not any("voice" in message.raw for message in her.account.messages)


async def test_no_more_than_twenty_come_back(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    for number in range(30):
        her.account.says(f"her-{number}")
    await stage.settle()
    await her.taps("button.hide")
    await her.says("/cases")
    await her.taps("button.again")
    assert [seen.removeprefix("✍️\n") for seen in her.sees if "her-" in seen] == [f"her-{n}" for n in range(10, 30)]


async def test_a_draft_is_shown_again_too(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.says("a-draft")
    await her.taps("button.hide")
    await her.says("/start")
    await her.taps("button.again")
    assert "✍️\na-draft" in her.sees


@pytest.mark.parametrize("language", LANGUAGES)
async def test_hiding_by_itself_is_chosen_once(stage: Stage, language: str) -> None:
    her, lawyer, _ = await stage.claimed(language)
    await her.says("/data")
    await her.taps("button.hiding")
    assert her.says_now("hiding.ask")
    await her.taps("button.hiding.hour")
    assert plain(language, "hiding.chosen", choice=plain(language, "button.hiding.hour")) in her.account.last.labels
    stage.clock.advance(minutes=50)
    await lawyer.says("his-words")
    await stage.later(minutes=30)
    assert her.sees != []
    await stage.restart()
    await stage.later(minutes=31)
    assert her.sees == [], "in silence: no line"
    await lawyer.says("secret-one")
    await stage.later(hours=2)
    assert her.sees == []
    await her.says("I am here")
    assert any("secret-one" in seen for seen in her.sees)
    await stage.later(hours=2)
    assert her.sees == [], "and again, by itself"


@pytest.mark.parametrize(("choice", "before", "after"), [("day", 400, 700), ("before_48h", 46 * 60, 70)])
async def test_at_midnight_and_before_hour_48(stage: Stage, choice: str, before: int, after: int) -> None:
    her, _, _ = await stage.claimed()
    await her.says("/data")
    await her.taps("button.hiding")
    await her.taps(f"button.hiding.{choice}")
    await stage.later(minutes=before)
    assert her.sees != []
    await stage.later(minutes=after)
    assert her.sees == []


async def test_a_forged_choice_is_refused(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.forges("hb:never")
    assert plain("ru", "refusal.old_button") in her.alerts
