"""The counts of a week in front of few other weeks and of many: what a week costs must not grow with the others.

    python -m benchmarks.weeks [--few 10000] [--cases 1000000] [--folder DIR] [--postgresql FEW_URL MANY_URL]

Both pasts have as many cases a week, one is only longer; one is measured after the other, round by round. Prints the
medians of the milliseconds and the ratio: of CPU on SQLite, which works in this process, of the clock on PostgreSQL. A
past that is in the folder already is used again; a database of PostgreSQL has to be empty.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.seed import seed, settings_for
from bot.app import make_database
from bot.clock import system_clock
from bot.domain.people import Person, Role
from bot.domain.period import Period
from bot.domain.report import Scope, Week
from bot.services import reports
from bot.settings import Settings
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.unit_of_work import UnitOfWork

ROUNDS = 15
A_WEEK = 500
"""Cases; so that the shorter past holds a quarter and the eight weeks a week is compared with."""

COUNTED = (tables.cases, tables.entries, tables.journal)
"""What a week is counted from; the rest of a past is left out."""

Found = dict[str, list[float]]


class Past:
    """A hotline that has had so many cases, and its coordinator."""

    def __init__(self, folder: Path, cases: int, address: str = "") -> None:
        self.found: Found = {}
        self.cases = cases
        self._new = not (folder / "hotline.sqlite3").exists()
        self._clock = time.perf_counter if address else time.process_time
        self._settings: Settings = settings_for(folder, address)
        self._database: Database = make_database(self._settings)

    async def prepare(self) -> None:
        """Make what is not there yet."""
        if self._new:
            await seed(self._database, self.cases, timedelta(weeks=1) * (self.cases / A_WEEK), COUNTED)
        async with self._database.unit_of_work() as uow:
            coordinator = await uow.people.by_account(7_200_000_000)
            await uow.people.set(coordinator, language="ru", started=True)
            await uow.people.set_role(coordinator, Role.COORDINATOR, "Duty")
        async with self._database.unit_of_work() as uow:
            self._coordinator: Person = await uow.people.by_account(7_200_000_000)

    async def measure(self) -> None:
        """Everything once."""
        zone = self._settings.zone
        now = system_clock()
        last = Week.of(now, zone).shifted(-1)
        quarter = Period((now - timedelta(days=90)).date(), now.date())
        show = partial(reports.show_week, settings=self._settings, person=self._coordinator)
        await self._timed("this week", partial(show, typed=None))
        await self._timed("a week of the past", partial(show, typed=str(last.shifted(-8))))
        await self._timed("figures of a quarter", lambda uow: uow.reports.figures(quarter, zone, Scope.TEAM))
        await self._timed("flow of a quarter", lambda uow: uow.reports.flow(quarter, zone))

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()

    async def _timed(self, name: str, work: Callable[[UnitOfWork], Awaitable[object]]) -> None:
        began = self._clock()
        async with self._database.unit_of_work() as uow:
            await work(uow)
        self.found.setdefault(name, []).append(1000 * (self._clock() - began))


async def beside_each_other(folder: Path, few: int, many: int, addresses: Sequence[str]) -> tuple[Found, Found]:
    """Both, taking turns."""
    pasts = []
    for cases, address in zip((few, many), addresses, strict=True):
        (folder / str(cases)).mkdir(parents=True, exist_ok=True)
        pasts.append(Past(folder / str(cases), cases, address))
        await pasts[-1].prepare()
    for _ in range(ROUNDS):
        for each in pasts:
            await each.measure()
    for each in pasts:
        await each.close()
    return pasts[0].found, pasts[1].found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.weeks")
    parser.add_argument("--few", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--postgresql", nargs=2, default=("", ""))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="weeks-") as made:
        folder = asked.folder or Path(made)
        short, long = asyncio.run(beside_each_other(folder, asked.few, asked.cases, asked.postgresql))
    lines = [f"| ms | {asked.few:,} cases | {asked.cases:,} cases | ratio |", "|---|---|---|---|"]
    for name, times in short.items():
        before, after = statistics.median(times), statistics.median(long[name])
        lines.append(f"| {name} | {before:.1f} | {after:.1f} | {after / before:.2f} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
