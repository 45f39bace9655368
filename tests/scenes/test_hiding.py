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
    calls = [call for call in stage.telegram.calls if call.method == "deleteMessages"]
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
