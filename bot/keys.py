"""The master keys: from SECRET_KEYS, or from a key file that is made at the first start."""

import logging
import os
from pathlib import Path

from bot.settings import BadSettings, Settings
from bot.storage.cipher import new_master_key, read_master_key

log = logging.getLogger(__name__)


def key_file(settings: Settings) -> Path:
    """Where the key file lies when SECRET_KEYS is empty."""
    return settings.data_dir / "secret.key"


def master_keys(settings: Settings) -> list[bytes]:
    """The keys, the current one first. Raises BadSettings for one that can't be read."""
    written = [key.get_secret_value() for key in settings.secret_keys]
    where = "SECRET_KEYS"
    if not written:
        where = str(key_file(settings))
        written = _from_file(settings)
    try:
        return [read_master_key(key) for key in written]
    except ValueError as error:
        raise BadSettings(f"{where}: a key {error}; it must be 32 bytes in base64 (openssl rand -base64 32)") from None


def _from_file(settings: Settings) -> list[str]:
    path = key_file(settings)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(new_master_key() + "\n")
                file.flush()
                os.fsync(file.fileno())
            log.warning("a new key file was made: %s. Keep a copy of it apart from the back-ups: without it", path)
            log.warning("nothing in the database can ever be read again, and whoever has both can read everything")
        return path.read_text().split()
    except OSError as error:
        raise BadSettings(f"DATA_DIR: {settings.data_dir} can't be used ({error.strerror})") from None
