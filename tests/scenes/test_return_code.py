"""The return code: shown once, kept by nobody, and the way back from any phone."""

import logging
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.return_code import MANY_TRIES, grouped
from bot.i18n import LANGUAGES, label, text
from bot.storage import tables
from tests.scenes.test_privacy import everything, spoken
from tests.stage import Actor, Stage

WRONG = "1111 2222 3333 4444"


async def shown(her: Actor) -> str:
    """She asks for her code; the sixteen digits of the message."""
    await her.says("/code")
    await her.taps("button.code_show")
    found = re.search(r"\d{4} \d{4} \d{4} \d{4}", her.last)
    assert found is not None
    return found.group()


def standing(her: Actor, words: str) -> bool:
    return any(words in seen for seen in her.sees)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_shown_once_behind_a_tap_and_confirmed_by_a_pause(stage: Stage, language: str) -> None:
    await stage.opened()
    her = await stage.seeker(language)
    await stage.appeal(her)
    await her.taps("button.code")
    assert her.says_now("code.about")
    await her.taps("button.code_show")
    code = re.findall(r"\d{4} \d{4} \d{4} \d{4}", her.last)[0]
    await her.taps("button.code_kept")
    assert her.alerts[-1] == label(language, "refusal.code_pause")
    assert standing(her, code)
    stage.clock.advance(seconds=11)
    await her.taps("button.code_kept")
    assert her.says_now("code.kept")
    assert not standing(her, code)
    await her.says("/code")
    assert her.says_now("code.has")


