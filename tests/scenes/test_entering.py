"""An appeal that comes by phone: entered by a coordinator, worked on like any other; nothing is ever said to her."""

import pytest
from sqlalchemy import select

from bot.domain.case import Claimed, Closed, Queued
from bot.domain.ids import CaseCode
from bot.domain.people import NOBODY
from bot.domain.period import Period
from bot.domain.report import Scope
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from bot.telegram.messages.common import answer_name
from tests.stage import Actor, Stage, plain


async def entered(stage: Stage, coordinator: Actor, *, told: str = "canarytold", category: str = "TPV") -> CaseCode:
    """The shortest way: what it is about, how she is reached, what she told, and the end."""
    await coordinator.says("/enter")
    await coordinator.taps("channel.phone")
    await chooses(coordinator, "category", category)
    while not coordinator.says_now("enter.ask.reach"):
        await coordinator.skips()
    await coordinator.says("canarynumber +7 700 000 00 00, after six")
    await coordinator.says(told)
    await coordinator.taps("button.enter.end")
    await coordinator.taps("button.enter.save")
    return await stage.newest_case()


async def chooses(coordinator: Actor, question: str, option: str) -> None:
    wanted = answer_name(coordinator.language, question, option)
    if wanted not in coordinator.account.last.labels:
        await coordinator.taps("button.more")
    await coordinator.taps_label(wanted)


