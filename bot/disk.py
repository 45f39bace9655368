"""The disk under the database: how much room is left on it, and whether it takes what is written.

While it takes nothing, nothing is taken in and nothing is confirmed, so nothing is half done. The coordinators can't be
told (what is said must be written first): the log says it once, and `/healthz` until there is room again.
"""

import asyncio
import os

from bot.i18n import label
from bot.logs import logger
from bot.storage.away import Disk
from bot.storage.engine import Database

log = logger(__name__)

LOOKS_EVERY = 1.0
TRIES_EVERY = 5.0
"""Seconds between two tries to write while the disk takes nothing: nobody need write for it to be noticed as well."""

LEAST_FREE = 4 << 20
"""Bytes. SQLite's write-ahead log alone grows to 1000 pages before it is written back. Source: sqlite.org/wal.html."""

AS_MUCH = 100_000
"""Characters that are written on trial, more than a whole batch of updates needs."""


def room(database: Database) -> int | None:
    """Bytes left on the disk under an embedded database; None where the database has a server."""
    if database.folder is None:
        return None
    there = os.statvfs(database.folder)
    return there.f_bavail * there.f_frsize


def wrong(database: Database) -> bool:
    """True while nothing can be written, or soon nothing will be."""
    left = room(database)
    return database.disk is not None or (left is not None and left < LEAST_FREE)


async def watch(database: Database, language: str, stop: asyncio.Event) -> None:
    """Say once, to the administrator in `language`, that nothing can be written, and once that it goes on."""
    told: Disk | None = None
    while not stop.is_set():
        if database.disk is not None and database.disk is not told:
            log.error(label(language, f"cli.disk.{database.disk}"))
        elif told is not None and database.disk is None:
            log.warning(label(language, "cli.disk.well"))
        told = database.disk
        try:
            async with asyncio.timeout(LOOKS_EVERY if told is None else TRIES_EVERY):
                await stop.wait()
        except TimeoutError:
            if told is not None:
                await _try_to_write(database)


async def _try_to_write(database: Database) -> None:
    """Nobody need write for it to be noticed that there is room again. What was written on trial is taken out."""
    try:
        for trial in ("." * AS_MUCH, ""):
            async with database.unit_of_work() as uow:
                await uow.intake.set_fact("trial", trial)
    except Exception as error:  # noqa: BLE001  (whatever it is, trying again is all there is to do)
        log.info("the disk takes nothing yet", why=type(error).__name__)
