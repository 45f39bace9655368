"""Complaints: her words to the coordinators about how her case is worked on, and their answer through the bot.

Nobody who ever had the case in his hands, or is in conflict with it, hears of one, coordinator or not; nor does the
operator group, nor the card, nor the conversation. They are read by tapping: a coordinator's lock screen shows a code.
"""

from datetime import timedelta

from bot.domain.case import Case, Shut
from bot.domain.complaint import ABOUT, ANSWER, GOES_ON_FROM, REMINDED_EVERY, TYPED_WITHIN, Complaint
from bot.domain.errors import NotAllowed, NotFound, OutOfDate, Taken, Unfit
from bot.domain.ids import CaseCode
from bot.domain.intake import Kind, Piece
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.i18n import label
from bot.services import screening
from bot.services.reach import tell
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import complaints as messages
from bot.telegram.messages import lawyer as to_lawyer

SHE_HEARS_EVERY = timedelta(days=7)
"""While nobody may read what she wrote she is told so, and no more often than this."""


def slot(code: CaseCode) -> str:
    """Under which name all that is said about the complaints of a case is known, in her chat and in theirs."""
    return f"{ABOUT}{code}"


def _later(code: CaseCode) -> str:
    return f"complaint_waits:{code}"


async def ask(uow: UnitOfWork, person: Person, code: str, on: int | None) -> None:
    """Her next text goes to the coordinators alone. Raises NotAllowed for another's appeal."""
    require(person, Right.WRITE)
    case = await _hers(uow, person, CaseCode(code))
    await uow.people.await_text(person, slot(case.file.code), TYPED_WITHIN)
    heard = bool(await _hearing(uow, case.file.code))
    await uow.outbox.put(messages.ask(person, case, heard=heard, on=on), to=person)


async def written(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, piece: Piece, message_id: int
) -> None:
    """What she tells the coordinators. Raises Unfit for what is no text: nothing of it goes to anybody.

    It is looked through for danger as all her words are: she is answered at once, and those who read it know; the
    card, which the lawyer sees too, says nothing of it.
    """
    require(person, Right.WRITE)
    case = await _hers(uow, person, code)
    if piece.kind is not Kind.TEXT:
        raise Unfit("refusal.text_only")
    goes_on = len(piece.text) >= GOES_ON_FROM
    await uow.people.await_text(person, slot(code) if goes_on else None, TYPED_WITHIN)
    await uow.complaints.add(code, piece, uow.now + REMINDED_EVERY)
    uow.threads.show(uow.cipher.lookup("account", person.account), message_id, slot(code), code)
    uow.journal.note(Action.COMPLAINED, actor=person, case=code)
    urgent = await screening.of_complaint(uow, settings, person, piece)
    heard = await _tell(uow, code, "complaint.urgent" if urgent else "complaint.came", urgent=urgent)
    key = "complaint.goes_on" if goes_on else "complaint.kept" if heard else "complaint.kept_for_later"
    await uow.outbox.put(messages.kept(person, case, key, goes_on=goes_on), to=person, case=code, topic=code)


async def show_waiting(uow: UnitOfWork, coordinator: Person) -> None:
    """What is not settled, as far as it is for this coordinator."""
    require(coordinator, Right.COMPLAINTS)
    waiting = await uow.complaints.waiting()
    theirs = [code for code in waiting if coordinator.id not in await uow.complaints.not_for(code)]
    await uow.outbox.put(messages.listed(coordinator, theirs), to=coordinator)


async def show(uow: UnitOfWork, settings: Settings, coordinator: Person, code: CaseCode) -> None:
    """Her words, and what can be done; that they were read is noted."""
    waiting = await _waiting(uow, coordinator, code)
    uow.journal.note(Action.COMPLAINT_READ, actor=coordinator, case=code)
    for method in messages.words(coordinator, waiting, settings.zone):
        await uow.outbox.put(method, case=code, slot=slot(code))
    await uow.outbox.put(await _standing(uow, coordinator, code, waiting), case=code, slot=slot(code))


async def take(uow: UnitOfWork, coordinator: Person, code: CaseCode) -> None:
    """This coordinator sees to it. Raises Taken when another does, who may still read it."""
    waiting = await _waiting(uow, coordinator, code)
    others = {each.id: each for each in await _hearing(uow, code) if each.id != coordinator.id}
    if not await uow.complaints.take(code, coordinator.id, [*others]):
        other = next((others[each.taken_by] for each in waiting if each.taken_by in others), None)
        name = (other and other.working_name) or label(coordinator.language, "team.unnamed")
        raise Taken("refusal.complaint_taken", code=code, name=name)
    uow.journal.note(Action.COMPLAINT_TAKEN, actor=coordinator, case=code)
    await _show_as_it_stands(uow, code)


async def ask_answer(uow: UnitOfWork, coordinator: Person, code: CaseCode) -> None:
    """The coordinator's next text goes to her."""
    await _waiting(uow, coordinator, code)
    await uow.people.await_text(coordinator, f"{ANSWER}{code}", TYPED_WITHIN)
    await uow.outbox.put(messages.ask_answer(coordinator, code), case=code, slot=slot(code))


