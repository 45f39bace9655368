"""Hand-over: to a colleague or to whoever takes it, with a note that is accepted before anything moves."""

import pytest

from bot.domain.case import Claimed
from bot.domain.ids import CaseCode
from bot.i18n import label
from tests.scenes.test_case_work import asked_for
from tests.stage import Actor, Stage


async def holder(stage: Stage, code: CaseCode) -> str | None:
    """The working name of whoever holds the case."""
    case = await stage.case(code)
    async with stage.database.unit_of_work() as uow:
        return (await uow.people.get(case.lawyer)).working_name if isinstance(case, Claimed) else None


async def offered(lawyer: Actor, code: CaseCode, to: str | None, note: str = "canary note") -> None:
    await lawyer.forges(f"c:hand:{code}")
    await lawyer.taps_label(to or label(lawyer.language, "button.hand_to_queue"))
    await asked_for(lawyer, "hand_over", code, note)


async def three(stage: Stage, language: str = "ru") -> tuple[Actor, Actor, Actor, Actor, Actor, CaseCode]:
    """A coordinator, three lawyers of whom the first holds a case, she, and its code."""
    coordinator, lawyer = await stage.opened(language)
    second = await stage.lawyer(coordinator, language, name="Duty 2")
    third = await stage.lawyer(coordinator, language, name="Duty 3")
    her = await stage.seeker(language)
    code = await stage.appeal(her, "canary words of hers")
    await lawyer.taps("button.claim", group=stage.group)
    return coordinator, lawyer, second, third, her, code


@pytest.mark.parametrize("language", ["kk", "ru", "en", "ky"])
async def test_it_moves_when_the_note_is_accepted_and_not_before(stage: Stage, language: str) -> None:
    _, lawyer, second, third, her, code = await three(stage, language)
    await lawyer.taps("button.hand_over")
    await lawyer.taps_label("Duty 2")
    assert lawyer.seen("case_note.ask.hand_over", code=code)
    await asked_for(lawyer, "hand_over", code, "canary note <i>")
    assert await holder(stage, code) == "Duty 1"
    assert second.seen("hand_over.offer", name="Duty 1", code=code)
    assert "canary note <i>" in second.chat
    assert "canary words" not in second.chat, "nothing of hers before he has accepted"
    await her.says("canary later words")
    assert "canary later" in lawyer.chat
    await second.says("canary for the giver", reply_to=second.account.last)
    assert second.says_now("hand_over.no_reply")
    await third.forges(f"hf:accept:{code}")
    assert third.alerts[-1] == label(language, "hand_over.not_yours", code=code)
    await second.taps("button.offer.accept")
    assert await holder(stage, code) == "Duty 2"
    assert her.says_now("case.handed_over", code=code)
    assert all(each in second.chat for each in ("canary words", "canary later", "canary note <i>"))
    assert lawyer.says_now("hand_over.done", name="Duty 2", code=code)
    assert "Duty 2" in stage.group.last.text
    await her.says("canary newest")
    assert "canary newest" not in lawyer.chat
    await second.says("now it is me")
    assert "now it is me" in her.chat
    assert "canary note" not in her.chat + third.chat + stage.group.last.text
    assert "Duty" not in her.chat


async def test_to_whoever_takes_it_the_card_says_so_and_one_wins(stage: Stage) -> None:
    _, lawyer, second, third, _, code = await three(stage)
    await offered(lawyer, code, None)
    card = stage.group.last
    assert label("ru", "card.handed_over") in card.text
    assert "Duty 1" in card.text, "whoever takes it knows whom to ask"
    assert "canary" not in card.text
    await second.taps("button.claim", group=stage.group)
    assert second.alerts[-1] == label("ru", "claim.look", code=code)
    await third.taps("button.claim", group=stage.group)
    assert all("canary note" in each.chat for each in (second, third))
    assert "canary words" not in second.chat + third.chat
    assert await holder(stage, code) == "Duty 1"
    await third.taps("button.offer.accept")
    await second.forges(f"hf:accept:{code}")
    assert await holder(stage, code) == "Duty 3"
    assert second.alerts[-1] == label("ru", "refusal.taken", name="Duty 3", code=code)
    assert "canary words" not in second.chat
    assert label("ru", "button.claim") not in stage.group.last.labels


