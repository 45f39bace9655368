"""What a back-up holds: every row of every table as lines of JSON, in the order in which they can be put back.

One transaction sees one moment, so what is written meanwhile is wholly in it or wholly not. Freed pages, in which
something erased may still stand, are not in it. Either kind of database can be put back into the other.
"""

import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.age import BadBackup
from bot.storage.migrate import revision_of

FORMAT = 1
ROWS = 500
"""Rows read, sealed and put back at a time."""

FIRST = ("hotline_state", "keys")
"""These come first: without them the others can't be looked over."""

VERSION_TABLE = "alembic_version"


@dataclass(frozen=True)
class Manifest:
    """The first line: which back-up this is, of what, when, and how many rows each table has."""

    id: str
    at: str
    version: str
    revision: str
    kind: str
    rows: dict[str, int]
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When the hotline was as it is in here."""
        return datetime.fromisoformat(self.at)

    @property
    def number(self) -> int:
        """How many rows there are in all."""
        return sum(self.rows.values())


def make_reader(address: str) -> AsyncEngine:
    """An engine that only reads, at one moment, and keeps nobody from writing."""
    if address.startswith("sqlite"):
        return create_async_engine(address, hide_parameters=True)
    frozen = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return create_async_engine(address, hide_parameters=True, execution_options=frozen)


async def write(
    connection: AsyncConnection, put: Callable[[bytes], Awaitable[None]], *, name: str, version: str, at: datetime
) -> Manifest:
    """Hand over all lines. Raises BadBackup for a database without tables."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN")
    revision = await connection.run_sync(revision_of)
    if revision is None:
        raise BadBackup("cli.migrations.missing")
    tables = await connection.run_sync(_tables)
    rows = {table.name: await _count(connection, table) for table in tables}
    manifest = Manifest(name, at.isoformat(), version, revision, connection.dialect.name, rows)
    await put(_line(asdict(manifest)))
    for table in tables:
        await put(_line({"table": table.name, "columns": [column.name for column in table.c]}))
        query = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS)
        async for some in (await connection.stream(query)).partitions(ROWS):
            await put(b"".join(_line([_written(value) for value in row]) for row in some))
    await put(_line({"end": name}))
    return manifest


class Archive:
    """A back-up while it is read."""

    def __init__(self, lines: AsyncIterator[bytes], path: str) -> None:
        self._lines = lines
        self._path = path

    async def manifest(self) -> Manifest:
        """The first line. Raises BadBackup for one of a newer hotline, or of something else."""
        found = await self._next()
        if not isinstance(found, dict) or "format" not in found:
            raise BadBackup("cli.backup.damaged", path=self._path)
        if found["format"] > FORMAT:
            raise BadBackup("cli.backup.newer", version=str(found.get("version")))
        return Manifest(**found)

    async def rows(self, manifest: Manifest) -> AsyncIterator[tuple[str, list[dict[str, Any]]]]:
        """All rows, some at a time, with their table. Raises BadBackup when it ends too early or a number differs."""
        read = dict.fromkeys(manifest.rows, 0)
        table, columns, some = "", list[str](), list[dict[str, Any]]()
        while True:
            found = await self._next()
            if some and (isinstance(found, dict) or len(some) == ROWS):
                yield table, some
                read[table], some = read[table] + len(some), []
            if isinstance(found, list):
                some.append(dict(zip(columns, map(_read, found), strict=True)))
            elif "end" in found:
                break
            else:
                table, columns = found["table"], found["columns"]
        if read != manifest.rows or found["end"] != manifest.id or await anext(self._lines, None) is not None:
            raise BadBackup("cli.backup.damaged", path=self._path)

    async def _next(self) -> Any:
        line = await anext(self._lines, None)
        try:
            return json.loads(line or b"")
        except ValueError:
            raise BadBackup("cli.backup.damaged", path=self._path) from None


async def put_back(connection: AsyncConnection, archive: Archive, manifest: Manifest) -> None:
    """Every row into tables of the shape it had. The database looks over each of its rules; numbers must agree."""
    tables = {table.name: table for table in await connection.run_sync(_tables)}
    async for name, rows in archive.rows(manifest):
        await connection.execute(insert(tables[name]), rows)
    for name, number in manifest.rows.items():
        if await _count(connection, tables[name]) != number:
            raise BadBackup("cli.backup.damaged", path=name)


async def is_empty(connection: AsyncConnection) -> bool:
    """True when there is no table at all."""
    return not await connection.run_sync(lambda sync: inspect(sync).get_table_names())


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


def _tables(sync: Connection) -> list[Table]:
    """The tables as they are here, whatever migration the database has; parents before their children."""
    found = MetaData()
    found.reflect(sync)
    tables = [table for table in found.sorted_tables if table.name != VERSION_TABLE]
    return sorted(tables, key=lambda table: FIRST.index(table.name) if table.name in FIRST else len(FIRST))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _written(value: Any) -> Any:
    """Bytes become a list of one text; no column holds a list."""
    return [base64.b64encode(value).decode()] if isinstance(value, bytes) else value


def _read(value: Any) -> Any:
    return base64.b64decode(value[0]) if isinstance(value, list) else value
