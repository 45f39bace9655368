"""The coordinator's team: who carries how much and who is missing; names, roles and links that change hands."""

import asyncio

import pytest
from sqlalchemy import update

from bot.domain.case import Claimed, Queued
from bot.domain.ids import PersonId
from bot.domain.people import Role
from bot.i18n import LANGUAGES, label
from bot.services import members, roles
from bot.storage import tables
from tests.scenes.test_leaving import role_of
from tests.stage import Actor, Stage, plain


async def id_of(stage: Stage, actor: Actor) -> PersonId:
    async with stage.database.unit_of_work() as uow:
        return (await uow.people.by_account(actor.account.id)).id


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_team_shows_load_and_absence_and_pages(stage: Stage, language: str) -> None:
    coordinator, _ = await stage.opened(language)
    busy = await stage.lawyer(coordinator, language, "Busy")
    her = await stage.seeker(language)
    for _ in range(2):
        await her.starts()
        await her.taps("button.new")
        await stage.appeal(her, "canaryword")
        await busy.taps("button.claim", group=stage.group)
    stage.clock.advance(days=8)
    await busy.says("/cases")
    await coordinator.says("/team")
    shown = coordinator.last
    assert shown.index("Busy") < shown.index("Duty 1"), "who carries most comes first"
    assert plain(language, "team.open", number=2) in shown
    absent = shown[shown.index("Duty 1") :]
    assert "8" in absent, "who has not opened the bot for long is named with the days"
    assert "canaryword" not in shown
    async with stage.database.unit_of_work() as uow:
        for number in range(25):
            person = await uow.people.by_account(900_000 + number)
            await uow.people.set_role(person, Role.OBSERVER, f"Watcher {number:02}")
    await coordinator.says("/team")
    assert label(language, "button.page.after", page=2, pages=2) in coordinator.account.last.labels
    assert len(coordinator.last) < 4096
    await coordinator.taps("button.page.after", page=2, pages=2)
    assert plain(language, "team.not_started") in coordinator.last


