"""The conversation: her words reach the lawyer who holds her case, his words reach her; neither learns who."""

from bot.domain.case import Case, Claimed, Closed
from bot.domain.errors import NotAllowed, Unfit
from bot.domain.flood import Fold
from bot.domain.follow_up import REOPENS_AFTER, ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Piece
from bot.domain.people import Person
from bot.domain.rights import Right, allowed, require
from bot.services import answering, screening, status, withholding
from bot.services.pacing import pass_on_paced
from bot.settings import Settings
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import conversation
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import seeker as to_seeker


async def reacted(uow: UnitOfWork, her: Person, message_id: int, emoji: str | None) -> None:
    """A silent receipt of hers, shown to the lawyer who holds the case; None: she took it back."""
    if not allowed(her, Right.WRITE):
        return
    shown = await uow.threads.shown(_chat(uow, her), message_id)
    case = await uow.cases.find(shown.case) if shown and shown.case and shown.entry is not None else None
    if shown is None or not isinstance(case, Claimed) or case.file.seeker != her.id:
        return
    lawyer, slot = await uow.people.get(case.lawyer), f"reacted:{shown.slot}"
    if emoji is None and await uow.threads.message_of(_chat(uow, lawyer), slot) is None:
        return
    line = to_lawyer.reaction(lawyer, case.file.code, emoji)
    await uow.outbox.put(line, case=case.file.code, slot=slot, replaceable=True, reply_slot=shown.slot)


async def from_seeker(
    uow: UnitOfWork,
    settings: Settings,
    her: Person,
    piece: Piece,
    message_id: int,
    reply_to: int | None,
    topic: CaseCode | None = None,
) -> None:
    """Her words into her case, or that of the `topic` she writes in: to who holds it, or kept until somebody does."""
    require(her, Right.WRITE)
    case = await _case_meant(uow, her, reply_to, topic)
    entry = await uow.threads.add(case.file.code, Author.SEEKER, piece)
    uow.threads.show(_chat(uow, her), message_id, entry_slot(entry.id), case.file.code)
    case = await screening.of_case(uow, settings, her, case, piece, topic)
    await withholding.weigh(uow, her, case, [entry])
    match case:
        case Claimed():
            await status.she_wrote(uow, settings, case)
            fold = await pass_on_paced(uow, her, case, entry, reply_to=await _replied(uow, her, reply_to))
            if fold is not Fold.MORE:
                await uow.outbox.put(conversation.receipt(her.account, message_id), to=her, case=case.file.code)
        case Closed():
            await _after_closing(uow, her, case)
        case _:
            await uow.outbox.put(
                to_seeker.line(her, "case.added", code=case.file.code),
                to=her,
                slot=f"receipt:{her.id}",
                replaceable=True,
                topic=case.file.code,
            )


async def edited(uow: UnitOfWork, settings: Settings, person: Person, piece: Piece, message_id: int) -> bool:
    """A new version of something said: the other side sees it, the old one is kept. False when it was never said."""
    author = Author.LAWYER if allowed(person, Right.WORK) else Author.SEEKER
    require(person, Right.WORK if author is Author.LAWYER else Right.WRITE)
    shown = await uow.threads.shown(_chat(uow, person), message_id)
    if shown is None or shown.entry is None or shown.case is None:
        return await _edited_draft(uow, settings, person, piece, message_id)
    case = await uow.cases.find(shown.case)
    if case is None or not _speaks_in(person, author, case):
        raise NotAllowed("refusal.not_yours", code=shown.case)
    entry = await uow.threads.add(shown.case, author, piece, replaces=shown.entry)
    if author is Author.SEEKER:
        case = await screening.of_case(uow, settings, person, case, piece)
        await withholding.weigh(uow, person, case, [entry])
    if isinstance(case, Claimed):
        if author is Author.SEEKER:
            await pass_on_paced(uow, person, case, entry)
            await uow.outbox.put(conversation.receipt(person.account, message_id), to=person, case=shown.case)
        else:
            await answering.to_her(uow, settings, person, case, entry, shown.entry)
    else:
        kept = to_seeker.line(person, "edited.kept")
        await uow.outbox.put(kept, to=person, slot=f"receipt:{person.id}", replaceable=True)
    return True


async def closed_of(uow: UnitOfWork, her: Person, code: CaseCode) -> Closed:
    """Her own closed case, with nothing pending about it any more. Raises NotAllowed for another's."""
    require(her, Right.WRITE)
    case = await uow.cases.get(code, Closed)
    if case.file.seeker != her.id:
        raise NotAllowed("refusal.no_case", code=code)
    await uow.reminders.drop(code, ReminderKind.AFTER_CLOSING)
    return case


async def new_from_closed(uow: UnitOfWork, her: Person, case: Closed) -> None:
    """Something new: a draft that begins with what she wrote after closing; the words stay in the old case too.

    A second tap takes nothing a second time: what is in the draft, or has gone on in another appeal, stays there.
    """
    await uow.drafts.begin(her.id)
    for entry in await uow.threads.of(case.file.code):
        if entry.author is Author.SEEKER and entry.at >= case.at and entry.replaces is None:  # one batch, one moment
            if await uow.drafts.word_of(her.id, -entry.id) or await uow.threads.shown(_chat(uow, her), -entry.id):
                continue
            await uow.drafts.add_words(her.id, -entry.id, entry.piece)


def _speaks_in(person: Person, author: Author, case: Case) -> bool:
    """She in her own case, he in the one he holds; who has left the team in none that he held."""
    if author is Author.SEEKER:
        return case.file.seeker == person.id
    return isinstance(case, Claimed) and case.lawyer == person.id


async def _case_meant(uow: UnitOfWork, her: Person, reply_to: int | None, topic: CaseCode | None) -> Case:
    """The case she replies in, or in whose topic she writes, or her current one."""
    shown = await uow.threads.shown(_chat(uow, her), reply_to) if reply_to is not None else None
    for code in (shown.case if shown else None, topic):
        meant = await uow.cases.find(code) if code else None
        if meant is not None and meant.file.seeker == her.id:
            return meant
    if her.case is None:
        raise Unfit("refusal.no_draft")
    return her.case


async def _replied(uow: UnitOfWork, person: Person, reply_to: int | None) -> int | None:
    """The entry that the message replied to shows."""
    if reply_to is None:
        return None
    shown = await uow.threads.shown(_chat(uow, person), reply_to)
    return shown.entry if shown else None


async def _after_closing(uow: UnitOfWork, her: Person, case: Closed) -> None:
    await uow.reminders.set(case.file.code, ReminderKind.AFTER_CLOSING, uow.now + REOPENS_AFTER)
    ask = to_seeker.after_closing(her, case.file.code)
    await uow.outbox.put(ask, to=her, slot=f"after:{case.file.code}", replaceable=True, topic=case.file.code)


async def _edited_draft(uow: UnitOfWork, settings: Settings, person: Person, piece: Piece, message_id: int) -> bool:
    word = await uow.drafts.word_of(person.id, message_id)
    if word is None:
        return False
    await uow.drafts.add_words(person.id, message_id, piece, replaces=word)
    if not person.on_the_team:
        await screening.of_draft(uow, settings, person, piece)
    kept = to_seeker.line(person, "edited.kept")
    await uow.outbox.put(kept, to=person, slot=f"receipt:{person.id}", replaceable=True)
    return True


def _chat(uow: UnitOfWork, person: Person) -> str:
    return uow.cipher.lookup("account", person.account)
