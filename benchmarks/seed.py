"""A hotline with a long past: as many ended cases as you like, with their people, keys, words and journal.

    python -m benchmarks.seed --cases 1000000 DATA_DIR

What is sealed is noise of the usual length under keys that nothing wrapped: the past is only there to be in the way.
Ended cases are spread evenly over ten years, so that each week of the past has its share.
"""

import argparse
import asyncio
import base64
import os
import string
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Table, insert

from bot.app import make_database
from bot.clock import system_clock
from bot.content import taxonomy
from bot.settings import Settings
from bot.storage import migrate, tables
from bot.storage.engine import Database
from bot.storage.tables.base import metadata

YEARS = timedelta(days=3650)
CHUNK = 5_000
CASES_OF_ONE = 3
"""Ended cases of one person."""

_LETTERS = [f"{a}{b}" for a in string.ascii_uppercase for b in string.ascii_uppercase]
_CATEGORIES = ("IPV", "SEX", "TPV", "POL", "HAR")
_SUBCATEGORIES = {
    each.code: [sub.code for sub in each.subcategories[:3]]
    for each in taxonomy().categories
    if each.code in _CATEGORIES
}
_AGES = ("under_18", "18_24", "25_34", None)
_REGIONS = ("KZ-19", "KZ-10", "KZ-11", "KZ-15", "KZ-23")
_LANGUAGES = ("kk", "ru", "en", "ky")
_URGENCIES = ("high", "normal", "low")
_NOBODYS_KEY = bytes(32)
"""So that a past made once can be used again; nothing worth a key is in it."""

_NOISE = os.urandom(180)
_WRAPPED = os.urandom(60)


def settings_for(folder: Path, address: str = "") -> Settings:
    """Settings of a hotline that only stands there."""
    return Settings(
        _env_file=None,
        bot_token=SecretStr("42:sandbox"),
        data_dir=folder,
        database_url=address,
        secret_keys=[SecretStr(base64.b64encode(_NOBODYS_KEY).decode())],
    )


async def seed(
    database: Database, cases: int, over: timedelta = YEARS, only: Collection[Table] = metadata.sorted_tables
) -> None:
    """Bring the database to the newest shape and fill its past, spread over this time; of these tables alone."""
    await migrate.upgrade(database.engine)
    now = system_clock()
    for first in range(0, cases, CHUNK):
        numbers = range(first, min(first + CHUNK, cases))
        async with database.engine.begin() as connection:
            for table, rows in _past(numbers, [now - over * (1 - n / cases) for n in numbers]):
                if table not in only:
                    continue
                await connection.execute(insert(table), rows)


def _past(numbers: range, moments: Sequence[datetime]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    came = dict(zip(numbers, moments, strict=True))
    people = [number for number in numbers if number % CASES_OF_ONE == 0]
    yield tables.keys, [{"owner": f"person:{_person(n)}", "wrapped": _WRAPPED} for n in people]
    yield tables.keys, [{"owner": f"case:{_code(n)}", "wrapped": _WRAPPED} for n in numbers]
    yield tables.people, [_someone(n, moments[-1]) for n in people]
    yield tables.cases, [_case(n, at) for n, at in came.items()]
    yield tables.entries, [_entry(n, at) for n, at in came.items()]
    yield tables.journal, [_noted(n, step, at) for n, at in came.items() for step in range(3)]


def _code(number: int) -> str:
    return f"{_LETTERS[number // 100_000]}{number % 100_000:05d}"


def _person(number: int) -> str:
    return f"past{number // CASES_OF_ONE:012d}"


def _someone(number: int, now: datetime) -> dict[str, Any]:
    person = _person(number)
    return {"id": person, "lookup": person.rjust(32, "0"), "sealed_account": _NOISE[:40], "started": True, "since": now}


def _case(number: int, at: datetime) -> dict[str, Any]:
    return {
        "code": _code(number),
        "status": "closed",
        "seeker": _person(number),
        "submitted_at": at,
        "urgency": _URGENCIES[number % len(_URGENCIES)],
        "category": (category := _CATEGORIES[number % len(_CATEGORIES)]),
        "subcategory": _SUBCATEGORIES[category][number % 3],
        "country": "KZ",
        "age": _AGES[number % len(_AGES)],
        "language": _LANGUAGES[number % len(_LANGUAGES)],
        "region": _REGIONS[number % len(_REGIONS)],
        "queued_at": at,
        "lawyer": f"lawyer{number % 40:010d}",
        "claimed_at": at + timedelta(minutes=number % 300),
        "taken_at": at + timedelta(minutes=number % 300),
        "closed_at": at + timedelta(days=1),
        "outcome": "test" if number % 50 == 0 else "advice",
    }


def _entry(number: int, at: datetime) -> dict[str, Any]:
    author, later = ("lawyer", timedelta(minutes=number % 400)) if number % 2 else ("seeker", timedelta(0))
    return {"id": number + 1, "case_code": _code(number), "author": author, "at": at + later, "sealed": _NOISE}


def _noted(number: int, step: int, at: datetime) -> dict[str, Any]:
    action = ("submitted", "claimed", "reopened" if number % 20 == 0 else "closed")[step]
    return {"id": 3 * number + step + 1, "at": at, "role": "seeker", "action": action, "case_code": _code(number)}


async def _main(folder: Path, cases: int) -> None:
    database = make_database(settings_for(folder))
    await seed(database, cases)
    await database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.seed")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_main(asked.folder, asked.cases))
    sys.stdout.write(f"{asked.cases} cases in {asked.folder}\n")
