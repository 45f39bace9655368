"""The life of two cases, played at random through the doors people use, over a Telegram of our own, with crashes.

What holds whatever they do: every word of hers stands in exactly one place (a thread, or her draft); whoever holds the
case has been shown it, once, or twice with the mark after a crash; nobody else ever sees it; every answer reaches her
in the end; nothing is set aside, dead, or said without a reason.
"""

import asyncio
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from bot.domain.case import Case, Claimed, Closed
from bot.domain.ids import CaseCode
from bot.domain.intake import Author
from bot.i18n import label
from bot.storage import tables
from sandbox.message import Message
from sandbox.rules import Impossible
from tests.stage import Actor, Stage

Result = TypeVar("Result")
REPEATED = label("ru", "relay.repeated")
SAID = re.compile(r"\b(?:\d says|answer) \d")
"""Words of somebody, whoever it is."""

SEEKERS, LAWYERS = 2, 2
seekers, lawyers = st.integers(0, SEEKERS - 1), st.integers(0, LAWYERS - 1)


class LifeThroughTheDoors(RuleBasedStateMachine):
    """Two help-seekers, two lawyers, a coordinator, a group, time, and a process that may die."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="doors-"))
        self.stage = Stage(f"sqlite+aiosqlite:///{self.folder / 'hotline.sqlite3'}", self.folder)
        self.hers: list[Actor] = []
        self.his: list[Actor] = []
        self.said: dict[int, list[str]] = {}
        self.may_see: dict[str, set[int]] = {}
        self.claims: Counter[tuple[int, CaseCode]] = Counter()
        self.holder: dict[CaseCode, int | None] = {}
        self.answers: dict[str, int] = {}
        self.crashes = 0
        self.journal = 0
        self.number = 0

    def teardown(self) -> None:
        try:
            if self.hers:
                self.run(self._everything_arrives_in_the_end())
        finally:
            self.run(self.stage.close())
            self.loop.close()
            shutil.rmtree(self.folder)

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        return self.loop.run_until_complete(coroutine)

    @initialize()
    def people_come(self) -> None:
        async def work() -> None:
            await self.stage.hotline.prepare()
            coordinator = await self.stage.coordinator()
            await self.stage.choose_group(coordinator)
            self.his = [await self.stage.lawyer(coordinator, name=f"Duty {n}") for n in range(LAWYERS)]
            self.hers = [await self.stage.seeker(language) for language in ("ky", "en")]

        self.run(work())
        self.said = {number: [] for number in range(SEEKERS)}

    # She

    @rule(who=seekers)
    def she_writes(self, who: int) -> None:
        self.run(self.hers[who].says(self._words(who)))

    @rule(who=seekers)
    def she_sends(self, who: int) -> None:
        self.run(self.hers[who].forges("go:send"))

    @rule(who=seekers)
    def she_is_in_danger(self, who: int) -> None:
        self.run(self.hers[who].forges("go:duty"))

    @rule(who=seekers)
    def she_begins_something_new(self, who: int) -> None:
        self.run(self.hers[who].forges("go:new"))

    @rule(who=seekers, choice=st.sampled_from(["continue", "new", "thanks"]))
    def she_answers_after_closing(self, who: int, choice: str) -> None:
        closed = [case for case in self.run(self._cases()) if isinstance(case, Closed)]
        own = [case for case in closed if self._seeker_of(case) == who]
        if own:
            self.run(self.hers[who].forges(f"x:{own[0].file.code}:{choice}"))

    @rule(who=seekers)
    def she_taps_something_new_twice(self, who: int) -> None:
        self.she_answers_after_closing(who, "new")
        self.she_answers_after_closing(who, "new")

    @rule(who=seekers, times=st.integers(2, 4))
    def she_writes_a_burst(self, who: int, times: int) -> None:
        for _ in range(times):
            self.hers[who].account.says(self._words(who))
        self.run(self.stage.settle())

    # He

    @rule(who=lawyers, which=st.integers(0, 3))
    def he_claims(self, who: int, which: int) -> None:
        self._on_a_card(who, which, "claim")

    @rule(who=lawyers, which=st.integers(0, 3))
    def he_releases(self, who: int, which: int) -> None:
        self._on_a_card(who, which, "release")

    @rule(who=lawyers, which=st.integers(0, 3))
    def he_closes(self, who: int, which: int) -> None:
        cases = self.run(self._cases())
        if cases:
            code = cases[which % len(cases)].file.code
            self.run(self.his[who].forges(f"o:{code}:advice", group=self.stage.group))

    @rule(who=lawyers)
    def he_answers(self, who: int) -> None:
        self.number += 1
        words = f"answer {self.number}."
        self.run(self.his[who].says(words))

    @rule(who=lawyers)
    def he_replies_to_the_newest_of_her_words(self, who: int) -> None:
        shown = [each for each in self.his[who].account.messages if each.from_bot and SAID.search(each.text)]
        if shown:
            self.number += 1
            self.run(self.his[who].says(f"answer {self.number}.", reply_to=shown[-1]))

    # The world

    @rule(minutes=st.sampled_from([1, 11, 20, 70, 25 * 60, 80 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.run(self.stage.later(minutes=minutes))

    @precondition(lambda self: self.crashes < 3)
    @rule(who=seekers, taken=st.booleans())
    def the_process_dies(self, who: int, taken: bool) -> None:
        """Before her words came in; or after they did and something was sent, but before that was written down."""
        self.crashes += 1
        self.hers[who].account.says(self._words(who))

        async def work() -> None:
            if taken:
                await self.stage.hotline.polling.once(timeout=0)
                async with asyncio.TaskGroup() as tasks:
                    await self.stage.hotline.delivery.send_due(tasks)
                    await self.stage.hotline.delivery.settle()
            await self.stage.restart()
            await self.stage.settle()

        self.run(work())

    # What holds

    @invariant()
    def every_word_stands_in_one_place(self) -> None:
        if self.hers:
            self.run(self._one_place())

    async def _one_place(self) -> None:
        for who, her in enumerate(self.hers):
            async with self.stage.database.unit_of_work() as uow:
                person = await uow.people.by_account(her.account.id)
                kept = [word.piece.text for word in await uow.drafts.words(person.id) if word.message_id > 0]
                for case in await uow.cases.of_seeker(person.id):
                    entries = await uow.threads.of(case.file.code)
                    texts = [entry.piece.text for entry in entries if entry.author is Author.SEEKER]
                    assert len(texts) == len(set(texts)), f"taken in twice: {texts}"
                    kept += [text for text in texts if text not in kept]
            assert sorted(kept) == sorted(self.said[who])

    @invariant()
    def the_holder_has_been_shown_all_and_nobody_else_anything(self) -> None:
        if self.hers:
            self.run(self._shown())

    async def _shown(self) -> None:
        for case in await self._cases():
            code = case.file.code
            holder = self._lawyer_of(case)
            if holder is not None and self.holder.get(code) != holder:
                self.claims[holder, code] += 1
            self.holder[code] = holder
            async with self.stage.database.unit_of_work() as uow:
                entries = await uow.threads.of(code)
            for entry in entries:
                if entry.author is Author.SEEKER:
                    self._look(entry.piece.text, code, holder)
                else:
                    self.answers[entry.piece.text] = self._seeker_of(case)
        for actor in (*self.hers, *self.his):
            assert not [m for m in actor.account.messages if m.from_bot and self._is_foreign(m, actor)]
        assert not [m for m in self.stage.group.messages if SAID.search(m.text or "")]

    def _look(self, words: str, code: CaseCode, holder: int | None) -> None:
        allowed = self.may_see.setdefault(words, set())
        if holder is not None:
            allowed.add(holder)
            chat = [m.text for m in self.his[holder].account.messages if m.from_bot and m.text.endswith(words)]
            assert chat, f"{words!r} of {code} was not shown to the lawyer who holds it"
        for number, lawyer in enumerate(self.his):
            chat = [m.text for m in lawyer.account.messages if m.from_bot and m.text.endswith(words)]
            assert not chat or number in allowed, f"{words!r} of {code} was shown to a lawyer who does not hold it"
            claims = sum(self.claims[number, each] for each in self.holder)
            assert len([text for text in chat if REPEATED not in text]) <= max(1, claims)

    def _is_foreign(self, message: Message, actor: Actor) -> bool:
        if actor in self.his:
            return False
        own = self.hers.index(actor)
        strange = any(f"{who} says" in message.text for who in range(SEEKERS) if who != own)
        return strange or any(self.answers.get(message.text.splitlines()[-1], own) != own for _ in "1" if message.text)

    @invariant()
    def nothing_is_set_aside_or_dead_and_the_journal_grows(self) -> None:
        async def work() -> tuple[int, dict[str, int], int]:
            async with self.stage.database.unit_of_work() as uow:
                noted = (await uow.read(select(func.count()).select_from(tables.journal)))[0][0]
                return await uow.intake.count_set_aside(), await uow.outbox.count(), noted

        if self.hers:
            aside, outbox, noted = self.run(work())
            assert aside == 0
            assert set(outbox) <= {"sent", "replaced", "held", "waiting"}, outbox
            assert noted >= self.journal
            self.journal = noted

    async def _everything_arrives_in_the_end(self) -> None:
        """She comes back: whatever was kept for her is shown, each answer once, or again only after a crash."""
        for her in self.hers:
            await her.says("/start")
        for words, who in self.answers.items():
            shown = [m.text for m in self.hers[who].account.messages if m.from_bot and m.text.endswith(words)]
            assert 1 <= len(shown) <= 1 + self.crashes, f"{words!r} was shown {len(shown)} times"

    # Helpers

    def _words(self, who: int) -> str:
        self.number += 1
        words = f"{who} says {self.number}."
        self.said[who].append(words)
        return words

    async def _cases(self) -> list[Case]:
        async with self.stage.database.unit_of_work() as uow:
            rows = await uow.read(select(tables.cases.c.code).order_by(tables.cases.c.submitted_at))
            found = [await uow.cases.find(CaseCode(row.code)) for row in rows]
            self._people = {
                (await uow.people.by_account(actor.account.id)).id: actor for actor in (*self.hers, *self.his)
            }
        return [case for case in found if case is not None]

    def _seeker_of(self, case: Case) -> int:
        return self.hers.index(self._people[case.file.seeker])

    def _lawyer_of(self, case: Case) -> int | None:
        return self.his.index(self._people[case.lawyer]) if isinstance(case, Claimed) else None

    def _on_a_card(self, who: int, which: int, act: str) -> None:
        cases = self.run(self._cases())
        if not cases:
            return
        data = f"c:{act}:{cases[which % len(cases)].file.code}"
        try:
            self.run(self.his[who].forges(data, group=self.stage.group))
        except (Impossible, IndexError):
            return


TestLifeThroughTheDoors = LifeThroughTheDoors.TestCase
TestLifeThroughTheDoors.settings = settings(
    max_examples=6,
    stateful_step_count=18,
    deadline=timedelta(seconds=30),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
