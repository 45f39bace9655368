"""One SQLite database has one process: a lock file says so."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import BadSettings, Settings


@contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Hold the lock of the embedded database. Raises BadSettings when another process has it; PostgreSQL needs none."""
    if not settings.database.startswith("sqlite"):
        yield
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "hotline.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadSettings(
                f"DATA_DIR: another process already runs on {settings.data_dir}; stop it, "
                "or set DATABASE_URL to a PostgreSQL database to run several"
            ) from None
        yield
