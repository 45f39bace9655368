"""Where two features of the desk meet: a case that has ended, *not me*, a complaint, and an appeal that is shut."""

from bot.domain.case import Closed
from bot.i18n import label, text
from tests.scenes.test_erasing import erases
from tests.scenes.test_her_side import complains, opens_case
from tests.stage import Stage, plain


async def test_after_not_me_the_notes_of_an_ended_case_are_closed_too(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    await lawyer.forges(f"c:note:{code}")
    await lawyer.says("secret-note", reply_to=lawyer.account.last)
    await lawyer.forges(f"o:{code}:resolved")
    assert isinstance(await stage.case(code), Closed)
    await lawyer.forges(f"c:notme:{code}")
    before = len(lawyer.sees)
    await lawyer.forges(f"c:note:{code}")
    assert lawyer.alerts[-1] == label("ru", "refusal.conflict", code=code)
    assert not any("secret-note" in each for each in lawyer.sees[before:])


async def test_nobody_is_reminded_of_the_complaint_of_a_shut_appeal(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await lawyer.taps("button.claim", group=stage.group)
    await complains(her, code, "words")
    await erases(her, "button.erase_later")
    before = len(coordinator.sees)
    await stage.later(hours=25)
    await coordinator.says("/complaints")
    assert coordinator.says_now("complaint.none")
    assert not any(code in each for each in coordinator.sees[before:])


async def test_a_complaint_taken_by_a_coordinator_who_has_left_is_free_again(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    second = await stage.coordinator("kk")
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await lawyer.taps("button.claim", group=stage.group)
    await complains(her, code, "words")
    await second.taps("button.complaint.show")
    await second.taps("button.complaint.take")
    await coordinator.forges(f"cm:take:{code}")
    assert coordinator.alerts[-1].startswith(label("ru", "refusal.complaint_taken", code=code, name="…").split("…")[0])
    async with stage.database.unit_of_work() as uow:
        await uow.people.set_role(await uow.people.by_account(second.account.id), None, None)
    refused = len(coordinator.alerts)
    await coordinator.forges(f"cm:take:{code}")
    assert len(coordinator.alerts) == refused
    async with stage.database.unit_of_work() as uow:
        me = await uow.people.by_account(coordinator.account.id)
        assert [each.taken_by for each in await uow.complaints.of(code)] == [me.id]


async def test_when_the_only_coordinator_takes_the_case_she_hears_weekly_that_her_words_wait(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, contact="any_time")
    await complains(her, code, "canaryword")
    assert her.says_now("complaint.kept", code=code)
    await coordinator.taps("button.claim", group=stage.group)
    before = coordinator.chat.count(text("ru", "complaint.still", code=code))
    waits = plain("ru", "complaint.kept_for_later", code=code)
    for _ in range(6):
        await stage.later(hours=25)
        await her.starts()
    assert her.chat.count(waits) == 1
    await stage.later(hours=50)
    await her.starts()
    assert her.chat.count(waits) == 2, "and again after a week"
    assert coordinator.chat.count(text("ru", "complaint.still", code=code)) == before


async def test_an_hour_after_she_began_a_complaint_her_words_are_her_lawyers_again(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await opens_case(her, code)
    await her.taps("button.complain")
    stage.clock.advance(minutes=50)
    await her.says("canaryword")
    assert "canaryword" not in lawyer.chat
    await her.taps("button.complain")
    stage.clock.advance(minutes=61)
    await her.says("for-my-lawyer")
    assert "for-my-lawyer" in lawyer.chat
