"""Words on her lock screen: at once while she is there, else one neutral line, and none if she chose so."""

import pytest

from bot.i18n import LANGUAGES
from tests.stage import Actor, Stage


async def away(stage: Stage, contact: str | None, language: str = "ru", **more: str) -> tuple[Actor, Actor, str]:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    answers = {"contact": contact, **more} if contact else {}
    code = await stage.appeal(her, "…", **answers)
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=16)
    return her, lawyer, code


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_neutral_line_while_she_is_away(stage: Stage, language: str) -> None:
    her, lawyer, code = await away(stage, "any_time", language)
    await lawyer.says("secret-one")
    await lawyer.says("secret-two")
    assert her.says_now("notice.waiting")
    assert "secret" not in her.chat
    assert sum(seen == her.last for seen in her.sees) == 1
    assert lawyer.says_now("relay.notice", code=code)
    await her.taps("notice.show")
    assert [seen for seen in her.sees if "secret" in seen] == ["💬\nsecret-one", "💬\nsecret-two"]


async def test_no_notice_at_all_when_she_chose_so(stage: Stage) -> None:
    her, lawyer, code = await away(stage, "when_i_write")
    before = len(her.sees)
    await lawyer.says("secret-one")
    assert len(her.sees) == before
    assert lawyer.says_now("relay.held", code=code)
    await her.says("I am here")
    assert "💬\nsecret-one" in her.sees


async def test_the_notice_waits_for_her_hours(stage: Stage) -> None:
    her, lawyer, _ = await away(stage, "hours", country="KZ", hours="17_22")
    await lawyer.says("secret-one")
    assert not her.seen("notice.waiting")
    await stage.later(hours=6)
    assert not her.seen("notice.waiting")
    await stage.later(hours=1)
    assert her.says_now("notice.waiting")


async def test_there_is_no_notice_once_she_came_by_herself(stage: Stage) -> None:
    her, lawyer, _ = await away(stage, "hours", country="KZ", hours="17_22")
    await lawyer.says("secret-one")
    await her.says("I am here")
    assert "💬\nsecret-one" in her.sees
    await stage.later(hours=8)
    assert not her.seen("notice.waiting")


async def test_what_is_already_held_for_her_does_not_swallow_the_notice(stage: Stage) -> None:
    """A question about an appeal in which she is written to only when she writes may be held already."""
    her, lawyer, code = await away(stage, "any_time")
    async with stage.database.unit_of_work() as uow:
        await uow.people.set(await uow.people.by_account(her.account.id), held=True)
    await lawyer.says("secret-one")
    assert her.says_now("notice.waiting")
    await lawyer.says("secret-two")
    assert sum(seen == her.last for seen in her.sees) == 1
    assert lawyer.says_now("relay.notice", code=code)


async def test_how_long_she_counts_as_being_there_is_a_setting(stage: Stage) -> None:
    stage.settings.present_minutes = 5
    her, lawyer, _ = await stage.claimed()
    stage.clock.advance(minutes=4)
    await lawyer.says("secret-one")
    assert "secret-one" in her.chat
    stage.clock.advance(minutes=2)
    await lawyer.says("secret-two")
    assert "secret-two" not in her.chat
