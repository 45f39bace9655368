"""Hand-over: a case goes to a colleague, or to whoever takes it, once its note is accepted; until then it stays."""

from bot.domain.case import Claimed
from bot.domain.case_notes import CaseNote, NoteKind, Wanted
from bot.domain.errors import NotAllowed, OutOfDate, Unfit
from bot.domain.follow_up import Reminder, ReminderKind
from bot.domain.hand_over import ASKED_AFTER
from bot.domain.ids import CaseCode, PersonId
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.i18n import label
from bot.services import cards, case_notes, current, offers, profiles, queue, topics
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import hand_over as messages


async def ask_whom(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """To whom? While an offer stands, that is shown instead, and can be taken back."""
    case = await queue.held(uow, code, lawyer)
    offer = await uow.hand_overs.of(case)
    if offer is not None:
        to = await uow.people.by_id(offer.to) if offer.to else None
        await uow.outbox.put(messages.standing(lawyer, offer, to, settings.zone, on), to=lawyer, case=code)
        return
    await uow.outbox.put(messages.whom(lawyer, code, await colleagues(uow, case), on), to=lawyer)


async def choose(uow: UnitOfWork, settings: Settings, code: CaseCode, to: str, lawyer: Person, on: int | None) -> None:
    """He has chosen to whom; what must the next one know? Raises Unfit for somebody who can't take it."""
    case = await queue.held(uow, code, lawyer)
    await _can_take(uow, case, to)
    await case_notes.ask(uow, settings, lawyer, Wanted(NoteKind.HAND_OVER, code, to), on)


async def colleagues(uow: UnitOfWork, case: Claimed) -> list[Person]:
    """Who can be asked to take this case: there, within reach, and not in conflict with it; whom it suits first."""
    fits = await profiles.suited(uow, case)
    not_them = await uow.profiles.in_conflict(case.file.code) | {case.lawyer, case.file.seeker, *(p.id for p in fits)}
    return [*fits, *(each for each in await profiles.present(uow) if each.id not in not_them)]


async def give(uow: UnitOfWork, settings: Settings, case: Claimed, to: str, note: CaseNote, lawyer: Person) -> None:
    """The case is offered with this note, to a person or (without one) to the queue. It stays with the giver."""
    asked = await _can_take(uow, case, to)
    if await uow.hand_overs.of(case) is not None:
        raise OutOfDate("hand_over.twice", code=case.file.code)
    offer = await uow.hand_overs.offer(case, asked.id if asked else None, note)
    await uow.reminders.set(case.file.code, ReminderKind.HAND_OVER, uow.now + ASKED_AFTER)
    action = Action.OFFERED if asked else Action.OFFERED_TO_QUEUE
    uow.journal.note(action, actor=lawyer, case=case.file.code)
    if asked is not None:
        await offers.show(uow, settings, case, offer, asked)
    else:
        await cards.post(uow, settings, case, why="card.handed_over")
    await uow.outbox.put(messages.standing(lawyer, offer, asked, settings.zone, None), to=lawyer, case=case.file.code)


async def withdraw(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """The giver keeps it after all. Raises OutOfDate when it isn't offered any more."""
    case = await queue.held(uow, code, lawyer)
    offer = await offers.end(uow, case)
    if offer is None:
        raise OutOfDate("hand_over.none", code=code)
    uow.journal.note(Action.OFFER_ENDED, actor=lawyer, case=code)
    if offer.to is None:
        await cards.update(uow, settings, case, lawyer)
    await _say(uow, lawyer, "hand_over.withdrawn", code, on)


async def accept(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """Read the note, and take it: of two who accept one wins. Raises Taken, NotAllowed or OutOfDate."""
    require(lawyer, Right.TAKE)
    case = await _offered(uow, code, lawyer)
    moved, giver = await take_over(uow, settings, case, lawyer), await uow.people.get(case.lawyer)
    await current.choose(uow, lawyer.id, code)
    name = lawyer.working_name or label(giver.language, "team.unnamed")
    await uow.outbox.put(messages.said(giver, "hand_over.done", code, None, name=name), to=giver)
    await _say(uow, lawyer, "hand_over.yours", code, on)
    await queue.open_appeal(uow, settings, moved, lawyer)


async def take_over(uow: UnitOfWork, settings: Settings, case: Claimed, lawyer: Person) -> Claimed:
    """The case is his, and the giver's no more; she is told. Raises OutOfDate when it has moved meanwhile."""
    code = case.file.code
    moved = case.hand_over(lawyer.id, uow.now)
    await uow.cases.move(case, moved, actor=lawyer, action=Action.HANDED_OVER)
    await uow.hand_overs.end(code)
    await offers.take_away(uow, code, besides=lawyer)
    await uow.reminders.drop(code, ReminderKind.HAND_OVER)
    await queue.watch_silence(uow, moved)
    giver = await uow.people.get(case.lawyer)
    await uow.outbox.withdraw(uow.cipher.lookup("account", giver.account), code)
    await topics.leave(uow, giver.id, code)
    await queue.next_current(uow, case)
    await cards.update(uow, settings, moved, lawyer)
    await queue.tell_her(uow, settings, moved, "case.handed_over")
    return moved


async def decline(uow: UnitOfWork, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """He can't take it: the giver has it as before, and is told."""
    require(lawyer, Right.TAKE)
    case = await _offered(uow, code, lawyer)
    await offers.give_back(uow, case, lawyer)
    uow.journal.note(Action.OFFER_DECLINED, actor=lawyer, case=code)
    await _say(uow, lawyer, "hand_over.you_declined", code, on)


async def look_again(uow: UnitOfWork, settings: Settings, reminder: Reminder) -> None:
    """A day has passed: whoever offered it is told once that nobody has answered."""
    case = await uow.cases.find(reminder.case)
    offer = await uow.hand_overs.of(case) if case is not None else None
    await uow.reminders.again(reminder, None, reminder.stage)
    if offer is not None and await offers.ask_again(uow, offer):
        return
    if offer is not None:
        giver = await uow.people.get(offer.giver)
        to = await uow.people.by_id(offer.to) if offer.to else None
        await uow.outbox.put(messages.unanswered(giver, offer, to, settings.zone), to=giver, case=offer.case)


async def _offered(uow: UnitOfWork, code: CaseCode, lawyer: Person) -> Claimed:
    """The case, offered to this very person or to whoever takes it, by whoever holds it."""
    if await uow.cases.in_conflict(code, lawyer.id):
        raise NotAllowed("refusal.conflict", code=code)
    case = await uow.cases.find(code)
    if not isinstance(case, Claimed):
        raise OutOfDate("refusal.moved_on", code=code)
    offer = await uow.hand_overs.of(case)
    if offer is None and case.lawyer != lawyer.id:
        await queue.taken(uow, case, lawyer)
    if offer is None or not offer.is_for(lawyer.id) or case.file.seeker == lawyer.id:
        raise NotAllowed("hand_over.not_yours", code=code)
    return case


async def _can_take(uow: UnitOfWork, case: Claimed, to: str) -> Person | None:
    """The person who is asked; None: whoever takes it. Raises Unfit for one who can't be."""
    asked = next((each for each in await colleagues(uow, case) if each.id == PersonId(to)), None)
    if to and asked is None:
        raise Unfit("hand_over.cannot", code=case.file.code)
    return asked


async def _say(uow: UnitOfWork, person: Person, key: str, code: CaseCode, on: int | None) -> None:
    await uow.outbox.put(messages.said(person, key, code, on), to=person, lane=Lane.URGENT)
