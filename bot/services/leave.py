"""Leave: a lawyer goes away, and nobody who writes to him is left without knowing.

His cases go to the queue, or wait until he is back, and she is told until when. What is too urgent to wait goes to the
queue whatever he chooses, also when it becomes so later. What she writes meanwhile still reaches him.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.case import Claimed
from bot.domain.follow_up import ReminderKind
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.profile import CAN_WAIT, Leave
from bot.domain.rights import Right, require
from bot.services import duty, fitting, offers, queue
from bot.services.reach import tell, zone_of
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.fit_buttons import CasesThen
from bot.telegram.messages import leave as messages

NEWS = timedelta(hours=12)
"""A leave that has ended longer ago, as while the hotline stood still, is no news any more."""

SAME_MOMENT = timedelta(seconds=1)


async def ask(uow: UnitOfWork, settings: Settings, lawyer: Person, on: int | None = None) -> None:
    """For how long? Who is away already sees until when."""
    require(lawyer, Right.WORK)
    profile = await uow.profiles.of(lawyer.id)
    await uow.outbox.put(messages.ask(lawyer, profile, settings.zone, uow.now, on), to=lawyer)


async def go(
    uow: UnitOfWork, settings: Settings, lawyer: Person, leave: Leave, cases: CasesThen | None, on: int | None
) -> None:
    """Away from now on; who holds cases says first what becomes of them."""
    require(lawyer, Right.WORK)
    held = await uow.cases.held_by(lawyer.id)
    cant_wait = [case for case in held if case.file.urgency not in CAN_WAIT]
    if held and cases is None:
        ask = messages.ask_cases(lawyer, leave, len(held), [case.file.code for case in cant_wait], on)
        await uow.outbox.put(ask, to=lawyer)
        return
    profile = await uow.profiles.of(lawyer.id)
    until = leave.until(settings.zone, uow.now)
    gone = replace(profile, away_since=uow.now, away_until=until)
    were_there = await duty.on_duty(uow, settings)
    await uow.profiles.keep(lawyer.id, gone)
    if were_there and not await duty.on_duty(uow, settings):
        await duty.nobody_left(uow, lawyer)
    uow.journal.note(Action.WENT_AWAY, actor=lawyer)
    await fitting.redraw(uow, settings, profile, gone)
    await offers.give_all_back(uow, lawyer)
    handed = held if cases is CasesThen.HAND_OVER else cant_wait
    for case in handed:
        await queue.back_to_queue(uow, settings, case, actor=lawyer, action=Action.RELEASED)
    paused = [case for case in held if case not in handed]
    for case in paused:
        if not (profile.pauses(case, uow.now) and profile.away_until == until):  # she knows already
            await _pause(uow, settings, lawyer, case, until)
    done = messages.gone(lawyer, gone, settings.zone, uow.now, handed=len(handed), paused=len(paused), on=on)
    await uow.outbox.put(done, to=lawyer)


async def back(uow: UnitOfWork, settings: Settings, lawyer: Person, on: int | None = None) -> None:
    """He is there again: what waited for him counts from now, and whoever was told to wait hears it."""
    require(lawyer, Right.WORK)
    profile = await uow.profiles.of(lawyer.id)
    if profile.away(uow.now):
        there = replace(profile, away_until=uow.now)
        await uow.profiles.keep(lawyer.id, there)
        uow.journal.note(Action.CAME_BACK, actor=lawyer)
        for case in await uow.cases.held_by(lawyer.id):
            if profile.pauses(case, uow.now):  # she was told to wait
                await queue.tell_her(uow, settings, case, "case.resumed")
            await queue.watch_silence(uow, case)
        await fitting.redraw(uow, settings, profile, there)
    await _welcome(uow, settings, lawyer, on)


async def end_leaves(uow: UnitOfWork, settings: Settings) -> int:
    """Leaves that have ended by themselves: he hears what he holds and whether he is on duty; how many there were."""
    ended = 0
    for member in await uow.people.on_cases():
        until = (await uow.profiles.of(member.id)).away_until
        if until is None or not uow.now - NEWS < until <= uow.now:
            continue
        if await uow.outbox.spoken(_slot(member), uow.now - until + SAME_MOMENT):
            continue
        await _welcome(uow, settings, member, None)
        ended += 1
    return ended


async def _welcome(uow: UnitOfWork, settings: Settings, lawyer: Person, on: int | None) -> None:
    """What he holds, and whether he is on duty; those who knew that nobody was hear that somebody is."""
    number = len(await uow.cases.held_by(lawyer.id))
    calls = lawyer.id in {each.id for each in await duty.on_duty(uow, settings)}
    screen = messages.back(lawyer, number, on, on_duty=calls)
    await uow.outbox.put(screen, to=lawyer, slot=_slot(lawyer))
    await duty.somebody_again(uow, settings)


def _slot(lawyer: Person) -> str:
    return f"back:{lawyer.id}"


async def _pause(uow: UnitOfWork, settings: Settings, lawyer: Person, case: Claimed, until: datetime | None) -> None:
    """It waits until he is back; she is told once, the way she chose."""
    uow.journal.note(Action.PAUSED, actor=lawyer, case=case.file.code)
    due = until or uow.now + case.file.urgency.limit
    await uow.reminders.set(case.file.code, ReminderKind.SILENT, due)
    her = await uow.people.get(case.file.seeker)
    await tell(uow, settings, case.file, messages.paused(her, case.file.code, until, zone_of(settings, case.file)))
