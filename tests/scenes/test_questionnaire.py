"""The questionnaire: back, skip, change, a person in two taps; the answers are the position, over restarts."""

import pytest

from bot.content import taxonomy
from bot.domain.case import Contact, Queued
from bot.domain.questionnaire import QUESTIONS
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label
from tests.stage import Actor, Stage


def always_in_reach(her: Actor) -> None:
    for key in ("button.back", "button.skip", "button.danger", "button.person"):
        assert label(her.language, key) in her.account.last.labels, key


async def test_every_question_can_be_skipped_and_has_the_ways_out(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.taps("button.new")
    for _ in range(len(QUESTIONS)):
        if her.says_now("summary"):
            break
        always_in_reach(her)
        await her.skips()
    await her.taps("button.send")
    case = await stage.case(await stage.newest_case())
    assert isinstance(case, Queued)
    assert case.file.subcategory == "INF.OTHER"
    assert not case.file.consents.share


async def test_back_asks_the_question_before_again(stage: Stage) -> None:
    her = await stage.seeker("en")
    await her.taps("button.new")
    await her.answers("for_whom", "other")
    assert her.says_now("question.safe")
    await her.answers("safe", "no")
    await her.taps("button.back")
    assert her.says_now("question.safe")
    await her.taps("button.back")
    assert her.says_now("question.for_whom")
    await her.taps("button.back")
    assert her.says_now("home")


async def test_the_position_survives_a_restart(stage: Stage) -> None:
    her = await stage.seeker("kk")
    await her.taps("button.new")
    await her.answers("for_whom", "self")
    await her.answers("age", "under_18")
    await stage.restart()
    await her.starts()
    await her.taps("button.resume")
    assert her.says_now("question.country")


async def test_a_changed_answer_forgets_only_what_no_longer_fits(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.new")
    await her.skips(2)
    await her.answers("country", "KZ")
    await her.answers("region", "KZ-79")
    await her.taps("option.category.other")
    while not her.says_now("summary"):
        await her.skips()
    await her.taps("button.change")
    await her.taps("name.country")
    await her.answers("country", "KG")
    assert her.says_now("question.region")
    await her.answers("region", "KG-GB")
    assert her.says_now("summary")
    assert "Бишкек" in her.last


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_person_is_two_taps_away_from_anywhere(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    await her.taps("button.new")
    await her.answers("for_whom", "self")
    await her.answers("age", "18_24")
    await her.taps("button.person")
    await her.taps("button.send")
    case = await stage.case(await stage.newest_case())
    assert isinstance(case, Queued)
    assert case.file.age == "18_24"
    await lawyer.taps("button.claim", group=stage.group)
    assert lawyer.seen("appeal.no_words")


async def test_words_written_at_a_button_question_are_kept(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ky")
    await her.taps("button.new")
    await her.answers("for_whom", "self")
    await her.says("said-too-early")
    assert her.says_now("question.age")
    await her.taps("button.person")
    await her.taps("button.send")
    await lawyer.taps("button.claim", group=stage.group)
    assert "said-too-early" in lawyer.last


async def test_a_draft_can_be_thrown_away(stage: Stage) -> None:
    her = await stage.seeker("en")
    await her.says("never-mind")
    await her.taps("button.discard")
    assert her.says_now("discard.ask")
    await her.taps("button.discard_now")
    assert her.seen("draft.discarded")
    assert her.says_now("home")
    assert label("en", "button.new") in her.account.last.labels
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(her.account.id)
        assert await uow.drafts.words(person.id) == []


async def test_a_long_list_has_pages(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await her.taps("button.new")
    await her.skips(2)
    await her.answers("country", "KZ")
    assert "Шымкент" in her.account.last.labels
    await her.taps("button.more")
    assert "Шымкент" not in her.account.last.labels
    await her.answers("region", "KZ-55")
    assert her.says_now("question.category")


async def test_every_sub_category_can_be_reached(stage: Stage) -> None:
    her = await stage.seeker("ru")
    for category in taxonomy().categories[::4]:
        await her.starts()
        await her.taps(
            "button.new" if "button.new" and label("ru", "button.new") in her.account.last.labels else "button.resume"
        )
        while not her.says_now("question.category"):
            await her.skips()
        await her.answers("category", category.code)
        shown = her.account.last.labels
        assert {sub.title["ru"] for sub in category.subcategories} <= set(shown)
        await her.taps("button.back")


async def test_prophylaxis_about_to_close_is_immediate(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(
        her,
        "…",
        country="KZ",
        region="KZ-79",
        category="HLT",
        subcategory="HLT.PEP",
        happened="48_72",
        contact="any_time",
    )
    case = await stage.case(code)
    assert case is not None
    assert case.file.urgency is Urgency.IMMEDIATE
    assert case.file.contact is Contact.ANY_TIME


async def test_a_minor_is_told_to_the_coordinators_at_once(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…", age="under_18")
    assert coordinator.seen(
        "coordinator.minor", code=code, urgency=label("ru", "urgency.normal"), region=label("ru", "card.unknown")
    )
