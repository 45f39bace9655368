"""The coordinator's week on one screen, its tables behind buttons, other weeks by arrows or as typed."""

import pytest

from bot.codes import code_name
from bot.content import taxonomy
from bot.domain.report import Week
from bot.i18n import LANGUAGES, label, plural
from bot.telegram.messages.common import category_name, subcategory_name
from bot.telegram.messages.weeks import SHOWN
from tests.stage import Actor, Stage, plain

CANARY = "canaryword"


def nothing_of_anybody(reader: Actor, people: list[Actor]) -> None:
    """No word, no account, no name, no code of a case stands on what this person sees now."""
    shown = reader.last
    assert CANARY not in shown
    for each in people:
        for canary in (each.account.first_name, str(each.account.username), str(each.account.id), "Duty 1"):
            assert canary not in shown


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_week_and_each_of_its_tables_in_the_coordinators_language(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened(language)
    family = taxonomy().category("FAM")
    sub = family.subcategories[1].code
    people = [coordinator, lawyer]
    for reads, category in (("kk", "FAM"), ("ru", "FAM"), ("ky", "LIV")):
        her = await stage.seeker(reads, f"Canary{reads}")
        answers = {"subcategory": sub} if reads == "kk" else {}
        code = await stage.appeal(her, CANARY, country="KZ", region="KZ-79", category=category, **answers)
        people.append(her)
    await lawyer.forges("c:claim:" + code)
    stage.clock.advance(minutes=30)
    await lawyer.says(CANARY)
    await coordinator.says("/week")
    assert plural(language, "week.appeals", 3) in coordinator.last
    assert coordinator.says_now("week.flow", claimed=1, closed=0, reopened=0, waiting=2)
    assert plain(language, "week.before_by_now", number=0, by_now=0) in coordinator.last
    assert f"2 · {category_name(language, 'FAM')}" in coordinator.last
    assert len(coordinator.last.split("\n\n")[0]) < 70, "the week is named in a line or two of a phone"
    nothing_of_anybody(coordinator, people)
    wanted = {"region": "KZ-79", "country": "KZ", "urgency": "normal", "gbvims": "", "channel": "", "outcome": ""}
    for name in SHOWN:
        await coordinator.taps(f"button.week.{name}")
        nothing_of_anybody(coordinator, people)
        if name in wanted:
            assert f" · {code_name(language, name, wanted[name])}" in coordinator.last, name
        assert coordinator.says_now("week.uncounted") is (name in ("context", "violated")), name
        if name == "category":
            await coordinator.taps_label(category_name(language, "FAM"))
            assert f"1 · {subcategory_name(language, sub)}" in coordinator.last
            assert f"1 · {plain(language, 'week.unknown')}" in coordinator.last
            await coordinator.taps("button.week.category")
        await coordinator.taps("button.week.whole")
        assert coordinator.says_now("week.flow", claimed=1, closed=0, reopened=0, waiting=2)


async def test_arrows_lead_to_other_weeks_and_never_to_the_future(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    stage.clock.advance(minutes=60)
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("words")
    tried = await stage.seeker("ky")
    code = await stage.appeal(tried, "…")
    await lawyer.forges("c:claim:" + code)
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.test")
    stage.clock.advance(days=7)
    await coordinator.says("/week")
    this = Week.of(stage.clock(), stage.settings.zone)
    assert plain("ru", "week.none") in coordinator.last
    assert plain("ru", "week.before_by_now", number=1, by_now=1) in coordinator.last
    before, after = f"◀ {this.shifted(-1)}", f"{this} ▶"
    assert coordinator.account.last.labels == [before]
    await coordinator.taps_label(before)
    assert plural("ru", "week.appeals", 1) in coordinator.last
    assert plain("ru", "week.tests", number=1) in coordinator.last
    hour = "60 минут"
    assert plain("ru", "week.to_claim", median=hour, ninetieth=hour) in coordinator.last
    assert plain("ru", "week.to_answer", median=hour, ninetieth=hour) in coordinator.last
    await coordinator.taps("button.week.region")
    await coordinator.taps_label(after)
    assert plain("ru", "week.none") in coordinator.last
    await coordinator.taps_label(before)
    assert plain("ru", "week.by.region") in coordinator.last
    await coordinator.forges(f"w:{this.year}:{this.number + 1}")
    assert coordinator.alerts[-1] == label("ru", "refusal.week_to_come")


async def test_a_week_begins_on_monday_by_the_organisations_clock(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    stage.clock.advance(days=2, hours=13, minutes=30)
    her = await stage.seeker("ru")
    await stage.appeal(her, "late on Sunday")
    await stage.later(hours=1)
    other = await stage.seeker("ru")
    await stage.appeal(other, "early on Monday")
    before = ("2026-W47", "2026-11-16", "22.11.2026", "17.11", "вчера", "өткен апта", "прошлая неделя", "неделя 47")
    for typed in (*before, "2026-W48", "23 ноября 2026", "today", "25.11.2026"):
        await coordinator.says(f"/week {typed}")
        assert plural("ru", "week.appeals", 1) in coordinator.last, typed
        expected = "2026-W47" if typed in before else "2026-W48"
        assert expected in coordinator.last.splitlines()[0], typed


@pytest.mark.parametrize(
    "typed", ["ертеңгісін кеше", "2026-W60", "0000-W01", "0001-W01", "31.02.2026", "2026-10", "2026-W46; DROP"]
)
async def test_a_week_that_is_none_is_answered(stage: Stage, typed: str) -> None:
    coordinator = await stage.coordinator("kk")
    await coordinator.says(f"/week {typed}")
    assert coordinator.says_now("refusal.week")
    await coordinator.says("/week 2027-W01")
    assert coordinator.says_now("refusal.week_to_come")


async def test_only_those_who_count_see_it_and_no_button_says_more_than_there_is(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    observer = await stage.observer(coordinator)
    for person in (lawyer, her):
        await person.says("/week")
        assert person.says_now("refusal.not_allowed")
        for forged in ("w:2026:47", "w:0:0", "wt:2026:47:region:", "wt:2026:47:category:FAM"):
            before = len(person.alerts)
            await person.forges(forged)
            assert person.alerts[before:] == [label("ru", "refusal.not_allowed")], forged
    for forged in ("wt:2026:47:seeker:", "wt:2026:47:region:FAM", "wt:2026:47:category:XXX", "w:99999:99"):
        before = len(observer.alerts)
        await observer.forges(forged)
        assert observer.alerts[before:] == [label("ru", "refusal.week")], forged
    await stage.appeal(her, CANARY, country="KZ", region="KZ-79", category="FAM")
    await observer.says("/week")
    assert f"1 · {category_name('ru', 'FAM')}" in observer.last
    nothing_of_anybody(observer, [her, lawyer])
    assert label("ru", "button.week.region") in observer.account.last.labels
