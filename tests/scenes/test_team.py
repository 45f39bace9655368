"""The team's doors: links that work once, the group chosen with a button, and nobody in by any other way."""

import pytest

from bot.domain.case import Queued
from bot.domain.people import Role
from bot.i18n import LANGUAGES, label, text
from bot.services import team
from tests.stage import Stage, plain


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_set_up_link_makes_one_coordinator(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    assert coordinator.seen(
        "team.welcome", role=label(language, "role.coordinator"), name=label(language, "team.unnamed")
    )
    assert coordinator.seen("setup.group")


async def test_a_set_up_link_works_once_and_for_an_hour(stage: Stage) -> None:
    async with stage.database.unit_of_work() as uow:
        first, second = await team.setup_link(uow), await team.setup_link(uow)
    one, other = stage.actor("ru"), stage.actor("ru")
    await one.starts(first)
    await other.starts(first)
    assert text("ru", "refusal.link.used") in other.last
    stage.clock.advance(minutes=61)
    await other.starts(second)
    assert text("ru", "refusal.link.expired") in other.last
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(other.account.id)).role is None


async def test_a_lawyers_link_works_once_and_for_a_day(stage: Stage) -> None:
    coordinator = await stage.coordinator("en")
    await coordinator.taps("button.invite_lawyer")
    assert coordinator.says_now("team.ask_name")
    await coordinator.says("Night 3")
    assert "Night 3" in coordinator.last
    token = coordinator.last.rsplit("start=", 1)[1].split()[0]
    lawyer, thief = stage.actor("kk"), stage.actor("ru")
    await lawyer.starts(token)
    lawyer.account.taps(label("kk", "language.kk"))
    await stage.settle()
    assert lawyer.seen("team.welcome", role=label("kk", "role.lawyer"), name="Night 3")
    assert coordinator.says_now("team.joined", name="Night 3", role=label("en", "role.lawyer"))
    await thief.starts(token)
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(thief.account.id)).role is None


@pytest.mark.parametrize("name", ["", " ", "two\nlines", "x" * 41, "\u202edesrever"])
async def test_a_bad_working_name_is_asked_for_again(stage: Stage, name: str) -> None:
    coordinator = await stage.coordinator("ky")
    await coordinator.taps("button.invite_lawyer")
    if not name.strip():
        await coordinator.sends("sticker")
        assert coordinator.says_now("refusal.unfit", kind=label("ky", "kind.sticker"))
    else:
        await coordinator.says(name)
        assert coordinator.says_now("refusal.name")
    await coordinator.says("Good name")
    assert "Good name" in coordinator.last


async def test_only_a_coordinator_chooses_the_group(stage: Stage) -> None:
    coordinator, stranger = await stage.coordinator(), stage.actor("ru")
    stranger.account.joins(stage.group)
    coordinator.account.joins(stage.group)
    coordinator.account.adds_bot(stage.group)
    await stage.settle()
    await stranger.taps_label(label("ru", "language.ru"), group=stage.group)
    assert any(text("ru", "refusal.not_allowed") in alert for alert in stranger.alerts)
    async with stage.database.unit_of_work() as uow:
        assert not await uow.groups.all()


async def test_a_strangers_group_is_told_and_left(stage: Stage) -> None:
    stranger, other = stage.actor("ru"), stage.telegram.group("Elsewhere")
    stranger.account.joins(other)
    stranger.account.adds_bot(other)
    await stage.settle()
    await stage.later(minutes=2)
    for language in LANGUAGES:
        assert plain(language, "group.stranger", link="https://t.me/zhanynda_bot") in other.last.text
    assert not other.bot_is_in


async def test_asking_in_the_group_only_proposes(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    curious = stage.actor("ru", "Curious")
    curious.account.joins(stage.group)
    await curious.says("/join", chat=stage.group)
    assert text("ru", "team.proposal_sent") in stage.group.last.text
    assert coordinator.says_now("team.proposed")
    assert "Curious" not in coordinator.chat
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(curious.account.id)).role is None


async def test_a_claim_without_a_role_is_answered_and_nothing_moves(stage: Stage) -> None:
    await stage.opened()
    her, curious = await stage.seeker("ru"), stage.actor("ru")
    curious.account.joins(stage.group)
    code = await stage.appeal(her, "…")
    await curious.taps("button.claim", group=stage.group)
    assert any(text("ru", "claim.on_the_way") in alert for alert in curious.alerts)
    assert isinstance(await stage.case(code), Queued)


async def test_a_claim_by_who_never_started_opens_the_private_chat(stage: Stage) -> None:
    await stage.opened()
    new = stage.actor("ru")
    async with stage.database.unit_of_work() as uow:
        await uow.people.set_role(await uow.people.by_account(new.account.id), Role.LAWYER, "Newcomer")
    new.account.joins(stage.group)
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    await new.taps("button.claim", group=stage.group)
    answers = [answer for answer in stage.telegram.answers if answer.account_id == new.account.id]
    assert (answers[-1].url or "").startswith("https://t.me/zhanynda_bot?start=")
    assert isinstance(await stage.case(code), Queued)


async def test_coordinators_and_the_group_by_settings(stage: Stage) -> None:
    chief = stage.actor("en")
    stage.settings.coordinator_ids.append(chief.account.id)
    stage.settings.operator_chat_id = stage.group.id
    chief.account.adds_bot(stage.group)
    await stage.restart()
    await stage.settle()
    await chief.chooses_language()
    assert chief.says_now("coordinator.home")
    await chief.taps_label(label("en", "language.en"), group=stage.group)
    assert text("en", "group.chosen") in stage.group.last.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_commands_are_set_by_language_and_role(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    her = await stage.seeker(language)
    menus = {
        account: [
            command for scope, commands in stage.menus() if str(account.account.id) in scope for command in commands
        ]
        for account in (coordinator, her)
    }
    assert "week" in [command["command"] for command in menus[coordinator]]
    assert "week" not in [command["command"] for command in menus[her]]
    assert label(language, "command.now") in [command["description"] for command in menus[her]]


async def test_staff_do_not_appeal_from_the_same_account(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    await lawyer.says("/new")
    assert lawyer.says_now("refusal.staff")
