"""Is the database away? Then no update and no message is to blame, and trying again is all there is to do.

It may not be reached, not answer, be in somebody else's hands, or be unable to write: the disk under it is full or
fails. Sources: sqlite.org/rescode.html; PostgreSQL, "Error Codes" (appendix A); what `socket` raises for a host that is
not there is an OSError, a name that can't be looked up included.
"""

import sqlite3
from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.storage.transaction import BatchBroken


class Disk(StrEnum):
    """Why nothing can be written."""

    FULL = "full"
    FAILING = "failing"


_SQLITE_DISK = {
    sqlite3.SQLITE_FULL: Disk.FULL,
    sqlite3.SQLITE_IOERR: Disk.FAILING,
    sqlite3.SQLITE_READONLY: Disk.FAILING,
    sqlite3.SQLITE_CORRUPT: Disk.FAILING,
    sqlite3.SQLITE_NOTADB: Disk.FAILING,
}
_POSTGRESQL_DISK = {"53100": Disk.FULL, "58030": Disk.FAILING, "25006": Disk.FAILING, "XX001": Disk.FAILING}
"""disk_full, io_error, read_only_sql_transaction, data_corrupted."""

_POSTGRESQL_AWAY = ("08", "25P03", "53", "57P", "58")
"""Connection exceptions, a process that stood still, no resources, the administrator, the system under it."""


def is_away(error: BaseException) -> bool:
    """True when this would not have happened with a database that is there and can write."""
    return any(_away(each) for each in _chain(error))


def disk(error: BaseException) -> Disk | None:
    """What is wrong with the disk under the database; None when it is something else, or nothing."""
    return next((found for each in _chain(error) if (found := _disk(each))), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """What was raised and what led to it. A handler that was cancelled for hanging is no sign of anything else."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
        if isinstance(error, TimeoutError):
            return


def _away(error: BaseException) -> bool:
    if _disk(error) is not None:
        return True
    match error:
        case DBAPIError():
            state = getattr(error.orig, "sqlstate", None) or ""
            if isinstance(error, OperationalError):
                return getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR
            return (
                error.connection_invalidated or isinstance(error, InterfaceError) or state.startswith(_POSTGRESQL_AWAY)
            )
        case BatchBroken():
            return False
        case _:
            return isinstance(error, OSError | PoolTimeout)


def _disk(error: BaseException) -> Disk | None:
    original = error.orig if isinstance(error, DBAPIError) else error
    code, state = getattr(original, "sqlite_errorcode", None), getattr(original, "sqlstate", None)
    if code is not None:
        return _SQLITE_DISK.get(code & 0xFF)
    return _POSTGRESQL_DISK.get(state) if isinstance(state, str) else None
