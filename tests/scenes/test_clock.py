"""Somebody sets the system's clock: nothing waits for it to catch up, nothing is said twice, nobody counts as there."""

from bot import timekeeping
from bot.domain.case import Claimed, Queued
from bot.storage import tables
from bot.storage.moments import DATES, TO_COME
from bot.storage.tables import Moment
from tests.scenes.test_reminders import cards_again
from tests.stage import Stage
from tests.storage.given import rows


async def goes_back(stage: Stage, **span: float) -> None:
    """The clock is set back; the leader looks every second."""
    stage.clock.jumps(**{name: -number for name, number in span.items()})
    async with stage.database.unit_of_work():
        pass
    await timekeeping.look(stage.database, "ru")
    await stage.settle()


async def test_an_hour_back_holds_no_word_up_and_keeps_the_order(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    for number in range(3):
        her.account.says(f"word {number}")
    await stage.hotline.polling.once(timeout=0)  # taken in and not said yet
    await goes_back(stage, hours=1)
    await her.says("word 3")
    assert [seen.splitlines()[-1] for seen in lawyer.sees if "word" in seen] == [f"word {n}" for n in range(4)]
    assert not lawyer.seen("relay.repeated")
    await lawyer.says("an answer")
    assert "an answer" in her.last


async def test_an_hour_back_nobody_who_left_counts_as_there(stage: Stage) -> None:
    """Words on a lock screen that nobody holds are the worst of it."""
    her, lawyer, _ = await stage.claimed()
    stage.clock.advance(minutes=20)
    stage.clock.jumps(hours=-1)
    await lawyer.says("before anybody has looked")
    await goes_back(stage, minutes=30)
    await lawyer.says("and after")
    assert "anybody" not in her.chat
    assert "and after" not in her.chat


async def test_an_hour_back_the_wait_of_an_immediate_case_stays_ten_minutes(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…", category="HUM", subcategory="HUM.SHELTER")
    stage.clock.advance(minutes=4)
    await goes_back(stage, hours=1)
    await stage.later(minutes=4)
    assert cards_again(stage) == 0
    await stage.later(minutes=3)
    assert cards_again(stage) == 1, "she waited for the clock to catch up"


async def test_an_hour_back_what_stands_for_a_while_goes_in_time(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    await her.says("canaryword")
    await her.taps("button.hide")
    await her.starts()
    await her.taps("button.again")
    assert "canaryword" in her.chat
    await goes_back(stage, hours=1)
    await stage.later(minutes=11)
    assert "canaryword" not in her.chat


async def test_a_silent_lawyer_is_noticed_though_the_clock_went_back(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.says("an answer")
    await goes_back(stage, hours=1)
    await her.says("and now?")
    await stage.later(hours=26)
    assert lawyer.chat.count("⏰") == 1
    await stage.later(hours=24)
    assert isinstance(await stage.case(code), Queued)


async def test_a_day_forward_and_back_reminds_once(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    stage.clock.jumps(days=1)
    await stage.later(minutes=1)
    reminded = lawyer.chat.count("⏰")
    assert reminded == 1, "what is due by the clock happens"
    await goes_back(stage, days=1)
    for _ in range(6):
        await stage.later(hours=3)
    assert lawyer.chat.count("⏰") == reminded
    assert isinstance(await stage.case(code), Claimed)


async def test_a_clock_that_was_set_back_while_nobody_ran_is_seen_to_at_the_start_and_once(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    her.account.says("a word")
    await stage.hotline.polling.once(timeout=0)
    stage.clock.jumps(hours=-5)
    await stage.restart()
    await stage.settle()
    assert "a word" in lawyer.last
    due = [row.due for row in await rows(stage.database, tables.reminders)]
    await stage.restart()
    assert [row.due for row in await rows(stage.database, tables.reminders)] == due, "seen to twice"


async def test_the_journal_is_linked_on_though_its_rows_lie_ahead(stage: Stage) -> None:
    _, lawyer, _ = await stage.claimed()
    await goes_back(stage, hours=1)
    await lawyer.taps("button.release")
    stage.clock.advance(minutes=1)
    async with stage.database.unit_of_work() as uow:
        while await uow.chain.link_due():
            continue
        assert await uow.chain.beyond() == 0


def test_every_date_to_come_has_its_rule() -> None:
    """Whatever is not named is taken for something that happened."""
    named = {f"{each.table.name}.{each.name}" for each in (*DATES, *TO_COME)}
    for table in tables.metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Moment) and column.name not in ("happened_until", "until"):
                to_come = column.name.endswith(("until", "before", "due", "runs_out", "expires_at", "erase_at"))
                assert not to_come or f"{table.name}.{column.name}" in named, f"{table.name}.{column.name}"
