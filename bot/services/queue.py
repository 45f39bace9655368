"""The queue: the moves of a case between her, the queue and a lawyer, and what each of them leads to."""

from typing import Never

from bot.domain.case import Case, Claimed, Closed, Outcome, Queued, Submitted
from bot.domain.errors import NotAllowed, OutOfDate, Taken
from bot.domain.follow_up import ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.domain.triage import Urgency
from bot.i18n import label
from bot.services import cards, case_notes, consenting, current, duty, offers, paging, profiles, topics
from bot.services.pacing import pass_all_on
from bot.services.reach import tell
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import seeker as to_seeker

Open = Submitted | Queued | Claimed
"""A case that has not ended."""


def waiting_slot(code: CaseCode) -> str:
    """The slot of what she is told while nobody has taken her case: the newest alone is said, and none once it is."""
    return f"waiting:{code}"


async def show(uow: UnitOfWork, settings: Settings, case: Queued, why: str | None = None) -> None:
    """Cards in the groups, a date to look again; when it is immediate, whoever is on duty is called in private.

    The coordinators hear of it where nobody is on duty, and of one of many now and then.
    """
    await cards.post(uow, settings, case, why)
    await uow.reminders.set(case.file.code, ReminderKind.UNCLAIMED, uow.now + case.file.urgency.limit)
    many = await paging.one_of_many(uow, case)
    called = case.file.urgency is Urgency.IMMEDIATE and not many and await paging.begin(uow, settings, case)
    if not called and (many or case.file.urgency is Urgency.IMMEDIATE):
        await paging.page_coordinators(uow, settings, case, "coordinator.immediate")


async def make_immediate(
    uow: UnitOfWork, settings: Settings, seen: Open, case: Open, *, actor: Person | None, action: Action, why: str
) -> Open:
    """A case, last `seen` like that, becomes immediate: a new card that says why, or a word to whoever can act."""
    raised = case.raised(Urgency.IMMEDIATE)
    await uow.cases.move(seen, raised, actor=actor, action=action)
    match raised:
        case Queued():
            await show(uow, settings, raised, why=why)
        case Claimed():
            await cards.update(uow, settings, raised, await uow.people.get(raised.lawyer))
            await watch_silence(uow, raised)
            await paging.page_coordinators(uow, settings, raised, "coordinator.immediate")
        case Submitted():
            await paging.page_coordinators(uow, settings, raised, "coordinator.kept")
    return raised


async def watch_silence(uow: UnitOfWork, case: Claimed) -> None:
    """Look whether its lawyer is silent when the limit passes; at once when it can't wait until he is back."""
    at_once = await profiles.cant_wait(uow, case)
    due = uow.now if at_once else uow.now + case.file.urgency.limit
    await uow.reminders.set(case.file.code, ReminderKind.SILENT, due)


