"""Follow-up: only with consent, only in her hours, neutral words first; not now, not me, silence, a blocked bot."""

import pytest

from bot.domain.case import Claimed, Queued
from bot.domain.consent import Purpose
from bot.i18n import LANGUAGES, label
from tests.scenes.test_return_code import shown
from tests.stage import Actor, Stage, plain


async def closed(stage: Stage, language: str = "ru", **answers: str) -> tuple[Actor, Actor, str]:
    """A help-seeker whose appeal was closed at ten in the morning; she agreed to be asked unless she says otherwise."""
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…", **{"country": "KZ", "contact": "any_time", "follow_up": "yes"} | answers)
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    return her, lawyer, code


def lines(her: Actor) -> int:
    """How many neutral lines ever came to her phone."""
    wanted = plain(her.language, "notice.waiting")
    return sum(
        call.method == "sendMessage"
        and call.params.get("chat_id") == her.account.id
        and call.params.get("text") == wanted
        for call in her.stage.telegram.calls
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_neutral_line_first_and_the_question_after_a_tap(stage: Stage, language: str) -> None:
    her, _, code = await closed(stage, language)
    await stage.later(days=6, hours=23)
    assert lines(her) == 0
    await stage.later(hours=2)
    assert lines(her) == 1
    assert code not in her.last
    shown = [label(language, key) for key in ("notice.show", "button.hide", "notice.later", "notice.notme")]
    assert her.account.last.labels == shown
    await her.taps("notice.show")
    assert her.says_now("follow_up.ask", code=code)
    await her.taps("follow_up.fine")
    assert her.says_now("follow_up.glad")
    await stage.later(days=5)
    assert lines(her) == 1
    await stage.later(days=20)
    assert lines(her) == 2


async def test_no_line_without_her_consent(stage: Stage) -> None:
    her, _, _ = await closed(stage, follow_up="no")
    await stage.later(days=40)
    assert lines(her) == 0


async def test_a_consent_given_later_counts_and_taken_back_counts_too(stage: Stage) -> None:
    her, _, code = await closed(stage, follow_up="no")
    await her.forges(f"k:{Purpose.FOLLOW_UP}:1:{code}")
    await stage.later(days=7, hours=1)
    assert lines(her) == 1
    await her.forges(f"k:{Purpose.FOLLOW_UP}:0:{code}")
    await stage.later(days=40)
    assert lines(her) == 1


@pytest.mark.parametrize(("contact", "hour"), [({"contact": "hours", "hours": "17_22"}, 17), ({}, 10)])
async def test_only_in_her_hours(stage: Stage, contact: dict[str, str], hour: int) -> None:
    stage.clock.advance(hours=-3)
    her, _, _ = await closed(stage, **contact)
    await stage.later(days=7)
    for _ in range(hour - 7):
        assert lines(her) == 0
        await stage.later(hours=1)
    assert lines(her) == 1


async def test_who_is_written_to_only_when_she_writes_is_asked_then(stage: Stage) -> None:
    her, _, _ = await closed(stage, contact="when_i_write")
    for _ in range(10):
        await stage.later(days=4)
    assert lines(her) == 0
    await her.says("/start")
    assert lines(her) == 1
    await her.says("/start")
    assert lines(her) == 1


async def test_silence_brings_one_more_line_the_next_day_and_no_third(stage: Stage) -> None:
    her, _, _ = await closed(stage)
    await stage.later(days=7, hours=1)
    for _ in range(11):
        await stage.later(hours=1)
        assert lines(her) == 1
    await stage.later(hours=14)
    assert lines(her) == 2
    await stage.later(days=10)
    assert lines(her) == 2


@pytest.mark.parametrize("language", LANGUAGES)
async def test_not_now_brings_it_again_the_next_day_twice_at_most(stage: Stage, language: str) -> None:
    her, _, _ = await closed(stage, language)
    await stage.later(days=7, hours=1)
    for asked in (1, 2, 3):
        assert lines(her) == asked
        await her.taps("notice.later")
        assert her.says_now("notice.put_off")
        await stage.later(hours=8)
        assert lines(her) == asked
        await stage.later(hours=18)
    assert lines(her) == 3


@pytest.mark.parametrize("language", LANGUAGES)
async def test_help_again_opens_the_appeal_again(stage: Stage, language: str) -> None:
    her, _, code = await closed(stage, language)
    await stage.later(days=7, hours=1)
    await her.taps("notice.show")
    await her.taps("follow_up.again")
    assert isinstance(await stage.case(code), Queued)  # type: ignore[arg-type]
    assert her.says_now("case.reopened", code=code)
    await stage.later(hours=23)
    assert lines(her) == 1


async def test_do_not_ask_again_takes_the_consent_back(stage: Stage) -> None:
    her, _, code = await closed(stage)
    await stage.later(days=7, hours=1)
    await her.taps("notice.show")
    await her.taps("follow_up.never")
    assert her.says_now("follow_up.no_more")
    case = await stage.case(code)  # type: ignore[arg-type]
    assert case is not None
    assert not case.file.allows(Purpose.FOLLOW_UP)
    await stage.later(days=40)
    assert lines(her) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_not_me_freezes_sending_and_never_receiving(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…", contact="any_time")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=16)
    await lawyer.says("secret-one")
    await her.taps("notice.notme")
    assert her.says_now("notice.sorry")
    assert her.account.last.labels == []
    assert lawyer.seen("lawyer.not_her", code=code)
    await lawyer.says("secret-two")
    assert lawyer.says_now("relay.frozen", code=code)
    before = len(her.sees)
    await stage.later(days=2)
    assert len(her.sees) == before
    await her.says("words-of-somebody")
    assert "words-of-somebody" in lawyer.chat
    assert isinstance(await stage.case(code), Claimed | Queued)
    await her.says("/start")
    assert her.says_now("home")
    assert "secret" not in her.chat


async def test_an_old_show_button_opens_nothing_once_it_was_not_her(stage: Stage) -> None:
    her, _, code = await closed(stage)
    await stage.later(days=7, hours=1)
    await her.taps("notice.notme")
    await her.forges(f"nt:show:{code}")
    await her.forges("nt:show:")
    assert not her.seen("follow_up.ask", code=code)
    await stage.later(days=40)
    assert lines(her) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_not_now_to_a_waiting_word_brings_one_line_tomorrow(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…", country="KZ", contact="hours", hours="08_12")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=16)
    await lawyer.says("secret-one")
    assert lines(her) == 1
    await her.taps("notice.later")
    assert "secret" not in her.chat
    await lawyer.says("secret-two")
    assert lawyer.says_now("relay.notice", code=code)
    await stage.later(hours=20)
    assert lines(her) == 1
    await stage.later(hours=2)
    assert lines(her) == 2
    await her.taps("notice.show")
    assert "secret-one" in her.chat
    assert "secret-two" in her.chat


async def test_nothing_comes_tomorrow_when_she_came_by_herself(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…", contact="any_time")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=16)
    await lawyer.says("secret-one")
    await her.taps("notice.later")
    await her.says("here I am")
    assert "secret-one" in her.chat
    await stage.later(days=1, hours=6)
    assert lines(her) == 1


async def test_nobody_writes_to_a_blocked_bot(stage: Stage) -> None:
    her, _, _ = await closed(stage)
    her.account.blocks()
    await stage.settle()
    await stage.later(days=40)
    assert lines(her) == 0


async def test_the_lawyer_is_told_that_the_bot_was_blocked(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    her.account.blocks()
    await stage.settle()
    assert lawyer.says_now("lawyer.unreachable", code=code)


async def test_nobody_puts_off_what_is_another_s(stage: Stage) -> None:
    her, _, code = await closed(stage)
    stranger = await stage.seeker("en")
    await stage.later(days=7, hours=1)
    for data in (f"nt:show:{code}", f"nt:later:{code}", f"nt:notme:{code}", f"h:{code}:again"):
        await stranger.forges(data)
        assert stranger.alerts[-1] == label("en", "refusal.no_case", code=code)
    await her.taps("notice.show")
    assert her.says_now("follow_up.ask", code=code)


async def test_her_code_opens_what_it_is_not_me_has_closed(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…", contact="any_time")
    key = await shown(her)
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=16)
    await lawyer.says("secret-one")
    await her.taps("notice.notme")
    await her.says("who is there?")
    assert "secret-one" not in her.chat
    await her.says(key)
    assert "secret-one" in her.chat
    await lawyer.says("secret-two")
    assert "secret-two" in her.chat


async def test_without_a_code_her_lawyer_may_say_that_it_is_her_again(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    stage.clock.advance(hours=1)
    await lawyer.says("secret-one")
    await her.taps("notice.notme")
    await lawyer.says("secret-two")
    assert lawyer.says_now("relay.frozen", code=code)
    await her.says("it was me, by mistake")
    assert "it was me" in lawyer.chat
    assert "secret" not in her.chat
    await lawyer.taps("button.thaw")
    assert lawyer.says_now("lawyer.thawed", code=code)
    assert [seen for seen in her.sees if "secret" in seen] == ["💬\nsecret-one", "💬\nsecret-two"]
    assert lawyer.seen("relay.at_once", code=code)
    await lawyer.forges(f"c:thaw:{code}")
    assert label("ru", "refusal.old_button") in lawyer.alerts


async def test_who_has_a_code_is_let_in_by_it_alone(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.taps("button.code")
    await her.taps("button.code_show")
    stage.clock.advance(hours=1)
    await lawyer.says("secret-one")
    await her.taps("notice.notme")
    await lawyer.says("secret-two")
    assert label("ru", "button.thaw") not in lawyer.account.last.labels
    await lawyer.forges(f"c:thaw:{code}")
    assert label("ru", "refusal.old_button") in lawyer.alerts
    assert "secret" not in her.chat
