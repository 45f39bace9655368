"""Going over to a new master key while the bot runs: nothing is lost, nothing destroyed comes back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import keys
from bot.app import make_database
from bot.settings import BadSettings, Settings
from bot.storage import tables
from bot.storage.cipher import Cipher, SealBroken, new_master_key, read_master_key
from bot.storage.engine import Database
from bot.storage.people import person_owner
from tests.stage import KEY, Stage
from tests.storage.given import a_person, rows

NEW = new_master_key()


def _with(settings: Settings, *written: str) -> Settings:
    return settings.model_copy(update={"secret_keys": [SecretStr(key) for key in written]})


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = make_database(settings)
    yield database
    await database.close()


async def _rotated(settings: Settings) -> int:
    async with _opened(settings) as database:
        return sum([done.anew async for done in keys.rotate(settings, database)])


async def _opens_all(database: Database, *written: str) -> bool:
    cipher = Cipher([read_master_key(key) for key in written])
    try:
        for row in await rows(database, tables.keys):
            cipher.learn(row.owner, row.wrapped)
    except SealBroken:
        return False
    return True


async def test_after_it_the_new_key_alone_goes_on_with_everything(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says("before the new key")
    stage.settings = both = _with(stage.settings, NEW, KEY)
    await stage.restart()
    await her.says("between the two")
    assert await _rotated(both) > 5
    assert await _opens_all(stage.database, NEW)
    assert not await _opens_all(stage.database, KEY)
    await lawyer.says("while both are there")
    stage.settings = _with(stage.settings, NEW)
    await stage.restart()
    await her.says("with the new one alone")
    await lawyer.says("the answer")
    assert "with the new one alone" in lawyer.chat
    assert "the answer" in her.chat
    async with stage.database.unit_of_work() as uow:
        assert [each.piece.text for each in await uow.threads.of(code)][1:3] == [
            "before the new key",
            "between the two",
        ]
        assert not await uow.intake.count_set_aside()


async def test_it_is_broken_off_and_begun_again_and_brings_nothing_back(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = _with(settings, NEW, KEY)
    async with database.unit_of_work() as uow:
        people = sorted([person_owner((await a_person(uow, account)).id) for account in range(1, 451)])
    async with _opened(both) as rotating:
        work = keys.rotate(both, rotating)
        first = await anext(work)
        assert (first.looked_at, first.anew) == (200, 200)
        gone = [people[0], people[-1]]
        async with database.unit_of_work() as uow:
            await uow.write(tables.keys.delete().where(tables.keys.c.owner.in_(gone)))
        await work.aclose()
        assert await keys.on_older_keys(rotating) == 450 + 2 - 200 - 1
    assert await _rotated(both) == 450 + 2 - 200 - 1
    assert await _rotated(both) == 0
    assert await _opens_all(database, NEW)
    assert not {row.owner for row in await rows(database, tables.keys)} & set(gone)


async def test_a_bot_that_does_not_know_the_new_key_is_not_locked_out(stage: Stage) -> None:
    await stage.seeker("kk")
    for current in ((NEW, KEY), (KEY, NEW)):
        async with stage.database.unit_of_work() as uow:
            await uow.intake.set_fact("running", "yes")
        if current[0] == KEY:
            assert await _rotated(_with(stage.settings, *current)) == 0
            continue
        with pytest.raises(BadSettings) as refused:
            await _rotated(_with(stage.settings, *current))
        assert refused.value.key == "cli.key.runs_on_another"
        assert await _opens_all(stage.database, KEY)


async def test_one_key_alone_has_nowhere_to_go(settings: Settings) -> None:
    with pytest.raises(BadSettings) as refused:
        await _rotated(settings)
    assert refused.value.key == "cli.key.alone"


async def test_a_key_that_nothing_opens_is_counted_and_left(database: Database, settings: Settings) -> None:
    async with database.unit_of_work() as uow:
        her = await a_person(uow, 1)
        noise = bytes(60)
        await uow.write(tables.keys.update().where(tables.keys.c.owner == person_owner(her.id)).values(wrapped=noise))
    both = _with(settings, NEW, KEY)
    async with _opened(both) as rotating:
        [done] = [each async for each in keys.rotate(both, rotating)]
    assert (done.looked_at, done.anew, done.lost) == (3, 2, 1)
    assert noise in [row.wrapped for row in await rows(database, tables.keys)]


# Where keys lie


def test_a_new_key_comes_first_and_the_others_stay(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    before = keys.master_keys(settings)
    path = keys.add_key(settings)
    after = keys.master_keys(settings)
    assert len(after) == 2
    assert after[1:] == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]


def test_keys_given_as_a_file_are_read_and_never_made(tmp_path: Path) -> None:
    given = tmp_path / "given"
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", secret_keys_file=given)
    with pytest.raises(BadSettings) as refused:
        keys.master_keys(settings)
    assert (refused.value.key, refused.value.params) == ("cli.key.no_file", {"path": str(given), "why": "ENOENT"})
    given.write_text(f"{NEW}\n{KEY}\n")
    assert keys.master_keys(settings) == [read_master_key(NEW), read_master_key(KEY)]
    with pytest.raises(BadSettings, match=r"cli\.key\.elsewhere"):
        keys.add_key(settings)
    assert not (tmp_path / "data").exists()
    assert keys.master_keys(_with(settings, KEY)) == [read_master_key(KEY)], "SECRET_KEYS goes before the file"


# Nothing tells a secret


async def test_no_secret_in_what_anything_says_of_itself(tmp_path: Path) -> None:
    token, password, account = "123456:canary-token", "canary-password", 7_123_456_789
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(token),
        secret_keys=[SecretStr(NEW)],
        database_url=f"postgresql+asyncpg://hotline:{password}@127.0.0.1:1/name",
        coordinator_ids=[account],
        operator_chat_id=-account,
    )
    master = read_master_key(NEW)
    cipher = Cipher([master])
    said = [repr(settings), str(settings), repr(cipher), str(vars(cipher)["_wrapping"])]
    database = make_database(settings)
    said += [repr(database), repr(database.engine)]
    for secret in ("no key", f"{NEW},{NEW}x"):
        with pytest.raises(BadSettings) as refused:
            keys.master_keys(_with(settings, *secret.split(",")))
        said += [repr(refused.value), str(refused.value.params)]
    with pytest.raises(SealBroken) as broken:
        cipher.learn("person:X", bytes(60))
    with pytest.raises(ConnectionError) as away:
        async with database.unit_of_work():
            pass
    said += [repr(broken.value), repr(away.value)]
    await database.close()
    for secret in (token, password, str(account), NEW, repr(master), master.hex()):
        assert [each for each in said if secret in each] == []
