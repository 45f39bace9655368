"""The same scenes through the other door: every call over real HTTP."""

import pytest

from bot.domain.case import Queued
from bot.i18n import label
from tests.stage import Stage


@pytest.fixture
def door() -> str:
    return "http"


async def test_media_albums_replies_and_edits(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    photo = await her.sends("photo", caption="a photo")
    assert lawyer.account.last.file_id == photo.file_id
    for part in range(2):
        her.account.sends("document", album="docs", caption=f"part {part}")
    await stage.settle()
    assert len([message for message in lawyer.account.messages if message.from_bot and message.album]) == 2
    said = await lawyer.says("first")
    await lawyer.edits(said, "second")
    assert "second" in her.last
    reacted = await her.says("thank you")
    assert reacted.reactions == ["👌"]
    assert code in lawyer.last


async def test_danger_reminders_and_the_week(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("kk")
    await her.taps("button.danger")
    await her.taps("button.duty")
    code = await stage.newest_case()
    await stage.later(minutes=11)
    assert label("ru", "card.again") in stage.group.last.text
    await coordinator.says("/week")
    assert "2026-W47" in coordinator.last
    assert isinstance(await stage.case(code), Queued)


async def test_bad_input(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    await her.says("<b>&{code}</i>")
    await her.sends("sticker")
    await her.forges("c:close:ZZ00000")
    await her.says("/nonsense")
    assert her.seen("refusal.unfit", kind=label("ru", "kind.sticker"))
    assert her.alerts
