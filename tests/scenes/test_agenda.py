"""The agenda: what a lawyer plans comes once, by day, to whoever holds the case, and not after its reason is gone."""

from datetime import timedelta

import pytest

from bot.domain.case import Claimed
from bot.domain.ids import CaseCode
from bot.i18n import LANGUAGES, label, short_day_in, text, whole_moment_in
from bot.storage import tables
from bot.storage.unit_of_work import UnitOfWork
from tests.stage import Actor, Stage, plain

OWN = text("ru", "agenda.own", code="@", moment="#").partition("@")[2].partition("#")[0].replace("</b>", "")


async def until(stage: Stage, day: int, hour: int, minute: int = 0) -> None:
    """Time passes until then, in days from today by the organisation's clock."""
    here = stage.clock().astimezone(stage.settings.zone)
    then = here.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=day)
    await stage.later(seconds=(then - here).total_seconds())


def moment(stage: Stage, language: str, days: int, hour: int) -> str:
    """A moment as the lawyer reads it."""
    here = stage.clock().astimezone(stage.settings.zone).replace(hour=hour, minute=0) + timedelta(days=days)
    return whole_moment_in(language, here, stage.settings.zone)


async def second_case(stage: Stage, lawyer: Actor) -> CaseCode:
    code = await stage.appeal(await stage.seeker("ru"), "…")
    await lawyer.taps("button.claim", group=stage.group)
    return code


async def open_case(lawyer: Actor, code: CaseCode) -> None:
    await lawyer.forges(f"c:open:{code}")


def told(lawyer: Actor, code: CaseCode) -> int:
    """How often he was reminded of this case by itself."""
    return sum(code in seen and OWN in seen for seen in lawyer.sees)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "үш күннен кейін сағат 15-те"),
        ("ru", "через три дня в 15:00"),
        ("en", "in 3 days at 3 pm"),
        ("ky", "үч күндөн кийин саат 15те"),
    ],
)
async def test_a_date_in_his_own_words_is_shown_back_and_comes_at_that_hour(
    stage: Stage, language: str, words: str
) -> None:
    coordinator, _ = await stage.opened()
    lawyer = await stage.lawyer(coordinator, language, name="Duty 2")
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…")
    await lawyer.taps("button.claim", group=stage.group)
    await open_case(lawyer, code)
    await lawyer.taps("button.remind")
    await lawyer.taps("button.agenda.words")
    before = len(her.sees)
    await lawyer.says("someday, perhaps")
    assert lawyer.says_now("refusal.agenda.unclear")
    await lawyer.says("5.12.2025 10:00")
    assert lawyer.says_now("refusal.agenda.past")
    said = await lawyer.says("in 3 dais")
    assert lawyer.says_now("refusal.agenda.unclear")
    await lawyer.edits(said, words)
    assert lawyer.says_now("agenda.confirm", code=code, moment=moment(stage, language, 3, 15))
    await lawyer.taps("button.agenda.yes")
    assert lawyer.says_now("agenda.set", code=code, moment=moment(stage, language, 3, 15))
    await lawyer.taps("button.agenda.why")
    await stage.later(minutes=11)
    said = await lawyer.says("to ask about the herring", reply_to=next(
        each for each in reversed(lawyer.account.messages) if plain(language, "agenda.ask_why", code=code) in each.text
    ))  # fmt: skip
    await lawyer.edits(said, "to ask about the hearing")
    assert lawyer.says_now("agenda.noted", code=code, moment=moment(stage, language, 3, 15))
    assert len(her.sees) == before
    await lawyer.says("I am here")
    due = moment(stage, language, 3, 15)
    await until(stage, 3, 14, 59)
    assert not lawyer.seen("agenda.own", code=code, moment=due)
    await until(stage, 0, 15)
    assert lawyer.says_now("agenda.own", code=code, moment=due)
    assert "to ask about the hearing" in lawyer.last
    assert label(language, "button.agenda.done") in lawyer.account.last.labels
    assert "to ask about the hearing" not in her.chat


