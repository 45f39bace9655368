"""The outbox: order, lanes, slots that give way, albums, what is held, in doubt, dead, moved. Words leave when sent."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage, SendPhoto, SetMessageReaction, TelegramMethod
from aiogram.types import ReactionTypeEmoji

from bot.domain.people import Role
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.lanes import Due, Lane
from bot.storage.outbox import ALBUM_MOST
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.outgoing import built
from tests.clock import StandingClock
from tests.storage.given import a_claimed_case, a_person, count, rows

MARK = "may be a repetition"


def _text(words: str, chat: int = 1) -> SendMessage:
    return SendMessage(chat_id=chat, text=words)


def _photo(caption: str | None = None, chat: int = 1) -> SendPhoto:
    return SendPhoto(chat_id=chat, photo=f"file-{caption}", caption=caption)


async def _put(database: Database, *words: str, chat: int = 1, **how: Any) -> None:
    async with database.unit_of_work() as uow:
        for each in words:
            await uow.outbox.put(_text(each, chat), **how)


async def _lease(database: Database, limit: int = 100, passed_over: Sequence[int] = ()) -> list[Due]:
    async with database.unit_of_work() as uow:
        return await uow.outbox.lease(limit, [database.cipher.lookup("account", chat) for chat in passed_over])


def _words(leased: Sequence[Due]) -> list[str]:
    return [due.params.get("text") or due.params.get("caption") or "" for due in leased]


async def _send_all(database: Database, **how: Any) -> list[str]:
    """Lease and send until nothing is due; the words in the order they went."""
    sent: list[str] = []
    while leased := await _lease(database, **how):
        sent += _words(leased)
        async with database.unit_of_work() as uow:
            for due in leased:
                await uow.outbox.sent(due.rows)
    return sent


async def _states(database: Database) -> dict[str, int]:
    async with database.unit_of_work() as uow:
        return await uow.outbox.count()


# Order


async def test_within_a_chat_by_lane_and_then_as_put(database: Database) -> None:
    for words, lane in (
        ("digest", Lane.DIGEST), ("edit", Lane.EDIT), ("card", Lane.CARD), ("one", Lane.CONVERSATION),
        ("two", Lane.CONVERSATION), ("red card", Lane.IMMEDIATE_CARD), ("danger", Lane.URGENT),
    ):  # fmt: skip
        await _put(database, words, lane=lane)
    assert await _send_all(database) == ["danger", "one", "two", "red card", "card", "edit", "digest"]


async def test_one_message_of_a_chat_at_a_time_all_chats_side_by_side(database: Database) -> None:
    for chat in (1, 2, 3):
        await _put(database, f"{chat} first", f"{chat} second", chat=chat)
    assert _words(await _lease(database)) == ["1 first", "2 first", "3 first"]


async def test_a_chat_that_must_wait_is_passed_over_and_the_limit_is_kept(database: Database) -> None:
    for chat in (1, 2, 3, 4):
        await _put(database, f"{chat}", chat=chat)
    assert _words(await _lease(database, limit=2, passed_over=[1])) == ["2", "3"]


async def test_what_waits_for_its_date_keeps_its_place_in_its_chat(database: Database, clock: StandingClock) -> None:
    await _put(database, "later", not_before=clock() + timedelta(minutes=1))
    await _put(database, "after it")
    await _put(database, "elsewhere", chat=2)
    assert await _send_all(database) == ["elsewhere"]
    clock.advance(minutes=1)
    assert await _send_all(database) == ["later", "after it"]


async def test_what_is_tried_again_keeps_its_place_but_danger_overtakes_it(
    database: Database, clock: StandingClock
) -> None:
    await _put(database, "first", "second")
    [due] = await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.retry(due.rows, uow.now + timedelta(seconds=8), "500")
    assert await _lease(database) == []
    await _put(database, "danger", lane=Lane.URGENT)
    assert await _send_all(database) == ["danger"]
    clock.advance(seconds=8)
    [again] = await _lease(database)
    assert (_words([again]), again.attempts) == (["first"], 1)


async def test_the_next_date_is_the_earliest(database: Database, clock: StandingClock) -> None:
    async with database.unit_of_work() as uow:
        assert await uow.outbox.next_due() is None
    await _put(database, "later", not_before=clock() + timedelta(minutes=5))
    await _put(database, "sooner", chat=2, not_before=clock() + timedelta(minutes=1))
    async with database.unit_of_work() as uow:
        assert await uow.outbox.next_due() == clock() + timedelta(minutes=1)


# Slots


async def test_of_a_replaceable_slot_only_the_newest_is_said(database: Database) -> None:
    await _put(database, "one", "two", "three", slot="receipt:her", replaceable=True)
    await _put(database, "words")
    await _put(database, "elsewhere", chat=2, slot="receipt:her", replaceable=True)
    assert sorted(await _send_all(database)) == ["elsewhere", "three", "words"]
    assert await _states(database) == {"replaced": 2, "sent": 3}


async def test_overtaken_messages_cost_no_pass_of_their_own(database: Database) -> None:
    for number in range(5):
        await _put(database, f"a{number}", slot="a", replaceable=True)
        await _put(database, f"b{number}", slot="b", replaceable=True)
    await _put(database, "words")
    assert _words(await _lease(database)) == ["a4"]


async def test_what_is_being_sent_is_not_overtaken_any_more(database: Database) -> None:
    await _put(database, "one", slot="s", replaceable=True)
    [due] = await _lease(database)
    await _put(database, "two", slot="s", replaceable=True)
    async with database.unit_of_work() as uow:
        await uow.outbox.sent(due.rows)
    assert await _send_all(database) == ["two"]


async def test_an_edit_of_a_slot_finds_its_message_when_it_is_sent(database: Database) -> None:
    await _put(database, "card", slot="card:A")
    async with database.unit_of_work() as uow:
        edit = EditMessageText(chat_id=1, message_id=0, text="claimed")
        await uow.outbox.put(edit, slot="card:A", replaceable=True, lane=Lane.EDIT)
    [due] = await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.sent(due.rows)
        uow.threads.show(due.chat, 77, "card:A", None)
    [edited] = await _lease(database)
    assert built(edited).model_dump(include={"message_id", "text"}) == {"message_id": 77, "text": "claimed"}


async def test_an_edit_of_what_shows_nowhere_is_said_anew(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.outbox.put(EditMessageText(chat_id=1, message_id=0, text="claimed"), slot="card:A")
    [due] = await _lease(database)
    assert isinstance(built(due), SendMessage)


async def test_a_reply_finds_its_message_or_does_without(database: Database) -> None:
    await _put(database, "lost", reply_slot="entry:404")
    await _put(database, "answer", reply_slot="entry:1", chat=2)
    async with database.unit_of_work() as uow:
        uow.threads.show(uow.cipher.lookup("account", 2), 55, "entry:1", None)
    found = {due.params["text"]: built(due) for due in await _lease(database)}
    assert found["lost"].reply_parameters is None  # type: ignore[attr-defined]
    assert found["answer"].reply_parameters.message_id == 55  # type: ignore[attr-defined]


# Albums


async def test_an_album_settles_and_goes_as_one(database: Database, clock: StandingClock) -> None:
    settles = timedelta(seconds=1.5)
    for part in ("a", "b"):
        async with database.unit_of_work() as uow:
            await uow.outbox.put(_photo(part), album="X", not_before=uow.now + settles)
        clock.advance(seconds=1)
    await _put(database, "after it")
    assert await _lease(database) == []
    clock.advance(seconds=0.5)
    [album] = await _lease(database)
    assert _words(album.album) == ["a", "b"]
    assert len(album.rows) == 2
    async with database.unit_of_work() as uow:
        await uow.outbox.sent(album.rows)
    assert await _send_all(database) == ["after it"]


async def test_an_album_of_one_is_a_message(database: Database) -> None:
    async with database.unit_of_work() as uow:
        await uow.outbox.put(_photo("a"), album="X")
    [due] = await _lease(database)
    assert due.album == ()
    assert type(built(due)) is SendPhoto


async def test_more_than_ten_parts_go_as_two_albums(database: Database) -> None:
    async with database.unit_of_work() as uow:
        for number in range(ALBUM_MOST + 2):
            await uow.outbox.put(_photo(str(number)), album="X")
    [first] = await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.sent(first.rows)
    [second] = await _lease(database)
    assert [len(first.album), len(second.album)] == [ALBUM_MOST, 2]
    assert _words([*first.album, *second.album]) == [str(number) for number in range(ALBUM_MOST + 2)]


async def test_two_albums_of_two_chats_are_two(database: Database) -> None:
    async with database.unit_of_work() as uow:
        for chat in (1, 2, 1, 2):
            await uow.outbox.put(_photo(str(chat), chat), album="X")
    assert [_words(due.album) for due in await _lease(database)] == [["1", "1"], ["2", "2"]]


# Held


async def test_what_is_held_waits_until_she_is_there_and_then_goes_in_order(
    database: Database, clock: StandingClock
) -> None:
    await _put(database, "one", "two", held=True)
    await _put(database, "a notice", slot="notice:her", not_before=clock() + timedelta(hours=5))
    await _put(database, "another's", chat=2, held=True)
    assert await _lease(database) == []
    async with database.unit_of_work() as uow:
        await uow.outbox.let_go(uow.cipher.lookup("account", 1))
    await _put(database, "three")
    assert await _send_all(database) == ["one", "two", "three"]
    assert await _states(database) == {"sent": 3, "replaced": 1, "held": 1}


# Doubt


async def test_after_a_crash_what_was_being_sent_is_in_doubt_and_nothing_else(database: Database) -> None:
    await _put(database, "to staff", mark=MARK)
    await _put(database, "to staff too", mark=MARK)
    await _put(database, "to her", chat=2)
    await _lease(database)
    async with database.unit_of_work() as uow:
        assert await uow.outbox.in_doubt_after_crash() == 2
    again = {due.chat: due for due in await _lease(database)}
    staff = again[database.cipher.lookup("account", 1)]
    hers = again[database.cipher.lookup("account", 2)]
    assert (staff.in_doubt, hers.in_doubt) == (True, True)
    assert built(staff).text == f"{MARK}\nto staff"  # type: ignore[attr-defined]
    assert built(hers).text == "to her"  # type: ignore[attr-defined]
    async with database.unit_of_work() as uow:
        await uow.outbox.sent(staff.rows)
    [second] = await _lease(database)
    assert not second.in_doubt
    assert built(second).text == "to staff too"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "method",
    [
        SendPhoto(chat_id=1, photo="file"),
        SendPhoto(chat_id=1, photo="file", caption="words"),
        EditMessageText(chat_id=1, message_id=5, text="words"),
        SetMessageReaction(chat_id=1, message_id=5, reaction=[ReactionTypeEmoji(emoji="👌")]),
    ],
)
async def test_in_doubt_the_mark_stands_where_there_is_room_for_it(
    database: Database, method: TelegramMethod[Any]
) -> None:
    async with database.unit_of_work() as uow:
        await uow.outbox.put(method, mark=MARK)
    await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.in_doubt_after_crash()
    [due] = await _lease(database)
    again = built(due)
    assert type(again) is type(method)
    assert isinstance(again, SendPhoto) == (MARK in str(again))


async def test_an_album_in_doubt_carries_the_mark_once(database: Database) -> None:
    async with database.unit_of_work() as uow:
        for part in ("a", "b"):
            await uow.outbox.put(_photo(part), album="X", mark=MARK)
    await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.in_doubt_after_crash()
    [due] = await _lease(database)
    assert str(built(due)).count(MARK) == 1


async def test_the_mark_moves_the_formatting_along(database: Database) -> None:
    words = SendMessage(chat_id=1, text="bold", entities=[{"type": "bold", "offset": 0, "length": 4}])  # type: ignore[list-item]
    async with database.unit_of_work() as uow:
        await uow.outbox.put(words, mark="↻ 👩‍⚖️")
    await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.in_doubt_after_crash()
    [due] = await _lease(database)
    marked = built(due)
    assert isinstance(marked, SendMessage)
    assert marked.entities
    before = marked.text.encode("utf-16-le")[: marked.entities[0].offset * 2].decode("utf-16-le")
    assert before == "↻ 👩‍⚖️\n"


# The end of a row


async def test_what_was_sent_holds_no_words(database: Database) -> None:
    await _put(database, "words")
    await _put(database, "one", "two", chat=2, slot="s", replaceable=True)
    await _send_all(database)
    assert [row.sealed for row in await rows(database, tables.outbox)] == [None] * 3
    assert all(row.settled_at for row in await rows(database, tables.outbox))


async def test_a_dead_message_stays_and_says_why(database: Database) -> None:
    await _put(database, "words", "next")
    [due] = await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.dead(due.rows, "message is too long")
    [dead] = await rows(database, tables.outbox, tables.outbox.c.state == "dead")
    assert dead.why == "message is too long"
    assert dead.sealed is not None
    assert await _send_all(database) == ["next"]


async def test_nothing_that_waits_for_a_lost_chat_is_tried_again(database: Database) -> None:
    await _put(database, "one", "two")
    await _put(database, "held", held=True)
    await _put(database, "elsewhere", chat=2)
    async with database.unit_of_work() as uow:
        assert await uow.outbox.unreachable(uow.cipher.lookup("account", 1), for_good=True) == 3
    assert await _send_all(database) == ["elsewhere"]
    assert {row.why for row in await rows(database, tables.outbox, tables.outbox.c.state == "dead")} == {"unreachable"}


async def test_without_its_key_a_message_is_dead_and_holds_nobody_up(database: Database) -> None:
    async with database.unit_of_work() as uow:
        her, lawyer = await a_person(uow, 1), await a_person(uow, 2, Role.LAWYER, "Duty 1")
        case = await a_claimed_case(uow, her, lawyer)
        await uow.outbox.put(_text("words of the case"), case=case.file.code)
    await _put(database, "other words")
    async with database.unit_of_work() as uow:
        await uow.write(tables.keys.delete().where(tables.keys.c.owner == f"case:{case.file.code}"))
    assert await _send_all(database) in ([], ["other words"])
    assert await _send_all(database) in ([], ["other words"])
    assert await _states(database) == {"dead": 1, "sent": 1}


# The group


async def test_after_the_group_has_moved_everything_is_for_the_new_one(database: Database) -> None:
    old, new = -4001, -1002000000001
    await _put(database, "sent before", chat=old, slot="card:A")
    [due] = await _lease(database)
    async with database.unit_of_work() as uow:
        await uow.outbox.sent(due.rows)
        uow.threads.show(due.chat, 12, "card:A", None)
    await _put(database, "waits", chat=old)
    await _put(database, "held", chat=old, held=True)
    async with database.unit_of_work() as uow:
        edit = EditMessageText(chat_id=old, message_id=0, text="claimed")
        await uow.outbox.put(edit, slot="card:A", lane=Lane.EDIT)
        await uow.outbox.move_chat(uow.cipher.lookup("account", old), new)
    [waits] = await _lease(database)
    assert (waits.chat, waits.params["chat_id"]) == (database.cipher.lookup("account", new), new)
    async with database.unit_of_work() as uow:
        await uow.outbox.sent(waits.rows)
    [edited] = await _lease(database)
    assert built(edited).chat_id == new  # type: ignore[attr-defined]


async def test_message_numbers_of_the_old_group_do_not_collide_with_those_of_the_new_one(database: Database) -> None:
    """A supergroup counts its messages from one again; the old numbers mean nothing there."""
    old, new = -4001, -1002000000001
    async with database.unit_of_work() as uow:
        uow.threads.show(uow.cipher.lookup("account", old), 12, "card:A", None)
        await uow.outbox.move_chat(uow.cipher.lookup("account", old), new)
    async with database.unit_of_work() as uow:
        uow.threads.show(uow.cipher.lookup("account", new), 12, "card:B", None)
    async with database.unit_of_work() as uow:
        assert await uow.threads.message_of(uow.cipher.lookup("account", new), "card:A") is None
        assert await uow.threads.message_of(uow.cipher.lookup("account", new), "card:B") == 12


async def test_two_leases_never_take_the_same_message(database: Database) -> None:
    await _put(database, "words")
    assert _words(await _lease(database)) == ["words"]
    assert await _lease(database) == []
    assert await count(database, tables.outbox) == 1


async def test_a_message_put_in_a_transaction_can_be_sent_in_the_same(database: Database) -> None:
    async def put_and_lease(uow: UnitOfWork) -> list[Due]:
        await uow.outbox.put(_text("words"))
        return await uow.outbox.lease(10, ())

    async with database.unit_of_work() as uow:
        assert _words(await put_and_lease(uow)) == ["words"]


async def test_a_message_number_given_a_second_time_shows_what_it_shows_now(database: Database) -> None:
    """With another token on the same database Telegram counts the messages of every chat from one again."""
    async with database.unit_of_work() as uow:
        uow.threads.show("chat", 12, "card:A", None)
    async with database.unit_of_work() as uow:
        uow.threads.show("chat", 12, "card:B", None)
        uow.threads.show("chat", 13, "card:B", None)
    async with database.unit_of_work() as uow:
        shown = await uow.threads.shown("chat", 12)
        assert shown is not None
        assert shown.slot == "card:B"
        assert await uow.threads.message_of("chat", "card:A") is None