async def nothing_for_nobody(stage: Stage) -> None:
    """No call was made for the account of somebody who has none, and none waits."""
    assert [call.method for call in stage.telegram.calls if call.params.get("chat_id") == NOBODY] == []
    async with stage.database.unit_of_work() as uow:
        chat = uow.cipher.lookup("account", NOBODY)
        for table in (tables.outbox, tables.shown, tables.chat_messages):
            assert not await uow.read(select(table).where(table.c.chat == chat), touching=(table,))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_came_by_phone_is_entered_claimed_and_never_written_to(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    await stage.choose_group(coordinator, language)
    lawyer = await stage.lawyer(coordinator, language)
    await coordinator.starts()
    await coordinator.taps("button.enter.begin")
    await coordinator.taps("channel.phone")
    await chooses(coordinator, "category", "TPV")
    await coordinator.skips()
    await chooses(coordinator, "happened", "24_48")
    assert coordinator.says_now("enter.ask.urgency")
    assert plain(language, "urgency.low") not in str(coordinator.account.last.labels), "never lowered"
    await coordinator.taps_label(f"{Urgency.HIGH.sign} {label(language, 'urgency.high')}")
    await coordinator.says("canarynumber +7 700 000 00 00, after six")
    await coordinator.says("canarytold he beat her")
    await chooses(coordinator, "country", "KZ")
    await coordinator.skips()
    await chooses(coordinator, "age", "25_34")
    await coordinator.taps_label(label(language, "language.kk"))
    await chooses(coordinator, "officials", "no")
    await chooses(coordinator, "statistics", "yes")
    await coordinator.skips(2)
    assert coordinator.says_now("enter.who_reads")
    await coordinator.taps("button.enter.save")
    code = await stage.newest_case()
    assert coordinator.says_now("enter.saved", code=code)
    case = await stage.case(code)
    assert isinstance(case, Queued)
    assert (case.file.urgency, case.file.language, case.file.age) == (Urgency.HIGH, "kk", "25_34")
    assert case.file.consents.statistics
    assert not case.file.consents.share, "what was not answered is a no"
    card = stage.group.last.text
    assert plain(language, "card.channel.phone") in card
    await lawyer.taps("button.claim", group=stage.group)
    assert lawyer.seen("appeal.by_phone")
    assert "canarynumber" in lawyer.chat
    assert "canarytold" in lawyer.chat
    assert "canary" not in "".join(each.text for each in stage.group.messages)
    await lawyer.says("his-words")
    assert lawyer.says_now("refusal.by_phone", code=code)
    await lawyer.forges(f"c:replies:{code}")
    await lawyer.forges(f"c:note:{code}")
    await lawyer.says("called, she is safe", reply_to=lawyer.account.last)
    assert lawyer.says_now("case_note.kept", code=code)
    await nothing_for_nobody(stage)


async def test_silence_after_a_claim_by_phone_ends_with_a_note_and_nothing_reaches_her(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    code = await entered(stage, coordinator, category="FAM")
    await lawyer.taps("button.claim", group=stage.group)
    await stage.later(hours=25)
    assert any(
        code in each and plain("ru", "lawyer.silent_by_phone", code=code, moment="", until="")[:12] in each
        for each in lawyer.sees
    )
    await lawyer.forges(f"c:note:{code}")
    await lawyer.says("called", reply_to=lawyer.account.last)
    await stage.later(days=4)
    assert isinstance(await stage.case(code), Claimed), "his note was an answer"
    await lawyer.forges(f"o:{code}:advice")
    assert isinstance(await stage.case(code), Closed)
    await stage.later(days=40)
    other = await entered(stage, coordinator, category="FAM")
    await lawyer.taps("button.claim", group=stage.group)
    await stage.later(days=7)
    assert isinstance(await stage.case(other), Queued), "nobody wrote down that anything was done"
    await nothing_for_nobody(stage)


async def test_words_of_danger_page_the_duty_and_its_channel_is_counted(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    await lawyer.says("/duty")
    await lawyer.taps("duty.for.open")
    code = await entered(stage, coordinator, told="he will kill me, help")
    case = await stage.case(code)
    assert case is not None
    assert case.file.urgency is Urgency.IMMEDIATE
    assert any(code in each for each in lawyer.sees), "whoever is on duty is called"
    assert "kill" not in lawyer.chat
    her = await stage.seeker("ru")
    await stage.appeal(her)
    async with stage.database.unit_of_work() as uow:
        day = uow.now.astimezone(stage.settings.zone).date()
        figures = await uow.reports.figures(Period(day, day), stage.settings.zone, Scope.TEAM)
    assert dict(figures.by["channel"]) == {"": 1, "phone": 1}
    await nothing_for_nobody(stage)


async def test_she_asks_by_phone_that_it_be_erased_and_only_a_coordinator_may(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    code = await entered(stage, coordinator)
    async with stage.database.unit_of_work() as uow:
        seeker = (await uow.cases.get(code, Queued)).file.seeker
    for data in ("ed:begin:", f"ed:save:{seeker}", f"ea:{seeker}:channel:phone", f"ee:{code}:1"):
        await lawyer.forges(data)
        assert lawyer.alerts[-1] == label("ru", "refusal.not_allowed")
    await lawyer.says("/enter")
    assert lawyer.says_now("refusal.not_allowed")
    await lawyer.taps("button.claim", group=stage.group)
    assert "canarytold" in lawyer.chat
    her = await stage.seeker("ru")
    hers = await stage.appeal(her)
    await coordinator.forges(f"ee:{hers}:1")
    assert coordinator.alerts[-1] == label("ru", "refusal.no_case", code=hers), "who has a chat erases it herself"
    await coordinator.says(code)
    await coordinator.taps("button.enter.erase")
    assert coordinator.says_now("enter.ask_erase", code=code)
    assert await stage.case(code) is not None
    await coordinator.taps("button.enter.erase_now")
    assert coordinator.says_now("enter.erased", code=code)
    assert await stage.case(code) is None
    assert "canarytold" not in lawyer.chat
    async with stage.database.unit_of_work() as uow:
        assert not await uow.read(select(tables.case_notes.c.id))
        assert not await uow.read(select(tables.people.c.id).where(tables.people.c.id == seeker))
    await nothing_for_nobody(stage)


async def test_what_is_not_entered_is_destroyed_and_nobody_elses_words_get_in(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    second = await stage.coordinator("kk")
    await coordinator.says("/enter")
    await coordinator.taps("channel.outreach")
    await coordinator.says("canarytold")
    await coordinator.sends("voice")
    assert coordinator.says_now("refusal.text_only")
    await coordinator.says("x" * 1600)
    assert coordinator.says_now("enter.long", most="1500")
    answer = next(each for each in reversed(coordinator.account.messages) if "ea:" in str(each.buttons))
    data = next(each for each in str(answer.buttons).split("'") if each.startswith("ea:"))
    await second.forges(data)
    assert second.alerts[-1] == label("kk", "refusal.old_button")
    assert "canarytold" not in second.chat
    await coordinator.forges(data.replace("ea:", "ed:end:").split(":category")[0])
    assert coordinator.alerts[-1] == label("ru", "refusal.old_button"), "what it is about must be said"
    await coordinator.taps("button.enter.drop")
    assert coordinator.seen("enter.dropped")
    async with stage.database.unit_of_work() as uow:
        assert not await uow.read(select(tables.drafts.c.person))
        lookups = [row.lookup for row in await uow.read(select(tables.people.c.lookup))]
    assert not any(each.startswith("called:") for each in lookups)
    await coordinator.forges(data)
    assert coordinator.alerts[-1] == label("ru", "refusal.old_button")
    assert "canarytold" not in lawyer.chat


async def test_what_a_coordinator_answers_too_late_goes_to_nobody(stage: Stage) -> None:
    coordinator = await stage.coordinator()
    await stage.choose_group(coordinator)
    her = await stage.seeker("ru")
    code = await stage.appeal(her)
    await coordinator.taps("button.claim", group=stage.group)
    await coordinator.says("/enter")
    await coordinator.taps("channel.phone")
    stage.clock.advance(minutes=61)
    await coordinator.says("canarytold")
    assert coordinator.says_now("team.lapsed")
    assert "canarytold" not in her.chat
    for asked in ("/replies", "/enter"):
        await coordinator.says(asked)
    stage.clock.advance(minutes=61)
    await coordinator.says(code)
    assert coordinator.says_now("desk.typed")
    await coordinator.says("canarytold")
    assert "canarytold" not in her.chat
    await coordinator.says("for-her")
    await her.starts()
    assert "for-her" in her.chat
