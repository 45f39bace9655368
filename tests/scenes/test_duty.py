"""Duty: the rota, one's own word beside it, and people called one after the other until somebody takes the case."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.domain.ids import CaseCode, PersonId
from bot.domain.profile import Profile
from bot.i18n import LANGUAGES, label, lasting, weekday_in, weekday_moment_in
from bot.storage import tables
from tests.stage import Actor, Stage, plain

FRIDAY = 4
"""Scenes begin on Friday 20 November 2026 at 10:00 in Almaty."""


async def id_of(stage: Stage, actor: Actor) -> PersonId:
    async with stage.database.unit_of_work() as uow:
        return (await uow.people.by_account(actor.account.id)).id


async def shift(stage: Stage, actor: Actor, weekday: int, start: int, until: int) -> None:
    async with stage.database.unit_of_work() as uow:
        await uow.rota.add((await uow.people.by_account(actor.account.id)).id, weekday, start, until)


async def calls_from_danger(stage: Stage) -> tuple[Actor, CaseCode]:
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    await her.taps("button.duty")
    return her, await stage.newest_case()


def pages(actor: Actor, code: CaseCode) -> int:
    """Cards and lines about a case that stand in somebody's private chat with a button to take it."""
    claim = label(actor.language, "button.claim")
    return sum(code in (each.text or "") and claim in each.labels for each in actor.account.messages)


async def test_an_immediate_case_calls_one_after_the_other_until_somebody_takes_it(stage: Stage) -> None:
    coordinator, first = await stage.opened()
    second = await stage.lawyer(coordinator, "kk", "Duty 2")
    off = await stage.lawyer(coordinator, "ky", "Duty 3")
    away = await stage.lawyer(coordinator, "ru", "Duty 4")
    conflicted = await stage.lawyer(coordinator, "ru", "Duty 5")
    for each in (first, second, conflicted):
        await shift(stage, each, FRIDAY, 9, 18)
    gone = await id_of(stage, away)
    async with stage.database.unit_of_work() as uow:
        await uow.profiles.keep(gone, Profile(away_since=uow.now))
    her, code = await calls_from_danger(stage)
    everybody = (first, second, off, away, coordinator)
    assert her.says_now("duty.called", code=code)
    assert [pages(each, code) for each in everybody] == [1, 0, 0, 0, 0]
    assert plain("ru", "page.duty") in first.last
    await conflicted.taps("button.not_me", group=stage.group)
    assert pages(conflicted, code) == 0
    await stage.restart()
    await stage.later(minutes=3)
    assert [pages(each, code) for each in everybody] == [1, 1, 0, 0, 0]
    await stage.later(minutes=3)
    assert [pages(each, code) for each in everybody] == [1, 1, 1, 0, 0]
    assert plain("ky", "page.rest") in off.last
    await stage.later(minutes=3)
    assert [pages(each, code) for each in everybody] == [1, 1, 1, 0, 1]
    assert plain("ru", "coordinator.nobody_came", code=code, region=label("ru", "card.unknown")) == coordinator.last
    await second.taps("button.claim")
    assert [pages(each, code) for each in everybody] == [0, 0, 0, 0, 0]
    for each in (first, off, coordinator):
        assert each.says_now("page.taken", code=code, name="Duty 2")
    assert code not in conflicted.chat
    assert code not in away.chat
    for each in (first, off, coordinator, second):
        assert "Person" not in each.chat
    told = [len(each.sees) for each in (first, off, coordinator)]
    await stage.later(minutes=9)
    assert [len(each.sees) for each in (first, off, coordinator)] == told


