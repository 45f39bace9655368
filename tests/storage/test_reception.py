"""From raw updates to commits: what one update can't do stops no other, and nothing is thrown away."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import Message
from sqlalchemy import event, text, update
from sqlalchemy.exc import OperationalError

from bot.app import Hotline
from bot.domain.ids import CaseCode
from bot.domain.intake import Author
from bot.domain.journal import Action
from bot.i18n import lasting
from bot.services import aside
from bot.storage import tables
from bot.storage.engine import Database, make_engine
from bot.storage.people import person_owner
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.reception import Reception
from handlers import routers
from tests.stage import Actor, Stage
from tests.storage.given import count, rows


def _message(her: Actor, words: str = "poison", **more: Any) -> dict[str, Any]:
    account = her.account
    chat = {"id": account.id, "type": "private", "first_name": account.first_name}
    return {"message_id": 900, "date": 1, "chat": chat, "from": account.raw(), "text": words, **more}


def _tap(her: Actor, data: str) -> dict[str, Any]:
    return {"id": "1", "from": her.account.raw(), "chat_instance": "1", "data": data, "message": _message(her)}


def _member(her: Actor, status: str) -> dict[str, Any]:
    user = her.account.raw()
    old = {"status": "member", "user": user}
    event = {"chat": _message(her)["chat"], "from": user, "date": 1, "old_chat_member": old}
    return {**event, "new_chat_member": {**old, "status": status}}


POISONS: dict[str, Any] = {
    "a story that is empty": lambda her: ("message", _message(her, external_reply={"origin": {}, "story": {}})),
    "an unknown member status": lambda her: ("my_chat_member", _member(her, "hologram")),
    "an unknown reaction": lambda her: ("message", _message(her, reply_markup={"inline_keyboard": 5})),
    "no sender worth the name": lambda her: ("message", _message(her, **{"from": "nobody"})),
    "a message number beyond all numbers": lambda her: ("message", _message(her, message_id=2**70)),
    "half a letter": lambda her: ("message", _message(her, "half \ud800 a letter")),
    "a nought in a button": lambda her: ("callback_query", _tap(her, "m:AB\x0012345")),
    "half a letter in a button": lambda her: ("callback_query", _tap(her, "m:AB\ud80012345")),
    "a nought in a command": lambda her: ("message", _message(her, "/week \x00")),
}
"""What no real app sends, and what a Bot API of tomorrow may."""


async def _threads(stage: Stage, code: CaseCode) -> list[str]:
    async with stage.database.unit_of_work() as uow:
        return [entry.piece.text for entry in await uow.threads.of(code) if entry.author is Author.SEEKER]


async def test_a_poisoned_update_first_in_a_batch_stops_nobody(stage: Stage) -> None:
    her, _, code = await stage.claimed()
    hostile = await stage.seeker("en")
    for name, poison in POISONS.items():
        kind, payload = poison(hostile)
        stage.telegram.queue.put(kind, payload, hostile.account.id)
        her.account.says(f"after {name}")
        stage.telegram.queue.put(kind, payload, hostile.account.id)
        await stage.hotline.polling.once(timeout=0)
        assert (await _threads(stage, code))[-1] == f"after {name}"
    await stage.settle()
    assert await _threads(stage, code) == ["…", *(f"after {name}" for name in POISONS)]
    assert stage.telegram.pending_update_count == 0


async def test_what_can_not_be_read_is_kept_sealed_and_those_concerned_are_told(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    her = await stage.seeker("ky")
    words = "жашыруун сөз"
    stage.telegram.queue.put("message", _message(her, words, external_reply={"origin": {}, "story": {}}), 1)
    await stage.settle()
    [kept] = await rows(stage.database, tables.set_aside)
    assert kept.why == "unreadable"
    assert words.encode() not in kept.sealed
    async with stage.database.unit_of_work() as uow:
        assert kept.owner == person_owner((await uow.people.by_account(her.account.id)).id)
        await uow.ready(kept.owner)
        raw = uow.unseal(kept.owner, f"set_aside.sealed/{kept.update_id}", kept.sealed)
    assert raw["message"]["text"] == words
    assert her.seen("set_aside")
    assert coordinator.seen("set_aside.coordinators", why="unreadable", number=1, span=lasting("ru", timedelta(0)))
    assert words not in coordinator.chat


class _Trouble(Router):
    """A router with a bug: some words are too much for it."""

    def __init__(self) -> None:
        super().__init__(name="trouble")
        self.message.register(self.meet)

    async def meet(self, message: Message, uow: UnitOfWork) -> Any:
        match message.text:
            case "raise":
                uow.journal.note(Action.READ_JOURNAL, actor=None)
                await uow.intake.set_fact("half", "done")
                raise ZeroDivisionError(message.text)
            case "break":
                uow.intake.done(1)
                uow.intake.done(1)
            case "bad sql":
                await uow.read(text("SELECT nothing FROM nowhere"))
            case _:
                raise SkipHandler


async def _troubled(stage: Stage) -> None:
    """The same hotline with a buggy router in front."""
    hotline = Hotline(stage.settings, [_Trouble(), *routers()], stage.bot, stage.database)
    await hotline.prepare()
    stage.hotline = hotline


@pytest.mark.parametrize("trouble", ["raise", "break", "bad sql"])
async def test_an_update_that_fails_in_its_handler_is_set_aside_alone(stage: Stage, trouble: str) -> None:
    her, _, code = await stage.claimed()
    other = await stage.seeker("en")
    await _troubled(stage)
    her.account.says("before")
    other.account.says(trouble)
    await her.says("after")
    assert await _threads(stage, code) == ["…", "before", "after"]
    [kept] = await rows(stage.database, tables.set_aside)
    assert trouble not in kept.why
    assert other.seen("set_aside")
    assert Action.READ_JOURNAL not in [row.action for row in await rows(stage.database, tables.journal)]
    assert await rows(stage.database, tables.hotline_state, tables.hotline_state.c.name == "half") == []


async def test_when_nobody_can_be_told_the_update_is_kept_all_the_same(stage: Stage) -> None:
    her = await stage.seeker("en")

    async def helpless(uow: UnitOfWork, update_id: int, raw: dict[str, Any], why: str) -> None:
        raise LookupError

    reception = Reception(stage.bot, stage.hotline.doors, stage.database, helpless)
    assert await reception.take([{"update_id": 5, "message": _message(her, external_reply={"story": {}})}]) == 1
    assert [row.update_id for row in await rows(stage.database, tables.set_aside)] == [5]


async def test_an_update_that_comes_again_has_no_second_effect(stage: Stage) -> None:
    her, _, code = await stage.claimed()
    raw = {"update_id": 77, "message": _message(her, "once")}
    for _ in range(3):
        assert await stage.hotline.reception.take([raw, raw]) == 2
    assert await _threads(stage, code) == ["…", "once"]


class _Away:
    """A database that can't be reached."""

    def unit_of_work(self) -> Any:
        raise ConnectionRefusedError


