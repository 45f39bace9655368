"""Evidence: a copy the lawyer may keep, made only with her consent, journaled, with a fingerprint of what it holds."""

from bot.domain.case import Claimed
from bot.domain.consent import Purpose
from bot.domain.errors import NotAllowed, Unfit
from bot.domain.ids import CaseCode
from bot.domain.intake import Entry, Piece
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.i18n import label
from bot.services import consenting, queue
from bot.services.withholding import allowed_piece
from bot.settings import Settings
from bot.storage.lanes import Fingerprint
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import evidence as messages
from bot.telegram.messages import lawyer as to_lawyer


async def explain(uow: UnitOfWork, code: CaseCode, lawyer: Person) -> None:
    """How a message is saved, for the lawyer who holds the case."""
    await queue.held(uow, code, lawyer)
    await uow.outbox.put(to_lawyer.line(lawyer, "evidence.how", code), to=lawyer, case=code)


async def save(uow: UnitOfWork, settings: Settings, lawyer: Person, reply_to: int | None) -> None:
    """An unprotected copy of the message he replied to; without her consent she is asked, and he is told so.

    Raises Unfit when he replied to no message of a case, NotAllowed for another's case and for what she keeps hidden.
    """
    require(lawyer, Right.WORK)
    entry = await _replied_to(uow, lawyer, reply_to)
    case = await queue.held(uow, entry.case, lawyer)
    piece = await allowed_piece(uow, entry)
    if piece is None:
        raise NotAllowed("refusal.withheld", code=entry.case)
    if not case.file.consents.allow(Purpose.EVIDENCE):
        await _ask(uow, settings, lawyer, case)
        return
    uow.journal.note(Action.SAVED, actor=lawyer, case=entry.case)
    await _copy(uow, settings, lawyer, entry, piece)


async def _ask(uow: UnitOfWork, settings: Settings, lawyer: Person, case: Claimed) -> None:
    """She is asked, once: a no of hers stands until she changes it herself."""
    answers = [each for each in await uow.consents.of(case.file.code) if each.purpose is Purpose.EVIDENCE]
    if not answers:
        await consenting.ask(uow, settings, case, Purpose.EVIDENCE)
    line = to_lawyer.line(lawyer, "evidence.refused" if answers else "evidence.asked", case.file.code)
    await uow.outbox.put(line, to=lawyer, case=case.file.code)


async def _copy(uow: UnitOfWork, settings: Settings, lawyer: Person, entry: Entry, piece: Piece) -> None:
    slot = f"evidence:{entry.id}"
    for method in messages.copy(lawyer, entry, piece, settings.zone):
        await uow.outbox.put(method, case=entry.case, slot=slot, mark=label(lawyer.language, "relay.repeated"))
    fingerprint = None
    if piece.file_id is not None:
        found, too_large = messages.file_lines(lawyer)
        fingerprint = Fingerprint(piece.file_id, found, too_large)
    below = messages.below(lawyer, entry, piece)
    await uow.outbox.put(below, case=entry.case, reply_slot=slot, fingerprint=fingerprint)


async def _replied_to(uow: UnitOfWork, lawyer: Person, reply_to: int | None) -> Entry:
    chat = uow.cipher.lookup("account", lawyer.account)
    shown = await uow.threads.shown(chat, reply_to) if reply_to is not None else None
    entry = await uow.threads.entry(shown.entry) if shown is not None and shown.entry is not None else None
    if entry is None:
        raise Unfit("refusal.save")
    return entry
