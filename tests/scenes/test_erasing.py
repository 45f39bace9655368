"""Erasing: closed to everybody at once, and afterwards the database with every key tells nothing of her."""

from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from bot.domain.case import Queued, Shut
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import LANGUAGES, label, plural
from bot.keys import master_keys
from bot.services import erasure
from bot.storage import tables
from bot.storage.cipher import Cipher, SealBroken
from bot.storage.people import person_owner
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.outcomes import Gone, Sent
from bot.telegram.outgoing import built
from tests.scenes.test_privacy import everything, rows_of
from tests.scenes.test_return_code import shown
from tests.stage import Actor, Stage

HER_WORDS = "canaryword that only she and her lawyer know"
HIS_WORDS = "canaryanswer that only the two know"


async def whole(stage: Stage, language: str = "ru") -> tuple[Actor, Actor, CaseCode]:
    """A conversation with a draft beside it, something held, and something in the outbox's past."""
    _, lawyer = await stage.opened()
    her = await stage.seeker(language, "Canaryname")
    code = await stage.appeal(her, HER_WORDS, country="KZ", region="KZ-79", category="FAM", age="25_34")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says(HIS_WORDS)
    await her.says(HER_WORDS + " again")
    await her.taps("button.home")
    await her.taps("button.new_again")
    await her.says("canaryword of a draft")
    stage.clock.advance(minutes=20)
    await lawyer.says(HIS_WORDS + " while she is away")
    return her, lawyer, code


async def erases(her: Actor, when: str) -> None:
    await her.says("/erase")
    await her.taps("button.erase_when")
    await her.taps(when)


async def comes_back(uow: UnitOfWork, hers: Person) -> Person:
    """Her code has been entered: her row has an account again."""
    owner = person_owner(hers.id)
    await uow.ready(owner)
    account = uow.seal(owner, f"people.sealed_account/{hers.id}", hers.account)
    await uow.people.set(hers, lookup=uow.cipher.lookup("account", hers.account), sealed_account=account)
    return await uow.people.get(hers.id)


async def sealed_of(stage: Stage) -> list[tuple[str, bytes]]:
    """What a thief copied before: everything sealed, and where it stood."""
    found: list[tuple[str, bytes]] = []
    async with stage.database.unit_of_work() as uow:
        for table in tables.metadata.sorted_tables:
            key = next(iter(table.primary_key.columns))
            for column in table.c:
                if column.name.startswith(("sealed", "wrapped")):
                    rows = await uow.read(select(key.label("key"), column.label("sealed")).where(column.is_not(None)))
                    found += [(f"{table.name}.{column.name}/{row.key}", row.sealed) for row in rows]
    return found


async def opened_by_all_keys(stage: Stage, copied: list[tuple[str, bytes]]) -> int:
    """How many of the copied values open with any key that can still be unwrapped."""
    opened = 0
    async with stage.database.unit_of_work() as uow:
        kept = await uow.read(select(tables.keys.c.owner, tables.keys.c.wrapped))
    cipher = Cipher(master_keys(stage.settings))
    owners = [row.owner for row in kept]
    for row in kept:
        cipher.learn(row.owner, row.wrapped)
    for (place, sealed), owner in product(copied, owners):
        try:
            cipher.open(owner, place, sealed)
        except SealBroken:
            continue
        opened += 1
    return opened


async def persons(stage: Stage) -> list[str]:
    async with stage.database.unit_of_work() as uow:
        return [row.id for row in await uow.read(select(tables.people.c.id))]


async def nothing_of_her(stage: Stage, her: Actor, folder: Path, *more: str) -> None:
    """Neither a row nor a byte of the files knows her account, or says a word of hers."""
    found = await everything(stage, folder)
    cipher = stage.database.cipher
    for kind in ("account", "return", "token"):
        assert cipher.lookup(kind, her.account.id).encode() not in found
    for trace in ("canaryword", "canaryanswer", str(her.account.id), *more):
        assert trace.encode() not in found, trace
    assert her.account.id.to_bytes(6, "big") not in found


@pytest.mark.parametrize("when", ["button.erase_now", "button.erase_later"])
async def test_the_database_and_every_key_tell_nothing_of_her(stage: Stage, tmp_path: Path, when: str) -> None:
    her, _, code = await whole(stage)
    other = await stage.seeker("kk", "Other")
    kept = await stage.appeal(other, "words of somebody else")
    before = set(await persons(stage))
    async with stage.database.unit_of_work() as uow:
        hers = await uow.people.by_account(her.account.id)
    copied = await sealed_of(stage)
    assert await opened_by_all_keys(stage, copied) > 10
    await erases(her, when)
    await stage.later(minutes=2)
    await stage.later(hours=72)
    await stage.later(minutes=5)
    assert set(await persons(stage)) == before - {hers.id}
    async with stage.database.unit_of_work() as uow:
        assert await uow.read(select(tables.keys).where(tables.keys.c.owner.in_([f"case:{code}", hers.id]))) == []
        assert len(await uow.threads.of(kept)) == 1
        assert not await uow.erasure.unfinished()
    remains = {place for place, sealed in copied if sealed in await everything(stage, tmp_path)}
    assert not [place for place in remains if place.startswith(("entries", "drafts", "draft_words"))] or all(
        code not in place for place in remains
    )
    stolen = [(place, sealed) for place, sealed in copied if place not in remains]
    assert len(stolen) > 5
    assert await opened_by_all_keys(stage, stolen) == 0
    await nothing_of_her(stage, her, tmp_path, hers.id)
    assert {table for table, row in await rows_of(stage) if code.encode() in row} <= {"journal"}