async def answer(
    uow: UnitOfWork, settings: Settings, coordinator: Person, code: CaseCode, piece: Piece, message_id: int
) -> None:
    """The answer, the way she may be written to; the coordinator sees how it goes. Raises Unfit for what is no text."""
    await _waiting(uow, coordinator, code)
    if piece.kind is not Kind.TEXT:
        raise Unfit("refusal.text_only")
    await uow.people.await_text(coordinator, None)
    chat = uow.cipher.lookup("account", coordinator.account)
    uow.threads.show(chat, message_id, slot(code), code)
    uow.chats.stand(chat, message_id, case=code)
    await uow.complaints.answer(code, piece, coordinator.id)
    uow.journal.note(Action.COMPLAINT_ANSWERED, actor=coordinator, case=code)
    case = await _case(uow, code)
    her = await uow.people.get(case.file.seeker)
    reach = None
    for method in messages.answer(her, case, piece):
        reach = await tell(uow, settings, case.file, method, slot=slot(code))
    receipt = to_lawyer.line(coordinator, f"relay.{reach or 'unreachable'}", code)
    await uow.outbox.put(receipt, case=code, slot=slot(code))
    await _show_as_it_stands(uow, code)


async def settle(uow: UnitOfWork, settings: Settings, coordinator: Person, code: CaseCode) -> None:
    """Nothing more is to be done. Whoever was never answered is told at least that it was read."""
    waiting = await _waiting(uow, coordinator, code)
    await uow.complaints.settle(code)
    uow.journal.note(Action.COMPLAINT_SETTLED, actor=coordinator, case=code)
    if any(each.due for each in waiting):
        case = await _case(uow, code)
        her = await uow.people.get(case.file.seeker)
        await tell(uow, settings, case.file, messages.read(her, case), slot=slot(code))
    await _show_as_it_stands(uow, code)


async def remind(uow: UnitOfWork, settings: Settings) -> int:
    """Nobody has answered for a day: those who may read it hear of it again; of how many cases.

    Where nobody may read it any more, as when the only coordinator took the case, she hears that it waits.
    """
    due = await uow.complaints.due()
    for code in due:
        await uow.complaints.put_off(code, uow.now + REMINDED_EVERY)
        if not await _tell(uow, code, "complaint.still") and not await uow.outbox.spoken(_later(code), SHE_HEARS_EVERY):
            case = await _case(uow, code)
            her = await uow.people.get(case.file.seeker)
            waits = messages.kept(her, case, "complaint.kept_for_later", goes_on=False)
            await tell(uow, settings, case.file, waits, slot=_later(code))
    return len(due)


async def _tell(uow: UnitOfWork, code: CaseCode, key: str, *, urgent: bool = False) -> bool:
    """One line with a code and a button, to every coordinator whom it may reach; False when there is none."""
    hearing = await _hearing(uow, code)
    for coordinator in hearing:
        await uow.outbox.put(
            messages.notice(coordinator, key, code),
            to=coordinator,
            case=code,
            slot=slot(code),
            replaceable=True,
            mark=label(coordinator.language, "relay.repeated"),
            lane=Lane.IMMEDIATE_CARD if urgent else Lane.CONVERSATION,
        )
    return bool(hearing)


async def _show_as_it_stands(uow: UnitOfWork, code: CaseCode) -> None:
    """In each chat where it stands: who sees to it, or that it is settled."""
    waiting = await uow.complaints.of(code, unsettled=True)
    for coordinator in await _hearing(uow, code):
        shown = await uow.threads.message_of(uow.cipher.lookup("account", coordinator.account), slot(code))
        if shown is not None:
            standing = await _standing(uow, coordinator, code, waiting, on=shown)
            await uow.outbox.put(standing, case=code, slot=slot(code), lane=Lane.EDIT)


async def _standing(
    uow: UnitOfWork, coordinator: Person, code: CaseCode, waiting: list[Complaint], on: int | None = None
) -> messages.Screen:
    taken = next((each.taken_by for each in reversed(waiting) if each.taken_by), None)
    taker = await uow.people.by_id(taken) if taken else None
    name = (taker.working_name or label(coordinator.language, "team.unnamed")) if taker else None
    return messages.standing(coordinator, code, waiting, name, on)


async def _hearing(uow: UnitOfWork, code: CaseCode) -> list[Person]:
    kept_from = await uow.complaints.not_for(code)
    return [each for each in await uow.people.coordinators(code) if each.id not in kept_from]


async def _waiting(uow: UnitOfWork, coordinator: Person, code: CaseCode) -> list[Complaint]:
    """What is not settled of this case. Raises NotFound for a case of his own, OutOfDate when nothing is left."""
    require(coordinator, Right.COMPLAINTS)
    case = await uow.cases.find(code)
    if case is None or isinstance(case, Shut) or coordinator.id in await uow.complaints.not_for(code):
        raise NotFound("refusal.no_case", code=code)
    waiting = await uow.complaints.of(code, unsettled=True)
    if not waiting:
        raise OutOfDate("refusal.moved_on", code=code)
    return waiting


async def _case(uow: UnitOfWork, code: CaseCode) -> Case:
    case = await uow.cases.find(code)
    assert case is not None
    return case


async def _hers(uow: UnitOfWork, person: Person, code: CaseCode) -> Case:
    case = await uow.cases.find(code)
    if case is None or case.file.seeker != person.id or isinstance(case, Shut):
        raise NotAllowed("refusal.no_case", code=code)
    return case
