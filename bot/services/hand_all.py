"""All the open cases of somebody who leaves, handed over in one go: to a colleague who accepts them with one tap, or to
the queue. Until then each stays where it is; whoever accepts half of them has those, and nothing is lost of the rest.
"""

from collections.abc import Sequence

from bot.domain.case import Claimed
from bot.domain.case_notes import NoteKind
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.follow_up import ReminderKind
from bot.domain.hand_over import ASKED_AFTER, HandOver
from bot.domain.ids import PersonId
from bot.domain.intake import Piece
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.domain.team import ASKED, Load
from bot.services import case_notes, current, hand_over, members, offers, profiles, queue, team
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import hand_all as messages

NOTE_FOR_ALL = f"{ASKED}leaver:"
"""What a coordinator is asked for begins with this; then whose cases, and to whom."""

TO_QUEUE = "queue"


async def ask_whom(uow: UnitOfWork, coordinator: Person, member: PersonId, on: int | None) -> None:
    """To whom? Each by how many cases he holds now. Raises OutOfDate when there is nothing to hand over."""
    giver, held = await _leaver(uow, coordinator, member)
    loads = await uow.team.loads()
    others = [(each, loads.get(each.id, Load())) for each in await profiles.present(uow) if each.id != giver.id]
    others.sort(key=lambda each: each[1].open)
    await uow.outbox.put(messages.whom(coordinator, giver, len(held), others, on), to=coordinator)


async def ask_note(uow: UnitOfWork, coordinator: Person, member: PersonId, to: str, on: int | None) -> None:
    """One note for all; what stays where it is, because it is nothing for the colleague, is said by number."""
    giver, held = await _leaver(uow, coordinator, member)
    asked = await _asked(uow, giver, to)
    going = await _going(uow, coordinator, held, asked)
    if not going:
        raise Unfit("hand_all.conflict")
    await uow.people.await_text(coordinator, f"{NOTE_FOR_ALL}{giver.id}:{to}")
    screen = messages.ask_note(coordinator, giver, asked, len(going), len(held) - len(going), on)
    await uow.outbox.put(screen, to=coordinator)


async def give(uow: UnitOfWork, settings: Settings, coordinator: Person, piece: Piece, message_id: int) -> None:
    """The note is there: the colleague is asked for all of them at once, or all wait in the queue.

    Raises Unfit for what is no note; the question stays open.
    """
    require(coordinator, Right.REMOVE)
    team.typed(uow, coordinator, message_id)
    words = case_notes.words_of([piece])
    whose, _, to = (coordinator.awaiting or "").removeprefix(NOTE_FOR_ALL).partition(":")
    await uow.people.await_text(coordinator, None)
    giver, held = await _leaver(uow, coordinator, PersonId(whose))
    asked = await _asked(uow, giver, to)
    going = await _going(uow, coordinator, held, asked)
    if asked is None:
        await _to_queue(uow, settings, coordinator, going, words)
    else:
        await _offer(uow, coordinator, giver, asked, going, words)
    left = len(held) - len(going)
    await uow.outbox.put(messages.given(coordinator, giver, asked, len(going), left), to=coordinator)
    if giver.id != coordinator.id:
        await uow.outbox.put(messages.yours_are_given(giver, asked, len(going)), to=giver)


async def accept(uow: UnitOfWork, settings: Settings, lawyer: Person, giver: PersonId, on: int | None) -> None:
    """All that he was asked to take and may take is his. Raises OutOfDate when nothing of it is left."""
    offered = await _offered(uow, lawyer, giver)
    for case, _ in offered:
        await hand_over.take_over(uow, settings, case, lawyer)
    await current.name(uow, lawyer.id)
    await uow.outbox.put(messages.accepted(lawyer, len(offered), on), to=lawyer)
    for each in await _concerned(uow, offered, giver):
        await uow.outbox.put(messages.has_accepted(each, lawyer, len(offered)), to=each)


async def show_singly(uow: UnitOfWork, settings: Settings, lawyer: Person, giver: PersonId) -> None:
    """Each by itself, to be accepted or declined by itself."""
    for case, offer in await _offered(uow, lawyer, giver):
        await offers.show(uow, settings, case, offer, lawyer)


