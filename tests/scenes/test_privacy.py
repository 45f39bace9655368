"""Canaries: no name, account or word where it does not belong: other chats, the database's bytes, the log."""

import asyncio
import io
import json
import logging
import sqlite3
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message
from sqlalchemy import text as sql

from bot.app import Hotline
from bot.domain.case import Queued
from bot.i18n import label
from bot.logs import configure
from bot.storage.cipher import read_master_key
from bot.storage.tables import metadata
from bot.storage.unit_of_work import UnitOfWork
from handlers import routers
from sandbox.telegram import Call
from tests.stage import KEY, Actor, Stage

HER_NAME = "CanaryHername"
HIS_NAME = "CanaryHisname"
CHIEF_NAME = "CanaryChief"
HER_WORDS = ("canaryword one from the draft", "canaryword two in the queue", "canaryword three after the claim")
HER_CAPTION = "canaryword four under a photo"
HER_EDIT = "canaryword five in an edit"
HER_LATE = "canaryword six after closing"
HIS_WORDS = "canaryanswer of the lawyer"
WORKING_NAME = "CanaryWorkingName"
TROUBLE = "canaryword seven in what goes wrong"


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


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the configured log really writes, everything that anybody says at DEBUG."""
    written, root = io.StringIO(), logging.getLogger()
    before = root.level, sys.excepthook, threading.excepthook, sys.unraisablehook
    handler = configure("DEBUG", written)
    yield written
    root.removeHandler(handler)
    root.level, sys.excepthook, threading.excepthook, sys.unraisablehook = before
    logging.getLogger("bot").setLevel(logging.NOTSET)
    logging.captureWarnings(False)
    logging.raiseExceptions = True


def canaries(stage: Stage, people: Iterable[Actor]) -> set[bytes]:
    """Everything that may stand nowhere, in every form in which a database or a log could hold it."""
    words = {"canaryword", "canaryanswer", "Canary", WORKING_NAME, TROUBLE, stage.telegram.token, KEY}
    found = {form for each in words for form in (each.encode(), each.encode().hex().encode(), each.encode("utf-16-le"))}
    found |= {str(person.account.username).encode() for person in people}
    found.add(read_master_key(KEY))
    for number in (*(person.account.id for person in people), stage.group.id):
        found.add(str(number).encode())
        found |= {number.to_bytes(size, order, signed=True) for size in (6, 8) for order in ("big", "little")}
    return found


def search(stage: Stage, people: Iterable[Actor], where: str, what: bytes) -> None:
    """No canary is in there; says how much was looked at."""
    wanted = canaries(stage, people)
    assert [canary for canary in wanted if canary in what] == []
    print(f"{where}: {len(wanted)} canaries not found in {len(what)} bytes")


async def test_nothing_can_be_read_in_the_database_or_its_backup(stage: Stage, tmp_path: Path) -> None:
    people = await play(stage)
    files = await everything(stage, tmp_path)
    assert len(files) > 20_000
    assert b"people.sealed" not in files
    search(stage, people, "database, write-ahead log, back-up", files)


async def test_nothing_can_be_read_in_the_log_whatever_goes_wrong(stage: Stage, log: io.StringIO) -> None:
    people = await play(stage)
    stage.hotline = Hotline(stage.settings, [_Trouble(), *routers()], stage.bot, stage.database)
    await stage.hotline.prepare()
    for way in _Trouble.WAYS:
        await people[0].says(f"{way} {TROUBLE}")
    stage.telegram.queue.put("message", {"text": TROUBLE, "date": TROUBLE, "from": TROUBLE}, 1)
    await stage.settle()
    asyncio.get_running_loop().call_exception_handler({"message": TROUBLE, "exception": ValueError(TROUBLE)})
    warnings.warn(TROUBLE, stacklevel=1)
    sys.excepthook(ValueError, ValueError(TROUBLE), None)
    written = log.getvalue()
    lines = [json.loads(line) for line in written.splitlines()]
    assert {"aiosqlite", "library", "asyncio", "py.warnings", "bot"} <= {each["logger"] for each in lines} | (
        {"aiosqlite"} if "postgresql" in stage.settings.database_url else set()
    )
    types = {error["type"] for each in lines for error in each.get("error", ())}
    assert {"builtins.ZeroDivisionError", "builtins.ValueError"} <= types
    assert any("sqlalchemy" in each for each in types)
    assert [each for each in lines if "event" in each and not each["logger"].startswith("bot")] == []
    search(stage, people, f"log, {len(lines)} lines at DEBUG", written.encode())


class _Trouble(Router):
    """A router with bugs that quote what was written to them."""

    WAYS = ("raise", "sql", "deep", "library")

    def __init__(self) -> None:
        super().__init__(name="trouble")
        self.message.register(self.meet)

    async def meet(self, message: Message, uow: UnitOfWork) -> None:
        words = message.text or ""
        match words.split()[0]:
            case "raise":
                raise ZeroDivisionError(words)
            case "sql":
                await uow.read(sql(f"SELECT '{words}' FROM nowhere"))
            case "deep":
                try:
                    raise KeyError(words)
                except KeyError as error:
                    raise ValueError(words, message) from error
            case "library":
                logging.getLogger("library").error("about %s %d", words, words, exc_info=ValueError(words))
        raise SkipHandler


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
    """Every byte of the database: the rows; for SQLite the files with the write-ahead log, and a back-up of them."""
    rows = b"\n".join(row for _, row in await rows_of(stage))
    file = folder / "hotline.sqlite3"
    if not file.exists():
        return rows
    with closing(sqlite3.connect(file)) as original, closing(sqlite3.connect(folder / "backup.sqlite3")) as copy:
        original.backup(copy)
    return rows + _files(folder)


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.sqlite3*")))


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
