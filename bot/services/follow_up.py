"""Reminders: what happens when nothing happens. Each due date leads to one look at the case as it is now."""

from datetime import datetime

from bot.domain.case import Case, Claimed, Closed, Queued
from bot.domain.follow_up import Nudge, Reminder, ReminderKind, judge
from bot.domain.journal import Action
from bot.domain.triage import Urgency
from bot.services import asking, cards, hand_over, paging, queue, waiting, windows
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as to_lawyer


async def fire_due(uow: UnitOfWork, settings: Settings) -> int:
    """Look at every case whose date has come; how many that were."""
    due = await uow.reminders.due()
    for reminder in due:
        case = await uow.cases.find(reminder.case)
        if case is not None:
            await _look(uow, settings, reminder, case)
    return len(due)


async def _look(uow: UnitOfWork, settings: Settings, reminder: Reminder, case: Case) -> None:
    if reminder.kind is ReminderKind.FOLLOW_UP:
        await asking.look(uow, settings, reminder, case)
        return
    if reminder.kind is ReminderKind.WINDOW:
        await windows.look(uow, settings, reminder, case)
        return
    if reminder.kind is ReminderKind.PAGE:
        await paging.look(uow, settings, reminder, case)
        return
    if reminder.kind is ReminderKind.WAITING:
        await waiting.look(uow, settings, reminder, case)
        return
    if reminder.kind is ReminderKind.HAND_OVER:
        await hand_over.look_again(uow, settings, reminder)
        return
    if isinstance(case, Claimed):
        profile = await uow.profiles.of(case.lawyer)
        verdict = judge(reminder, case, await _waiting_since(uow, case), uow.now, profile)
    else:
        verdict = judge(reminder, case, None, uow.now)
    await uow.reminders.again(reminder, verdict.again, verdict.stage)
    match verdict.nudge, case:
        case ((Nudge.GROUP | Nudge.DUTY | Nudge.COORDINATORS), Queued()):
            await _still_waiting(uow, settings, case, verdict.nudge)
        case Nudge.LAWYER, Claimed():
            await _remind_lawyer(uow, settings, case)
        case Nudge.RELEASE, Claimed():
            await _take_back(uow, settings, case)
        case Nudge.REOPEN, Closed():
            await queue.reopen(uow, settings, case, None)
        case _:
            pass


async def _still_waiting(uow: UnitOfWork, settings: Settings, case: Queued, nudge: Nudge) -> None:
    """The coordinators are told at last, or as soon as nobody is on duty; of an immediate case always."""
    await cards.post(uow, settings, case, why="card.again")
    await waiting.limit_passed(uow, settings, case)
    called = await paging.call_duty(uow, settings, case) if nudge is not Nudge.GROUP else []
    at_once = nudge is Nudge.DUTY and (not called or case.file.urgency is Urgency.IMMEDIATE)
    if nudge is Nudge.COORDINATORS or at_once:
        await paging.call_coordinators(uow, settings, case, "coordinator.unclaimed", besides=called)


async def _remind_lawyer(uow: UnitOfWork, settings: Settings, case: Claimed) -> None:
    lawyer = await uow.people.get(case.lawyer)
    since = await _waiting_since(uow, case) or case.at
    until = since + 2 * case.file.urgency.limit
    await uow.outbox.put(
        to_lawyer.silent(lawyer, case.file, since, until, settings.zone),
        case=case.file.code,
        slot=f"appeal:{case.file.code}",
    )


async def _take_back(uow: UnitOfWork, settings: Settings, case: Claimed) -> None:
    lawyer = await uow.people.get(case.lawyer)
    since = await _waiting_since(uow, case) or case.at
    paused = (await uow.profiles.of(case.lawyer)).pauses(case, uow.now)
    await queue.back_to_queue(uow, settings, case, actor=None, action=Action.TAKEN_BACK)
    if paused:
        await uow.outbox.put(to_lawyer.line(lawyer, "leave.taken_back", case.file.code), to=lawyer)
    else:
        await uow.outbox.put(to_lawyer.taken_back(lawyer, case.file.code, since, settings.zone), to=lawyer)


async def _waiting_since(uow: UnitOfWork, case: Claimed) -> datetime | None:
    """Since when she waits for him; his leave is no silence, and where she came by phone a note of his is an answer."""
    since = await uow.threads.waiting_since(case.file.code, case.at, case.her_turn_at)
    if case.file.channel is not None and await uow.case_notes.written_by(case.lawyer, case.file.code, case.at):
        since = None
    return (await uow.profiles.of(case.lawyer)).silent_since(case, since)