async def test_while_the_database_is_away_nothing_is_confirmed_and_nothing_set_aside(stage: Stage) -> None:
    her, _, code = await stage.claimed()
    her.account.says("kept by Telegram")
    reception = Reception(stage.bot, stage.hotline.doors, _Away(), aside.set_aside)  # type: ignore[arg-type]
    with pytest.raises(ConnectionRefusedError):
        await reception.take([pending.raw for pending in stage.telegram.queue.pending()])
    await stage.settle()
    assert await _threads(stage, code) == ["…", "kept by Telegram"]
    assert await count(stage.database, tables.set_aside) == 0


async def test_while_another_program_locks_the_sqlite_file_nothing_is_set_aside(stage: Stage) -> None:
    if stage.database.engine.dialect.name != "sqlite":
        pytest.skip("SQLite only")
    her, _, code = await stage.claimed()
    her.account.says("kept by Telegram")
    impatient = make_engine(str(stage.database.engine.url))
    event.listen(impatient.sync_engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=50"))
    async with stage.database.engine.begin() as connection:
        await connection.execute(text("DELETE FROM seen_updates WHERE update_id = 0"))
        database = Database(impatient, stage.database.cipher, stage.clock, stage.database.chance, stage.database.erased)
        reception = Reception(stage.bot, stage.hotline.doors, database, aside.set_aside)
        with pytest.raises(OperationalError, match="locked"):
            await reception.take([pending.raw for pending in stage.telegram.queue.pending()])
    await impatient.dispose()
    await stage.settle()
    assert await _threads(stage, code) == ["…", "kept by Telegram"]
    assert await count(stage.database, tables.set_aside) == 0


class _Crossing(Router):
    """A handler that writes a person and then her case, while somebody else does it the other way round."""

    def __init__(self, seeker: str, code: CaseCode) -> None:
        super().__init__(name="crossing")
        self.message.register(self.meet)
        self._person = update(tables.people).where(tables.people.c.id == seeker).values(held=False)
        self._case = update(tables.cases).where(tables.cases.c.code == code).values(age="18_24")
        self.has_person, self.other_has_case = asyncio.Event(), asyncio.Event()
        self.times = 0

    async def meet(self, message: Message, uow: UnitOfWork) -> None:
        self.times += 1
        await uow.write(self._person)
        self.has_person.set()
        await self.other_has_case.wait()
        await uow.write(self._case)

    async def other(self, stage: Stage) -> None:
        await self.has_person.wait()
        async with stage.database.unit_of_work() as uow:
            await uow.write(self._case)
            self.other_has_case.set()
            await asyncio.sleep(0.3)
            await uow.write(self._person)


async def test_on_postgresql_a_deadlock_is_repeated_not_set_aside(stage: Stage) -> None:
    if stage.database.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one in after the other")
    her, _, code = await stage.claimed()
    case = await stage.case(code)
    assert case is not None
    crossing = _Crossing(case.file.seeker, code)
    hotline = Hotline(stage.settings, [crossing], stage.bot, stage.database)
    await hotline.prepare()
    raws = [{"update_id": 70 + number, "message": _message(her)} for number in range(2)]
    taken, _ = await asyncio.gather(hotline.reception.take(raws), crossing.other(stage))
    assert taken == 2
    assert crossing.times == 3
    assert await count(stage.database, tables.set_aside) == 0


async def test_a_batch_of_many_messages_takes_no_more_statements_than_one_of_few(stage: Stage) -> None:
    """A statement costs more than everything else about a relayed message: who is read and what is said is shared."""
    her, _, code = await stage.claimed()
    said: list[str] = []
    event.listen(stage.database.engine.sync_engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    taken: list[int] = []
    for first, number in ((100, 2), (200, 12)):
        said.clear()
        ids = range(first, first + number)
        raws = [{"update_id": i, "message": _message(her, f"line {i}", message_id=i)} for i in ids]
        assert await stage.hotline.reception.take(raws) == number
        taken.append(len(said))
    assert taken[0] == taken[1]
    assert len(await _threads(stage, code)) == 1 + 2 + 12
