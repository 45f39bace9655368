"""Nobody waits unseen: as long as there is any group, every case is shown in at least one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.case import CaseFile
from bot.domain.groups import Group, Takes, for_all, shown_in
from bot.domain.ids import CaseCode, PersonId
from bot.domain.triage import Urgency
from tests.clock import StandingClock

LANGUAGES, REGIONS, CATEGORIES = ("kk", "ru", "en", "ky"), ("KZ-ALA", "KZ-AST", "KG-GB"), ("POL", "IPV", "HEA")


def some(of: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(of), unique=True, max_size=2).map(tuple)


takes = st.builds(Takes, some(LANGUAGES), some(REGIONS), some(CATEGORIES))
groups = st.lists(takes, max_size=5).map(
    lambda each: [Group(-number, "ru", f"g{number}", f"c{number}", taken) for number, taken in enumerate(each, 1)]
)
files = st.builds(
    CaseFile,
    code=st.just(CaseCode("KM48213")),
    seeker=st.just(PersonId("a" * 16)),
    submitted_at=st.just(StandingClock()()),
    urgency=st.sampled_from(Urgency),
    category=st.sampled_from((*CATEGORIES, "")),
    language=st.sampled_from((*LANGUAGES, None)),
    region=st.sampled_from((*REGIONS, None)),
)


@given(groups, files)
def test_every_case_is_shown_as_long_as_there_is_a_group(groups: list[Group], file: CaseFile) -> None:
    shown = shown_in(groups, file)
    assert bool(shown) == bool(groups)
    assert all(group in groups for group in shown)
    named = [group for group in groups if not group.takes.everything and group.takes.fits(file)]
    everything = [group for group in groups if group.takes.everything]
    assert list(shown) == (named or everything or groups)
    for lost in shown:  # whichever group is lost, those that are left show it
        left = [group for group in groups if group is not lost]
        assert bool(shown_in(left, file)) == bool(left)


@given(groups)
def test_what_concerns_no_case_is_said_somewhere(groups: list[Group]) -> None:
    assert bool(for_all(groups)) == bool(groups)


@given(takes, files)
def test_what_is_named_must_all_fit(takes: Takes, file: CaseFile) -> None:
    if takes.fits(file):
        for name, of_case in (("languages", file.language), ("regions", file.region), ("categories", file.category)):
            named = getattr(takes, name)
            assert not named or of_case in named
            assert not replace(takes, **{name: ("elsewhere",)}).fits(file)
    assert Takes().fits(file)
