"""`zhanynda backup` and `zhanynda restore`: the whole hotline in one sealed file, and back out of it.

The file holds every row, the wrapped keys too, and no master key: it takes the identity *and* a master key to read a
word. Made while the hotline runs. Put back only into an empty place, as one whole, after the file was gone through.
"""

import hmac
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.engine import make_url

from bot import VERSION
from bot.app import make_database
from bot.clock import Clock, system_chance, system_clock
from bot.domain.ids import Chance
from bot.i18n import label, moment_in, number_in
from bot.keys import are_there, master_keys
from bot.lock import only_one
from bot.services import restoring
from bot.settings import Settings
from bot.storage import archive, migrate
from bot.storage.age import BadBackup, opened, read_identities, read_recipients, sealing
from bot.storage.archive import Archive, Manifest
from bot.storage.chain import KEPT_AS, ChainBroken, Head, next_link, read_head
from bot.storage.cipher import JOURNAL, Cipher
from bot.storage.erased import BACKUP, Erased, ErasureList
from bot.storage.scrub import scrub


@dataclass(frozen=True)
class Looked:
    """A file that is whole. `keys`: how many wrapped keys the master keys opened; None when there was none to try."""

    manifest: Manifest
    keys: int | None
    journal: Head | None


async def make(settings: Settings, path: Path, clock: Clock, chance: Chance) -> Manifest:
    """Everything as it is at one moment into a file that is not there yet. Raises BadBackup."""
    recipients = read_recipients(settings.backup_recipients)
    _must_exist(settings)
    engine = archive.make_reader(settings.database)
    try:
        async with sealing(path, recipients) as file, engine.connect() as connection:
            name, now = f"{chance(1 << 64):016x}", clock()
            made = await archive.write(connection, file.write, name=name, version=VERSION, at=now)
            await file.finish()
            ErasureList(settings.erasures).add(now.date(), [f"{BACKUP} {name}"])
    finally:
        await engine.dispose()
    return made


async def look_over(settings: Settings, path: Path, identity: Path) -> Looked:
    """Go through a file without putting it back: every piece, row and number, every key, the journal's chain.

    Raises BadBackup, and SealBroken for a key that no master key opens.
    """
    cipher = Cipher(master_keys(settings)) if are_there(settings) else None
    look = _Look(cipher)
    try:
        async with _read(path, identity) as (held, manifest):
            async for table, rows in held.rows(manifest):
                for row in rows:
                    look.at(table, row)
        look.at_the_end()
    except ChainBroken:
        raise BadBackup("cli.backup.journal", path=str(path)) from None
    return Looked(manifest, look.keys if cipher else None, look.head if cipher else None)


async def restore(
    settings: Settings, path: Path, identity: Path, listed: ErasureList | None, clock: Clock
) -> tuple[Looked, int]:
    """Put a file back into an empty place; how many people and cases were erased once more. Raises BadBackup.

    `listed`: what was erased since; None: nobody knows, and it is put back as it was. One transaction: whatever stops
    it, the place is as empty as before.
    """
    if not are_there(settings):
        raise BadBackup("cli.restore.no_keys")
    with only_one(settings):
        looked = await look_over(settings, path, identity)
        erased = _erased(listed, looked.manifest)
        database = make_database(settings, clock)
        try:
            async with migrate.ground(database.engine) as connection:
                if not await archive.is_empty(connection):
                    raise BadBackup("cli.restore.not_empty")
                await migrate.to(connection, looked.manifest.revision)
                async with _read(path, identity) as (held, manifest):
                    await archive.put_back(connection, held, manifest)
                await migrate.to(connection, "head")
                async with database.within(connection) as uow:
                    gone = await restoring.take_over(uow, settings, manifest.moment, erased)
                if listed is not None and listed.path != database.erased.path:
                    database.erased.take_over(listed)
            await scrub(database.engine)
        finally:
            await database.close()
    return looked, gone


async def backed_up(settings: Settings, path: Path) -> Iterable[str]:
    """`zhanynda backup`, in words."""
    made = await make(settings, path, system_clock, system_chance)
    return [label(settings.default_language, "cli.backup.made", path=path, number=made.number)]


