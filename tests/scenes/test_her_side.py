"""Her side of it: another lawyer, rather a woman, the coordinators; and she is told honestly while nobody comes."""

import pytest
from sqlalchemy import select

from bot.domain.case import Claimed, Queued
from bot.domain.follow_up import ReminderKind
from bot.i18n import LANGUAGES, label, text
from bot.storage import tables
from tests.stage import Actor, Stage, plain


async def opens_case(her: Actor, code: str) -> None:
    """The screen of one of her appeals."""
    await her.starts()
    await her.taps("button.cases")
    await her.forges(f"m:{code}")


async def complains(her: Actor, code: str, words: str) -> None:
    await opens_case(her, code)
    await her.taps("button.complain")
    await her.says(words)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_another_lawyer_is_asked_for_once_and_the_first_never_sees_it_again(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, "kk", "Duty 2")
    her = await stage.seeker(language)
    code = await stage.appeal(her, "her-first-words")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("his-words")
    await opens_case(her, code)
    await her.taps("button.another")
    assert her.says_now("another.ask", code=code)
    assert not her.says_now("another.nobody_yet")
    assert isinstance(await stage.case(code), Claimed), "asked once more"
    await her.taps("button.another_now")
    assert her.says_now("another.done", code=code)
    assert isinstance(await stage.case(code), Queued)
    assert label("ru", "card.back") in stage.group.last.text
    assert lawyer.says_now("lawyer.went_on", code=code)
    assert "her-first-words" not in lawyer.chat, "swept"
    assert "his-words" in her.chat, "what was said to her is hers"
    await her.says("her-later-words")
    await lawyer.taps("button.claim", group=stage.group)
    assert lawyer.alerts[-1] == label("ru", "refusal.conflict", code=code)
    await lawyer.says("once more")
    assert "once more" not in her.chat
    await other.taps_label(label("ru", "button.claim"), group=stage.group)
    assert her.says_now("case.claimed", code=code)
    assert "her-later-words" in other.chat
    assert "her-later-words" not in lawyer.chat
    journal = await coordinator_reads_journal(coordinator, code)
    assert label("ru", "journal.did.wished_another") in journal


async def coordinator_reads_journal(coordinator: Actor, code: str) -> str:
    await coordinator.says(f"/journal {code}")
    return coordinator.last


