"""First contact: neutral, in four languages until one is tapped, and nothing written is lost."""

import pytest

from bot.i18n import LANGUAGES, label, text
from tests.stage import Stage


async def test_the_greeting_stands_in_four_languages_with_danger_now(stage: Stage) -> None:
    her = stage.actor("ru")
    await her.starts()
    for language in LANGUAGES:
        assert text(language, "greeting") in her.last
        assert label(language, f"language.{language}") in her.account.last.labels
    assert "🆘 SOS" in her.account.last.labels


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_language_brings_the_notice_then_home_and_commands(stage: Stage, language: str) -> None:
    her = stage.actor(language)
    await her.chooses_language()
    assert "Example Centre" in her.last
    await her.taps("button.continue")
    assert her.says_now("home")
    scopes = [scope for scope, _ in stage.telegram.commands]
    assert any(str(her.account.id) in scope for scope in scopes)


async def test_words_before_a_language_are_kept_and_come_along(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = stage.actor("ky")
    await her.says("first-words")
    for language in LANGUAGES:
        assert text(language, "greeting.kept") in her.last
    her.account.taps(label("ky", "language.ky"))
    await stage.settle()
    await her.taps("button.person")
    await her.taps("button.send")
    await lawyer.taps("button.claim", group=stage.group)
    assert "first-words" in lawyer.last


async def test_danger_now_before_a_language_stands_in_all_four_and_calls(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = stage.actor("kk")
    await her.starts()
    her.account.taps("🆘 SOS")
    await stage.settle()
    for language in LANGUAGES:
        assert text(language, "danger.short") in her.last
        assert text(language, "danger.windows.short") in her.last
    assert her.last.count("103") == 2
    assert len(her.last) < 1200
    her.account.taps(label("ky", "button.duty.short"))
    await stage.settle()
    assert "🔴" in stage.group.last.text
    assert "🔴" in coordinator.last


async def test_the_language_can_be_changed_at_any_time(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.new")
    await her.taps("option.for_whom.self")
    await her.says("/language")
    her.account.taps(label("en", "language.en"))
    await stage.settle()
    her.language = "en"
    assert her.says_now("question.age")


async def test_the_privacy_notice_is_always_in_reach(stage: Stage) -> None:
    her = await stage.seeker("kk")
    await her.taps("button.data")
    await her.taps("button.privacy")
    assert "Example Centre" in her.last
    await her.says("/privacy")
    assert "Example Centre" in her.last


async def test_a_refusal_before_a_language_is_whole_in_all_four(stage: Stage) -> None:
    her = stage.actor("ky")
    await her.starts()
    await her.forges("a:for_whom:self")
    for language in LANGUAGES:
        assert text(language, "refusal.no_draft") in her.last or any(
            text(language, "refusal.no_draft") in alert for alert in her.alerts
        )