async def test_nobody_on_duty_means_the_coordinators_at_once_and_who_comes_later_is_called(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    late = await stage.lawyer(coordinator, "ru", "Duty 2")
    await shift(stage, late, FRIDAY, 11, 18)
    await stage.later(minutes=20)
    her, code = await calls_from_danger(stage)
    assert her.says_now("duty.off_hours")
    assert [pages(each, code) for each in (coordinator, lawyer, late)] == [1, 0, 0]
    assert coordinator.says_now("coordinator.immediate", code=code, region=label("ru", "card.unknown"))
    await late.taps("button.not_me", group=stage.group)
    await stage.later(minutes=3)
    assert [pages(each, code) for each in (coordinator, lawyer, late)] == [1, 1, 0]
    newcomer = await stage.lawyer(coordinator, "ru", "Duty 3")
    await stage.later(minutes=3)
    assert pages(newcomer, code) == 1
    await stage.later(minutes=5)
    assert pages(coordinator, code) == 1
    await stage.later(minutes=20)
    assert coordinator.seen("coordinator.unclaimed", code=code, urgency=label("ru", "urgency.immediate"),
                            moment="20 нояб., 10:20")  # fmt: skip


async def test_a_normal_case_past_its_limit_calls_those_on_duty_before_the_coordinators(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    await lawyer.says("/duty")
    await lawyer.taps("duty.for.open")
    code = await stage.appeal(await stage.seeker("ru"), "…")
    assert pages(lawyer, code) == 0
    await stage.later(hours=25)
    assert pages(lawyer, code) == 0
    await stage.later(hours=24)
    assert (pages(lawyer, code), pages(coordinator, code)) == (1, 0)
    await stage.later(hours=24)
    assert (pages(lawyer, code), pages(coordinator, code)) == (1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_his_own_word_beside_the_rota(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    await stage.choose_group(coordinator, language)
    lawyer = await stage.lawyer(coordinator, language)
    await lawyer.says("/duty")
    assert lawyer.says_now("duty.off")
    await lawyer.taps("duty.for.hours_2")
    assert lawyer.says_now("duty.on")
    await stage.later(hours=2)
    await lawyer.says("/duty")
    assert lawyer.says_now("duty.off")
    await shift(stage, lawyer, FRIDAY, 9, 18)
    await lawyer.says("/duty")
    assert lawyer.says_now("duty.on")
    before = len(lawyer.sees)
    await lawyer.taps("duty.stop")
    assert len(lawyer.sees) == before
    assert "18:00" in lawyer.last
    assert label(language, "duty.stop") not in lawyer.account.last.labels
    assert coordinator.says_now("duty.nobody_left", name="Duty 1")
    _, code = await calls_from_danger(stage)
    assert (pages(lawyer, code), pages(coordinator, code)) == (0, 1)
    await stage.later(days=7)
    await lawyer.says("/duty")
    assert lawyer.says_now("duty.on")


async def test_coordinators_make_the_rota_by_buttons_and_see_the_hours_nobody_has(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    await coordinator.says("/rota")
    assert coordinator.says_now("rota.none")
    before = len(coordinator.sees)
    for weekday in range(7):
        start, until = ("02:00", "24:00") if weekday == 5 else ("00:00", "24:00")
        await coordinator.taps_label(weekday_in("ru", weekday))
        await coordinator.taps("rota.add")
        await coordinator.taps_label("Duty 1")
        await coordinator.taps_label(start)
        await coordinator.taps_label(until)
        await coordinator.taps("button.back")
    assert "сб 00:00–02:00" in coordinator.last
    assert coordinator.last.count("–02:00") == 1
    assert coordinator.says_now("rota.now", names="Duty 1")
    await coordinator.taps_label(weekday_in("ru", 6))
    await coordinator.taps_label("✖ 00:00–24:00 Duty 1")
    assert coordinator.says_now("rota.day_none", day=weekday_in("ru", 6, whole=True))
    await coordinator.taps("button.back")
    assert "вс 00:00–24:00" in coordinator.last
    assert len(coordinator.sees) == before
    async with stage.database.unit_of_work() as uow:
        rows = await uow.read(select(tables.journal.c.action).where(tables.journal.c.action.like("%shift")))
        kept = await uow.rota.shifts()
    assert [row.action for row in rows] == ["added a shift"] * 7 + ["removed a shift"]
    her = await stage.seeker("ru")
    for other, forged in ((lawyer, f"rx:6:{kept[0].id}"), (lawyer, "ra:6:x:1:2"), (her, "rd:"), (her, "dy:open")):
        await other.forges(forged)
    await lawyer.says("/rota")
    assert "Duty 1" not in her.chat + lawyer.last
    async with stage.database.unit_of_work() as uow:
        assert await uow.rota.shifts() == kept
        assert await uow.rota.words() == {}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_writes_when_nobody_is_on_duty_hears_from_when_somebody_is(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened()
    first = await stage.seeker(language)
    await stage.later(hours=8)
    code = await stage.appeal(first, "…", country="KG")
    assert first.says_now("case.sent", code=code, span=lasting(language, timedelta(days=1)))
    await shift(stage, lawyer, 0, 9, 18)
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…", country="KG")
    monday = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    bishkek = weekday_moment_in(language, monday, ZoneInfo("Asia/Bishkek"))
    assert "10:00" in bishkek
    assert her.says_now("case.sent_later", code=code)
    assert her.says_now("case.expected", moment=bishkek)
    assert "Duty 1" not in her.chat
    await stage.later(hours=25)
    await her.taps("notice.show")
    assert her.seen("case.still_waiting", code=code)
    assert her.says_now("case.expected", moment=bishkek)
    await her.taps("button.danger")
    await her.taps("button.duty")
    assert her.says_now("duty.called", code=code)
    assert her.says_now("duty.off_hours")
    assert code in coordinator.last
    await lawyer.says("/duty")
    at_work = await stage.seeker(language)
    code = await stage.appeal(at_work, "…")
    assert at_work.says_now("case.sent", code=code, span=lasting(language, timedelta(days=1)))


async def test_that_somebody_may_be_in_danger_hears_who_is_on_duty(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    off = await stage.lawyer(coordinator, "ru", "Duty 2")
    await lawyer.says("/duty")
    await lawyer.taps("duty.for.tomorrow")
    her = await stage.seeker("ru")
    await her.says("помогите он с ножом у двери zimorodok")
    assert her.says_now("danger.warns")
    before = [len(each.sees) for each in (coordinator, off)]
    await stage.later(seconds=70)
    assert lawyer.says_now("coordinator.risk", region=label("ru", "card.unknown"), reads=label("ru", "language.ru"))
    assert [len(each.sees) for each in (coordinator, off)] == before
    assert "zimorodok" not in lawyer.chat


async def test_who_left_the_team_is_not_called_and_is_in_no_shift(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    await shift(stage, lawyer, FRIDAY, 9, 18)
    await coordinator.says("/team")
    await coordinator.taps("team.line", name="Duty 1", role=label("ru", "role.lawyer"), number="0")
    await coordinator.taps("button.remove")
    await coordinator.taps("button.remove_now")
    _, code = await calls_from_danger(stage)
    assert (pages(lawyer, code), pages(coordinator, code)) == (0, 1)
    async with stage.database.unit_of_work() as uow:
        assert await uow.rota.shifts() == []
