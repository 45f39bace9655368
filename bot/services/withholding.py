"""What would lead to her is masked for the lawyer until she says so; where danger is immediate, nothing is asked.

A number in her words reaches him at once as a mask; a contact card or a place waits for her. She may let him see it:
then he takes a reason, which is journaled, and sees it. What she leaves hidden stays hidden for good.
"""

from collections.abc import Sequence

from bot.domain.case import Case, Claimed
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Entry, Piece, Withheld
from bot.domain.journal import Action
from bot.domain.masking import WHOLE, Trace, masked, traces
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.domain.triage import Urgency
from bot.i18n import label
from bot.services import queue
from bot.services.reach import pass_on
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Why
from bot.telegram.messages import conversation
from bot.telegram.messages import withheld as messages

REASONS = {Why.CALL: Action.UNMASKED_CALL, Why.DOCUMENT: Action.UNMASKED_DOCUMENT, Why.SAFETY: Action.UNMASKED_SAFETY}
"""How each reason stands in the journal."""

ASKED_ABOUT = 10
"""Of what is still open, so much is looked at to say what it could tell."""


async def weigh(uow: UnitOfWork, her: Person, case: Case, entries: Sequence[Entry]) -> None:
    """Note which of these words hold something that leads to her, tell her what a lawyer could learn, and ask.

    One question about all that is still open; a newer one takes the place of one that still waits to be sent.
    """
    for entry in entries:
        await about_files(uow, her, entry.piece)
    revealing = [entry for entry in entries if traces(entry.piece)]
    if not revealing:
        return
    immediate = case.file.urgency is Urgency.IMMEDIATE
    for entry in revealing:
        uow.withheld.keep(entry, Withheld.ALLOWED if immediate else Withheld.ASKED)
    newest = revealing[-1]
    if not immediate:
        words = messages.ask(her, newest.id, await _still_open(uow, newest.case))
    elif any(entry.piece.kind in WHOLE for entry in revealing):
        words = messages.went_at_once(her)
    else:
        return
    slot = f"withheld:{her.id}"
    await uow.outbox.put(words, to=her, case=newest.case, slot=slot, replaceable=True, reply_slot=entry_slot(newest.id))


async def about_files(uow: UnitOfWork, her: Person, piece: Piece) -> None:
    """With the first file or voice of hers, once: what such a thing tells besides what it shows."""
    if piece.file_id is None or her.told_files or (await uow.people.get(her.id)).told_files:
        return
    await uow.people.set(her, told_files=True)
    await uow.outbox.put(messages.about_files(her), to=her)


async def choose(uow: UnitOfWork, her: Person, number: int, *, let: bool, on: int | None) -> None:
    """Her word about everything asked up to this entry. Raises OutOfDate when nothing is left to choose."""
    require(her, Right.APPEAL)
    entry = await uow.threads.entry(number)
    case = await uow.cases.find(entry.case) if entry else None
    if entry is None or case is None or case.file.seeker != her.id:
        raise OutOfDate("refusal.old_button")
    decided = await uow.withheld.decide(entry.case, number, Withheld.ALLOWED if let else Withheld.DROPPED)
    if not decided:
        raise OutOfDate("refusal.old_button")
    uow.journal.note(Action.LET_SEE if let else Action.LEFT_HIDDEN, actor=her, case=entry.case)
    await uow.outbox.put(messages.chosen(her, let=let, on=on), to=her, case=entry.case)
    if isinstance(case, Claimed):
        lawyer = await uow.people.get(case.lawyer)
        for each in decided:
            await _tell_lawyer(uow, lawyer, each, let=let)


async def ask_why(uow: UnitOfWork, lawyer: Person, number: int, on: int | None) -> None:
    """Why does he want to see it?"""
    entry = await _for_lawyer(uow, lawyer, number)
    await uow.outbox.put(messages.ask_why(lawyer, entry.case, number, on), to=lawyer, case=entry.case)


async def unmask(uow: UnitOfWork, lawyer: Person, number: int, why: Why, on: int | None) -> None:
    """He sees her words whole; that he did, and why, is journaled. Raises NotAllowed without her yes."""
    entry = await _for_lawyer(uow, lawyer, number)
    uow.journal.note(REASONS[why], actor=lawyer, case=entry.case)
    await uow.outbox.put(messages.unmasked(lawyer, entry.case, why, on), to=lawyer, case=entry.case)
    head = label(lawyer.language, "relay.head", code=entry.case)
    slot = entry_slot(number)
    for method in conversation.rebuilt(lawyer, entry.piece, head, protected=True):
        await uow.outbox.put(
            method, case=entry.case, slot=slot, reply_slot=slot, mark=label(lawyer.language, "relay.repeated")
        )


async def allowed_piece(uow: UnitOfWork, entry: Entry) -> Piece | None:
    """What may leave this chat of an entry: whole, masked, or (a contact card, a place she did not allow) nothing."""
    if entry.author is Author.LAWYER or not traces(entry.piece):
        return entry.piece
    if await uow.withheld.state(entry.id) is Withheld.ALLOWED:
        return entry.piece
    return None if entry.piece.kind in WHOLE else masked(entry.piece)


async def _still_open(uow: UnitOfWork, code: CaseCode) -> list[Trace]:
    found: dict[Trace, None] = {}
    for number in (await uow.withheld.asked(code))[-ASKED_ABOUT:]:
        entry = await uow.threads.entry(number)
        found |= dict.fromkeys(traces(entry.piece) if entry else ())
    return list(found)


async def _tell_lawyer(uow: UnitOfWork, lawyer: Person, number: int, *, let: bool) -> None:
    entry = await uow.threads.entry(number)
    assert entry is not None
    if entry.piece.kind in WHOLE:
        await pass_on(uow, lawyer, entry)
    elif let:
        await uow.outbox.put(
            messages.may_be_shown(lawyer, entry.case, number), case=entry.case, reply_slot=entry_slot(number)
        )


async def _for_lawyer(uow: UnitOfWork, lawyer: Person, number: int) -> Entry:
    """The entry, for the lawyer who holds its case and may see it."""
    require(lawyer, Right.WORK)
    entry = await uow.threads.entry(number)
    if entry is None:
        raise OutOfDate("refusal.old_button")
    await queue.held(uow, CaseCode(entry.case), lawyer)
    if await uow.withheld.state(number) is not Withheld.ALLOWED:
        raise NotAllowed("refusal.withheld", code=entry.case)
    return entry
