"""The master keys: from SECRET_KEYS, or from a key file that is made at the first start."""

import logging
import os
from pathlib import Path

from bot.i18n import label
from bot.settings import BadSettings, Settings
from bot.storage.cipher import new_master_key, read_master_key

log = logging.getLogger(__name__)


def key_file(settings: Settings) -> Path:
    """Where the key file lies when SECRET_KEYS is empty."""
    return settings.data_dir / "secret.key"


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


def _from_file(settings: Settings) -> list[str]:
    path = key_file(settings)
    with settings.in_data_dir():
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(new_master_key() + "\n")
                file.flush()
                os.fsync(file.fileno())
            log.warning(label(settings.default_language, "cli.key.made", path=path))
        return path.read_text().split()
