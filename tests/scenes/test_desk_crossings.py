"""Where two features of the desk meet: a case that has ended, *not me*, a complaint, and an appeal that is shut."""

from bot.domain.case import Closed
from bot.i18n import label
from tests.scenes.test_erasing import erases
from tests.scenes.test_her_side import complains
from tests.stage import Stage


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
    assert not any(code in each for each in coordinator.sees[before:])
