"""A back-up holds everything, tells nothing, and brings back nobody who had herself erased."""

import asyncio
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import func, make_url, select, update

from bot import backup
from bot.clock import system_chance
from bot.domain.case import Claimed, Closed, Queued, Shut
from bot.domain.order import Asked, What
from bot.domain.period import Period
from bot.domain.report import Mode
from bot.i18n import moment_in
from bot.storage import archive, migrate, tables
from bot.storage.age import BadBackup, new_identity, read_identities
from bot.storage.archive import make_reader
from bot.storage.cipher import read_master_key
from bot.storage.engine import make_engine
from bot.storage.erased import ErasureList
from bot.storage.tables import EPOCH
from tests.scenes.test_erasing import erases, whole
from tests.scenes.test_privacy import canaries, play
from tests.scenes.test_return_code import shown
from tests.stage import KEY, Actor, Stage

Elsewhere = Callable[[str], str]


class Safe:
    """A back-up of this stage, and who can open it."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        self.file = folder / "copy.age"
        self.identity = folder / "identity"
        self.listed = ErasureList(stage.settings.erasures)
        identity, recipient = new_identity()
        self.identity.write_text(identity)
        stage.settings.backup_recipients = [recipient]

    async def backs_up(self) -> None:
        """`zhanynda backup`."""
        self.made = await backup.make(self.stage.settings, self.file, self.stage.clock, system_chance)

    async def puts_back(self, url: str, folder: Path) -> int:
        """The database is lost: `zhanynda restore` into an empty place, with the list as it is now; then it runs."""
        self.stage.settings.database_url, self.stage.settings.data_dir = url, folder / "anew"
        _, gone = await backup.restore(self.stage.settings, self.file, self.identity, self.listed, self.stage.clock)
        await self.stage.restart()
        await self.stage.settle()
        return gone


@pytest.fixture
def safe(stage: Stage, tmp_path: Path) -> Safe:
    return Safe(stage, tmp_path)


@contextmanager
def refused(key: str) -> Iterator[None]:
    """It is refused with this sentence."""
    with pytest.raises(BadBackup) as told:
        yield
    assert told.value.key == key


def kind(stage: Stage) -> str:
    return make_url(stage.settings.database).get_backend_name()


def lies_there(safe: Safe) -> list[Path]:
    """The back-up, and whatever was left beside it."""
    return sorted(safe.file.parent.glob(f"*{safe.file.name}*"))


def said_to(her: Actor) -> int:
    """How many messages were ever sent into her chat."""
    sends = [call for call in her.stage.telegram.calls if call.method.lower().startswith("send")]
    return len([call for call in sends if call.params.get("chat_id") == her.account.id])


async def lines_of(address: str) -> list[bytes]:
    """Everything in a database as a back-up holds it, without the line that names the back-up."""
    engine, found = make_reader(address), list[bytes]()

    async def keep(piece: bytes) -> None:
        found.append(piece)

    async with engine.connect() as connection:
        await archive.write(connection, keep, name="", version="", at=EPOCH)
    await engine.dispose()
    return b"".join(found).splitlines()[1:]


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
async def test_every_row_comes_back_in_either_kind(stage: Stage, safe: Safe, elsewhere: Elsewhere, into: str) -> None:
    await play(stage)
    await stage.later(minutes=1)
    await safe.backs_up()
    assert safe.made.number > 100
    place = elsewhere(into)
    engine = make_engine(place)
    async with migrate.ground(engine) as connection:
        await migrate.to(connection, safe.made.revision)
        async with backup._read(safe.file, safe.identity) as (held, manifest):
            await archive.put_back(connection, held, manifest)
    await engine.dispose()
    assert await lines_of(place) == await lines_of(stage.settings.database)


async def test_it_tells_nothing_and_holds_no_key(stage: Stage, safe: Safe) -> None:
    people = await play(stage)
    await safe.backs_up()
    sealed = safe.file.read_bytes()
    assert safe.file.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in safe.file.parent.glob("*copy*")) == [safe.file.name], (
        "nothing else lies beside it"
    )
    inside = pyrage.decrypt(sealed, read_identities(safe.identity))
    wanted = canaries(stage, people) | {str(stage.settings.bot_token.get_secret_value()).encode()}
    assert [each for each in wanted for where in (sealed, inside) if each in where] == []
    assert read_master_key(KEY) not in inside
    assert b"SQLite" not in sealed
    assert b'"revision"' not in sealed
    assert b'"revision"' in inside
    print(f"back-up: {len(wanted)} canaries not found in {len(sealed)} sealed and {len(inside)} opened bytes")


async def test_what_is_not_whole_is_found_out(stage: Stage, safe: Safe, tmp_path: Path) -> None:
    await stage.claimed()
    await stage.later(minutes=1)
    await safe.backs_up()
    found = await backup.look_over(stage.settings, safe.file, safe.identity)
    assert (found.manifest, found.keys) == (safe.made, safe.made.rows["keys"])
    assert found.journal is not None
    assert found.journal.count > 3
    whole, bad = safe.file.read_bytes(), tmp_path / "bad.age"
    places = (0, 60, 300, len(whole) // 2, len(whole) - 1)
    flipped = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in places]
    cut = [whole[:size] for size in (0, 10, 200, len(whole) // 2, len(whole) - 1)]
    longer = [whole + b"x", whole * 2]
    for spoilt in (*flipped, *cut, *longer):
        bad.write_bytes(spoilt)
        with pytest.raises(BadBackup) as told:
            await backup.look_over(stage.settings, bad, safe.identity)
        assert told.value.key in ("cli.backup.damaged", "cli.backup.not_ours")
    other = tmp_path / "other"
    other.write_text(new_identity()[0])
    with refused("cli.backup.not_ours"):
        await backup.look_over(stage.settings, safe.file, other)
    with refused("cli.backup.no_identity"):
        await backup.look_over(stage.settings, safe.file, safe.file)


async def test_a_journal_that_was_changed_before_is_found_out(stage: Stage, safe: Safe) -> None:
    await stage.claimed()
    await stage.later(minutes=1)
    journal = tables.journal
    async with stage.database.unit_of_work() as uow:
        first = (await uow.read(select(func.min(journal.c.id))))[0][0]
        await uow.write(update(journal).where(journal.c.id == first).values(actor="somebody"))
    await safe.backs_up()
    with refused("cli.backup.journal"):
        await backup.look_over(stage.settings, safe.file, safe.identity)


async def test_nothing_is_overwritten_and_nothing_half_written_stays(
    stage: Stage, safe: Safe, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    await stage.claimed()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with refused("cli.backup.disk"):
            await safe.backs_up()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert lies_there(safe) == []
    await safe.backs_up()
    before = safe.file.read_bytes()
    with refused("cli.backup.exists"):
        await safe.backs_up()
    assert safe.file.read_bytes() == before
    rows = await lines_of(stage.settings.database)
    with refused("cli.restore.not_empty"):
        await backup.restore(stage.settings, safe.file, safe.identity, safe.listed, stage.clock)
    assert await lines_of(stage.settings.database) == rows
    place = elsewhere(kind(stage))
    settings = stage.settings.model_copy(update={"database_url": place})
    safe.file.write_bytes(before[:-1])
    with refused("cli.backup.damaged"):
        await backup.restore(settings, safe.file, safe.identity, safe.listed, stage.clock)
    nowhere = settings.model_copy(update={"secret_keys": [], "data_dir": tmp_path / "nowhere"})
    with refused("cli.restore.no_keys"):
        await backup.restore(nowhere, safe.file, safe.identity, safe.listed, stage.clock)
    safe.file.write_bytes(before)
    await backup.restore(settings, safe.file, safe.identity, safe.listed, stage.clock)


async def test_what_was_erased_since_stays_erased(
    stage: Stage, safe: Safe, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """At once, in 72 hours that are over, in 72 hours that are not, because its time was over, and taken back."""
    now, lawyer, code_now = await whole(stage)
    over, left, back, kept = [await stage.seeker("kk", name) for name in ("Over", "Left", "Back", "Kept")]
    codes = {who.account.id: await stage.appeal(who, "canaryword of hers") for who in (over, left, back, kept)}
    digits = await shown(back)
    await erases(over, "button.erase_later")
    await safe.backs_up()
    await stage.later(hours=1)
    await erases(back, "button.erase_later")
    await erases(now, "button.erase_now")
    await back.says(digits)
    await stage.later(hours=71, minutes=30)
    await erases(left, "button.erase_later")
    await stage.later(minutes=5)
    assert await safe.puts_back(elsewhere(kind(stage)), tmp_path) == 3
    assert await stage.case(code_now) is None
    assert await stage.case(codes[over.account.id]) is None
    assert isinstance(await stage.case(codes[left.account.id]), Shut)
    assert isinstance(await stage.case(codes[back.account.id]), Queued | Claimed)
    assert isinstance(await stage.case(codes[kept.account.id]), Queued)
    seen = [len(each.sees) for each in (now, over, left, kept)]
    await stage.later(hours=97)
    assert await stage.case(codes[left.account.id]) is None
    assert await stage.case(codes[back.account.id]) is not None
    assert [len(each.sees) for each in (now, over, left, kept)] == seen, "nobody hears of it"
    assert "canaryword that only" not in lawyer.chat
    async with stage.database.unit_of_work() as uow:
        owners = [row.owner for row in await uow.read(select(tables.keys.c.owner))]
        assert not await uow.erasure.unfinished()
    assert f"case:{code_now}" not in owners
    assert f"case:{codes[kept.account.id]}" in owners


async def test_a_list_that_knows_nothing_of_this_back_up_is_refused(
    stage: Stage, safe: Safe, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    her, _, code = await stage.claimed()
    older = tmp_path / "older"
    safe.listed.add(stage.clock().date(), ["case K-none"])
    older.write_bytes(safe.listed.path.read_bytes())
    await safe.backs_up()
    await erases(her, "button.erase_now")
    settings = stage.settings.model_copy(update={"database_url": elsewhere(kind(stage))})
    for listed, why in ((older, "cli.restore.other_list"), (tmp_path / "none", "cli.restore.no_list")):
        with refused(why):
            await backup.restore(settings, safe.file, safe.identity, ErasureList(listed), stage.clock)
    with safe.listed.path.open("a") as cut_short:
        cut_short.write("2026-11-2")
    _, gone = await backup.restore(settings, safe.file, safe.identity, safe.listed, stage.clock)
    assert gone == 1
    safe.listed.add(stage.clock().date(), ["case K-one"])
    assert {"K-none", "K-one", code} <= safe.listed.read().cases | {code}


async def test_without_a_list_she_is_erased_all_the_same_and_it_is_owed(stage: Stage, safe: Safe) -> None:
    her, _, code = await stage.claimed()
    safe.listed.path.mkdir()
    await erases(her, "button.erase_now")
    assert await stage.case(code) is None
    safe.listed.path.rmdir()
    assert not safe.listed.path.exists()
    await stage.later(minutes=2)
    found = safe.listed.read()
    assert code in found.cases
    assert len(found.people) == 1


async def test_afterwards_nobody_is_written_to_who_may_have_said_no(
    stage: Stage, safe: Safe, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """What waited for her is held until she comes; the lawyer's is marked; the coordinators hear of it."""
    her, lawyer, code = await stage.claimed("ky")
    coordinator = next(each for each in stage.telegram.accounts.values() if each.first_name == "Person1")
    her.account.says("on its way to him")
    lawyer.account.says("on its way to her")
    await stage.hotline.polling.once(timeout=0)
    when = stage.clock()
    await safe.backs_up()
    await stage.settle()
    await her.taps("button.hide")
    await stage.later(minutes=2)
    assert her.sees == []
    stage.clock.advance(hours=5)
    await safe.puts_back(elsewhere(kind(stage)), tmp_path)
    await stage.later(hours=30)
    assert her.sees == []
    twice = [seen for seen in lawyer.sees if "on its way to him" in seen]
    assert len(twice) == 2
    moment = moment_in("ru", when, stage.settings.zone)
    assert any(moment in (message.text or "") for message in coordinator.messages)
    await her.says("I am here")
    assert "on its way to her" in her.chat
    assert isinstance(await stage.case(code), Claimed)


