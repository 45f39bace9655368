"""The neutral surface on the screens themselves; and all of hers is protected towards the team, nothing towards her."""

import re

import pytest

from bot.checks import CHECKS, check_all
from bot.clock import system_clock
from bot.content import telling
from bot.domain.danger import DangerKind
from bot.i18n import LANGUAGES, label, text
from bot.telegram import profile
from tests.stage import Stage

SENDS = re.compile(r"send(Message|Photo|Voice|Video|VideoNote|Audio|Animation|Document|MediaGroup|Location)")


async def play(stage: Stage, language: str) -> int:
    """Everything a help-seeker usually sees; her account."""
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    await her.taps("button.danger")
    for kind in DangerKind:
        await her.taps("button.kinds")
        await her.taps(f"button.kind.{kind}")
        await her.taps("button.danger")
    await her.taps("button.back")
    await her.says("canaryword one")
    await her.taps("button.questions")
    await her.answers("for_whom", "self")
    await her.taps("button.danger")
    await her.taps("button.back")
    await her.sends("voice")
    await her.taps("button.person")
    await her.taps("button.send")
    await lawyer.taps("button.claim", group=stage.group)
    await her.says("canaryword two, call +7 701 123 45 67")
    await her.sends("location")
    await her.taps("button.withheld.let")
    for number in range(2):
        her.account.sends("photo", album="a1", caption="canaryword three" if number == 0 else None)
    await stage.settle()
    await her.edits(await her.says("canaryword"), "canaryword edited")
    await lawyer.says("an answer")
    await stage.later(hours=1)
    await lawyer.says("another answer")
    await her.starts()
    await her.taps("button.cases")
    await her.taps("button.home")
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    await her.says("canaryword four")
    await her.says("/nonsense")
    return her.account.id


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_first_line_on_her_screens_tells_what_this_is_about(stage: Stage, language: str) -> None:
    account = await play(stage, language)
    seen = 0
    for call in stage.telegram.calls:
        if call.ok and call.params.get("chat_id") == account and SENDS.fullmatch(call.method):
            words = str(call.params.get("text") or call.params.get("caption") or "")
            assert telling(re.sub(r"<[^>]+>", "", words).partition("\n")[0]) is None, words
            seen += 1
    assert seen > 20


async def test_what_is_hers_is_protected_towards_the_team_and_nothing_towards_her(stage: Stage) -> None:
    account = await play(stage, "ru")
    protected = 0
    for call in stage.telegram.calls:
        if not SENDS.fullmatch(call.method):
            continue
        whole = str(call.params)
        if call.params["chat_id"] == account:
            assert call.params.get("protect_content") not in (True, "true"), whole
        elif "canaryword" in whole or call.method != "sendMessage" or "latitude" in whole:
            assert call.params.get("protect_content") in (True, "true"), whole
            protected += 1
    assert protected > 6
    card = next(each for each in stage.group.messages if label("ru", "button.claim") in str(each.raw) or each.protected)
    assert card.protected


async def test_reports_links_and_lines_without_her_words_can_be_passed_on(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    await coordinator.says("/week")
    assert not coordinator.account.last.protected
    await coordinator.starts()
    await coordinator.taps("button.invite_lawyer")
    await coordinator.says("Duty 9")
    assert "start=" in coordinator.last
    assert not coordinator.account.last.protected


async def test_the_descriptions_are_set_once_in_every_language(stage: Stage) -> None:
    await profile.present(stage.bot)
    told = stage.telegram.profile
    for language in LANGUAGES:
        assert told["description", language] == text(language, "profile.description")
        assert told["short_description", language] == label(language, "profile.short")
    assert all(text(language, "profile.description") in told["description", ""] for language in LANGUAGES)
    before = len(stage.telegram.calls)
    await profile.present(stage.bot)
    assert {call.method for call in stage.telegram.calls[before:]} == {"getMyDescription", "getMyShortDescription"}


async def test_without_an_answer_the_bot_works_all_the_same(stage: Stage) -> None:
    stage.telegram.faults.add("getMyDescription", "cut_before")
    await profile.present(stage.bot)
    assert ("description", "ru") not in stage.telegram.profile


@pytest.mark.parametrize("field", ["name", "description", "short_description"])
async def test_check_names_a_word_that_tells_what_this_is_about(stage: Stage, field: str) -> None:
    await stage.over_http()
    assert "profile" in CHECKS
    stage.telegram.profile[field, "ru"] = "Юрист рядом"
    settings = stage.settings.model_copy(update={"default_language": "ru"})
    found = [line async for line in check_all(settings, system_clock)]
    mine = next(line for line in found if label("ru", "cli.check.profile") in line.text)
    assert not mine.ok
    assert label("ru", "cli.profile.telling", word="юрист") in mine.text
