"""Charts and files: asked for by a tap, made elsewhere, sent once, to nobody who may not have them."""

import asyncio
import io
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import func, select, update

from bot.domain.intake import Kind, Piece
from bot.domain.journal import Action
from bot.domain.order import AGAIN_AFTER, Material, What
from bot.domain.people import Role
from bot.domain.report import Mode
from bot.i18n import LANGUAGES, label
from bot.jobs import Job, Outside, once
from bot.making import Render, make_next
from bot.press import Press, printed
from bot.services.opening import open_case
from bot.storage import tables
from bot.telegram.report_buttons import ChartOf, ReportDays, ReportFor, ReportOf
from tests.stage import Actor, Stage, plain

WEEK = ChartOf(year=2026, number=47).pack()
"""The clock stands on Friday, 20 November 2026."""

IN_WORDS = {
    "kk": "1 қазаннан 15 қарашаға дейін",
    "ru": "с 1 октября по 15 ноября",
    "en": "from 1 October to 15 November",
    "ky": "1-октябрдан 15-ноябрга чейин",
}


def in_document(file: bytes) -> str:
    paper = Document(io.BytesIO(file))
    foot = [each.text for section in paper.sections for each in section.footer.paragraphs]
    return "\n".join([*(each.text for each in paper.paragraphs), *foot])


def in_spreadsheet(file: bytes) -> str:
    book = load_workbook(io.BytesIO(file))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


OPENED: dict[What, Callable[[bytes], str]] = {
    What.DOCUMENT: in_document,
    What.SPREADSHEET: in_spreadsheet,
    What.TABLE: lambda file: file.decode("utf-8-sig"),
    What.LOG: lambda file: file.decode("utf-8-sig"),
}


def files_in(actor: Actor) -> list[str]:
    """The names of the files that came, `photo` for a picture."""
    raw = [message.raw for message in actor.account.messages]
    return [each["document"]["file_name"] if "document" in each else "photo" for each in raw
            if "document" in each or "photo" in each]  # fmt: skip


def received(stage: Stage, actor: Actor) -> bytes:
    """The bytes of the file that came last."""
    file = next(each.file_id for each in reversed(actor.account.messages) if each.file_id)
    return bytes(stage.telegram.files.get(file).data)


async def appeals(stage: Stage, number: int, ago: timedelta = timedelta(0)) -> None:
    """So many appeals came in so long ago; whoever sent them agreed to statistics."""
    async with stage.database.unit_of_work() as uow:
        for account in range(900_000, 900_000 + number):
            her = await uow.people.by_account(account)
            await uow.people.set(her, language="ru", started=True)
            await uow.drafts.begin(her.id)
            await uow.drafts.add_words(her.id, -1, Piece(Kind.TEXT, "…"))
            await open_case(uow, stage.settings, await uow.people.get(her.id), {"category": "IPV"}, urgency=None)
        await uow.write(update(tables.cases).values(consent_statistics=True, submitted_at=uow.now - ago))
    await stage.settle()


async def appeals_of_october(stage: Stage, number: int) -> Actor:
    """A coordinator, and so many appeals of last month."""
    coordinator = await stage.coordinator()
    await appeals(stage, number, timedelta(days=30))
    return coordinator


async def becomes(stage: Stage, actor: Actor, role: Role) -> None:
    async with stage.database.unit_of_work() as uow:
        await uow.people.set_role(await uow.people.by_account(actor.account.id), role, None)


async def orders_left(stage: Stage) -> int:
    async with stage.database.unit_of_work() as uow:
        return int((await uow.read(select(func.count()).select_from(tables.orders)))[0][0])


async def orders_document(coordinator: Actor) -> None:
    await coordinator.says("/report")
    await coordinator.forges(october(What.DOCUMENT, Mode.TEAM))


def renders(stage: Stage, render: Render) -> Job:
    """From now on what is ordered is made by this; the job that does it."""
    job = next(each for each in stage.hotline.jobs if each.name == "make what is ordered")
    job.work = Outside(lambda database: make_next(database, stage.settings, render))
    return job


