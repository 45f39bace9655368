"""A migrated database of either kind with a clock that stands still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import make_database
from bot.clock import system_chance
from bot.settings import Settings
from bot.storage.engine import Database
from tests.clock import StandingClock
from tests.stage import KEY


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def settings(migrated_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=SecretStr("42:sandbox"),
        database_url=migrated_url,
        data_dir=tmp_path,
        secret_keys=[SecretStr(KEY)],
    )


@pytest.fixture
async def database(settings: Settings, clock: StandingClock) -> AsyncIterator[Database]:
    made = make_database(settings, clock, system_chance)
    yield made
    await made.close()
