"""Duty: the rota, one's own word beside it, and people called one after the other until somebody takes the case."""

from bot.domain.ids import CaseCode, PersonId
from bot.domain.profile import Profile
from bot.i18n import label
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
