"""Windows: she is told at once what still helps; the case carries it; who can act hears of it before it may close."""

from datetime import datetime

from bot.content import taxonomy
from bot.domain import questionnaire
from bot.domain.case import Case, Claimed, Closed, Queued, Shut, Submitted
from bot.domain.follow_up import Reminder, ReminderKind
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.triage import Urgency
from bot.domain.windows import WARNED_BEFORE, Nature, Standing, WindowState, next_change, standings, warned_at
from bot.services import cards, paging, queue
from bot.services.reach import ZONES, tell, zone_of
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import windows as messages

PROPHYLAXIS = "PEP72"
"""Twelve hours before it may close its case is immediate: 60 of the 72 hours may be over."""


async def answer(uow: UnitOfWork, settings: Settings, person: Person, answers: dict[str, str]) -> bool:
    """She has said when: the windows of what she chose, at once; the next question waits for her tap. True then."""
    about = taxonomy(tuple(settings.countries))
    earliest, latest = questionnaire.happened_of(answers, uow.now)
    country = questionnaire.country_of(about, answers)
    _, subcategory = questionnaire.kind_of(about, answers)
    shown = standings(about.windows_of(subcategory, country), earliest, latest, uow.now)
    if not shown:
        return False
    zone = ZONES.get(country or "", settings.zone)
    countries = (country,) if country else about.countries
    await uow.outbox.put(messages.at_once(person, shown, zone, countries, subcategory), to=person)
    return True


def closing(case: Case, now: datetime) -> bool:
    """True when HIV prophylaxis may be closing within hours: she said when, and some time has passed since."""
    return any(
        each.window.code == PROPHYLAXIS
        and each.state is not WindowState.CLOSED
        and each.sure_until is not None
        and each.sure_until - now <= WARNED_BEFORE
        for each in messages.windows_of(case.file, now)
    )


async def watch(uow: UnitOfWork, case: Case) -> None:
    """From now on its card counts the hours. What comes too soon for a warning has just been said to everybody."""
    shown = messages.windows_of(case.file, uow.now)
    if case.file.happened_until is None or not shown:
        return
    at = next_change(shown, case.file.happened_until, uow.now)
    if at is not None:
        past = _warnings_past(case, uow)
        await uow.reminders.set(case.file.code, ReminderKind.WINDOW, at, past)


async def look(uow: UnitOfWork, settings: Settings, reminder: Reminder, case: Case) -> None:
    """An hour has passed: the card says what is left, and whoever can act is warned before a window may close."""
    latest = case.file.happened_until
    if latest is None or isinstance(case, Shut):
        await uow.reminders.again(reminder, None, reminder.stage)
        return
    shown, past = messages.windows_of(case.file, uow.now), _warnings_past(case, uow)
    await uow.reminders.again(reminder, next_change(shown, latest, uow.now), past)
    due = warned_at([each.window for each in shown], case.file.happened_from)[reminder.stage : past]
    soon = [each for each in shown if each.sure_until is not None and each.sure_until - WARNED_BEFORE in due]
    soon = [each for each in soon if each.state is not WindowState.CLOSED]
    if soon and not isinstance(case, Closed):
        await _warn(uow, settings, case, soon)
    elif isinstance(case, Queued | Claimed):
        await _count_down(uow, settings, case)


def _warnings_past(case: Case, uow: UnitOfWork) -> int:
    windows = [each.window for each in messages.windows_of(case.file, uow.now)]
    return sum(at <= uow.now for at in warned_at(windows, case.file.happened_from))


async def _count_down(uow: UnitOfWork, settings: Settings, case: Queued | Claimed) -> None:
    holder = await uow.people.get(case.lawyer) if isinstance(case, Claimed) else None
    await cards.update(uow, settings, case, holder)


async def _warn(uow: UnitOfWork, settings: Settings, case: queue.Open, soon: list[Standing]) -> None:
    """The lawyer who holds it; the group and the coordinators while nobody does; and her, the way she chose."""
    if case.file.urgency is not Urgency.IMMEDIATE and any(each.window.code == PROPHYLAXIS for each in soon):
        case = await queue.make_immediate(
            uow, settings, case, case, actor=None, action=Action.WINDOW, why="card.window"
        )
    elif isinstance(case, Queued):
        await cards.post(uow, settings, case, why="card.window")
        await paging.page_coordinators(uow, settings, case, "coordinator.window")
    elif isinstance(case, Submitted):
        await paging.page_coordinators(uow, settings, case, "coordinator.window")
    if isinstance(case, Claimed):
        lawyer = await uow.people.get(case.lawyer)
        await uow.outbox.put(messages.to_lawyer(lawyer, case.file.code, soon, settings.zone), case=case.file.code)
        await _count_down(uow, settings, case)
    hers = [each for each in soon if each.window.nature is not Nature.LIMIT]
    if hers:
        her = await uow.people.get(case.file.seeker)
        await tell(uow, settings, case.file, messages.to_her(her, hers, zone_of(settings, case.file)))
