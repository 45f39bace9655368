"""Sealing: bound to its place and its owner, proof against change; keys rotate; accounts are found by HMAC only."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr
from sqlalchemy import insert, select, update

from bot.app import make_database
from bot.domain.case import Claimed
from bot.domain.intake import Author, Kind, Piece
from bot.domain.people import Role
from bot.keys import master_keys
from bot.settings import BadSettings, Settings
from bot.storage import tables
from bot.storage.cipher import LOOK_UP, Cipher, SealBroken, new_master_key, read_master_key
from bot.storage.engine import Database
from bot.storage.people import person_owner
from tests.clock import StandingClock
from tests.stage import KEY
from tests.storage.given import a_claimed_case, a_person, rows

HERS = "help me"


def _cipher(*keys: bytes) -> Cipher:
    return Cipher(keys or (b"k" * 32,))


async def _a_case_with_words(database: Database, account: int = 1) -> Claimed:
    async with database.unit_of_work() as uow:
        her = await a_person(uow, account)
        case = await a_claimed_case(uow, her, await a_person(uow, account + 1000, Role.LAWYER, "Duty 1"))
        await uow.threads.add(case.file.code, Author.SEEKER, Piece(Kind.TEXT, HERS))
    return case


async def _read(database: Database, case: Claimed) -> list[str]:
    async with database.unit_of_work() as uow:
        return [entry.piece.text for entry in await uow.threads.of(case.file.code)]


async def test_what_was_sealed_opens_and_is_not_what_stands_in_the_database(database: Database) -> None:
    case = await _a_case_with_words(database)
    assert await _read(database, case) == [HERS]
    assert HERS.encode() not in (await rows(database, tables.entries))[0].sealed


async def test_a_row_moved_to_another_case_does_not_open(database: Database) -> None:
    mine, other = await _a_case_with_words(database, 1), await _a_case_with_words(database, 2)
    async with database.unit_of_work() as uow:
        await uow.write(update(tables.entries).values(case_code=other.file.code))
    with pytest.raises(SealBroken):
        await _read(database, other)
    assert await _read(database, mine) == []


async def test_words_under_another_row_of_the_same_case_do_not_open(database: Database) -> None:
    case = await _a_case_with_words(database)
    async with database.unit_of_work() as uow:
        await uow.write(update(tables.entries).values(id=tables.entries.c.id + 1))
    with pytest.raises(SealBroken):
        await _read(database, case)


async def test_a_changed_byte_anywhere_does_not_open(database: Database) -> None:
    case = await _a_case_with_words(database)
    sealed: bytes = (await rows(database, tables.entries))[0].sealed
    for place in (0, 12, len(sealed) // 2, len(sealed) - 1):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        async with database.unit_of_work() as uow:
            await uow.write(update(tables.entries).values(sealed=changed))
        with pytest.raises(SealBroken):
            await _read(database, case)


async def test_another_owners_wrapped_key_does_not_open_under_this_name(database: Database, settings: Settings) -> None:
    mine, other = await _a_case_with_words(database, 1), await _a_case_with_words(database, 2)
    k = tables.keys.c
    async with database.unit_of_work() as uow:
        wrapped = (await uow.read(select(k.wrapped).where(k.owner == f"case:{other.file.code}")))[0][0]
        await uow.write(update(tables.keys).where(k.owner == f"case:{mine.file.code}").values(wrapped=wrapped))
    fresh = make_database(settings)
    with pytest.raises(SealBroken, match="no master key opens the key of case"):
        await _read(fresh, mine)
    await fresh.close()


# Master keys


def _with_keys(settings: Settings, *keys: str) -> Settings:
    return settings.model_copy(update={"secret_keys": [SecretStr(key) for key in keys]})


async def test_after_a_rotation_the_new_key_wraps_and_the_old_one_still_opens(
    database: Database, settings: Settings, clock: StandingClock
) -> None:
    old = await _a_case_with_words(database, 1)
    fresh = new_master_key()
    rotated = make_database(_with_keys(settings, fresh, KEY), clock)
    assert await _read(rotated, old) == [HERS]
    async with rotated.unit_of_work() as uow:
        assert (await uow.people.by_account(1)).id == old.file.seeker
    new = await _a_case_with_words(rotated, 2)
    await rotated.close()
    only_new = make_database(_with_keys(settings, fresh), clock)
    with pytest.raises(SealBroken):
        await _read(only_new, new)
    await only_new.close()


async def test_a_key_that_opens_nothing_says_so_and_not_more(database: Database, settings: Settings) -> None:
    case = await _a_case_with_words(database)
    wrong = new_master_key()
    other = make_database(_with_keys(settings, wrong))
    with pytest.raises(SealBroken) as refused:
        await _read(other, case)
    await other.close()
    assert str(refused.value) == "no master key opens the key of look-up"
    assert wrong not in str(refused.value)


@pytest.mark.parametrize("written", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_what_is_no_key_is_refused_with_a_sentence(settings: Settings, written: str) -> None:
    with pytest.raises(BadSettings) as refused:
        master_keys(_with_keys(settings, written))
    assert (refused.value.key, refused.value.params) == ("cli.key.unreadable", {"where": "SECRET_KEYS"})


def test_a_new_master_key_is_one() -> None:
    assert len(read_master_key(new_master_key())) == 32
    assert new_master_key() != new_master_key()


# Accounts


async def test_an_account_is_found_by_its_keyed_hash_alone(database: Database) -> None:
    account = 7_123_456_789
    async with database.unit_of_work() as uow:
        her = await a_person(uow, account)
    async with database.unit_of_work() as uow:
        assert (await uow.people.by_account(account)).id == her.id
    row = (await rows(database, tables.people))[0]
    everything = b" ".join(str(value).encode() if not isinstance(value, bytes) else value for value in row)
    assert str(account).encode() not in everything
    plain = (hashlib.sha256(str(account).encode()), hashlib.sha256(f"account:{account}".encode()))
    assert not {each.hexdigest()[: len(row.lookup)] for each in plain} & {row.lookup}
    assert row.lookup == database.cipher.lookup("account", account)


def _finding(master: bytes, look_up: bytes) -> Cipher:
    cipher = Cipher((master,))
    cipher.learn_mac(LOOK_UP, cipher.wrap(LOOK_UP, look_up))
    return cipher


async def test_two_hotlines_know_one_account_under_different_hashes() -> None:
    one, other = _finding(b"k" * 32, b"1" * 32), _finding(b"k" * 32, b"2" * 32)
    assert one.lookup("account", 5) != other.lookup("account", 5)
    assert one.lookup("account", 5) != one.lookup("token", 5)
    assert one.lookup("account", 5) == _finding(b"m" * 32, b"1" * 32).lookup("account", 5)
    guess = hmac.new(b"k" * 32, b"account:5", hashlib.sha256).hexdigest()
    assert not guess.startswith(one.lookup("account", 5))


async def test_every_process_finds_by_the_key_the_first_one_made(database: Database, settings: Settings) -> None:
    async with database.unit_of_work():
        found = database.cipher.lookup("account", 5)
    later = make_database(settings)
    async with later.unit_of_work():
        assert later.cipher.lookup("account", 5) == found
    await later.close()
    master = read_master_key(KEY)
    assert found != hmac.new(Cipher([master]).look_up_before, b"account:5", hashlib.sha256).hexdigest()[:32]


async def test_whoever_was_found_by_the_master_key_itself_is_still_found(
    database: Database, settings: Settings
) -> None:
    """A database from before the look-up key was kept."""
    before = hmac.new(
        HKDF(SHA256(), 32, None, b"zhanynda/look-up").derive(read_master_key(KEY)), b"account:5", "sha256"
    )
    async with database.unit_of_work() as uow:
        her = await a_person(uow, 5)
        await uow.write(update(tables.people).values(lookup=before.hexdigest()[:32]))
        await uow.write(tables.keys.delete().where(tables.keys.c.owner == LOOK_UP))
    again = make_database(_with_keys(settings, new_master_key(), KEY))
    async with again.unit_of_work() as uow:
        assert (await uow.people.by_account(5)).id == her.id
    await again.close()


async def test_a_persons_row_with_another_account_in_it_does_not_open(database: Database, settings: Settings) -> None:
    async with database.unit_of_work() as uow:
        her, other = await a_person(uow, 1), await a_person(uow, 2)
    sealed = {row.id: row.sealed_account for row in await rows(database, tables.people)}
    async with database.unit_of_work() as uow:
        where = tables.people.c.id == her.id
        await uow.write(update(tables.people).where(where).values(sealed_account=sealed[other.id]))
    with pytest.raises(SealBroken):
        async with database.unit_of_work() as uow:
            await uow.people.get(her.id)


# The cipher alone


def _sealed(cipher: Cipher, owner: str = "case:A", place: str = "t.c/1") -> bytes:
    cipher.new_key(owner)
    return cipher.seal(owner, place, b"words")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cipher, sealed: cipher.open("case:A", "t.c/2", sealed),
        lambda cipher, sealed: cipher.open("case:A", "t.other/1", sealed),
        lambda cipher, sealed: cipher.open("case:B", "t.c/1", sealed),
        lambda cipher, sealed: cipher.open("case:A", "t.c/1", sealed[:-1]),
        lambda cipher, sealed: cipher.open("case:A", "t.c/1", b""),
        lambda cipher, sealed: cipher.open("case:A", "t.c/1", os.urandom(64)),
    ],
)
def test_anything_else_does_not_open(spoil: Callable[[Cipher, bytes], bytes]) -> None:
    cipher = _cipher()
    sealed = _sealed(cipher)
    cipher.new_key("case:B")
    with pytest.raises(SealBroken):
        spoil(cipher, sealed)


def test_the_same_words_are_never_sealed_alike() -> None:
    cipher = _cipher()
    cipher.new_key("case:A")
    assert len({cipher.seal("case:A", "t.c/1", b"words") for _ in range(100)}) == 100


def test_what_was_forgotten_is_not_at_hand() -> None:
    cipher = _cipher()
    sealed = _sealed(cipher)
    cipher.forget("case:A")
    assert not cipher.knows("case:A")
    with pytest.raises(KeyError):
        cipher.open("case:A", "t.c/1", sealed)


async def test_without_its_key_a_row_is_noise(database: Database, settings: Settings) -> None:
    case = await _a_case_with_words(database)
    async with database.unit_of_work() as uow:
        await uow.write(tables.keys.delete().where(tables.keys.c.owner == f"case:{case.file.code}"))
        await uow.write(insert(tables.keys).values(owner="case:x", wrapped=_cipher().new_key("case:x")))
    fresh = make_database(settings)
    with pytest.raises(KeyError):
        await _read(fresh, case)
    await fresh.close()
    assert person_owner(case.file.seeker) in {row.owner for row in await rows(database, tables.keys)}
