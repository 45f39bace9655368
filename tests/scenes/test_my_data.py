"""My data: what is kept about her is shown, and every door to it is one tap away."""

import pytest

from bot.i18n import LANGUAGES, label
from tests.stage import Stage


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_sees_how_much_is_kept(stage: Stage, language: str) -> None:
    await stage.opened()
    her = await stage.seeker(language)
    await her.taps("button.data")
    assert her.says_now("data.appeals", number="0")
    code = await stage.appeal(her, "one", country="KZ", contact="hours", hours="17_22")
    await her.says("two")
    await her.says("/data")
    assert her.says_now("data.appeals", number="1")
    assert her.says_now("data.words", number="2")
    assert her.says_now("data.language", reads=label(language, f"language.{language}"))
    chosen = ", ".join(label(language, key) for key in ("option.contact.hours", "option.hours.17_22"))
    assert her.says_now("data.contact", code=code, contact=chosen)
    assert "data" in [command["command"] for _, commands in stage.menus() for command in commands]
    await her.taps("button.privacy")
    assert "Example Centre" in her.last


async def test_the_team_is_shown_the_notice(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    await lawyer.says("/data")
    assert "Example Centre" in lawyer.last
