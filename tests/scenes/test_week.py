"""The coordinator's week: counts four ways, arrows to the other weeks, by the organisation's calendar."""

import pytest

from bot.domain.report import Week
from bot.i18n import LANGUAGES, label, plural
from bot.telegram.messages.common import category_name, region_name
from tests.stage import Stage, plain


@pytest.mark.parametrize("language", LANGUAGES)
async def test_counts_four_ways_in_the_coordinators_language(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    await stage.choose_group(coordinator, language)
    for reads, category in (("kk", "FAM"), ("ru", "FAM"), ("ky", "LIV")):
        her = await stage.seeker(reads)
        await stage.appeal(her, "…", country="KZ", region="KZ-79", category=category)
    await coordinator.says("/week")
    assert plural(language, "week.appeals", 3) in coordinator.last
    for dimension in ("category", "region", "language", "urgency"):
        assert plain(language, f"week.by.{dimension}") in coordinator.last
    assert f"2 · {category_name(language, 'FAM')}" in coordinator.last
    assert f"1 · {category_name(language, 'LIV')}" in coordinator.last
    assert f"3 · {region_name(language, 'KZ-79')}" in coordinator.last
    assert f"1 · {label(language, 'language.ky')}" in coordinator.last


async def test_arrows_lead_to_other_weeks_and_never_to_the_future(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    await stage.later(days=7)
    await coordinator.says("/week")
    this = Week.of(stage.clock(), stage.settings.zone)
    assert plain("ru", "week.none") in coordinator.last
    assert coordinator.account.last.labels == [f"◀ {this.shifted(-1)}"]
    await coordinator.taps_label(f"◀ {this.shifted(-1)}")
    assert plural("ru", "week.appeals", 1) in coordinator.last
    await coordinator.taps_label(f"{this} ▶")
    assert plain("ru", "week.none") in coordinator.last


async def test_a_week_begins_on_monday_by_the_organisations_clock(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    stage.clock.advance(days=2, hours=13, minutes=30)
    her = await stage.seeker("ru")
    await stage.appeal(her, "late on Sunday")
    await stage.later(hours=1)
    other = await stage.seeker("ru")
    await stage.appeal(other, "early on Monday")
    await coordinator.says("/week 2026-W47")
    assert plural("ru", "week.appeals", 1) in coordinator.last
    await coordinator.says("/week 2026-W48")
    assert plural("ru", "week.appeals", 1) in coordinator.last


@pytest.mark.parametrize("typed", ["yesterday", "2026-W60", "0000-W01", "9999-W53", "2026-W46; DROP TABLE cases"])
async def test_a_week_that_is_none_is_answered(stage: Stage, typed: str) -> None:
    coordinator = await stage.coordinator("kk")
    await coordinator.says(f"/week {typed}")
    assert coordinator.says_now("refusal.week")


async def test_only_coordinators_count(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    for person in (lawyer, her):
        await person.says("/week")
        assert person.says_now("refusal.not_allowed")