async def test_a_day_and_an_hour_by_the_calendar_and_nothing_that_has_passed(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    await open_case(lawyer, code)
    await lawyer.taps("button.remind")
    await lawyer.taps("button.agenda.calendar")
    rows = lawyer.account.last.buttons
    today = stage.clock().astimezone(stage.settings.zone).date()
    assert [button.text for button in rows[1]] == ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"]
    days = [button.text for row in rows[2:-2] for button in row]
    assert len(days) % 7 == 0
    assert next(each for each in days if each.isdigit()) == str(today.day)
    await lawyer.taps_label("›")
    await lawyer.taps_label("15")
    assert "8:00" in lawyer.account.last.labels
    assert "7:00" not in lawyer.account.last.labels
    await lawyer.taps_label("14:00")
    async with stage.database.unit_of_work() as uow:
        planned = (await uow.agenda.of(code))[0]
    here = planned.due.astimezone(stage.settings.zone)
    assert (here.day, here.hour, here.month) == (15, 14, today.month % 12 + 1)
    for forged in (f"ym:{code}::202613:1", f"ym:{code}::202602:31", f"yh:{code}::20261399:9", f"yi:{code}:400"):
        await lawyer.forges(forged)
    await lawyer.forges(f"yh:{code}::20200101:9")
    assert plain("ru", "refusal.agenda.past") in lawyer.alerts[-1] or lawyer.says_now("refusal.agenda.past")
    async with stage.database.unit_of_work() as uow:
        assert await uow.agenda.of(code) == [planned]


async def test_the_night_is_quiet_and_the_morning_one_message(stage: Stage) -> None:
    _, lawyer, first = await stage.claimed()
    second = await second_case(stage, lawyer)
    for code in (first, second):
        await lawyer.says("here")
        await open_case(lawyer, code)
        await lawyer.says("here too")
        await lawyer.taps("button.remind")
        await lawyer.taps("button.agenda.words")
        await lawyer.says("завтра в 23:00")
        await lawyer.taps("button.agenda.yes")
    await until(stage, 1, 23, 5)
    before = len(lawyer.sees)
    await until(stage, 1, 8, 55)
    assert len(lawyer.sees) == before
    await until(stage, 0, 9)
    assert len(lawyer.sees) == before + 1
    assert first in lawyer.last
    assert second in lawyer.last
    await until(stage, 0, 12)
    assert len(lawyer.sees) == before + 1
    await lawyer.says("/agenda")
    assert lawyer.says_now("agenda.today")
    await lawyer.taps_label(f"1. {first}")
    await lawyer.taps("button.agenda.done")
    assert lawyer.last.startswith("✅")
    await lawyer.says("/agenda")
    assert first not in lawyer.last
    await lawyer.taps_label(f"1. {second}")
    await lawyer.taps("button.agenda.off_1")
    await until(stage, 1, 9, 59)
    assert told(lawyer, second) == 0
    await until(stage, 0, 10)
    assert told(lawyer, second) == 1


async def test_it_goes_with_the_case_and_ends_with_it(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    coordinator = await stage.coordinator()
    other = await stage.lawyer(coordinator, name="Duty 2")
    await lawyer.says("here")
    await open_case(lawyer, code)
    await lawyer.taps("button.remind")
    await lawyer.taps("button.agenda.in_3", day=_day(stage, 3))
    await lawyer.taps("button.agenda.why")
    await lawyer.says("the court's answer")
    planned = await _only(stage, code)
    await open_case(lawyer, code)
    await lawyer.taps("button.release")
    await until(stage, 4, 12)
    assert told(lawyer, code) == 0
    await other.taps("button.claim", group=stage.group)
    await other.says("here")
    await stage.later(minutes=1)
    assert other.seen("agenda.before", code=code, moment=moment(stage, "ru", -1, 10))
    assert "the court's answer" in other.chat
    before = len(lawyer.sees)
    for act in ("done", "show", "why", "drop", "1"):
        await lawyer.forges(f"yn:{planned}:{act}")
        await her.forges(f"yn:{planned}:{act}")
    assert "the court's answer" not in lawyer.chat.partition("📝")[0]
    assert await _only(stage, code) == planned
    assert "the court's answer" not in her.chat
    assert len(lawyer.sees) - before <= 5
    await other.forges(f"yn:{planned}:1")
    await other.forges(f"c:close:{code}")
    await other.taps("outcome.advice")
    told_before = len(other.sees)
    await until(stage, 2, 12)
    assert not any(code in seen and "⏰" in seen for seen in other.sees[told_before:])
    async with stage.database.unit_of_work() as uow:
        assert await uow.agenda.of(code) == []


async def test_nothing_waits_for_a_lawyer_who_left_or_can_not_be_reached(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    await lawyer.says("here")
    await open_case(lawyer, code)
    await lawyer.taps("button.remind")
    await lawyer.taps("button.agenda.tomorrow", day=_day(stage, 1))
    lawyer.account.blocks()
    await stage.settle()
    calls = len(stage.telegram.calls)
    await until(stage, 1, 12)
    sent = [call for call in stage.telegram.calls[calls:] if call.params.get("chat_id") == lawyer.account.id]
    assert not any("⏰" in str(call.params.get("text")) for call in sent)
    assert isinstance(await stage.case(code), Claimed) or await _only(stage, code)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_legal_deadline_is_counted_marked_and_kept_in_mind(stage: Stage, language: str) -> None:
    coordinator, _ = await stage.opened()
    lawyer = await stage.lawyer(coordinator, language, name="Duty 2")
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…", country="KZ", category="IPV", subcategory="IPV.CTRL")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("here")
    await open_case(lawyer, code)
    await lawyer.taps("button.deadline")
    offered = lawyer.account.last.labels
    await lawyer.forges(f"yd:{code}:KZ_ORDER_30D:0")
    assert "Baker McKenzie" in lawyer.last
    assert plain(language, "deadline.check", year="2026", source="#").partition("#")[0].strip() in lawyer.last
    await lawyer.taps("button.agenda.calendar")
    today = stage.clock().astimezone(stage.settings.zone).date()
    await lawyer.taps_label(str(today.day))
    async with stage.database.unit_of_work() as uow:
        planned = (await uow.agenda.of(code))[0]
        hold = await uow.read(tables.cases.select().where(tables.cases.c.code == code))
    assert len(offered) == 4
    assert planned.runs_out is not None
    assert planned.runs_out.astimezone(stage.settings.zone).date() == today + timedelta(days=30)
    assert (hold[0].hold, hold[0].hold_until) == ("deadline", planned.runs_out)
    assert "2026" in lawyer.last
    due = "⚖️"
    for day in range(26):
        await until(stage, 1, 8 if day == 25 else 12)
        await lawyer.says("still here")
        assert due not in lawyer.last
    before = sum(seen.startswith(due) for seen in lawyer.sees)
    await until(stage, 1, 9)
    assert sum(seen.startswith(due) for seen in lawyer.sees) == before + 1
    assert label(language, "button.agenda.off_7") not in lawyer.account.last.labels
    for _ in range(3):
        await lawyer.says("still here")
        await until(stage, 1, 9)
    assert sum(seen.startswith(due) for seen in lawyer.sees) == before + 2


async def _only(stage: Stage, code: CaseCode) -> int:
    async with stage.database.unit_of_work() as uow:
        return await _one(uow, code)


async def _one(uow: UnitOfWork, code: CaseCode) -> int:
    (planned,) = await uow.agenda.of(code)
    return planned.id


def _day(stage: Stage, days: int) -> str:
    return short_day_in("ru", stage.clock().astimezone(stage.settings.zone).date() + timedelta(days=days))