async def test_what_leaves_the_team_is_not_made_again_by_itself(
    stage: Stage, safe: Safe, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """It may have left before the database was lost, and the one made now would say something else."""
    coordinator, _ = await stage.opened()
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    async with stage.database.unit_of_work() as uow:
        person = (await uow.people.coordinators())[0]
        await uow.orders.add(person.id, Asked(What.TABLE, Mode.PUBLICATION, october, "ru"))
        await uow.orders.add(person.id, Asked(What.TABLE, Mode.TEAM, october, "ru"))
    await safe.backs_up()
    await safe.puts_back(elsewhere(kind(stage)), tmp_path)
    await stage.later(seconds=2)
    raw = [each.raw for each in coordinator.account.messages]
    files = [each["document"]["file_name"] for each in raw if "document" in each]
    assert len(files) == 1
    assert "not-for-publication" in files[0]
    assert coordinator.seen("refusal.cannot_make")
    async with stage.database.unit_of_work() as uow:
        assert not await uow.read(select(tables.publications.c.id), touching=(tables.publications,))
        assert not await uow.read(select(tables.orders.c.id), touching=(tables.orders,))


async def test_whoever_was_leaving_then_hears_nothing_afterwards(
    stage: Stage, safe: Safe, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    """The last line of her chat was not yet said when the back-up was made; it is not said a day later."""
    her, _, code = await stage.claimed()
    await her.says("/erase")
    await her.taps("button.erase_when")
    her.account.taps("go:erase_now", on=her.account.last, by="data")
    await stage.hotline.polling.once(timeout=0)
    await safe.backs_up()
    await stage.settle()
    await stage.later(minutes=2)
    assert her.sees == []
    stage.clock.advance(hours=20)
    before = said_to(her)
    await safe.puts_back(elsewhere(kind(stage)), tmp_path)
    await stage.later(minutes=5)
    assert said_to(her) == before
    assert await stage.case(code) is None


async def test_before_anything_is_destroyed_it_is_told_again(
    stage: Stage, safe: Safe, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    _, lawyer, code = await stage.claimed()
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    await stage.later(days=77)
    told = len([seen for seen in lawyer.sees if code in seen])
    await safe.backs_up()
    stage.clock.advance(days=13)
    await safe.puts_back(elsewhere(kind(stage)), tmp_path)
    await stage.later(days=1)
    assert isinstance(await stage.case(code), Closed)
    assert len([seen for seen in lawyer.sees if code in seen]) > told
    await stage.later(days=15)
    assert await stage.case(code) is None


async def test_whoever_reads_long_keeps_nobody_waiting(stage: Stage) -> None:
    """A back-up of a large database reads for minutes: erasing goes on, and overwrites the files as soon as it can."""
    her, _, code = await stage.claimed()
    reader = make_reader(stage.settings.database)
    async with reader.connect() as connection:
        if kind(stage) == "sqlite":
            await connection.exec_driver_sql("BEGIN")
        for table in tables.metadata.sorted_tables:
            await connection.execute(select(func.count()).select_from(table))
        async with asyncio.timeout(25):
            await erases(her, "button.erase_now")
            assert await stage.case(code) is None
            await stage.later(minutes=2)
        async with stage.database.unit_of_work() as uow:
            assert await uow.erasure.unfinished()
    await reader.dispose()
    await stage.later(minutes=2)
    async with stage.database.unit_of_work() as uow:
        assert not await uow.erasure.unfinished()