async def test_unconfirmed_it_goes_by_itself_and_opens_all_the_same(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("kk")
    await stage.appeal(her)
    code = await shown(her)
    await stage.later(minutes=11)
    assert not standing(her, code)
    assert standing(her, text("kk", "home").split("\n")[0]) or her.account.messages
    other = stage.actor("ru")
    await other.says(code)
    other.language = "kk"
    assert other.seen("code.opened")


async def test_who_wants_none_is_asked_no_more(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.says("/code")
    await her.taps("button.code_none")
    assert her.says_now("code.none")
    await stage.appeal(her)
    assert label("ru", "button.code") not in her.account.last.labels


async def test_a_new_code_replaces_the_old_one(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her)
    first = await shown(her)
    await her.says("/code")
    await her.taps("button.code_new")
    assert her.says_now("code.ask_new")
    await her.taps("button.code_show")
    second = re.findall(r"\d{4} \d{4} \d{4} \d{4}", her.last)[0]
    other = await stage.seeker("ru")
    await other.says(first)
    assert other.says_now("code.wrong")
    await other.says(second)
    assert other.seen("code.opened")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_another_account_everything_moves_there(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    number = await stage.appeal(her)
    await lawyer.taps("button.claim", group=stage.group)
    code = await shown(her)
    old = len(her.sees)
    other = stage.actor("en")
    await other.says(code.replace(" ", "-"))
    other.language = language
    assert other.seen("code.opened")
    assert not standing(other, code.replace(" ", "-"))
    assert lawyer.seen("lawyer.moved", code=number)
    await other.says("it is me, from a new phone")
    assert any("it is me, from a new phone" in seen for seen in lawyer.sees)
    await lawyer.says("glad to hear it")
    assert standing(other, "glad to hear it")
    assert len(her.sees) == old - 1, "only the code goes, nothing comes"
    await her.says("hello?")
    assert text(None, "greeting").split("\n")[0] in her.chat
    assert not any("hello?" in seen for seen in lawyer.sees)


async def test_what_was_held_comes_only_after_the_lawyer_was_told(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    number = await stage.appeal(her, contact="when_i_write")
    await lawyer.taps("button.claim", group=stage.group)
    code = await shown(her)
    stage.clock.advance(minutes=20)
    await lawyer.says("secret words")
    assert "secret words" not in her.chat
    stage.telegram.faults.add("sendMessage", "429", chat_id=lawyer.account.id, retry_after=60)
    other = stage.actor("ru")
    await other.says(code)
    await other.starts()
    await stage.later(seconds=10)
    assert not lawyer.seen("lawyer.moved", code=number)
    assert "secret words" not in other.chat
    await stage.later(seconds=60)
    assert lawyer.seen("lawyer.moved", code=number)
    await stage.later(seconds=10)
    assert standing(other, "secret words")
    assert "secret words" not in her.chat


async def test_with_no_lawyer_the_next_one_reads_it_on_the_appeal(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    number = await stage.appeal(her)
    code = await shown(her)
    stage.clock.advance(minutes=5)
    await stage.actor("ru").says(code)
    await lawyer.taps("button.claim", group=stage.group)
    assert any(text("ru", "lawyer.moved", code=number) in seen for seen in lawyer.sees)


async def test_what_the_new_account_had_begun_goes_with_her(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her)
    code = await shown(her)
    other = await stage.seeker("ru")
    second = await stage.appeal(other, "another matter")
    await other.says("/new")
    await other.says("and a third one, not sent")
    await other.says(code)
    case = await stage.case(second)
    assert case is not None
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(other.account.id)
        assert case.file.seeker == person.id
        assert [word.piece.text for word in await uow.drafts.words(person.id)] == ["and a third one, not sent"]
        assert len(await uow.cases.of_seeker(person.id)) == 2


async def test_what_could_not_be_handled_there_still_opens(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    code = await shown(her)
    other = await stage.seeker("ru")
    async with stage.database.unit_of_work() as uow:
        await uow.intake.set_aside(
            987, {"message": {"from": {"id": other.account.id}, "chat": {"type": "private"}}}, "x"
        )
    await other.says(code)
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(other.account.id)
        aside = tables.set_aside.c
        rows = await uow.read(select(aside.owner, aside.sealed).where(aside.update_id == 987))
        owner = f"person:{person.id}"
        assert rows[0].owner == owner
        await uow.ready(owner)
        assert uow.unseal(owner, "set_aside.sealed/987", rows[0].sealed)["message"]["from"]["id"] == other.account.id


async def test_five_wrong_codes_an_hour(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her)
    code = await shown(her)
    other = await stage.seeker("ky")
    await other.taps("button.enter_code")
    for _ in range(5):
        await other.says(WRONG)
        assert other.says_now("code.wrong")
    await other.says(code)
    assert text("ky", "code.too_many", span="").split(".")[0] in other.last
    assert not other.seen("code.opened")
    third = await stage.seeker("ru")
    await third.says(WRONG)
    assert third.says_now("code.wrong"), "others are not held up"
    await stage.later(minutes=61)
    await other.says(code)
    other.language = "ru"
    assert other.seen("code.opened")


async def test_many_wrong_codes_raise_one_alarm(stage: Stage) -> None:
    chief, _ = await stage.opened()
    for _ in range(MANY_TRIES // 5 + 1):
        guessing = await stage.seeker("ru")
        for _ in range(5):
            await guessing.says(WRONG)
    assert sum(seen == text("ru", "coordinator.codes") for seen in chief.sees) == 1


async def test_digits_of_somebody_in_a_case_are_her_words(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.says(WRONG)
    assert not her.seen("code.wrong")
    assert her.account.last is not None
    assert not lawyer.seen("code.not_passed_on")


async def test_a_live_code_is_passed_on_to_nobody(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    code = await shown(her)
    await her.says(f"keep this for me: {code}, please")
    assert her.says_now("code.not_passed_on")
    await her.sends("photo", caption=f"here {grouped(code.replace(' ', ''))}")
    said = await her.says("nothing special")
    await her.edits(said, f"now it is {code}")
    await lawyer.says(f"is this yours? {code.replace(' ', '')}")
    assert lawyer.says_now("code.not_passed_on")
    assert not standing(lawyer, code)
    for call in stage.telegram.calls:
        if call.params.get("chat_id") == lawyer.account.id:
            assert code not in spoken(call)
            assert code.replace(" ", "") not in spoken(call)


async def test_the_code_stands_nowhere(stage: Stage, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    her, _, _ = await stage.claimed()
    code = await shown(her)
    other = stage.actor("ru")
    await other.says(code)
    searched = await everything(stage, tmp_path)
    log = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    for canary in (code, code.replace(" ", "")):
        assert canary.encode() not in searched
        assert canary not in log
        for call in stage.telegram.calls:
            if call.params.get("chat_id") not in (her.account.id, other.account.id):
                assert canary not in spoken(call)


async def test_the_old_account_is_linked_to_nothing(stage: Stage, tmp_path: Path) -> None:
    her, _, _ = await stage.claimed()
    code = await shown(her)
    stage.clock.advance(minutes=20)
    await stage.later(minutes=1)
    await stage.actor("ru").says(code)
    old = stage.database.cipher.lookup("account", her.account.id)
    assert old.encode() not in b"".join(await bare(stage))


async def bare(stage: Stage) -> list[bytes]:
    async with stage.database.unit_of_work() as uow:
        return [
            str(tuple(row)).encode() for table in tables.metadata.sorted_tables for row in await uow.read(select(table))
        ]
