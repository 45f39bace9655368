"""Legal deadlines of a case: chosen by a lawyer, counted from the day he names or she did, and kept in mind."""

from collections.abc import Sequence
from datetime import date, datetime, time

from bot import content
from bot.domain.agenda import at
from bot.domain.case import CaseFile
from bot.domain.deadlines import Deadline, offered
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.services import agenda, queue
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import agenda as on_the_agenda
from bot.telegram.messages import deadlines as messages
from bot.telegram.messages import windows


async def choose(uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, on: int | None) -> None:
    """Which deadline runs in this case?"""
    case = await queue.held(uow, code, person)
    shown = messages.choose(person, code, _offered(uow, settings, case.file), on)
    await uow.outbox.put(shown, to=person, case=code, lane=Lane.URGENT)


async def ask_start(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, of: str, on: int | None
) -> None:
    """Since when does it run? What she said counts where she named an earliest moment."""
    case = await queue.held(uow, code, person)
    deadline, today = _known(settings, of), uow.now.astimezone(settings.zone).date()
    shown = messages.ask_start(person, code, deadline, case.file.happened_from, today, settings.zone, on)
    await uow.outbox.put(shown, to=person, case=code, lane=Lane.URGENT)


async def from_day(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, of: str, day: date, on: int | None
) -> None:
    """It runs from this day; where hours count he is asked for the hour first."""
    deadline = _known(settings, of)
    if deadline.hourly:
        await agenda.show_hours(uow, settings, person, code, of, day, on)
    else:
        await note(uow, settings, person, code, of, at(day, time(0), settings.zone), on)


async def from_what_happened(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, of: str, on: int | None
) -> None:
    """It runs from the earliest moment she named, so it can't be noted too late."""
    case = await queue.held(uow, code, person)
    if case.file.happened_from is None:
        raise OutOfDate("refusal.old_button")
    await note(uow, settings, person, code, of, case.file.happened_from, on)


async def note(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, of: str, start: datetime, on: int | None
) -> None:
    """The deadline counts from now on: he is reminded in time, and the case is kept for the longer term."""
    await queue.held(uow, code, person)
    deadline, zone = _known(settings, of), settings.zone
    if start > uow.now:
        raise Unfit("refusal.agenda.future")
    runs_out = deadline.runs_out(start, zone)
    if runs_out <= uow.now:
        shown = messages.ran_out(person, code, deadline, runs_out, zone, on)
        await uow.outbox.put(shown, to=person, case=code, lane=Lane.URGENT)
        return
    due = deadline.told_at(runs_out, settings.quiet, zone, uow.now)
    planned = await uow.agenda.add(code, person.id, due, deadline=of, runs_out=runs_out)
    if due <= uow.now:
        await uow.agenda.told([planned])  # he sees it now
    await uow.retention.note_deadline(code, runs_out)
    uow.journal.note(Action.KEPT_DEADLINE, actor=person, case=code)
    shown = on_the_agenda.noted(person, planned, deadline, uow.now, zone, on)
    await uow.outbox.put(shown, to=person, case=code, lane=Lane.URGENT)


def _offered(uow: UnitOfWork, settings: Settings, file: CaseFile) -> Sequence[Deadline]:
    counted = [each.window.code for each in windows.windows_of(file, uow.now)]
    return offered(content.deadlines(tuple(settings.countries)), file.category, file.country, counted)


def _known(settings: Settings, of: str) -> Deadline:
    deadline = agenda.known(settings).get(of)
    if deadline is None:
        raise OutOfDate("refusal.old_button")
    return deadline