def october(what: What, mode: Mode, *, make: bool = True) -> str:
    """The button that orders a file of last month."""
    return ReportOf(first="20261001", last="20261031", what=what, mode=mode, language="en", make=make).pack()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_days_in_his_own_words_become_a_file_that_comes_by_itself(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    await coordinator.says("/report")
    assert coordinator.says_now("report.which_days")
    await coordinator.taps("button.other_days")
    for typed, key in (
        (label(language, "command.report"), "refusal.period"),
        ("01.12.2026", "refusal.period_to_come"),
        ("15.11.2026-01.10.2026", "refusal.period_backwards"),
    ):
        await coordinator.says(typed)
        assert coordinator.says_now(key)
    await coordinator.says(IN_WORDS[language])
    wanted = ReportOf(
        first="20261001", last="20261115", what=What.DOCUMENT, mode=Mode.PUBLICATION, language=language, make=True
    )
    assert wanted.pack() in str(coordinator.account.last.buttons)
    await coordinator.taps("button.back")
    await coordinator.taps("button.last_quarter")
    await coordinator.taps("button.what.table")
    await coordinator.taps("button.mode.team")
    assert plain(language, "report.about.team") in coordinator.last
    await coordinator.taps("button.make")
    line = coordinator.account.last
    assert line.text.startswith("⏳")
    assert not line.labels
    await stage.later(seconds=2)
    assert files_in(coordinator) == [f"zhanynda-2026-Q3-{language}-not-for-publication.csv"]
    assert label(language, "paper.mark") in received(stage, coordinator).decode("utf-8-sig")
    assert line.text.startswith("✅")
    assert await orders_left(stage) == 0


async def test_the_files_are_what_their_names_say_and_plain_numbers_stay_within_the_team(stage: Stage) -> None:
    coordinator = await appeals_of_october(stage, 9)
    async with stage.database.unit_of_work() as uow:
        three = select(tables.cases.c.code).order_by(tables.cases.c.code).limit(3)
        refused = update(tables.cases).where(tables.cases.c.code.in_(three.scalar_subquery()))
        await uow.write(refused.values(consent_statistics=False))
    for what, opened in OPENED.items():
        for mode in Mode:
            await coordinator.says("/report")
            await coordinator.forges(october(what, mode))
            await stage.later(seconds=2)
            name = files_in(coordinator)[-1]
            assert name.startswith("zhanynda-2026-10-")
            assert ("not-for-publication" in name) is (mode is Mode.TEAM)
            words = opened(received(stage, coordinator))
            if what is What.TABLE:
                told = {row.split(",")[4]: row.rsplit(",", 1)[1] for row in words.splitlines()}
                assert told["total"] == ("9" if mode is Mode.TEAM else "6")
            assert (label("en", "paper.mark") in words) is (mode is Mode.TEAM), name
            assert label("en", "paper.title" if what is not What.LOG else "paper.table.category") in words
    assert len(files_in(coordinator)) == 2 * len(OPENED)
    async with stage.database.unit_of_work() as uow:
        noted = {row.action for row in await uow.read(select(tables.journal.c.action))}
    assert {each for each in Action if each.name.startswith("ORDERED")} - noted == {Action.ORDERED_CHART}


async def test_what_may_not_leave_is_refused_in_words_and_nothing_comes(stage: Stage) -> None:
    coordinator = await appeals_of_october(stage, 3)
    await coordinator.says("/report 2026-10")
    await coordinator.taps("button.make")
    await stage.later(seconds=2)
    assert coordinator.seen("refusal.publication.few")
    assert files_in(coordinator) == []
    assert await orders_left(stage) == 0


async def test_who_may_not_have_it_gets_nothing_by_a_forged_button_nor_after_losing_the_right(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her, observer = await stage.seeker("ru"), await stage.lawyer(coordinator, name="Numbers")
    await appeals(stage, 1)
    await becomes(stage, observer, Role.OBSERVER)
    team, leaves = october(What.TABLE, Mode.TEAM), october(What.TABLE, Mode.PUBLICATION)
    for person, forged in product((lawyer, her), (team, leaves, WEEK, ReportDays().pack(), ReportFor().pack())):
        await person.forges(forged)
        assert person.alerts[-1] == label("ru", "refusal.not_allowed")
    await observer.forges(team)
    assert observer.alerts[-1] == label("ru", "refusal.not_allowed")
    await observer.forges(october(What.LOG, Mode.TEAM, make=False))
    assert observer.alerts[-1] == label("ru", "refusal.not_allowed")
    for nonsense in ("rp:20261301:20261031:table:team:ru:1", "rp:20261001:20270131:table:team:ru:1",
                     "rp:20261001:20261031:chart:team:ru:1", "rp:20261001:20261031:table:team:de:1"):  # fmt: skip
        await coordinator.forges(nonsense)
    assert await orders_left(stage) == 0
    await coordinator.forges(team)
    await observer.forges(leaves)
    await becomes(stage, coordinator, Role.LAWYER)
    await stage.later(seconds=2)
    assert files_in(coordinator) == []
    assert await orders_left(stage) == 0


async def test_the_chart_of_a_week_comes_as_a_picture_once_and_on_monday_where_the_digest_goes(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    await stage.later(seconds=1)
    await appeals(stage, 2)
    await coordinator.says("/week")
    await coordinator.taps("button.chart")
    await coordinator.taps("button.chart")
    assert [alert.text for alert in coordinator.account.alerts if alert.text] == [
        label("ru", "order.drawing"), label("ru", "refusal.being_made"),
    ]  # fmt: skip
    await stage.later(seconds=2)
    await stage.later(hours=1)
    assert files_in(coordinator) == ["photo"]
    with Image.open(io.BytesIO(received(stage, coordinator))) as picture:
        assert picture.format == "PNG"
        assert picture.width + picture.height <= 10_000
    assert "2026-W47" in coordinator.account.last.caption
    stage.clock.advance(days=3)
    for _ in range(3):
        await stage.later(minutes=1)
    photos = [message for message in stage.group.messages if message.kind == "photo"]
    assert ["2026-W47" in each.caption for each in photos] == [True]
    assert files_in(lawyer) == []


async def test_killed_between_making_and_committing_it_still_arrives_once(stage: Stage) -> None:
    coordinator = await appeals_of_october(stage, 1)
    await coordinator.forges(october(What.TABLE, Mode.TEAM))

    async def killed(material: Material) -> bytes:
        printed(material)
        raise asyncio.CancelledError

    renders(stage, killed)
    with pytest.raises(asyncio.CancelledError):
        await stage.later(seconds=2)
    await stage.restart()
    await stage.later(seconds=2)
    assert files_in(coordinator) == []
    assert await orders_left(stage) == 1
    for _ in range(3):
        await stage.later(seconds=AGAIN_AFTER[0].total_seconds())
    assert files_in(coordinator) == ["zhanynda-2026-10-en-not-for-publication.csv"]
    assert await orders_left(stage) == 0


async def test_while_one_is_made_everything_else_goes_on(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    coordinator = await stage.coordinator()
    await coordinator.forges(october(What.TABLE, Mode.TEAM))
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def slow(material: Material) -> bytes:
        begun.set()
        await goes_on.wait()
        return printed(material)

    job = renders(stage, slow)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(once(stage.database, job))
        await begun.wait()
        await her.says("written meanwhile")
        assert "written meanwhile" in lawyer.chat
        await asyncio.gather(*(once(stage.database, each) for each in stage.hotline.jobs if each is not job))
        assert files_in(coordinator) == []
        goes_on.set()
    await stage.settle()
    assert len(files_in(coordinator)) == 1


async def test_a_press_that_dies_or_hangs_is_told_of_and_the_next_one_works(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEYS", "secret of this process")
    coordinator = await appeals_of_october(stage, 1)
    renders(stage, Press((sys.executable, "-c", "import os; print(sorted(os.environ), os.listdir('/proc/self/fd'))")))
    await coordinator.forges(october(What.TABLE, Mode.TEAM))
    await stage.later(seconds=2)
    held = received(stage, coordinator).decode()
    assert "SECRET_KEYS" not in held
    assert held.endswith("['0', '1', '2', '3']\n")
    dying = Press((sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))
    hanging = Press((sys.executable, "-c", "import time; time.sleep(600)"), may_last=0.3)
    for number, press in enumerate((dying, hanging), 1):
        renders(stage, press)
        await orders_document(coordinator)
        await stage.later(seconds=2)
        for span in AGAIN_AFTER[:-1]:
            assert await orders_left(stage) == 1
            await stage.later(seconds=span.total_seconds())
        assert await orders_left(stage) == 0
        assert sum(plain("ru", "refusal.cannot_make") in each for each in coordinator.sees) == number
    assert len(files_in(coordinator)) == 1
    renders(stage, Press())
    await orders_document(coordinator)
    await stage.later(seconds=2)
    assert label("en", "paper.title") in in_document(received(stage, coordinator))
