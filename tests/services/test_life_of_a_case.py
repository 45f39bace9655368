"""The life of a case, played at random through the real services and a real database.

Whatever people do and in whatever order: one holder at most, no word of hers is lost or in two cases, every move is in
the journal, and nothing is said about a case whose reason is gone.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import make_database
from bot.clock import system_chance
from bot.domain.case import Case, Claimed, Closed, Outcome, Queued
from bot.domain.errors import Refusal
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Kind, Piece
from bot.domain.people import Person, Role
from bot.services import answering, conflict, danger, follow_up, intake, queue, relay
from bot.settings import Settings
from bot.storage import migrate, tables
from bot.storage.unit_of_work import UnitOfWork
from tests.clock import StandingClock
from tests.stage import KEY

Result = TypeVar("Result")
LAWYERS, SEEKERS = 3, 2


@cache
def _migrated() -> Path:
    path = Path(tempfile.mkdtemp(prefix="life-")) / "hotline.sqlite3"
    made = Settings(_env_file=None, bot_token=SecretStr("42:x"), data_dir=path.parent, secret_keys=[SecretStr(KEY)])
    database = make_database(made)

    async def upgrade() -> None:
        await migrate.upgrade(database.engine)
        await database.close()

    asyncio.run(upgrade())
    return path


class LifeOfACase(RuleBasedStateMachine):
    """Two help-seekers, three lawyers, one group, and time."""

    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="life-"))
        shutil.copy(_migrated(), self.folder / "hotline.sqlite3")
        self.settings = Settings(
            _env_file=None, bot_token=SecretStr("42:x"), data_dir=self.folder, secret_keys=[SecretStr(KEY)]
        )
        self.clock = StandingClock()
        self.database = make_database(self.settings, self.clock, system_chance)
        self.said: dict[CaseCode, list[str]] = {}
        self.messages = 0

    def teardown(self) -> None:
        self.run(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        return self.loop.run_until_complete(coroutine)

    @initialize()
    def the_team_is_there(self) -> None:
        async def work() -> None:
            async with self.database.unit_of_work() as uow:
                await uow.groups.choose(-100, "ru")
                for number in range(LAWYERS):
                    person = await uow.people.by_account(1000 + number)
                    await uow.people.set(person, language="ru", started=True)
                    await uow.people.set_role(person, Role.LAWYER, f"Duty {number}")
                for number in range(SEEKERS):
                    her = await uow.people.by_account(2000 + number)
                    await uow.people.set(her, language="ky", started=True)

        self.run(work())

    @rule(target=cases, number=st.integers(0, SEEKERS - 1))
    def she_sends_an_appeal(self, number: int) -> CaseCode:
        words = self._words()

        async def work(uow: UnitOfWork) -> CaseCode:
            her = await uow.people.by_account(2000 + number)
            await intake.keep_words(uow, self.settings, her, Piece(Kind.TEXT, words), self.messages)
            await intake.submit(uow, self.settings, await uow.people.get(her.id), None)
            case = (await uow.people.get(her.id)).case
            assert case is not None
            return case.file.code

        code = self.run(self._in(work))
        self.said[code] = [words]
        return code

    @rule(code=cases, number=st.integers(0, LAWYERS - 1))
    def a_lawyer_claims(self, code: CaseCode, number: int) -> None:
        async def work(uow: UnitOfWork) -> None:
            lawyer = await uow.people.by_account(1000 + number)
            before, conflict = await self._case(uow, code), await uow.cases.in_conflict(code, lawyer.id)
            moved = await self._tried(queue.claim(uow, self.settings, code, lawyer))
            assert moved == (isinstance(before, Queued) and not conflict)

        self.run(self._in(work))

    @rule(code=cases, number=st.integers(0, LAWYERS - 1))
    def a_lawyer_says_not_me(self, code: CaseCode, number: int) -> None:
        async def work(uow: UnitOfWork) -> None:
            lawyer = await uow.people.by_account(1000 + number)
            await self._tried(conflict.not_me(uow, self.settings, code, lawyer))

        self.run(self._in(work))

    @rule(code=cases, number=st.integers(0, LAWYERS - 1), outcome=st.sampled_from(list(Outcome)))
    def a_lawyer_closes(self, code: CaseCode, number: int, outcome: Outcome) -> None:
        async def work(uow: UnitOfWork) -> None:
            lawyer, before = await uow.people.by_account(1000 + number), await self._case(uow, code)
            moved = await self._tried(queue.close(uow, self.settings, code, outcome, lawyer))
            assert moved == (isinstance(before, Claimed) and before.lawyer == lawyer.id)

        self.run(self._in(work))

    @rule(code=cases, number=st.integers(0, LAWYERS - 1))
    def a_lawyer_releases(self, code: CaseCode, number: int) -> None:
        async def work(uow: UnitOfWork) -> None:
            lawyer, before = await uow.people.by_account(1000 + number), await self._case(uow, code)
            moved = await self._tried(queue.release(uow, self.settings, code, lawyer))
            assert moved == (isinstance(before, Claimed) and before.lawyer == lawyer.id)

        self.run(self._in(work))

    @rule(number=st.integers(0, SEEKERS - 1))
    def she_writes(self, number: int) -> None:
        words = self._words()

        async def work(uow: UnitOfWork) -> CaseCode | None:
            her = await uow.people.by_account(2000 + number)
            if her.case is None:
                return None
            await relay.from_seeker(uow, self.settings, her, Piece(Kind.TEXT, words), self.messages, None)
            return her.case.file.code

        code = self.run(self._in(work))
        if code is not None:
            self.said[code].append(words)

    @rule(number=st.integers(0, SEEKERS - 1), goes_on=st.booleans())
    def she_answers_after_closing(self, number: int, goes_on: bool) -> None:
        async def work(uow: UnitOfWork) -> None:
            her = await uow.people.by_account(2000 + number)
            if isinstance(her.case, Closed):
                closed = await relay.closed_of(uow, her, her.case.file.code)
                if goes_on:
                    await queue.reopen(uow, self.settings, closed, her)

        self.run(self._in(work))

    @rule(number=st.integers(0, SEEKERS - 1))
    def she_is_in_danger(self, number: int) -> None:
        async def work(uow: UnitOfWork) -> CaseCode | None:
            her = await uow.people.by_account(2000 + number)
            await danger.call_duty(uow, self.settings, her)
            now = (await uow.people.get(her.id)).case
            assert now is not None
            assert now.file.urgency == "immediate"
            return now.file.code

        code = self.run(self._in(work))
        if code is not None:
            self.said.setdefault(code, [])

    @rule(number=st.integers(0, LAWYERS - 1))
    def a_lawyer_answers(self, number: int) -> None:
        self.messages += 1

        async def work(uow: UnitOfWork) -> None:
            lawyer = await uow.people.by_account(1000 + number)
            piece = Piece(Kind.TEXT, "an answer")
            await self._tried(answering.from_lawyer(uow, self.settings, lawyer, piece, self.messages, None))

        self.run(self._in(work))

    @rule(minutes=st.sampled_from([1, 9, 11, 61, 25 * 60, 80 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

        async def work(uow: UnitOfWork) -> int:
            return await follow_up.fire_due(uow, self.settings)

        for _ in range(50):
            if not self.run(self._in(work)):
                return
        raise AssertionError("reminders never come to rest")

    @invariant()
    def every_word_is_in_its_case_and_nowhere_else(self) -> None:
        async def work(uow: UnitOfWork) -> None:
            for code, words in self.said.items():
                entries = await uow.threads.of(code)
                assert [entry.piece.text for entry in entries if entry.author is Author.SEEKER] == words

        self.run(self._in(work))

    @invariant()
    def no_lawyer_is_current_on_a_case_of_another(self) -> None:
        async def work(uow: UnitOfWork) -> None:
            for number in range(LAWYERS):
                lawyer: Person = await uow.people.by_account(1000 + number)
                assert lawyer.case is None or (isinstance(lawyer.case, Claimed) and lawyer.case.lawyer == lawyer.id)
                held = await uow.cases.held_by(lawyer.id)
                assert not [case for case in held if await uow.cases.in_conflict(case.file.code, lawyer.id)]

        self.run(self._in(work))

    @invariant()
    def every_open_case_is_looked_at_again_and_every_move_is_noted(self) -> None:
        async def work(uow: UnitOfWork) -> None:
            reminded = {
                (row.case_code, row.kind)
                for row in await uow.read(select(tables.reminders.c.case_code, tables.reminders.c.kind))
            }
            for code in self.said:
                case = await self._case(uow, code)
                if isinstance(case, Queued):
                    assert (code, "unclaimed") in reminded
                if isinstance(case, Claimed):
                    assert (code, "silent") in reminded
                noted = select(func.count()).where(tables.journal.c.case_code == code)
                assert (await uow.read(noted))[0][0] >= case.file.version + 1

        self.run(self._in(work))

    def _words(self) -> str:
        self.messages += 1
        return f"words {self.messages}"

    async def _in(self, work: Callable[[UnitOfWork], Awaitable[Result]]) -> Result:
        self.clock.advance(seconds=1)
        async with self.database.unit_of_work() as uow:
            return await work(uow)

    async def _case(self, uow: UnitOfWork, code: CaseCode) -> Case:
        case = await uow.cases.find(code)
        assert case is not None
        return case

    async def _tried(self, move: Coroutine[Any, Any, Any]) -> bool:
        """True when it was done, False when it was refused; nothing else may happen."""
        try:
            await move
        except Refusal:
            return False
        return True


TestLifeOfACase = LifeOfACase.TestCase
TestLifeOfACase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=timedelta(seconds=30),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
