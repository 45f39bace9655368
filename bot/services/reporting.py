"""A report is put together on one screen: which days, what kind of file, in which language, for whom."""

from datetime import date

from bot import periods
from bot.domain.errors import OutOfDate
from bot.domain.order import FILES, Asked, What
from bot.domain.people import LANGUAGES, Person
from bot.domain.period import Period
from bot.domain.report import Mode
from bot.domain.rights import Right, allowed, require
from bot.domain.stretch import Stretch, has_begun
from bot.services import orders
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import papers as messages
from bot.telegram.report_buttons import ReportOf

AWAITED = "report:"
"""What stands in `awaiting` while the days are being typed."""


async def start(uow: UnitOfWork, settings: Settings, person: Person, typed: str, on: int | None = None) -> None:
    """Of which days? Raises Unfit when days are typed and are none."""
    require(person, Right.REPORT)
    await uow.people.await_text(person, None)
    if typed:
        period = periods.read(typed, person.language, uow.now, settings.zone)
        await _begin(uow, settings, person, period, on)
    else:
        await uow.outbox.put(messages.ask_period(person, on), to=person)


async def choose(uow: UnitOfWork, settings: Settings, person: Person, of: Stretch | None, on: int | None) -> None:
    """Of these days; without them: which?"""
    require(person, Right.REPORT)
    if of is None:
        await start(uow, settings, person, "", on)
        return
    await _begin(uow, settings, person, of.period(_today(uow, settings)), on)


async def ask_days(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """The next text is the days."""
    require(person, Right.REPORT)
    await uow.people.await_text(person, AWAITED)
    await uow.outbox.put(messages.ask_days(person, on), to=person)


async def type_days(uow: UnitOfWork, settings: Settings, person: Person, words: str) -> None:
    """The days. Raises Unfit for what is none, and goes on waiting."""
    await start(uow, settings, person, words.strip() or "?")


async def put_together(uow: UnitOfWork, settings: Settings, person: Person, chosen: ReportOf, on: int | None) -> None:
    """What has been chosen so far; or the order, when it is to be made so. Raises OutOfDate for what is no choice."""
    require(person, Right.REPORT)
    try:
        asked = chosen.asked
    except ValueError:
        raise OutOfDate("refusal.old_button") from None
    if asked.what not in FILES or asked.language not in LANGUAGES or not has_begun(asked.period, _today(uow, settings)):
        raise OutOfDate("refusal.old_button")
    require(person, asked.needs)
    if not chosen.make:
        await _put_together(uow, settings, person, asked, on)
    elif not await orders.order(uow, person, asked, on):
        raise OutOfDate("refusal.being_made")


async def _begin(uow: UnitOfWork, settings: Settings, person: Person, period: Period, on: int | None = None) -> None:
    """What is asked for most: a document to publish, in his own language; a period that is not over stays within."""
    inside = period.last >= _today(uow, settings) and allowed(person, Right.TEAM_NUMBERS)
    mode = Mode.TEAM if inside else Mode.PUBLICATION
    await _put_together(uow, settings, person, Asked(What.DOCUMENT, mode, period, person.language or LANGUAGES[0]), on)


async def _put_together(uow: UnitOfWork, settings: Settings, person: Person, asked: Asked, on: int | None) -> None:
    running = asked.period.last >= _today(uow, settings)
    team = allowed(person, Right.TEAM_NUMBERS)
    await uow.outbox.put(messages.put_together(person, asked, team=team, running=running, on=on), to=person)


def _today(uow: UnitOfWork, settings: Settings) -> date:
    return uow.now.astimezone(settings.zone).date()
