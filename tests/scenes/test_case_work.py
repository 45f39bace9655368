"""The lawyer's work on a case: private notes, its status, the reason for its end, and opening it again."""

import pytest

from bot.domain.case import Claimed, Closed, Outcome, Queued, Work
from bot.domain.case_notes import CaseNote, NoteKind
from bot.domain.ids import CaseCode
from bot.i18n import label
from sandbox.message import Message
from tests.stage import Actor, Stage, plain


async def notes(stage: Stage, code: CaseCode) -> list[CaseNote]:
    async with stage.database.unit_of_work() as uow:
        return await uow.case_notes.of(code)


async def said_in(stage: Stage, code: CaseCode) -> list[str]:
    async with stage.database.unit_of_work() as uow:
        return [entry.piece.text for entry in await uow.threads.of(code)]


def question(who: Actor, kind: str, code: CaseCode) -> Message:
    """The message that asks for words of this kind."""
    asked = plain(who.language, f"case_note.question.{kind}", code=code)
    return next(each for each in reversed(who.account.messages) if each.text == asked)


async def asked_for(lawyer: Actor, kind: str, code: CaseCode, words: str) -> None:
    await lawyer.says(words, reply_to=question(lawyer, kind, code))


@pytest.mark.parametrize("language", ["kk", "ru", "en", "ky"])
async def test_a_note_is_a_reply_to_the_question_and_never_reaches_her(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened(language)
    her = await stage.seeker(language)
    code = await stage.appeal(her, "canary her words")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.taps("button.note")
    assert lawyer.seen("case_note.ask.note", code=code)
    assert question(lawyer, "note", code).reply_keyboard is not None, "the app opens the reply by itself"
    await asked_for(lawyer, "note", code, "canary note one")
    assert lawyer.says_now("case_note.kept", code=code)
    await lawyer.says("canary for her")
    assert "canary for her" in her.chat
    assert "canary note" not in her.chat
    assert [(note.kind, note.words) for note in await notes(stage, code)] == [(NoteKind.NOTE, "canary note one")]
    assert await said_in(stage, code) == ["canary her words", "canary for her"]


async def test_words_that_may_be_either_go_nowhere_until_he_says_which(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.taps("button.note")
    await lawyer.says("canary unclear")
    assert lawyer.says_now("case_note.unsure", code=code)
    assert "canary" not in her.chat
    assert await notes(stage, code) == []
    await lawyer.taps("button.take.note")
    assert [note.words for note in await notes(stage, code)] == ["canary unclear"]
    await lawyer.taps("button.note")
    stage.clock.advance(minutes=12)
    await lawyer.says("hello, how are you")
    assert lawyer.says_now("case_note.unsure", code=code), "a question in the chat stays one"
    await lawyer.taps_label(f"✉ {code}")
    assert "how are you" in her.chat
    await lawyer.taps("button.note")
    await lawyer.says("canary nobody")
    await lawyer.taps("button.wrote.drop")
    await lawyer.taps("button.note")
    await lawyer.taps("button.wrote.cancel")
    await lawyer.says("plain words")
    assert "plain words" in her.chat
    assert len(await notes(stage, code)) == 1
    assert "canary" not in her.chat


async def test_what_is_answered_to_her_goes_to_her_and_a_note_that_is_edited_stays_one(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says("what shall I do")
    hers = lawyer.account.last
    await lawyer.taps("button.note")
    await lawyer.says("go to a doctor", reply_to=hers)
    assert "go to a doctor" in her.chat
    mine = await lawyer.says("canary draft", reply_to=question(lawyer, "note", code))
    await lawyer.edits(mine, "canary note")
    assert [note.words for note in await notes(stage, code)] == ["canary note"]
    await lawyer.says("canary more", reply_to=mine)
    kept = lawyer.account.last
    assert kept.text == plain("ru", "case_note.kept", code=code)
    await lawyer.says("canary again", reply_to=kept)
    await lawyer.sends("photo", caption="canary photo", reply_to=kept)
    assert lawyer.says_now("case_note.words_only")
    await asked_for(lawyer, "note", code, "canary " * 200)
    assert [note.words for note in await notes(stage, code)] == ["canary note", "canary more", "canary again"]
    assert "canary" not in her.chat
    await her.forges("go:export")
    assert her.seen("export.team_notes")
    assert "canary" not in her.chat


async def test_whoever_holds_the_case_later_reads_the_notes_and_nobody_else(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, name="Duty 2")
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.taps("button.note")
    await asked_for(lawyer, "note", code, "canary note <b>")
    await other.forges(f"c:note:{code}")
    assert other.alerts[-1] == label("ru", "refusal.not_yours", code=code)
    await lawyer.taps("button.release")
    assert "canary" not in stage.group.last.text
    await lawyer.says("late", reply_to=question(lawyer, "note", code))
    assert lawyer.says_now("refusal.not_yours", code=code)
    await other.taps("button.claim", group=stage.group)
    assert "canary note <b>" in other.chat
    await other.forges(f"c:open:{code}")
    assert "canary note <b>" in other.last, "and wherever the case is opened"
    assert "Duty 1" in other.chat
    assert "canary" not in her.chat + coordinator.chat
    async with stage.database.unit_of_work() as uow:
        await uow.erasure.case(code, stage.settings.zone)
    assert await notes(stage, code) == []


async def test_whose_turn_it_is_decides_whether_he_is_reminded(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    limit = (await held(stage, code)).file.urgency.limit
    await lawyer.taps("button.status")
    await lawyer.taps("work.waiting_for_her")
    assert label("ru", "work.waiting_for_her") in stage.group.last.text
    stage.clock.advance(seconds=1)
    for _ in range(3):
        await stage.later(seconds=limit.total_seconds())
    assert (await held(stage, code)).work is Work.WAITING_FOR_HER, "it is her turn: nothing is taken from him"
    assert not any(seen.startswith("⏰") for seen in lawyer.sees)
    await her.says("I am here")
    assert (await held(stage, code)).work is Work.WORKING
    assert label("ru", "work.waiting_for_her") not in stage.group.last.text
    await stage.later(seconds=limit.total_seconds() + 1)
    await stage.later(seconds=limit.total_seconds() / 2)
    assert isinstance(await stage.case(code), Claimed), "he is reminded first"
    await stage.later(seconds=limit.total_seconds())
    assert isinstance(await stage.case(code), Queued), "her new words count"


async def held(stage: Stage, code: CaseCode) -> Claimed:
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    return case


async def test_a_case_that_ends_without_an_answer_needs_a_reason(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.lost_contact")
    assert isinstance(await stage.case(code), Claimed)
    await lawyer.taps("button.wrote.cancel")
    assert isinstance(await stage.case(code), Claimed), "a step back loses nothing"
    await lawyer.taps("button.case")
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.withdrawn")
    await asked_for(lawyer, "closing", code, "canary: went another way")
    closed = await stage.case(code)
    assert isinstance(closed, Closed)
    assert closed.outcome is Outcome.WITHDRAWN
    assert [note.kind for note in await notes(stage, code)] == [NoteKind.CLOSING]
    assert her.says_now("case.closed", code=code)
    await lawyer.taps("button.why")
    await asked_for(lawyer, "closing", code, "canary: and more")
    assert len(await notes(stage, code)) == 2
    assert "canary" not in her.chat + stage.group.last.text


async def test_it_is_opened_again_with_a_reason_and_comes_back_to_who_had_it(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, name="Duty 2")
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    await her.says("after the end")
    await other.says(f"/reopen {code}")
    assert isinstance(await stage.case(code), Closed)
    assert other.says_now("refusal.not_allowed")
    await lawyer.taps("button.reopen")
    await asked_for(lawyer, "reopening", code, "canary: the court has answered")
    assert isinstance(await stage.case(code), Claimed)
    assert her.says_now("case.reopened_to", code=code)
    assert lawyer.seen("reopen.yours", code=code)
    assert "after the end" in lawyer.chat
    await lawyer.says("I am with you")
    assert "I am with you" in her.chat
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    await coordinator.says("/team")
    await coordinator.taps_label(next(each for each in coordinator.account.last.labels if "Duty 1" in each))
    await coordinator.taps("button.remove")
    await coordinator.taps("button.remove_now")
    await coordinator.says(f"/reopen {code.lower()}")
    await asked_for(coordinator, "reopening", code, "canary: she asked for it")
    assert isinstance(await stage.case(code), Queued), "who had it is there no more"
    assert coordinator.seen("reopen.queued", code=code)
    assert "canary" not in her.chat + stage.group.last.text


async def test_an_open_question_stands_once_lets_a_code_pass_and_ends_with_the_case(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await stage.appeal(await stage.seeker("ru"), "second")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.forges(f"c:close:{code}")
    await lawyer.forges(f"o:{code}:withdrawn")
    await lawyer.says("canary one")
    await lawyer.says("canary two")
    unsure = plain("ru", "case_note.unsure", code=code)
    assert [each for each in lawyer.sees if unsure in each] == [unsure], "one question stands, below his last words"
    await lawyer.taps("button.wrote.drop")
    await lawyer.forges(f"c:close:{code}")
    await lawyer.forges(f"o:{code}:withdrawn")
    await lawyer.says(code)
    assert lawyer.says_now("desk.typed")
    await lawyer.taps(
        "button.back",
        on=next(
            each
            for each in reversed(lawyer.account.messages)
            if "c:close" in str(each.buttons) and "wr:" in str(each.buttons)
        ),
    )
    assert lawyer.seen("close.ask", code=code)
    assert not lawyer.seen("case_note.question.closing", code=code)
    await lawyer.forges(f"o:{code}:withdrawn")
    await lawyer.forges(f"c:release:{code}")
    assert not lawyer.seen("case_note.question.closing", code=code), "it has gone with the case"
    await lawyer.says("for the other one")
    assert not any(unsure in each for each in lawyer.sees)
    assert "canary" not in her.chat
