"""The same work in front of a short past and a long one: claim, queue, conversation, the counts of a week, the jobs.

    python -m benchmarks.many [--few 1000] [--many 1000000] [--folder DIR]

Prints milliseconds of CPU for one of each, commit included (medians), with both pasts, and the ratio. A past that is in
the folder already is used again; made anew, a million cases take a few minutes.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from benchmarks.seed import seed, settings_for
from bot.app import make_database
from bot.domain.case import Submitted
from bot.domain.ids import CaseCode
from bot.domain.intake import Kind, Piece
from bot.domain.journal import Action
from bot.domain.people import Person, Role
from bot.jobs import Outside, jobs
from bot.press import Press
from bot.services import answering, case_view, queue, relay, reports
from bot.services.opening import open_case
from bot.settings import Settings
from bot.storage.engine import Database
from bot.storage.unit_of_work import UnitOfWork

TIMES = 20
HELD_BY_ONE = 5
LAST_WEEK_OF_THE_PAST = "2026-W20"

Found = dict[str, list[float]]


class Work:
    """What is done every day: some cases wait, some are held, and a coordinator counts."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.found: Found = {}
        self.codes: list[CaseCode] = []

    async def measure(self) -> Found:
        """Do everything `TIMES` times."""
        first = max(1, await self._people() + 1)
        for number in range(TIMES + 2):
            self.codes.append(await self._waiting_case(first + number))
        for number, code in enumerate(self.codes):
            lawyer = await self._member(7_100_000_000 + number // HELD_BY_ONE, Role.LAWYER)
            her = 7_000_000_000 + first + number
            await self._timed("queue view", lambda uow: uow.cases.queue())
            await self._timed("claim", partial(queue.claim, settings=self.settings, code=code, lawyer=lawyer))
            await self._timed("her words", partial(self._she_says, account=her, number=number))
            await self._timed("his words", partial(self._he_says, account=lawyer.account, number=number))
            opened = partial(case_view.open_case, settings=self.settings, code=code, person=lawyer)
            await self._timed("appeal opened", opened)
        coordinator = await self._member(7_200_000_000, Role.COORDINATOR)
        for _ in range(TIMES // 2):
            for name, typed in (("this week", None), ("a week of the past", LAST_WEEK_OF_THE_PAST)):
                week = partial(reports.show_week, settings=self.settings, person=coordinator, typed=typed)
                await self._timed(name, week)
        for job in jobs(self.settings, Press()):
            if job.name != "retention" and not isinstance(job.work, Outside):  # that would tell everybody of the past
                await self._timed(f"job: {job.name}", job.work)
        return self.found

    async def _timed(self, name: str, work: Callable[[UnitOfWork], Awaitable[object]]) -> None:
        began = time.process_time()
        async with self.database.unit_of_work() as uow:
            await work(uow)
        self.found.setdefault(name, []).append(1000 * (time.process_time() - began))

    async def _people(self) -> int:
        async with self.database.unit_of_work() as uow:
            return len(await uow.cases.queue())

    async def _member(self, account: int, role: Role) -> Person:
        async with self.database.unit_of_work() as uow:
            found = await uow.people.by_account(account)
            if found.role is None:
                await uow.people.set(found, language="ru", started=True)
                await uow.people.set_role(found, role, "Duty")
        async with self.database.unit_of_work() as uow:
            return await uow.people.by_account(account)

    async def _waiting_case(self, number: int) -> CaseCode:
        async with self.database.unit_of_work() as uow:
            her = await uow.people.by_account(7_000_000_000 + number)
            await uow.people.set(her, language="ky", started=True, seen_at=uow.now)
            await uow.drafts.begin(her.id)
            await uow.drafts.add_words(her.id, -1, Piece(Kind.TEXT, "first words"))
            code = (await open_case(uow, self.settings, her, {}, urgency=None)).file.code
        async with self.database.unit_of_work() as uow:
            kept = await uow.cases.get(code, Submitted)
            await uow.cases.move(kept, kept.queue(uow.now), actor=None, action=Action.QUEUED)
        return code

    async def _she_says(self, uow: UnitOfWork, account: int, number: int) -> None:
        her = await uow.people.by_account(account)
        await relay.from_seeker(uow, self.settings, her, Piece(Kind.TEXT, f"words {number}"), 10 + number, None)

    async def _he_says(self, uow: UnitOfWork, account: int, number: int) -> None:
        lawyer = await uow.people.by_account(account)
        await answering.from_lawyer(uow, self.settings, lawyer, Piece(Kind.TEXT, f"answer {number}"), 10 + number, None)


async def measured(folder: Path, cases: int) -> Found:
    """A hotline with this past, at work."""
    settings = settings_for(folder)
    there = (folder / "hotline.sqlite3").exists()
    database = make_database(settings)
    if not there:
        await seed(database, cases)
    found = await Work(settings, database).measure()
    await database.close()
    return found


async def both(folder: Path, few: int, many: int) -> tuple[Found, Found]:
    """Beside each other."""
    places = [folder / str(number) for number in (few, many)]
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    return await measured(places[0], few), await measured(places[1], many)


def table(short: Found, long: Found, few: int, many: int) -> str:
    """Medians and ratios."""
    lines = [f"| ms of CPU | {few:,} cases | {many:,} cases | ratio |", "|---|---|---|---|"]
    for name, times in short.items():
        before, after = statistics.median(times), statistics.median(long[name])
        lines.append(f"| {name} | {before:.2f} | {after:.2f} | {after / before:.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many")
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="many-") as made:
        short, long = asyncio.run(both(asked.folder or Path(made), asked.few, asked.many))
    sys.stdout.write(table(short, long, asked.few, asked.many) + "\n")


if __name__ == "__main__":
    main()