async def looked_over(settings: Settings, path: Path, identity: Path) -> Iterable[str]:
    """`zhanynda restore --verify`, in words."""
    return _lines(settings.default_language, path, await look_over(settings, path, identity), settings.zone)


async def restored(settings: Settings, path: Path, identity: Path, listed: Path | None, knowing: bool) -> Iterable[str]:
    """`zhanynda restore`, in words. `listed`: where the erasure list lies; `knowing`: not without one."""
    language, erased = settings.default_language, ErasureList(listed or settings.erasures) if knowing else None
    looked, gone = await restore(settings, path, identity, erased, system_clock)
    moment = moment_in(language, looked.manifest.moment, settings.zone)
    return [label(language, "cli.restore.done", moment=moment, number=looked.manifest.number, gone=gone)]


def _lines(language: str, path: Path, looked: Looked, zone: ZoneInfo) -> Iterator[str]:
    """What was looked over, in words: the moment, how many rows each table has, keys and journal."""
    manifest = looked.manifest
    moment = moment_in(language, manifest.moment, zone)
    yield label(language, "cli.backup.whole", path=path, moment=moment, number=manifest.number)
    for table, number in manifest.rows.items():
        yield f"{number_in(language, number):>12}  {table}"
    if looked.journal is None:
        yield label(language, "cli.backup.no_keys")
    else:
        yield label(language, "cli.backup.keys", number=looked.keys, linked=looked.journal.count)


@asynccontextmanager
async def _read(path: Path, identity: Path) -> AsyncIterator[tuple[Archive, Manifest]]:
    async with opened(path, read_identities(identity)) as lines:
        held = Archive(lines, str(path))
        manifest = await held.manifest()
        if not migrate.known(manifest.revision):
            raise BadBackup("cli.backup.newer", version=manifest.version)
        yield held, manifest


def _must_exist(settings: Settings) -> None:
    """Looking must not make an empty database."""
    address = make_url(settings.database)
    if address.drivername.startswith("sqlite") and not Path(str(address.database)).exists():
        raise BadBackup("cli.migrations.missing")


def _erased(listed: ErasureList | None, manifest: Manifest) -> Erased | None:
    """What the list says. Raises BadBackup for one that is not there, or was not kept since this back-up."""
    if listed is None:
        return None
    try:
        found = listed.read()
    except OSError:
        raise BadBackup("cli.restore.no_list", path=str(listed.path)) from None
    if manifest.id not in found.backups:
        raise BadBackup("cli.restore.other_list", path=str(listed.path))
    return found


class _Look:
    """What is looked at while the rows go by: facts and keys come before the journal."""

    def __init__(self, cipher: Cipher | None) -> None:
        self._cipher = cipher
        self._kept: str | None = None
        self._end = Head()
        self.keys = 0
        self.head = Head()

    def at(self, table: str, row: dict[str, Any]) -> None:
        """One row. Raises SealBroken, ChainBroken."""
        if self._cipher is None:
            return
        if table == "hotline_state" and row["name"] == KEPT_AS:
            self._kept = row["value"]
        elif table == "keys":
            self._key(self._cipher, row["owner"], row["wrapped"])
        elif table == "journal":
            self._journal(self._cipher, row)

    def at_the_end(self) -> None:
        """All has gone by. Raises ChainBroken for a journal whose end is missing."""
        if self.head != self._end:
            raise ChainBroken

    def _key(self, cipher: Cipher, owner: str, wrapped: bytes) -> None:
        cipher.rewrapped(owner, wrapped)
        self.keys += 1
        if owner == JOURNAL and self._kept is not None:
            cipher.learn_mac(JOURNAL, wrapped)
            self._end = read_head(cipher, self._kept)

    def _journal(self, cipher: Cipher, row: dict[str, Any]) -> None:
        if self.head.last < self._end.last:
            told = [row[name] for name in ("id", "at", "actor", "role", "action", "case_code")]
            self.head = next_link(cipher, self.head, told)
            if not hmac.compare_digest(self.head.link, row["link"] or b""):
                raise ChainBroken(row["id"])
        elif row["link"] is not None:
            raise ChainBroken(row["id"])
