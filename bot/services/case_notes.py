"""Private notes: what the team writes down of a case. Nothing of it is ever said to her.

A note sent to her, or words to her kept as a note, must not happen. So only a reply to the question, or to a note, is a
note; a reply to anything of hers is for her; and what is written without a reply while a question is open goes nowhere
until he has said which of both it is.
"""

from collections.abc import Sequence
from datetime import timedelta

from aiogram.methods import DeleteMessages

from bot.domain.case_notes import NOTE_MOST, WANTED, CaseNote, NoteKind, Wanted, written_slot
from bot.domain.errors import NotAllowed, Unfit
from bot.domain.ids import CaseCode, PersonId
from bot.domain.intake import Kind, Piece
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.i18n import Markup, label
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import case_notes as messages
from bot.telegram.messages import lawyer as to_lawyer

OPEN_FOR = timedelta(hours=24)
"""So long he is asked what his words are, when he writes without a reply: the question still stands in his chat."""

Said = tuple[int, Piece]
"""A message of his: its id and what it says."""


async def ask(uow: UnitOfWork, settings: Settings, person: Person, wanted: Wanted, on: int | None = None) -> None:
    """Ask for words of this kind; what was written down before stands above."""
    before = await listed(uow, settings, person, wanted.case) if wanted.kind is NoteKind.NOTE else None
    await end(uow, person, wanted, on)
    await uow.people.await_text(person, wanted.slot, OPEN_FOR)
    await uow.outbox.put(messages.ask(person, wanted, before, on), to=person, case=wanted.case, slot=wanted.slot)
    await uow.outbox.put(messages.question(person, wanted), to=person, case=wanted.case, slot=wanted.slot)


async def cancel(uow: UnitOfWork, person: Person, wanted: Wanted, on: int | None) -> None:
    """He writes nothing down; what he writes from now on is for her again. The question is taken out of his chat."""
    require(person, Right.WORK)
    await end(uow, person, wanted, on)
    await uow.outbox.put(messages.cancelled(person, wanted, on), to=person, lane=Lane.URGENT)


async def end(uow: UnitOfWork, person: Person, wanted: Wanted, keep: int | None = None) -> None:
    """It is asked no more, and what asked it is taken out of his chat; `keep`: a message that says something else."""
    if (person.awaiting or "").startswith(WANTED):
        await uow.people.await_text(person, None)
    chat = uow.cipher.lookup("account", person.account)
    asked = [each for each in await uow.threads.messages_of(chat, wanted.slot) if each != keep]
    if asked:
        await uow.threads.forget(chat, asked)
        await uow.outbox.put(DeleteMessages(chat_id=person.account, message_ids=asked), lane=Lane.URGENT)


async def end_of(uow: UnitOfWork, person: Person, code: CaseCode, keep: int | None = None) -> None:
    """The case has left him, or he chooses anew how it ends: what was asked about it is asked no more."""
    wanted = Wanted.of(person.awaiting)
    if wanted is not None and wanted.case == code:
        await end(uow, person, wanted, keep)


async def keep(uow: UnitOfWork, person: Person, wanted: Wanted, said: Sequence[Said], *, told: bool = True) -> CaseNote:
    """What he wrote becomes a note of this case. Raises Unfit for what can't be one; the question stays open."""
    words = words_of([piece for _, piece in said])
    note = await uow.case_notes.add(wanted.case, person.id, wanted.kind, words)
    uow.journal.note(Action.NOTED, actor=person, case=wanted.case)
    chat = uow.cipher.lookup("account", person.account)
    for message_id, _ in said:
        slot = written_slot(note.id if len(said) == 1 else 0)  # one of several can't be edited by itself
        uow.threads.show(chat, message_id, slot, wanted.case)
        uow.chats.stand(chat, message_id, case=wanted.case)
    await uow.people.await_text(person, None)
    if told:
        await confirm(uow, person, note, "case_note.kept")
    return note


async def change(uow: UnitOfWork, person: Person, number: int, piece: Piece) -> None:
    """He has edited the message: the note is different. Raises NotAllowed for what others have acted upon by now."""
    require(person, Right.WORK)
    note = await uow.case_notes.find(number)
    case = await uow.cases.find(note.case) if note else None
    if note is None or case is None or note.author != person.id or note.kind is not NoteKind.NOTE:
        raise NotAllowed("case_note.fixed")
    if getattr(case, "lawyer", None) != person.id:
        raise NotAllowed("refusal.not_yours", code=note.case)
    await uow.case_notes.change(note, words_of([piece]))
    await confirm(uow, person, note, "case_note.changed")


async def confirm(uow: UnitOfWork, person: Person, note: CaseNote, key: str) -> None:
    """A line under his message: it is kept, and she has not been told."""
    slot = written_slot(note.id)
    line = to_lawyer.line(person, key, note.case)
    await uow.outbox.put(line, to=person, case=note.case, slot=slot, reply_slot=slot)


async def listed(uow: UnitOfWork, settings: Settings, reader: Person, code: CaseCode) -> Markup | None:
    """What was written down of a case, for whoever may read it; None when nothing was."""
    notes = await uow.case_notes.of(code)
    if not notes:
        return None
    return messages.listed(reader.language, notes, await names_of(uow, reader, notes), settings.zone)


async def show(uow: UnitOfWork, settings: Settings, lawyer: Person, code: CaseCode) -> None:
    """Whoever takes a case reads what those before him wrote down."""
    notes = await listed(uow, settings, lawyer, code)
    if notes is not None:
        more = Wanted(NoteKind.NOTE, code).slot  # who replies to notes writes one more, and never to her
        await uow.outbox.put(messages.all_of(lawyer, code, notes), case=code, slot=more)


async def names_of(uow: UnitOfWork, reader: Person, notes: list[CaseNote]) -> dict[PersonId, str]:
    """The working names of those who wrote them."""
    authors = {each: await uow.people.by_id(each) for each in dict.fromkeys(note.author for note in notes)}
    unnamed = label(reader.language, "team.unnamed")
    return {each: (found and found.working_name) or unnamed for each, found in authors.items()}


def words_of(pieces: Sequence[Piece]) -> str:
    """The words of a note. Raises Unfit for anything but words, and for too many of them."""
    if any(piece.kind is not Kind.TEXT for piece in pieces):
        raise Unfit("case_note.words_only")
    words = "\n".join(piece.text.strip() for piece in pieces).strip()
    if not words or len(words) > NOTE_MOST:
        raise Unfit("case_note.long", most=str(NOTE_MOST))
    return words
