"""Monday, nine o'clock: how the week went, and that nothing of it was lost, or how much was. Once, whatever happens."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import make_database
from bot.clock import system_chance
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label, number_in, plural
from bot.services.reports import tell_of_the_week
from bot.storage.engine import Database
from bot.telegram.messages.common import category_name
from tests.scenes.test_set_aside import raw
from tests.stage import Stage, plain

UNTIL_MONDAY = timedelta(days=2, hours=23)
"""From Friday, ten o'clock, until Monday, nine."""


def told(stage: Stage, language: str, *, missing: int = 0, waiting: int = 0, refused: int = 0) -> str:
    """The line, reckoned from what our Telegram itself gave out."""
    polls = [call.result for call in stage.telegram.calls if call.method == "getUpdates" and call.ok]
    received = len({update["update_id"] for updates in polls for update in updates})
    numbers = {
        "received": received + missing,
        "answered": received - waiting - refused,
        "refused": refused,
        "waiting": waiting,
    }
    return plain(language, "digest.tally", **{name: number_in(language, each) for name, each in numbers.items()})


def lines(texts: list[str], language: str) -> list[str]:
    """Every such line that was said."""
    begins = plain(language, "digest.tally", received="", answered="", refused="", waiting="").partition(":")[0]
    return [line for text in texts for line in text.splitlines() if line.startswith(begins)]


def seen_in_the_group(stage: Stage) -> list[str]:
    return [message.text for message in stage.group.messages]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_line_comes_on_monday_at_nine_and_adds_up(stage: Stage, language: str) -> None:
    await stage.opened(language)
    await stage.later(seconds=1)
    her = await stage.seeker("ky")
    code = await stage.appeal(her, "сөз")
    await her.forges("c:claim:" + code)
    unreadable = raw(her, 0, text="сөз")["message"]
    stage.telegram.queue.put("message", unreadable, her.account.id)
    await stage.settle()
    expected = told(stage, language, refused=1, waiting=1)
    await stage.later(seconds=(UNTIL_MONDAY - timedelta(minutes=2)).total_seconds())
    assert lines(seen_in_the_group(stage), language) == []
    await stage.later(minutes=2)
    assert lines(seen_in_the_group(stage), language) == [expected]
    digest = next(said for said in reversed(seen_in_the_group(stage)) if said)
    assert plain(language, "digest.whole") in digest
    assert digest.startswith(plain(language, "week.head", week="2026-W47", start="", end="").split(",")[0])
    assert plural(language, "week.appeals", 1) in digest
    assert plain(language, "week.before", number=0) in digest
    assert plain(language, "week.flow", claimed=0, closed=0, reopened=0, waiting=1) in digest
    assert plain(language, "week.missed", number=1) in digest
    assert f"1 · {category_name(language, 'INF')}" in digest
    assert f"{Urgency.NORMAL.sign} {label(language, 'urgency.normal')} 1" in digest
    for canary in ("сөз", code, her.account.first_name, str(her.account.username)):
        assert canary not in digest


async def test_it_is_told_once_whoever_asks_and_however_often_the_hotline_starts(stage: Stage) -> None:
    await stage.opened()
    await stage.later(seconds=1)
    stage.clock.advance(seconds=UNTIL_MONDAY.total_seconds())
    other = make_database(stage.settings, stage.clock, system_chance, stage.clock.steady)

    async def tells(database: Database) -> int:
        async with database.unit_of_work() as uow:
            return await tell_of_the_week(uow, stage.settings)

    assert sorted(await asyncio.gather(tells(other), tells(stage.database), tells(other))) == [0, 0, 1]
    await other.close()
    for _ in range(2):
        await stage.restart()
        await stage.later(hours=1)
    assert len(lines(seen_in_the_group(stage), "ru")) == 1
    await stage.later(days=7)
    assert len(lines(seen_in_the_group(stage), "ru")) == 2


async def test_a_hotline_that_was_down_on_monday_tells_when_it_is_back(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await stage.later(seconds=1)
    expected = told(stage, "ru")
    stage.clock.advance(days=9)
    await stage.restart()
    await stage.later(seconds=1)
    assert lines(seen_in_the_group(stage), "ru") == [expected], "the whole week, nothing of it was forgotten meanwhile"
    assert her.sees


async def test_a_hotline_that_has_just_begun_tells_nothing_and_without_a_group_each_coordinator_reads_it(
    stage: Stage,
) -> None:
    coordinators = [await stage.coordinator(language) for language in ("kk", "ky")]
    stage.clock.advance(days=10)
    await stage.later(seconds=1)
    assert not any(lines(each.sees, each.language) for each in coordinators)
    await stage.later(days=7)
    for each in coordinators:
        assert len(lines(each.sees, each.language)) == 1


async def test_what_telegram_has_forgotten_is_missing_and_the_line_says_so(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ky")
    await stage.later(seconds=1)
    for words in ("бир", "эки", "үч"):
        her.account.says(words)
    stage.clock.advance(hours=25)
    await her.says("төрт")
    async with stage.database.unit_of_work() as uow:
        found = await uow.accounting.audit(uow.now - timedelta(days=7))
    assert found.open_ends == {"missing": 3}
    expected = told(stage, "ru", missing=3)
    await stage.later(seconds=(UNTIL_MONDAY - timedelta(hours=25)).total_seconds())
    assert lines(seen_in_the_group(stage), "ru") == [expected]
    assert plain("ru", "digest.missing", number=3) in seen_in_the_group(stage)[-1]