async def test_declined_taken_back_or_unanswered_it_stays_with_the_giver(stage: Stage) -> None:
    _, lawyer, second, _, her, code = await three(stage)
    await lawyer.says("I am reading it")
    await offered(lawyer, code, "Duty 2")
    await offered_twice(lawyer, code)
    await second.taps("button.offer.decline")
    assert lawyer.says_now("hand_over.declined", name="Duty 2", code=code)
    await offered(lawyer, code, "Duty 2")
    await stage.later(hours=24, seconds=1)
    reminders = [seen for seen in lawyer.sees if seen.startswith("⏰") and "Duty 2" in seen]
    assert len(reminders) == 1
    await stage.later(hours=30)
    assert len([seen for seen in lawyer.sees if seen.startswith("⏰") and "Duty 2" in seen]) == 1, "once"
    await lawyer.forges(f"c:hand:{code}")
    await lawyer.taps("button.offer.withdraw")
    assert second.seen("hand_over.ended", code=code)
    await second.forges(f"hf:accept:{code}")
    assert await holder(stage, code) == "Duty 1"
    await offered(lawyer, code, "Duty 2")
    await second.taps("button.not_me")
    assert lawyer.says_now("hand_over.declined", name="Duty 2", code=code)
    await lawyer.forges(f"c:hand:{code}")
    assert "Duty 2" not in lawyer.account.last.labels, "who said not me is not asked"
    assert not her.seen("case.handed_over", code=code)


async def offered_twice(lawyer: Actor, code: CaseCode) -> None:
    await asked_for(lawyer, "hand_over", code, "canary again")
    assert lawyer.says_now("hand_over.twice", code=code)


async def test_an_offer_ends_with_whatever_ends_its_reason(stage: Stage) -> None:
    coordinator, lawyer, second, third, her, code = await three(stage)
    await offered(lawyer, code, "Duty 2")
    await coordinator.says("/team")
    await coordinator.taps_label(next(each for each in coordinator.account.last.labels if "Duty 2" in each))
    await coordinator.taps("button.remove")
    await coordinator.taps("button.remove_now")
    assert lawyer.says_now("hand_over.declined", name="Duty 2", code=code)
    await second.forges(f"hf:accept:{code}")
    assert await holder(stage, code) == "Duty 1"
    await offered(lawyer, code, "Duty 3")
    await lawyer.forges(f"c:close:{code}")
    assert label("ru", "close.offered") in lawyer.account.last.text
    await lawyer.taps("outcome.advice")
    assert third.seen("hand_over.ended", code=code)
    await third.forges(f"hf:accept:{code}")
    assert third.alerts[-1] == label("ru", "refusal.moved_on", code=code)
    await lawyer.forges(f"c:reopen:{code}")
    await asked_for(lawyer, "reopening", code, "canary goes on")
    await offered(lawyer, code, "Duty 3")
    await her.forges("go:erase_now")
    await third.forges(f"hf:accept:{code}")
    assert await stage.case(code) is None
    assert "canary note" not in third.chat


async def test_the_givers_note_goes_from_every_chat_in_which_it_was_opened(stage: Stage) -> None:
    _, lawyer, second, third, _, code = await three(stage)
    await offered(lawyer, code, None)
    for each in (second, third):
        await each.taps("button.claim", group=stage.group)
        assert "canary note" in each.chat
    await second.taps("button.offer.accept")
    assert "canary note" in second.chat, "the case is his"
    assert "canary note" not in third.chat
    assert third.seen("hand_over.ended", code=code)
    await offered(second, code, None, "canary again")
    await third.taps("button.claim", group=stage.group)
    assert "canary again" in third.chat
    await second.forges(f"hf:withdraw:{code}")
    assert "canary again" not in third.chat
