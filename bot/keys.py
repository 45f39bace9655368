"""The master keys: from SECRET_KEYS, from SECRET_KEYS_FILE, or from a key file that is made at the first start.

A new key comes to stand first, the bot is started with both, every wrapped key is wrapped anew, the old one goes.
"""

import errno
import os
from collections.abc import AsyncGenerator
from pathlib import Path

from bot.i18n import label
from bot.logs import logger
from bot.settings import BadSettings, Settings
from bot.storage.cipher import new_master_key, read_master_key
from bot.storage.engine import Database
from bot.storage.keys import Rewrapped, clear_away

log = logger(__name__)

AT_ONCE = 200
"""Keys in one transaction: a few milliseconds, so that the bot is not kept waiting."""


def key_file(settings: Settings) -> Path:
    """Where the keys lie when SECRET_KEYS is empty."""
    return settings.secret_keys_file or settings.data_dir / "secret.key"


def master_keys(settings: Settings) -> list[bytes]:
    """The keys, the current one first. Raises BadSettings for one that can't be read, or when there is none."""
    where = "SECRET_KEYS" if settings.secret_keys else str(key_file(settings))
    try:
        written = [key.get_secret_value() for key in settings.secret_keys] or _from_file(settings)
        keys = [read_master_key(key) for key in written]
    except ValueError:
        keys = []
    if not keys:
        raise BadSettings("cli.key.unreadable", where=where)
    return keys


def are_there(settings: Settings) -> bool:
    """True when there are keys already: none is made by asking."""
    return bool(settings.secret_keys) or key_file(settings).exists()


def add_key(settings: Settings) -> Path:
    """Put a new key first in the key file of DATA_DIR. Raises BadSettings where the keys lie elsewhere.

    The file is replaced in one move: whatever happens, the old keys are in it.
    """
    if settings.secret_keys or settings.secret_keys_file:
        raise BadSettings("cli.key.elsewhere")
    keys = [new_master_key(), *_from_file(settings)]
    path = key_file(settings)
    beside = path.with_suffix(".new")
    with settings.in_data_dir():
        beside.unlink(missing_ok=True)
        _write(beside, keys)
        beside.replace(path)
    return path


async def may_rotate(settings: Settings, database: Database) -> None:
    """Raises BadSettings when there is nothing to go over to, or the running bot works with another current key.

    That one could not open what is wrapped anew, and would go on wrapping with the key that is to go.
    """
    if len(master_keys(settings)) < 2:
        raise BadSettings("cli.key.alone")
    async with database.unit_of_work() as uow:
        runs, key = await uow.intake.fact("running"), await uow.intake.fact("key")
    if runs == "yes" and key != database.cipher.current:
        raise BadSettings("cli.key.runs_on_another")


async def rotate(settings: Settings, database: Database) -> AsyncGenerator[Rewrapped, None]:
    """Wrap every key by the current master key, so that the older ones can go. Raises as `may_rotate` does.

    May be broken off and begun again.
    """
    await may_rotate(settings, database)
    last = ""
    while True:
        async with database.unit_of_work() as uow:
            done = await uow.keys.rewrap(last, AT_ONCE)
        if not done.looked_at:
            break
        yield done
        last = done.last
    await clear_away(database.engine)


async def count_keys(database: Database) -> int:
    """How many wrapped keys there are."""
    async with database.unit_of_work() as uow:
        return await uow.keys.count()


async def on_older_keys(database: Database) -> int:
    """How many keys still hang on an older master key, or on one that is not there."""
    last, older = "", 0
    while True:
        async with database.unit_of_work() as uow:
            found = await uow.keys.on_older(last, AT_ONCE)
        if not found.looked_at:
            return older
        last, older = found.last, older + found.anew + found.lost


def _from_file(settings: Settings) -> list[str]:
    path = key_file(settings)
    if settings.secret_keys_file:
        return _given(path)
    with settings.in_data_dir():
        if not path.exists():
            _write(path, [new_master_key()])
            log.warning(label(settings.default_language, "cli.key.made", path=path))
        return path.read_text().split()


def _given(path: Path) -> list[str]:
    """A file that systemd, docker or the administrator lays ready; it is never made here."""
    try:
        return path.read_text().split()
    except OSError as error:
        why = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise BadSettings("cli.key.no_file", path=str(path), why=why) from None


def _write(path: Path, keys: list[str]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("".join(f"{key}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
