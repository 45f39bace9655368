"""What somebody on the team writes when the hotline has asked for words: a note, a reason, the note of a hand-over."""

from collections.abc import Sequence

from bot.domain.case_notes import WRITTEN, NoteKind, Wanted
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.ids import CaseCode
from bot.domain.intake import Piece
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import answering, case_notes, ending, hand_over, queue
from bot.services.case_notes import Said
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import case_notes as messages


async def ask_note(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """What shall be written down? Raises NotAllowed for a case that he neither holds nor has closed."""
    await ending.worked_on(uow, code, lawyer)
    await case_notes.ask(uow, settings, lawyer, Wanted(NoteKind.NOTE, code))


async def answered(
    uow: UnitOfWork, settings: Settings, person: Person, wanted: Wanted | None, said: Sequence[Said]
) -> None:
    """A reply to what the hotline asked for, or to a note. Raises Unfit for a reply to an offer: nobody reads that."""
    require(person, Right.WORK)
    if wanted is None:
        raise Unfit("hand_over.no_reply")
    match wanted.kind:
        case NoteKind.CLOSING:
            await ending.worked_on(uow, wanted.case, person)
            await case_notes.keep(uow, person, wanted, said)
            await ending.close(uow, settings, wanted, person)
        case NoteKind.REOPENING:
            await ending.ended(uow, wanted.case, person)
            note = await case_notes.keep(uow, person, wanted, said, told=False)
            await ending.reopen(uow, settings, note, person)
        case NoteKind.HAND_OVER:
            case = await queue.held(uow, wanted.case, person)
            note = await case_notes.keep(uow, person, wanted, said, told=False)
            await hand_over.give(uow, settings, case, wanted.leads_to, note, person)
        case NoteKind.NOTE:
            await ending.worked_on(uow, wanted.case, person)
            await case_notes.keep(uow, person, wanted, said)
        case NoteKind.REACH | NoteKind.TOLD:
            raise OutOfDate("refusal.old_button")


async def unsure(uow: UnitOfWork, person: Person, wanted: Wanted, said: Said) -> None:
    """No reply to anything while a question is open: his words go nowhere before he says what they are."""
    require(person, Right.WORK)
    await uow.drafts.begin(person.id)
    await uow.drafts.add_words(person.id, *said)
    held = [each.file.code for each in await uow.cases.held_by(person.id)]
    await answering.ask_below(uow, person, messages.unsure(person, wanted, held))


async def take(uow: UnitOfWork, settings: Settings, person: Person, wanted: Wanted, on: int | None) -> None:
    """They were what was asked for. Raises OutOfDate when nothing is kept."""
    require(person, Right.WORK)
    said: dict[int, Said] = {}
    for word in await uow.drafts.words(person.id):
        said[word.replaces or word.id] = (word.message_id, word.piece)
    if not said:
        raise OutOfDate("refusal.old_button")
    await uow.drafts.discard(person.id)
    await answered(uow, settings, person, wanted, list(said.values()))
    await uow.outbox.put(messages.taken(person, wanted, on), to=person, lane=Lane.URGENT)


async def drop(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """They were for nobody."""
    require(person, Right.WORK)
    await uow.people.await_text(person, None)
    await uow.drafts.discard(person.id)
    await uow.outbox.put(messages.dropped(person, on), to=person, lane=Lane.URGENT)


async def edited(uow: UnitOfWork, person: Person, slot: str, piece: Piece) -> None:
    """He has edited a message that is a note."""
    await case_notes.change(uow, person, int(slot.removeprefix(WRITTEN)), piece)


def wanted_by(slot: str, code: CaseCode | None) -> Wanted | None:
    """What a reply to this slot is: an answer to the question, or one more note; None for a reply to an offer."""
    if slot.startswith(WRITTEN) and code is not None:
        return Wanted(NoteKind.NOTE, code)
    return Wanted.of(slot)
