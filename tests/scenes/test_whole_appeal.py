"""From the first tap to the closed case, in each of the four languages."""

import pytest

from bot.domain.case import Claimed, Closed, Queued
from bot.i18n import LANGUAGES, label, text
from bot.telegram.messages.common import subcategory_name
from tests.stage import Actor, Stage

ANSWERS = [
    ("for_whom", "self"),
    ("age", "25_34"),
    ("country", "KG"),
    ("region", "KG-C"),
    ("category", "SEX"),
    ("subcategory", "SEX.RECENT"),
    ("happened", "lt24"),
    ("officials", "no"),
]
TOLD_AT_ONCE = ("subcategory", "happened")
"""Answers after which something that helps stands before the next question."""

AFTER_WORDS = [("contact", "hours"), ("hours", "17_22"), ("share", "yes"), ("statistics", "yes"), ("follow_up", "no")]


async def answer_all(her: Actor, words: str) -> None:
    await her.taps("button.new")
    for question, option in ANSWERS:
        assert her.says_now(f"question.{question}")
        await her.answers(question, option)
        if question in TOLD_AT_ONCE:
            await her.taps("button.continue")
    await her.says(words)
    await her.taps("option.words.done")
    for question, option in AFTER_WORDS:
        assert her.says_now(f"question.{question}")
        await her.answers(question, option)


@pytest.mark.parametrize("door", ["memory", "http"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_whole_appeal_in_each_language(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    await stage.choose_group(coordinator, language)
    lawyer = await stage.lawyer(coordinator, language)
    her = await stage.seeker(language)

    await answer_all(her, "words-of-hers")
    assert her.says_now("summary.consent")
    await her.taps("button.send")
    code = await stage.newest_case()
    assert code in her.last

    card = stage.group.last.text
    assert code in card
    assert subcategory_name(language, "SEX.RECENT") in card
    assert "words-of-hers" not in card

    await lawyer.taps("button.claim", group=stage.group)
    assert isinstance(await stage.case(code), Claimed)
    assert her.says_now("case.claimed", code=code)
    assert "words-of-hers" in lawyer.last
    assert label(language, "option.happened.lt24") in lawyer.chat

    await lawyer.says("words-of-the-lawyer")
    assert "words-of-the-lawyer" in her.last
    assert lawyer.says_now("relay.at_once", code=code)
    await her.says("thank-you")
    assert "thank-you" in lawyer.last

    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    assert isinstance(await stage.case(code), Closed)
    assert her.says_now("case.closed", code=code)
    assert text(language, "outcome.advice") in stage.group.last.text

    await her.says("one-more-thing")
    assert her.says_now("case.after_closing", code=code)
    await her.taps("button.after.continue")
    assert isinstance(await stage.case(code), Queued)
    assert her.says_now("case.reopened", code=code)
    assert code in stage.group.last.text
    await lawyer.taps("button.claim", group=stage.group)
    assert "one-more-thing" in lawyer.last


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nobody_reads_a_language_they_did_not_choose(stage: Stage, language: str) -> None:
    others = [each for each in LANGUAGES if each != language]
    coordinator = await stage.coordinator("en" if language != "en" else "ru")
    await stage.choose_group(coordinator, coordinator.language)
    her = await stage.seeker(language)
    await answer_all(her, "…")
    after_choice = her.account.messages[2:]
    for message in after_choice:
        for other in others:
            for key in ("home", "summary", "question.age", "question.words", "notice.storage", "danger"):
                assert label(other, key) not in message.text
