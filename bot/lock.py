"""One SQLite database has one process: a lock file says so."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bot.settings import BadSettings, Settings


@contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Hold the lock of the embedded database. Raises BadSettings when another process has it; PostgreSQL needs none."""
    if not settings.database.startswith("sqlite"):
        yield
        return
    with ExitStack() as stack:
        with settings.in_data_dir() as folder:
            file = stack.enter_context((folder / "hotline.lock").open("w"))
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadSettings("cli.data_dir.busy", path=str(settings.data_dir)) from None
        yield
