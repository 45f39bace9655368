"""The end of a case: with an outcome and, where it matters, the reason for it; and opening it again with a reason."""

from bot.domain.case import Claimed, Closed
from bot.domain.case_notes import NEEDS_REASON, CaseNote, NoteKind, Wanted
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.follow_up import ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import cards, case_notes, consenting, current, desk, queue
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import ending as messages


async def ask_outcome(uow: UnitOfWork, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """How did it end? What is still open is said here, before it is closed."""
    case = await queue.held(uow, code, lawyer)
    await case_notes.end_of(uow, lawyer, code, on)
    await uow.people.await_text(lawyer, None)
    left = await uow.loose_ends.of(case)
    await uow.outbox.put(messages.choose_outcome(lawyer, code, left, on), to=lawyer, lane=Lane.URGENT)


async def choose(
    uow: UnitOfWork, settings: Settings, code: CaseCode, outcome: str, lawyer: Person, on: int | None
) -> None:
    """Closed with this outcome, or asked first why it ended so. Raises OutOfDate for one that is none."""
    await queue.held(uow, code, lawyer)
    if outcome in NEEDS_REASON:
        await case_notes.ask(uow, settings, lawyer, Wanted(NoteKind.CLOSING, code, outcome), on)
    else:
        await desk.close(uow, settings, code, outcome, lawyer, on)


async def ask_why(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """Why it ended, for whoever reads it later; not asked of him, but he may say it."""
    await worked_on(uow, code, lawyer)
    await case_notes.ask(uow, settings, lawyer, Wanted(NoteKind.CLOSING, code))


async def worked_on(uow: UnitOfWork, code: CaseCode, lawyer: Person) -> Claimed | Closed:
    """A case he holds, or has closed: he may say more of it. Raises NotAllowed for any other, or after *not me*."""
    require(lawyer, Right.WORK)
    case = await uow.cases.find(code)
    if not isinstance(case, Claimed | Closed) or case.lawyer != lawyer.id:
        raise NotAllowed("refusal.not_yours", code=code)
    if await uow.cases.in_conflict(code, lawyer.id):
        raise NotAllowed("refusal.conflict", code=code)
    return case


async def close(uow: UnitOfWork, settings: Settings, wanted: Wanted, lawyer: Person) -> None:
    """The reason is written down: it is closed now. Of one that is closed already he has only told more."""
    if isinstance(await worked_on(uow, wanted.case, lawyer), Claimed):
        await desk.close(uow, settings, wanted.case, wanted.leads_to, lawyer, None)


async def ask_reason(uow: UnitOfWork, settings: Settings, code: CaseCode, person: Person) -> None:
    """Why shall it be opened again?"""
    await ended(uow, code, person)
    await case_notes.ask(uow, settings, person, Wanted(NoteKind.REOPENING, code))


async def reopen(uow: UnitOfWork, settings: Settings, note: CaseNote, person: Person) -> None:
    """The lawyer who had it goes on with it, if he still can; else it waits for another."""
    case = await ended(uow, note.case, person)
    lawyer = await uow.people.by_id(case.lawyer)
    if lawyer is None or not await _can_go_on(uow, case, lawyer):
        await queue.reopen(uow, settings, case, person)
        await uow.outbox.put(messages.reopened(person, note.case, None), to=person)
        return
    again = case.reopen_to(lawyer.id, uow.now)
    await uow.cases.move(case, again, actor=person, action=Action.REOPENED)
    await uow.reminders.drop(note.case, ReminderKind.AFTER_CLOSING)
    await queue.watch_silence(uow, again)
    await consenting.follow(uow, settings, again)
    await cards.update(uow, settings, again, lawyer)
    await queue.tell_her(uow, settings, again, "case.reopened_to")
    if lawyer.id == person.id or lawyer.case is None:
        await current.choose(uow, lawyer.id, note.case)
    for told in {person.id: person, lawyer.id: lawyer}.values():
        await uow.outbox.put(messages.reopened(told, note.case, lawyer), to=told)
    await queue.open_appeal(uow, settings, again, lawyer)


async def ended(uow: UnitOfWork, code: CaseCode, person: Person) -> Closed:
    """A closed case that this person may open again. Raises OutOfDate for one that is not ended."""
    require(person, Right.WORK)
    case = await uow.cases.find(code)
    if isinstance(case, Claimed) and case.lawyer == person.id:
        raise OutOfDate("refusal.moved_on", code=code)
    if not isinstance(case, Closed) or case.lawyer != person.id:
        require(person, Right.REOPEN_ANY)
    if await uow.cases.in_conflict(code, person.id):
        raise NotAllowed("refusal.conflict", code=code)
    return await uow.cases.get(code, Closed)


async def _can_go_on(uow: UnitOfWork, case: Closed, lawyer: Person) -> bool:
    """On the team, within reach, not in conflict with it, and not the one who sent it."""
    there = lawyer.on_cases and lawyer.started and lawyer.reachable and lawyer.id != case.file.seeker
    return there and not await uow.cases.in_conflict(case.file.code, lawyer.id)