async def decline(uow: UnitOfWork, lawyer: Person, giver: PersonId, on: int | None) -> None:
    """He can't take them: they stay where they are, and who asked is told once."""
    offered = await _offered(uow, lawyer, giver)
    concerned = await _concerned(uow, offered, giver)
    for case, _ in offered:
        await offers.end(uow, case)
        uow.journal.note(Action.OFFER_DECLINED, actor=lawyer, case=case.file.code)
    await uow.outbox.put(messages.declined(lawyer, on), to=lawyer)
    for each in concerned:
        await uow.outbox.put(messages.has_declined(each, lawyer, len(offered)), to=each)


async def _to_queue(
    uow: UnitOfWork, settings: Settings, coordinator: Person, going: Sequence[Claimed], words: str
) -> None:
    for case in going:
        if not await uow.cases.in_conflict(case.file.code, coordinator.id):
            await uow.case_notes.add(case.file.code, coordinator.id, NoteKind.HAND_OVER, words)
        await queue.back_to_queue(uow, settings, case, actor=coordinator, action=Action.PUT_BACK)


async def _offer(
    uow: UnitOfWork, coordinator: Person, giver: Person, asked: Person, going: Sequence[Claimed], words: str
) -> None:
    for case in going:
        await offers.end(uow, case)
        note = await uow.case_notes.add(case.file.code, coordinator.id, NoteKind.HAND_OVER, words)
        await uow.hand_overs.offer(case, asked.id, note)
        await uow.reminders.set(case.file.code, ReminderKind.HAND_OVER, uow.now + ASKED_AFTER)
        uow.journal.note(Action.OFFERED, actor=coordinator, case=case.file.code)
    urgent = [case.file.urgency for case in going]
    offered = messages.offered(asked, coordinator, giver, urgent)
    await uow.outbox.put(offered, to=asked, slot=f"offer:all:{giver.id}")


async def _leaver(uow: UnitOfWork, coordinator: Person, member: PersonId) -> tuple[Person, list[Claimed]]:
    giver = await members.member_of(uow, coordinator, member)
    held = await uow.cases.held_by(giver.id)
    if not held:
        raise OutOfDate("hand_all.none")
    return giver, held


async def _asked(uow: UnitOfWork, giver: Person, to: str) -> Person | None:
    """Who is to take them; None: whoever takes each from the queue. Raises OutOfDate for who can't be asked."""
    if to == TO_QUEUE:
        return None
    found = next((each for each in await profiles.present(uow) if each.id == to and each.id != giver.id), None)
    if found is None:
        raise OutOfDate("refusal.no_member")
    return found


async def _going(uow: UnitOfWork, coordinator: Person, held: Sequence[Claimed], asked: Person | None) -> list[Claimed]:
    """What may go there: into the queue everything, to a colleague nothing that he or the coordinator must not see."""
    if asked is None:
        return list(held)
    closed = await uow.profiles.conflicts_of(asked.id) | await uow.profiles.conflicts_of(coordinator.id)
    return [case for case in held if case.file.code not in closed and case.file.seeker != asked.id]


async def _offered(uow: UnitOfWork, lawyer: Person, giver: PersonId) -> list[tuple[Claimed, HandOver]]:
    """What a coordinator asked him to take of this colleague's. Raises OutOfDate when nothing of it is left."""
    require(lawyer, Right.TAKE)
    closed = await uow.profiles.conflicts_of(lawyer.id)
    found = []
    for offer in await uow.hand_overs.to(lawyer.id):
        case = await uow.cases.find(offer.case)
        if offer.giver == giver and offer.case not in closed and isinstance(case, Claimed):
            note = await uow.case_notes.find(offer.note)
            found += [(case, offer)] if note is not None and note.author != giver else []
    if not found:
        raise OutOfDate("hand_all.over")
    return found


async def _concerned(uow: UnitOfWork, offered: Sequence[tuple[Claimed, HandOver]], giver: PersonId) -> list[Person]:
    """Whoever asked, and whose cases they were."""
    askers = [await offers.asked_by(uow, offer) for _, offer in offered]
    found = {each.id: each for each in [*askers, await uow.people.by_id(giver)] if each is not None}
    return [each for each in found.values() if each.on_the_team]
