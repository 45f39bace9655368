"""Canaries: no name, account or word where it does not belong: other chats, the database's bytes, the log."""

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.domain.case import Queued
from bot.i18n import label
from bot.storage.tables import metadata
from sandbox.telegram import Call
from tests.stage import Actor, Stage

HER_NAME = "CanaryHername"
HIS_NAME = "CanaryHisname"
CHIEF_NAME = "CanaryChief"
HER_WORDS = ("canaryword one from the draft", "canaryword two in the queue", "canaryword three after the claim")
HER_CAPTION = "canaryword four under a photo"
HER_EDIT = "canaryword five in an edit"
HER_LATE = "canaryword six after closing"
HIS_WORDS = "canaryanswer of the lawyer"
WORKING_NAME = "CanaryWorkingName"


async def play(stage: Stage) -> tuple[Actor, Actor, Actor, Actor]:
    """A whole appeal with two lawyers, in which everybody is a canary."""
    chief = await stage.coordinator("en")
    chief.account.first_name = CHIEF_NAME
    await stage.choose_group(chief, "ru")
    lawyer = await stage.lawyer(chief, "ru", WORKING_NAME)
    lawyer.account.first_name = HIS_NAME
    other = await stage.lawyer(chief, "kk", "Duty 2")
    her = await stage.seeker("ky", HER_NAME)
    await her.says(HER_WORDS[0])
    await her.taps("button.questions")
    await her.answers("for_whom", "self")
    await her.taps("button.person")
    await her.taps("button.send")
    await her.says(HER_WORDS[1])
    await lawyer.taps("button.claim", group=stage.group)
    said = await her.says(HER_WORDS[2])
    await her.sends("photo", caption=HER_CAPTION)
    await her.edits(said, HER_EDIT)
    await her.sends("contact", first_name=HER_NAME)
    await lawyer.says(HIS_WORDS)
    stage.clock.advance(minutes=20)
    await lawyer.says(HIS_WORDS + " while she is away")
    await her.taps("button.danger")
    await her.taps("button.duty")
    await lawyer.taps("button.release")
    await other.taps("button.claim", group=stage.group)
    await other.taps("button.close")
    await other.taps("outcome.advice")
    await her.says(HER_LATE)
    await chief.says("/week")
    await stage.later(hours=30)
    return her, lawyer, other, chief


def spoken(call: Call) -> str:
    return json.dumps([call.params, call.description], ensure_ascii=False, default=str)


async def test_no_name_or_account_in_a_call_to_another_chat(stage: Stage) -> None:
    people = await play(stage)
    for person in people:
        canaries = (person.account.first_name, str(person.account.username), str(person.account.id))
        for call in stage.telegram.calls:
            if call.params.get("chat_id") == person.account.id or str(person.account.id) in str(
                call.params.get("scope")
            ):
                continue
            for canary in canaries:
                assert canary not in spoken(call), f"{canary} in {call.method}"


async def test_her_words_reach_only_the_lawyer_who_holds_the_case(stage: Stage) -> None:
    her, lawyer, other, _ = await play(stage)
    for call in stage.telegram.calls:
        if "canaryword" in spoken(call):
            assert call.params["chat_id"] in (lawyer.account.id, other.account.id), call.method
            assert call.params.get("protect_content") in (True, "true"), call.method
    assert HER_LATE not in lawyer.chat
    assert HER_LATE not in other.chat
    assert label("ky", "case.after_closing", code="")[:5] in her.chat
    for words in (*HER_WORDS, HER_CAPTION, HER_EDIT):
        assert words in other.chat


async def test_nothing_of_a_draft_reaches_anybody(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru", HER_NAME)
    await her.says(HER_WORDS[0])
    await her.taps("button.questions")
    await her.answers("for_whom", "self")
    await her.answers("age", "under_18")
    for call in stage.telegram.calls:
        assert "canaryword" not in spoken(call)
    for table, row in await rows_of(stage):
        assert b"under_18" not in row, table
        assert b"canaryword" not in row, table


async def test_nothing_can_be_read_in_the_database_or_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    people = await play(stage)
    canaries = [b"canaryword", b"canaryanswer", b"Canary", b"user_canary", WORKING_NAME.encode()]
    canaries += [str(person.account.id).encode() for person in people]
    canaries += [person.account.id.to_bytes(6, "big") for person in people]
    canaries += [str(stage.group.id).encode()]
    searched = await everything(stage, tmp_path)
    assert len(searched) > 10_000
    for canary in canaries:
        assert canary not in searched, canary
    log = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
    for canary in canaries[:5]:
        assert canary.decode() not in log
    for person in people:
        assert str(person.account.id) not in log
    assert stage.telegram.token not in log


async def test_a_sent_message_leaves_no_words_in_the_outbox(stage: Stage) -> None:
    await play(stage)
    async with stage.database.unit_of_work() as uow:
        sealed = await uow.read(sql("SELECT count(*) FROM outbox WHERE state = 'sent' AND sealed IS NOT NULL"))
    assert sealed[0][0] == 0


async def rows_of(stage: Stage) -> list[tuple[str, bytes]]:
    found = []
    async with stage.database.unit_of_work() as uow:
        for table in metadata.sorted_tables:
            for row in await uow.read(sql(f'SELECT * FROM "{table.name}"')):
                found.append((table.name, b"|".join(_bytes(value) for value in row)))
    return found


async def everything(stage: Stage, folder: Path) -> bytes:
    """Every byte of the database: the rows, and for SQLite the files with the write-ahead log."""
    rows = b"\n".join(row for _, row in await rows_of(stage))
    return rows + _files(folder)


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("hotline.sqlite3*"))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


async def test_words_that_still_wait_do_not_reach_a_lawyer_who_released_the_case(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    for number in range(8):
        her.account.says(f"canaryword {number}")
    await stage.hotline.polling.once(timeout=0)
    lawyer.account.taps(label("ru", "button.release"))
    await stage.hotline.polling.once(timeout=0)
    await stage.settle()
    assert "canaryword 7" not in lawyer.chat
    assert isinstance(await stage.case(code), Queued)
