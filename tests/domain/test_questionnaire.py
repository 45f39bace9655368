"""The answers are the position: every path ends at the summary, back undoes, and what no longer fits is forgotten."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import taxonomy
from bot.domain import questionnaire
from bot.domain.errors import OutOfDate
from bot.domain.questionnaire import QUESTIONS, SKIPPED, UNSURE
from bot.domain.triage import Urgency, urgency_of

ABOUT = taxonomy()
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=len(QUESTIONS), max_size=len(QUESTIONS)))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_path_reaches_the_summary_and_back_leads_home(choices: list[int]) -> None:
    answers: dict[str, str] = {}
    path = [answers]
    for choice in choices:
        here = questionnaire.position(ABOUT, answers)
        if here is None:
            break
        options = (*here.options(ABOUT, answers), SKIPPED)
        answers = questionnaire.answer(ABOUT, answers, here.key, options[choice % len(options)], NOW)
        path.append(answers)
    assert questionnaire.position(ABOUT, answers) is None
    for earlier in reversed(path[:-1]):
        before = questionnaire.back(ABOUT, answers)
        assert before == earlier
        answers = before or {}
    assert questionnaire.back(ABOUT, answers) is None


@pytest.mark.parametrize(
    ("question", "option"),
    [("age", "18_24"), ("for_whom", "nobody"), ("for_whom", ""), ("region", "KZ-79"), ("none", "yes")],
)
def test_what_is_not_asked_can_not_be_answered(question: str, option: str) -> None:
    with pytest.raises(OutOfDate):
        questionnaire.answer(ABOUT, {}, question, option, NOW)


def test_a_region_does_not_outlive_its_country() -> None:
    answers = {"for_whom": "self", "age": SKIPPED, "country": "KZ", "region": "KZ-79", "category": UNSURE}
    changed = questionnaire.change(ABOUT, answers, "country")
    changed = questionnaire.answer(ABOUT, changed, "country", "KG", NOW)
    assert "region" not in changed
    assert changed["category"] == UNSURE


def test_one_country_is_not_asked_for() -> None:
    about = taxonomy(("KG",))
    keys = [question.key for question in questionnaire.asked(about, {})]
    assert "country" not in keys
    assert questionnaire.country_of(about, {}) == "KG"


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({}, ("INF", "INF.OTHER")),
        ({"category": UNSURE}, ("INF", "INF.OTHER")),
        ({"category": "POL"}, ("POL", None)),
        ({"category": "POL", "subcategory": SKIPPED}, ("POL", None)),
        ({"category": "POL", "subcategory": "POL.RAID"}, ("POL", "POL.RAID")),
    ],
)
def test_what_an_appeal_is_counted_under(answers: dict[str, str], kind: tuple[str, str | None]) -> None:
    assert questionnaire.kind_of(ABOUT, answers) == kind


@pytest.mark.parametrize(
    ("category", "subcategory", "happened", "urgency"),
    [
        ("HLT", "HLT.PEP", "lt24", Urgency.HIGH),
        ("HLT", "HLT.PEP", "48_72", Urgency.IMMEDIATE),
        ("SEX", "SEX.RECENT", "48_72", Urgency.IMMEDIATE),
        ("SEX", "SEX.RECENT", "3_4d", Urgency.HIGH),
        ("FAM", "FAM.DIV", None, Urgency.NORMAL),
        ("POL", None, None, Urgency.HIGH),
        ("FAM", None, None, Urgency.NORMAL),
        ("INF", "INF.QUEST", None, Urgency.LOW),
    ],
)
def test_how_urgent_an_appeal_begins(
    category: str, subcategory: str | None, happened: str | None, urgency: Urgency
) -> None:
    assert urgency_of(ABOUT, category, subcategory, happened) is urgency