async def test_in_72_hours_is_closed_to_everybody_at_once(stage: Stage) -> None:
    her, lawyer, code = await whole(stage)
    await erases(her, "button.erase_later")
    case = await stage.case(code)
    assert isinstance(case, Shut)
    assert "canary" not in lawyer.chat
    assert lawyer.seen("erase.lawyer", code=code)
    assert label("ru", "card.gone", code=code) in [message.text for message in stage.group.messages]
    await lawyer.says("/cases")
    assert code not in lawyer.last
    await lawyer.forges(f"c:open:{code}")
    await lawyer.forges(f"c:notme:{code}")
    await lawyer.forges(f"c:claim:{code}", group=stage.group)
    await lawyer.says("are you there?")
    assert "are you there?" not in her.chat
    assert isinstance(await stage.case(code), Shut)
    async with stage.database.unit_of_work() as uow:
        assert await uow.reminders.due() == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_her_chat_is_emptied_and_the_last_line_goes_too(stage: Stage, language: str) -> None:
    her, _, _ = await whole(stage, language)
    await her.says("/erase")
    assert her.says_now("erase.ask")
    await her.taps("button.erase_when")
    assert her.says_now("erase.without_code")
    await her.taps("button.erase_now")
    assert her.sees == [label(language, "erase.farewell")]
    await stage.later(minutes=2)
    assert her.sees == []
    await her.says("hello")
    assert her.seen("greeting.kept") or label("en", "greeting")[:5] in her.chat


async def test_messages_older_than_48_hours_are_left_and_the_rest_goes(stage: Stage) -> None:
    her, _, _ = await whole(stage)
    stage.clock.advance(hours=50)
    await her.says("canaryword after two days")
    await erases(her, "button.erase_now")
    await stage.later(minutes=2)
    assert "canaryword after two days" not in her.chat


async def test_a_second_tap_and_an_edit_find_a_newcomer(stage: Stage, tmp_path: Path) -> None:
    her, _, _ = await whole(stage)
    said = await her.says("canaryword to be edited")
    await her.says("/erase")
    await her.taps("button.erase_when")
    her.account.taps("go:erase_now", on=her.account.last, by="data")
    her.account.taps("go:erase_now", on=her.account.last, by="data")
    her.account.edits(said, "canaryword edited")
    await stage.settle()
    assert her.seen("greeting.kept") or her.account.last.labels
    await her.forges("go:erase_now")
    await stage.later(minutes=2)
    await stage.later(minutes=2)
    await nothing_of_her(stage, her, tmp_path)


async def test_what_was_in_flight_at_a_kill_goes_too(stage: Stage, tmp_path: Path) -> None:
    """Killed after the commit and before anything is sent; then once more."""
    her, lawyer, _ = await stage.claimed()
    for number in range(5):
        her.account.says(f"canaryword in flight {number}")
    await stage.hotline.polling.once(timeout=0)
    async with stage.database.unit_of_work() as uow:
        await uow.outbox.lease(10, ())
    her.account.says("/erase")
    her.account.taps("go:erase_now", on=her.account.last, by="data")
    await stage.hotline.polling.once(timeout=0)
    await stage.restart()
    await stage.deliver()
    await stage.restart()
    await stage.settle()
    await stage.later(minutes=2)
    await stage.later(minutes=2)
    assert "canary" not in lawyer.chat
    assert her.sees == []
    await nothing_of_her(stage, her, tmp_path)