async def test_where_there_is_no_other_she_is_told_so_before_she_decides(stage: Stage) -> None:
    coordinator = await stage.coordinator()
    await stage.choose_group(coordinator)
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await coordinator.taps("button.claim", group=stage.group)
    await opens_case(her, code)
    await her.taps("button.another")
    assert her.says_now("another.nobody_yet")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_may_prefer_a_woman_before_and_after_and_change_her_mind(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    await her.says("…")
    await her.taps("button.questions")
    await her.answers("for_whom", "self")
    for _ in range(20):
        if label(language, "button.woman") in her.account.last.labels:
            break
        await her.skips()
    await her.taps("button.woman")
    assert plain(language, "name.prefers_woman") in her.last
    await her.taps("button.anybody")
    await her.taps("button.woman")
    await her.forges("go:export")
    assert plain(language, "name.prefers_woman") in her.last, "of what she has not sent yet, too"
    await her.forges("go:here")
    await her.taps("button.send")
    code = await stage.newest_case()
    case = await stage.case(code)
    assert case is not None
    assert case.file.prefers_woman
    await her.forges("go:data")
    assert her.says_now("data.prefers_woman", code=code)
    await lawyer.taps("button.claim", group=stage.group)
    await opens_case(her, code)
    assert her.says_now("case.prefers_woman")
    assert her.says_now("case.stays_as_it_is")
    assert label(language, "button.another") in her.account.last.labels
    await her.taps("button.anybody")
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert not case.file.prefers_woman
    assert not her.says_now("case.prefers_woman")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_complaint_reaches_the_coordinators_alone_and_is_answered(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her)
    await lawyer.taps("button.claim", group=stage.group)
    group, his = len(stage.group.messages), len(lawyer.sees)
    await complains(her, code, "canaryword he is rude, help me he will kill me")
    assert her.seen("complaint.kept", code=code)
    assert coordinator.says_now("complaint.urgent", code=code) or coordinator.says_now("complaint.came", code=code)
    assert "canaryword" not in coordinator.chat, "no lock screen shows it"
    await coordinator.taps("button.complaint.show")
    assert "canaryword" in coordinator.chat
    assert any(each.protected and "canaryword" in each.text for each in coordinator.account.messages)
    await coordinator.taps("button.complaint.take")
    await coordinator.taps("button.complaint.answer")
    await coordinator.says("canaryanswer we will see to it")
    assert her.sees[-1] == f"{label(language, 'complaint.answered', code=code)}\ncanaryanswer we will see to it"
    await her.taps("button.complain")
    await her.says("canaryword two")
    await coordinator.taps("button.complaint.show")
    await coordinator.taps("button.complaint.settle")
    assert coordinator.seen("complaint.settled", code=code)
    assert her.seen("complaint.read", code=code), "the second was never answered in words"
    await her.says("for my lawyer")
    assert "for my lawyer" in lawyer.chat
    assert "canary" not in lawyer.chat + str(stage.group.messages)
    assert (len(stage.group.messages), len(lawyer.sees)) == (group, his + 1)
    await her.forges("go:export")
    assert "canaryword two" in her.last or "canaryword two" in her.chat
    await her.forges("go:erase_now")
    async with stage.database.unit_of_work() as uow:
        assert not await uow.read(select(tables.complaints.c.id))


async def test_no_coordinator_who_ever_held_it_hears_of_a_complaint(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    coordinator.account.joins(stage.group)
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await coordinator.taps("button.claim", group=stage.group)
    await coordinator.taps("button.release")
    second = await stage.coordinator("kk")
    await complains(her, code, "canaryword")
    assert second.says_now("complaint.came", code=code)
    assert not coordinator.seen("complaint.came", code=code)
    for act in ("show", "take", "answer", "settle"):
        await coordinator.forges(f"cm:{act}:{code}")
        assert coordinator.alerts[-1] == label("ru", "refusal.no_case", code=code)
    await coordinator.says("/complaints")
    assert coordinator.says_now("complaint.none")
    assert label("ru", "journal.did.complained") not in await coordinator_reads_journal(coordinator, code)
    await second.taps("button.complaint.show")
    await second.says("reply-by-reply", reply_to=second.account.last)
    assert "reply-by-reply" in her.chat
    await her.says("and-back", reply_to=her.account.last)
    assert her.seen("complaint.kept", code=code)
    await coordinator.taps("button.claim", group=stage.group)
    assert "and-back" not in coordinator.chat
    assert "reply-by-reply" not in coordinator.chat


async def test_with_nobody_to_read_it_she_is_told_and_the_next_coordinator_hears(stage: Stage) -> None:
    coordinator = await stage.coordinator()
    await stage.choose_group(coordinator)
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await coordinator.taps("button.claim", group=stage.group)
    await opens_case(her, code)
    await her.taps("button.complain")
    assert her.says_now("complaint.nobody_yet")
    await her.sends("voice")
    assert her.says_now("refusal.text_only")
    await her.says("canaryword")
    assert her.seen("complaint.kept_for_later", code=code)
    second = await stage.coordinator("ru")
    await stage.later(hours=25)
    assert second.seen("complaint.still", code=code)
    before = second.chat.count(text("ru", "complaint.still", code=code))
    await stage.later(hours=25)
    assert second.chat.count(text("ru", "complaint.still", code=code)) == before + 1
    await second.taps("button.complaint.show")
    await second.taps("button.complaint.answer")
    await second.says("an answer")
    assert second.seen("relay.notice", code=code), "she is not there"
    await stage.later(hours=30)
    assert second.chat.count(text("ru", "complaint.still", code=code)) == before + 1
    await her.starts()
    assert "an answer" in her.chat
    assert "canaryword" not in coordinator.chat


async def test_what_she_does_instead_of_complaining_ends_the_question(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await opens_case(her, code)
    await her.taps("button.complain")
    await her.taps("button.back")
    await her.says("for my lawyer")
    assert "for my lawyer" in lawyer.chat
    await opens_case(her, code)
    await her.taps("button.complain")
    first = await her.says("x" * 4096)
    await her.says("the rest of it")
    assert "the rest of it" not in lawyer.chat
    await her.edits(first, "canaryword edited")
    assert "canaryword" not in lawyer.chat
    assert her.seen("complaint.kept", code=code)


async def test_past_the_limit_she_is_told_with_what_to_do_and_only_as_long_as_it_is_true(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, contact="any_time")
    await stage.later(hours=25)
    assert her.says_now("notice.waiting")
    await stage.later(hours=50)
    await her.taps("notice.show")
    told = [each for each in her.account.messages if text("ru", "case.still_waiting", code=code) in each.text]
    assert len(told) == 1, "the newest alone"
    for key in ("button.danger", "button.hide", "button.services", "button.read"):
        assert label("ru", key) in told[0].labels
    await stage.later(days=3)
    await lawyer.taps("button.claim", group=stage.group)
    await her.starts()
    assert sum(text("ru", "case.still_waiting", code=code) in each.text for each in her.account.messages) == 1
    assert her.seen("case.claimed", code=code)


async def test_after_danger_now_she_is_told_every_ten_minutes_while_she_is_there(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    await her.taps("button.duty")
    code = await stage.newest_case()
    said = []
    for turn in range(4):
        stage.clock.advance(minutes=9)
        await her.says(f"word {turn}")
        before = len(her.sees)
        await stage.later(minutes=1, seconds=10)
        assert len(her.sees) == before + 1, "one thing said once"
        assert her.says_now(f"duty.still.{turn % 3}", code=code)
        assert "103" in her.last
        said.append(her.last)
    assert len(set(said)) == 3
    await her.taps("button.hide")
    await stage.later(minutes=12)
    assert not her.seen("duty.still.0", code=code)
    await her.says("I am here")
    await stage.later(minutes=10)
    assert her.says_now("duty.still.1", code=code)
    await lawyer.taps("button.claim", group=stage.group)
    await stage.later(minutes=10)
    await her.says("still there")
    await stage.later(minutes=10)
    assert sum(f"{code}" in each and "103" in each for each in her.sees) == 1
    async with stage.database.unit_of_work() as uow:
        assert await uow.reminders.find(code, ReminderKind.WAITING) is None


async def test_who_writes_first_is_not_spoken_to_and_in_thoughts_of_suicide_no_police_is_named(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, contact="when_i_write")
    await her.taps("button.danger")
    await her.taps("button.duty")
    before = len(her.sees)
    await stage.later(minutes=11)
    assert len(her.sees) == before
    other = await stage.seeker("ru")
    await other.taps("button.danger")
    await other.taps("button.kinds")
    await other.taps("button.kind.suicide")
    await other.taps("button.duty")
    await stage.later(minutes=11)
    code = await stage.newest_case()
    assert other.says_now("duty.still.0", code=code)
    said = other.last.replace(code, "")
    assert "150" in said
    assert "102" not in said