async def test_a_working_name_is_changed_and_never_goes_into_a_case(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…")
    coordinator.account.joins(stage.group)
    await coordinator.taps("button.claim", group=stage.group)
    member = await id_of(stage, lawyer)
    await coordinator.forges(f"t:rename:{member}")
    await coordinator.says("two\nlines")
    assert coordinator.says_now("refusal.name")
    await coordinator.says("Night 7")
    assert "Night 7" in coordinator.last
    assert lawyer.says_now("team.renamed", name="Night 7")
    await coordinator.forges(f"t:rename:{member}")
    stage.clock.advance(minutes=11)
    await coordinator.says("canary too late")
    assert coordinator.says_now("team.lapsed")
    assert "canary too late" not in her.chat
    await coordinator.says("this is for her")
    assert "this is for her" in her.chat


async def test_an_observer_made_of_a_lawyer_gives_everything_back(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "canaryword one")
    await lawyer.taps("button.claim", group=stage.group)
    member = await id_of(stage, lawyer)
    for forger in (lawyer, her):
        await forger.forges(f"tr:{member}:coordinator:1")
        assert await role_of(stage, lawyer) is Role.LAWYER
    await coordinator.forges(f"tr:{member}::0")
    await coordinator.taps_label(label("ru", "role.observer"))
    assert coordinator.says_now("team.sure_role.observer", number=1)
    await coordinator.taps("button.change_role_now")
    assert await role_of(stage, lawyer) is Role.OBSERVER
    assert isinstance(await stage.case(code), Queued)
    assert her.says_now("case.released", code=code)
    assert "canaryword" not in lawyer.chat
    assert code not in lawyer.chat
    assert lawyer.says_now("team.first.observer")
    await lawyer.taps("button.claim", group=stage.group)
    assert lawyer.alerts[-1] == label("ru", "refusal.observer")
    await coordinator.forges(f"tr:{member}:lawyer:1")
    await coordinator.forges(f"tr:{member}:lawyer:1")
    assert coordinator.alerts[-1] == label("ru", "refusal.old_button")
    await lawyer.taps("button.claim", group=stage.group)
    assert isinstance(await stage.case(code), Claimed)


async def test_the_last_coordinator_keeps_the_role_whatever_is_tried(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    own = await id_of(stage, coordinator)
    for forged in (f"tr:{own}:lawyer:1", f"tr:{own}:observer:1", f"t:remove:{own}"):
        await coordinator.forges(forged)
        assert coordinator.alerts[-1] == label("ru", "refusal.last_coordinator")
    await coordinator.starts()
    await coordinator.taps("button.invite_observer")
    await coordinator.says("Self")
    token = coordinator.last.rsplit("start=", 1)[1].split()[0]
    await coordinator.starts(token)
    assert coordinator.says_now("team.already", role=label("ru", "role.coordinator"))
    assert await role_of(stage, coordinator) is Role.COORDINATOR
    await lawyer.starts(token)
    assert lawyer.says_now("team.already", role=label("ru", "role.lawyer"))
    stage.settings.coordinator_ids.append(coordinator.account.id)
    await coordinator.forges(f"tr:{await id_of(stage, lawyer)}:coordinator:1")
    await coordinator.forges(f"tr:{own}:lawyer:0")
    assert coordinator.says_now("team.removed.settings"), "the settings would bring the role back"
    await coordinator.forges(f"tr:{own}:lawyer:1")
    assert await role_of(stage, coordinator) is Role.LAWYER
    await lawyer.forges(f"t:rename:{own}")
    await lawyer.says("Chief")
    await stage.restart()
    assert await role_of(stage, coordinator) is Role.COORDINATOR
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(coordinator.account.id)).working_name == "Chief"


async def test_a_link_is_listed_withdrawn_and_says_why_it_opens_nothing(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    keys = []
    for role, name in (("lawyer", "One"), ("observer", "Two")):
        await coordinator.starts()
        await coordinator.taps(f"button.invite_{role}")
        await coordinator.says(name)
        keys.append(coordinator.last.rsplit("start=", 1)[1].split()[0])
    await coordinator.says("/team")
    await coordinator.taps("button.links", number=2)
    assert "One" in coordinator.last
    assert label("ru", "role.observer") in coordinator.last
    assert not any(key in coordinator.last for key in keys), "the key itself is shown once"
    await coordinator.taps_label("✖ One")
    assert "One" not in coordinator.last
    async with stage.database.unit_of_work() as uow:
        other = (await uow.team.links())[0].id
    await lawyer.forges(f"tl:{other}")
    assert lawyer.alerts[-1] == label("ru", "refusal.not_allowed")
    late = stage.actor("ru")
    await late.chooses_language()
    await late.starts(keys[0])
    assert late.says_now("refusal.link")
    stage.clock.advance(hours=25)
    await late.starts(keys[1])
    assert late.says_now("refusal.link.expired")
    await coordinator.forges(f"tl:{other}")
    assert coordinator.alerts[-1] == label("ru", "refusal.no_link")
    assert await role_of(stage, late) is None


async def test_of_two_coordinators_who_remove_each_other_at_once_one_stays(stage: Stage) -> None:
    first, other = await stage.coordinator(), await stage.coordinator("en")
    mine, theirs = await id_of(stage, first), await id_of(stage, other)

    async def takes(actor: Actor, member: PersonId, *, remove: bool) -> None:
        async with stage.database.unit_of_work() as uow:
            person = await uow.people.by_account(actor.account.id)
            await asyncio.sleep(0.05)  # both have read that the other one is there
            if remove:
                await members.remove(uow, stage.settings, person, member, None)
            else:
                await roles.change(uow, stage.settings, person, member, Role.LAWYER, None)

    for one, two in ((mine, theirs), (theirs, mine)):  # each himself, then each the other
        await asyncio.gather(takes(first, one, remove=True), takes(other, two, remove=False), return_exceptions=True)
        async with stage.database.unit_of_work() as uow:
            there = [each.id for each in await uow.people.coordinators()]
            assert len(there) == 1, "nobody could let a coordinator in again"
            for person in (mine, theirs):
                back = update(tables.people).where(tables.people.c.id == person).values(role=Role.COORDINATOR)
                await uow.write(back)
