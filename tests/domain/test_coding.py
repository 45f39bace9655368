"""Coding: one type by the act, contexts that only ever follow, and nobody's work is violence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import content
from bot.domain.coding import (
    SEXUAL,
    Circumstance,
    Coding,
    CodingPart,
    Context,
    Gbvims,
    Violator,
    by_the_act,
    contexts,
    part_after,
    parts,
)
from bot.domain.people import LANGUAGES
from bot.domain.questionnaire import AGES
from bot.domain.triage import Subcategory
from bot.texts.rules import BUTTON_MOST

SUBCATEGORIES = [sub for category in content.taxonomy().categories for sub in category.subcategories]
ADULTS = [None, *(age for age in AGES if age != "under_18")]

a_coding = st.builds(
    Coding,
    st.none() | st.sampled_from(Gbvims),
    st.none() | st.sampled_from(Violator),
    st.lists(st.sampled_from(list(content.violated_rights())), unique=True).map(tuple),
    st.frozensets(st.sampled_from(Circumstance)),
    st.booleans(),
)


@pytest.mark.parametrize("sub", SUBCATEGORIES, ids=lambda sub: sub.code)
def test_what_an_appeal_is_about_leads_to_no_context(sub: Subcategory) -> None:
    """Not by any type it is usually about, whoever did it: no sex worker's case is exploitation by itself."""
    for gbvims in (None, *by_the_act(sub.gbvims)):
        for violator in (None, Violator.BUYER, Violator.EXPLOITER, Violator.POLICE):
            coding = Coding(violator=violator).of_type(gbvims)
            assert all(contexts(coding, age) == () for age in ADULTS)


@given(a_coding, st.sampled_from([None, *AGES]))
def test_each_context_has_its_own_grounds(coding: Coding, age: str | None) -> None:
    found = set(contexts(coding, age))
    none = coding.gbvims in (None, Gbvims.NONE)
    sexual, forced = coding.gbvims in SEXUAL, coding.gbvims is Gbvims.FORCED_MARRIAGE
    exchange, abduction = (each in coding.circumstances for each in Circumstance)
    assert (Context.POSSIBLE_SEXUAL_EXPLOITATION in found) == (sexual and exchange)
    assert (Context.POSSIBLE_SEXUAL_SLAVERY in found) == (sexual and abduction)
    assert (Context.INTIMATE_PARTNER in found) == (coding.violator is Violator.PARTNER and not none)
    assert (Context.CHILD_SEXUAL_ABUSE in found) == (sexual and age == "under_18")
    assert (Context.EARLY_MARRIAGE in found) == (forced and age == "under_18")
    assert (Context.HARMFUL_TRADITIONAL_PRACTICE in found) == (forced and abduction)


@given(a_coding, st.sampled_from(Gbvims))
def test_another_type_keeps_no_circumstance_that_says_nothing_of_it(coding: Coding, gbvims: Gbvims) -> None:
    typed = coding.of_type(gbvims)
    assert typed.circumstances <= coding.circumstances
    assert typed.circumstances <= set(typed.asked)
    assert (typed.violator, typed.violated) == (coding.violator, coding.violated)


@given(a_coding, st.sampled_from([None, *AGES]))
def test_without_her_consent_nothing_is_left_to_follow_from(coding: Coding, age: str | None) -> None:
    left = coding.without_statistics()
    assert (left.gbvims, left.circumstances, contexts(left, age)) == (None, frozenset(), ())
    assert (left.violator, left.violated) == (coding.violator, coding.violated)


def test_a_second_tap_takes_a_choice_back() -> None:
    coding = Coding(gbvims=Gbvims.RAPE)
    assert coding.turned(Circumstance.EXCHANGE).turned(Circumstance.EXCHANGE) == coding
    assert coding.with_right("health").with_right("life").with_right("health").violated == ("life",)
    with pytest.raises(ValueError, match="exchange"):
        Coding(gbvims=Gbvims.FORCED_MARRIAGE).turned(Circumstance.EXCHANGE)


def test_types_are_gone_down_by_the_act() -> None:
    """The order of the classification tool; the taxonomy's own is that of what is likely."""
    client = content.taxonomy().subcategory("TPV.CLIENT").gbvims
    assert by_the_act(client) == (Gbvims.RAPE, Gbvims.SEXUAL_ASSAULT, Gbvims.PHYSICAL_ASSAULT, Gbvims.NONE)
    assert by_the_act(()) == (Gbvims.NONE,)
    assert {each for sub in SUBCATEGORIES for each in sub.gbvims} <= set(Gbvims) - {Gbvims.NONE}


def test_what_is_asked_with_her_consent_and_without() -> None:
    assert parts(True) == tuple(CodingPart)
    assert parts(False) == (CodingPart.WHOSE, CodingPart.RIGHTS)
    assert [part_after(each, True) for each in CodingPart] == [*list(CodingPart)[1:], None]
    assert part_after(CodingPart.RIGHTS, False) is None


def test_every_right_has_a_name_for_a_button_and_the_articles_it_stands_in() -> None:
    treaty = re.compile(r"(UDHR|ICCPR|ICESCR|CEDAW|CAT|CRC) (GR )?\d+(\(\d+\))?(\([a-z]\))?")
    for code, right in content.violated_rights().items():
        assert re.fullmatch(r"[a-z_]{4,16}", code)
        assert all(len(right.title[each]) <= BUTTON_MOST for each in LANGUAGES)
        assert right.sources
        assert all(treaty.fullmatch(each) for each in right.sources), right.sources
