"""Leaving the team: everything is lost at once, old buttons open nothing, and whoever waited is not forgotten."""

import pytest
from sqlalchemy import func, select

from bot.domain.case import Claimed, Queued
from bot.domain.people import Role
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from tests.stage import Actor, Stage, plain


async def removes(coordinator: Actor, name: str) -> None:
    """The coordinator takes this one out of the team."""
    await coordinator.says("/team")
    line = next(words for words in coordinator.account.last.labels if words.startswith(name))
    await coordinator.taps_label(line)
    await coordinator.taps("button.remove")
    await coordinator.taps("button.remove_now")


async def role_of(stage: Stage, actor: Actor) -> Role | None:
    async with stage.database.unit_of_work() as uow:
        return (await uow.people.by_account(actor.account.id)).role


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_removed_lawyer_loses_everything_at_once(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened(language)
    her = await stage.seeker(language)
    code = await stage.appeal(her, "canary-first")
    await lawyer.taps("button.claim", group=stage.group)
    await her.says("canary-second")
    await lawyer.says("canary-answer")
    assert "canary-first" in lawyer.chat
    await removes(coordinator, "Duty 1")
    assert coordinator.says_now("team.removed", name="Duty 1")
    assert await role_of(stage, lawyer) is None
    assert "canary" not in lawyer.chat
    assert code not in lawyer.chat
    assert [message.text for message in lawyer.account.messages] == [plain(language, "team.you_left")]
    assert isinstance(await stage.case(code), Queued)
    assert her.says_now("case.released", code=code)
    menu = [each["command"] for scope, menu in stage.menus() if str(lawyer.account.id) in scope for each in menu]
    assert "now" in menu
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(lawyer.account.id)).working_name is None
        rows = await uow.read(select(tables.journal.c.action, tables.journal.c.role))
        assert ("removed a lawyer", Role.COORDINATOR) in [tuple(row) for row in rows]


async def test_old_buttons_of_a_removed_lawyer_open_nothing(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "canary")
    await lawyer.taps("button.claim", group=stage.group)
    await removes(coordinator, "Duty 1")
    for data in (f"c:open:{code}", f"c:release:{code}", f"c:close:{code}", f"c:send:{code}", f"o:{code}:advice"):
        await lawyer.forges(data)
    await lawyer.taps("button.claim", group=stage.group)
    assert lawyer.alerts[-6:] == [label("ru", "claim.on_the_way")] * 6
    assert "canary" not in lawyer.chat
    assert isinstance(await stage.case(code), Queued)


async def test_words_of_a_removed_lawyer_are_those_of_a_help_seeker(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "hers")
    await lawyer.taps("button.claim", group=stage.group)
    said = await lawyer.says("said while on the team")
    async with stage.database.unit_of_work() as uow:
        gone = await uow.people.by_account(lawyer.account.id)
    coordinator.account.taps(f"t:remove:{gone.id}", on=coordinator.account.last, by="data")
    lawyer.account.edits(said, "said after leaving")
    await stage.settle()
    assert await role_of(stage, lawyer) is None
    await lawyer.says("and this")
    assert "after leaving" not in her.chat
    assert "and this" not in her.chat
    async with stage.database.unit_of_work() as uow:
        assert [entry.piece.text for entry in await uow.threads.of(code)] == ["hers", "said while on the team"]
        assert await uow.drafts.count((await uow.people.by_account(lawyer.account.id)).id) >= 1


async def test_what_waits_for_a_removed_lawyer_is_never_sent(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    first, second = await stage.seeker("ru"), await stage.seeker("en")
    await stage.appeal(first, "one")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(seconds=1)
    await stage.appeal(second, "two")
    await lawyer.taps("button.claim", group=stage.group)
    await first.says("a question")
    await lawyer.says("kept until he says for whom")
    first.account.says("canary on its way")
    coordinator.account.says("/team")
    await stage.hotline.polling.once(timeout=0)
    async with stage.database.unit_of_work() as uow:
        gone = await uow.people.by_account(lawyer.account.id)
    await coordinator.forges(f"t:remove:{gone.id}")
    assert "canary" not in lawyer.chat
    async with stage.database.unit_of_work() as uow:
        assert await uow.drafts.count(gone.id) == 0
        assert await uow.cases.held_by(gone.id) == []
        waiting = select(func.count()).where(tables.outbox.c.state.in_(("waiting", "held")))
        assert (await uow.read(waiting))[0][0] == 0


async def test_the_last_coordinator_stays(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    await coordinator.says("/team")
    own = next(words for words in coordinator.account.last.labels if label("ru", "role.coordinator") in words)
    await coordinator.taps_label(own)
    await coordinator.taps("button.remove")
    assert coordinator.alerts[-1] == label("ru", "refusal.last_coordinator")
    assert await role_of(stage, coordinator) is Role.COORDINATOR


async def test_a_removed_coordinators_links_open_nothing(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    other = await stage.coordinator("en")
    await other.taps("button.invite_coordinator")
    await other.says("Spare")
    token = other.last.rsplit("start=", 1)[1].split()[0]
    await removes(coordinator, label("ru", "team.unnamed"))
    removed = [each for each in (coordinator, other) if await role_of(stage, each) is None]
    back = stage.actor("ru")
    await back.starts(token)
    assert len(removed) == 1
    assert (await role_of(stage, back) is None) == (removed == [other])


@pytest.mark.parametrize("who", ["lawyer", "seeker"])
async def test_only_a_coordinator_removes(stage: Stage, who: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    async with stage.database.unit_of_work() as uow:
        target = await uow.people.by_account(lawyer.account.id)
    forger = lawyer if who == "lawyer" else her
    for act in ("list", "show", "ask", "remove"):
        await forger.forges(f"t:{act}:{target.id}")
        assert forger.alerts[-1] == label("ru", "refusal.not_allowed")
    await forger.says("/team")
    assert forger.says_now("refusal.not_allowed")
    assert await role_of(stage, lawyer) is Role.LAWYER


async def test_not_me_while_holding_gives_it_back_for_good(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, "kk", "Duty 2")
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "canary")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("canary-answer")
    await lawyer.taps("button.not_me")
    assert lawyer.alerts[-1] == label("ru", "claim.not_me", code=code)
    assert isinstance(await stage.case(code), Queued)
    assert "canary" not in lawyer.chat
    assert her.says_now("case.released", code=code)
    await lawyer.taps("button.claim", group=stage.group)
    assert lawyer.alerts[-1] == label("ru", "refusal.conflict", code=code)
    await other.taps("button.claim", group=stage.group)
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    await her.says("canary-later")
    await stage.later(hours=30)
    assert "canary" not in lawyer.chat


async def test_a_coordinator_in_conflict_hears_nothing_of_the_case(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.coordinator("en")
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    await her.taps("button.danger")
    await her.taps("button.duty")
    assert code in coordinator.chat
    coordinator.account.joins(stage.group)
    await coordinator.taps("button.not_me", group=stage.group)
    assert code not in coordinator.chat
    before = len(other.account.messages)
    await stage.later(minutes=11)
    await stage.later(minutes=11)
    assert any(code in message.text for message in other.account.messages[before:])
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.taps("button.release")
    assert code not in coordinator.chat
    await coordinator.starts()
    await coordinator.says("/cases")
    assert code not in coordinator.chat