async def claim(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> Claimed:
    """A lawyer takes a case: of many taps one wins. Raises Taken with the name of who was first, or NotAllowed.

    One that is handed over stays with its giver until the note is accepted: he is shown that.
    """
    require(lawyer, Right.TAKE)
    if await uow.cases.in_conflict(code, lawyer.id):
        raise NotAllowed("refusal.conflict", code=code)
    case = await uow.cases.find(code)
    if case is not None and case.file.seeker == lawyer.id:
        raise NotAllowed("refusal.staff")
    if isinstance(case, Claimed):
        offer = await offers.in_queue(uow, case)
        if offer is None or not offer.is_for(lawyer.id):
            await taken(uow, case, lawyer)
        else:
            await offers.show(uow, settings, case, offer, lawyer)
            return case
    queued = case if isinstance(case, Queued) else await uow.cases.get(code, Queued)
    claimed = queued.claim(lawyer.id, uow.now)
    try:
        await uow.cases.move(queued, claimed, actor=lawyer, action=Action.CLAIMED)
    except OutOfDate:
        await taken(uow, await uow.cases.get(code, Claimed), lawyer)
    await uow.reminders.drop(code, ReminderKind.UNCLAIMED)
    await uow.reminders.drop(code, ReminderKind.WAITING)
    await uow.outbox.unsay(waiting_slot(code))
    await watch_silence(uow, claimed)
    await current.choose(uow, lawyer.id, code)
    await paging.taken(uow, claimed, lawyer)
    await cards.update(uow, settings, claimed, lawyer)
    await tell_her(uow, settings, claimed, "case.claimed")
    await open_appeal(uow, settings, claimed, lawyer)
    return claimed


async def open_appeal(uow: UnitOfWork, settings: Settings, case: Claimed, lawyer: Person) -> None:
    """The whole appeal, and all that was said, into the private chat of the lawyer who holds it."""
    entries = await uow.threads.of(case.file.code)
    uow.journal.note(Action.OPENED, actor=lawyer, case=case.file.code)
    await uow.outbox.put(
        to_lawyer.appeal(lawyer, case, settings.zone, uow.now, words=bool(entries), moved=await has_moved(uow, case)),
        case=case.file.code,
        slot=f"appeal:{case.file.code}",
        mark=label(lawyer.language, "relay.repeated"),
    )
    await case_notes.show(uow, settings, lawyer, case.file.code)
    await pass_all_on(uow, lawyer, entries)


async def has_moved(uow: UnitOfWork, case: Case) -> bool:
    """True when she has come to write from another account since she sent this appeal."""
    her = await uow.people.get(case.file.seeker)
    return her.moved_at is not None and her.moved_at > case.file.submitted_at


async def release(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """The lawyer gives the case back to the queue."""
    case = await held(uow, code, lawyer)
    await back_to_queue(uow, settings, case, actor=lawyer, action=Action.RELEASED)


async def back_to_queue(
    uow: UnitOfWork,
    settings: Settings,
    case: Claimed,
    *,
    actor: Person | None,
    action: Action,
    told: str | None = "case.released",
) -> None:
    """The case waits for somebody again: a new card, and she is told so, unless she is told otherwise."""
    await offers.end(uow, case)
    queued = case.release(uow.now)
    await uow.cases.move(case, queued, actor=actor, action=action)
    await uow.reminders.drop(case.file.code, ReminderKind.SILENT)
    lawyer = await uow.people.get(case.lawyer)
    await uow.outbox.withdraw(uow.cipher.lookup("account", lawyer.account), case.file.code)
    await topics.leave(uow, case.lawyer, case.file.code)
    await next_current(uow, case)
    await show(uow, settings, queued, why="card.back")
    if told is not None:
        await tell_her(uow, settings, queued, told)


async def close(uow: UnitOfWork, settings: Settings, code: CaseCode, outcome: Outcome, lawyer: Person) -> None:
    """The case has ended with this outcome."""
    case = await held(uow, code, lawyer)
    await offers.end(uow, case)
    closed = case.close(outcome, uow.now)
    await uow.cases.move(case, closed, actor=lawyer, action=Action.CLOSED)
    await uow.reminders.drop(code, ReminderKind.SILENT)
    for _ in await uow.referrals.withdraw_unsent(code):
        uow.journal.note(Action.REFERRAL_WITHDRAWN, actor=lawyer, case=code)
    await next_current(uow, case)
    await cards.update(uow, settings, closed, lawyer)
    await consenting.follow(uow, settings, closed)
    await tell_her(uow, settings, closed, "case.closed")


async def reopen(uow: UnitOfWork, settings: Settings, case: Closed, actor: Person | None) -> None:
    """She goes on with a closed case: it waits for a lawyer again."""
    queued = case.reopen(uow.now)
    await uow.cases.move(case, queued, actor=actor, action=Action.REOPENED)
    await uow.reminders.drop(case.file.code, ReminderKind.AFTER_CLOSING)
    await consenting.follow(uow, settings, queued)
    await show(uow, settings, queued, why="card.back")
    await tell_her(uow, settings, queued, "case.reopened")


async def show_all_kept(uow: UnitOfWork, settings: Settings, *, newcomer: str | None = None) -> int:
    """The groups are others now, or for something else: all that waits is shown where it belongs, and nowhere else.

    How many cases came in before there was any group.
    """
    if not await uow.groups.all():
        return 0
    for queued in await uow.cases.queue():
        await cards.update(uow, settings, queued, newcomer=newcomer)
    for offered in await offers.cases_in_queue(uow):
        await cards.update(uow, settings, offered, await uow.people.get(offered.lawyer), newcomer=newcomer)
    kept: list[Submitted] = await uow.cases.waiting_for_a_group()
    for case in kept:
        queued = case.queue(uow.now)
        await uow.cases.move(case, queued, actor=None, action=Action.QUEUED)
        await show(uow, settings, queued)
    return len(kept)


async def held(uow: UnitOfWork, code: CaseCode, lawyer: Person) -> Claimed:
    """The case, held by this very lawyer. Raises NotAllowed for anybody else's."""
    require(lawyer, Right.WORK)
    case = await uow.cases.find(code)
    if not isinstance(case, Claimed) or case.lawyer != lawyer.id:
        raise NotAllowed("refusal.not_yours", code=code)
    return case


async def tell_her(uow: UnitOfWork, settings: Settings, case: Case, key: str) -> None:
    """A word to her about where her case stands, the way she chose."""
    her = await uow.people.get(case.file.seeker)
    expected = await duty.expected(uow, settings, her, case)
    await tell(uow, settings, case.file, to_seeker.status(her, key, case.file.code, expected))


async def next_current(uow: UnitOfWork, case: Claimed) -> None:
    """The case is his no more: his words go to another one only when there is no doubt which."""
    others = [each for each in await uow.cases.held_by(case.lawyer) if each.file.code != case.file.code]
    lawyer = await uow.people.get(case.lawyer)
    await case_notes.end_of(uow, lawyer, case.file.code)
    if lawyer.case is None or lawyer.case.file.code == case.file.code:
        await current.choose(uow, case.lawyer, others[0].file.code if len(others) == 1 else None)


async def taken(uow: UnitOfWork, case: Claimed, lawyer: Person) -> Never:
    """Somebody else was first. Raises Taken with his working name."""
    holder = await uow.people.get(case.lawyer)
    name = holder.working_name or label(lawyer.language, "team.unnamed")
    raise Taken("refusal.taken", code=case.file.code, name=name)