async def test_what_arrives_while_it_is_erased_is_deleted_where_it_arrived(stage: Stage, tmp_path: Path) -> None:
    her, lawyer, code = await stage.claimed()
    her.account.says("canaryword on its way")
    await stage.hotline.polling.once(timeout=0)
    her.account.taps("go:erase_now", on=her.account.last, by="data")
    async with stage.database.unit_of_work() as uow:
        leased = await uow.outbox.lease(100, ())
    assert any(due.case == code for due in leased)
    await stage.hotline.polling.once(timeout=0)
    for due in leased:
        result = await stage.bot(built(due))
        message = getattr(result, "message_id", None)
        stage.hotline.delivery._finished.append(Sent(due, (message,) if message else ()))
    stage.hotline.delivery._finished.append(Gone(leased[0]))
    assert "canaryword on its way" in lawyer.chat
    await stage.settle()
    await stage.later(minutes=2)
    await stage.later(hours=2)
    assert "canary" not in lawyer.chat
    await nothing_of_her(stage, her, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_return_code_takes_it_back_within_72_hours(stage: Stage, language: str) -> None:
    her, lawyer, code = await whole(stage, language)
    digits = await shown(her)
    await her.says("/erase")
    await her.taps("button.erase_when")
    assert her.says_now("erase.with_code")
    await her.taps("button.erase_later")
    assert her.sees == [label(language, "erase.farewell_later")]
    stage.clock.advance(hours=70)
    await her.says(digits)
    assert her.says_now("home") or her.seen("code.opened")
    assert isinstance(await stage.case(code), Queued)
    await stage.later(hours=3)
    await lawyer.taps("button.claim", group=stage.group)
    assert HER_WORDS in lawyer.chat
    await lawyer.says("good that you are back")
    assert "good that you are back" in her.chat or her.seen("notice.waiting")


async def test_after_72_hours_the_code_opens_nothing(stage: Stage, tmp_path: Path) -> None:
    her, _, code = await whole(stage)
    digits = await shown(her)
    await erases(her, "button.erase_later")
    await stage.later(hours=73)
    await her.says(digits)
    assert not her.seen("code.opened")
    assert await stage.case(code) is None
    assert stage.database.cipher.lookup("return", digits.replace(" ", "")).encode() not in await everything(
        stage, tmp_path
    )


async def test_a_closed_case_comes_back_as_it_was(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    before = await stage.case(code)
    async with stage.database.unit_of_work() as uow:
        hers = await uow.people.by_account(her.account.id)
    await erases(her, "button.erase_later")
    async with stage.database.unit_of_work() as uow:
        await erasure.take_back(uow, stage.settings, await comes_back(uow, hers))
    after = await stage.case(code)
    assert before is not None
    assert after is not None
    assert type(after) is type(before)
    assert after.file.code == before.file.code


@pytest.mark.parametrize("statistics", [True, False])
async def test_an_anonymous_row_stays_as_she_consented(stage: Stage, statistics: bool) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…", country="KZ", region="KZ-79", category="FAM", age="25_34")
    await lawyer.taps("button.claim", group=stage.group)
    async with stage.database.unit_of_work() as uow:
        await uow.read(sql("SELECT 1"))
        coded = {"gbvims": "rape", "violator": "police", "violated": "health", "circumstances": "abduction"}
        marks = {"consent_statistics": statistics, "told_elsewhere": True, "channel": "phone"}
        await uow.write(tables.cases.update().values(**coded, **marks))
    await erases(her, "button.erase_now")
    async with stage.database.unit_of_work() as uow:
        rows = await uow.read(select(tables.cases))
        assert await uow.cases.find(code) is None
    (row,) = rows
    assert row.code.startswith("erased:")
    assert (row.seeker, row.lawyer, row.language, row.region, row.subcategory) == (None,) * 5
    assert row.submitted_at.astimezone(stage.settings.zone).isoformat() == "2026-11-16T00:00:00+05:00"
    kept = (row.category, row.country, row.age, row.gbvims, row.told_elsewhere, row.channel)
    allowed = ("FAM", "KZ", "18_plus", "rape", True, "phone")
    assert kept == (allowed if statistics else ("", None, None, None, False, None))
    assert (row.violator, row.violated, row.circumstances) == (None,) * 3, "too fine for a row that is nobody's"
    await coordinator.says("/week")
    assert plural("ru", "week.appeals", 1) in coordinator.last
    assert coordinator.says_now("week.flow", claimed=int(statistics), closed=0, reopened=0, waiting=0)
    assert coordinator.says_now("week.erased", number=1) is not statistics
    assert coordinator.says_now("week.in_time"), "how long it waited is not known any more"


async def test_never_for_the_team(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    for member in (coordinator, lawyer):
        await member.says("/erase")
        await member.forges("go:erase_now")
        await member.forges("go:erase_later")
        await member.says("/cases")
        assert not member.seen("greeting.kept")
    assert len(await persons(stage)) == 2


async def test_updates_set_aside_go_with_her(stage: Stage, tmp_path: Path) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    raw = {"message": {"from": {"id": her.account.id}, "chat": {"id": her.account.id, "type": "private"}}}
    async with stage.database.unit_of_work() as uow:
        await uow.intake.set_aside(7_000_001, raw, "unreadable")
        await uow.intake.set_aside(7_000_002, {"message": {"from": {"id": 1}}}, "unreadable")
    await erases(her, "button.erase_later")
    async with stage.database.unit_of_work() as uow:
        assert await uow.intake.count_set_aside() == 2
        assert await uow.intake.waiting_aside() == [7_000_002]
    await stage.later(hours=73)
    async with stage.database.unit_of_work() as uow:
        assert await uow.intake.count_set_aside() == 1
