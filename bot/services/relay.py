"""The conversation: her words reach the lawyer who holds her case, his words reach her; neither learns who."""

from bot.domain.case import Case, Claimed, Closed
from bot.domain.errors import NotAllowed, OutOfDate, Unfit
from bot.domain.flood import Fold
from bot.domain.follow_up import REOPENS_AFTER, Reach, ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Entry, Piece
from bot.domain.masking import WHOLE
from bot.domain.people import Person
from bot.domain.rights import Right, allowed, require
from bot.i18n import label
from bot.services import queue, screening, status, withholding
from bot.services.pacing import pass_on_paced
from bot.services.reach import album_of, tell
from bot.settings import Settings
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import conversation
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import seeker as to_seeker


async def reacted(uow: UnitOfWork, her: Person, message_id: int, emoji: str) -> None:
    """A silent receipt of hers, shown to the lawyer who holds the case."""
    if not allowed(her, Right.WRITE):
        return
    shown = await uow.threads.shown(_chat(uow, her), message_id)
    case = await uow.cases.find(shown.case) if shown and shown.case and shown.entry is not None else None
    if not isinstance(case, Claimed) or case.file.seeker != her.id:
        return
    lawyer = await uow.people.get(case.lawyer)
    await uow.outbox.put(
        to_lawyer.line(lawyer, "relay.reacted", case.file.code, emoji=emoji),
        case=case.file.code,
        slot=f"reacted:{shown.slot if shown else case.file.code}",
        replaceable=True,
        reply_slot=shown.slot if shown else None,
    )


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


async def from_lawyer(
    uow: UnitOfWork, settings: Settings, lawyer: Person, piece: Piece, message_id: int, reply_to: int | None
) -> None:
    """His words to her: the case he replies in, or the current one. Raises Unfit when he holds none.

    When the newest words in his chat are another person's, he is asked first; until then his words are kept.
    """
    require(lawyer, Right.WORK)
    if piece.kind in WHOLE:
        raise Unfit("refusal.unfit", kind=label(lawyer.language, f"kind.{piece.kind}"))
    case = await _case_answered(uow, lawyer, reply_to)
    other = None if reply_to else await _newer_words(uow, lawyer, case)
    if other is not None or lawyer.drafting:
        await uow.drafts.begin(lawyer.id)
        await uow.drafts.add_words(lawyer.id, message_id, piece)
        ask = to_lawyer.which_case(lawyer, [each.file.code for each in await uow.cases.held_by(lawyer.id)])
        await uow.outbox.put(ask, to=lawyer, slot=f"which:{lawyer.id}", replaceable=True)
        return
    await _say(uow, settings, lawyer, case, piece, message_id, reply_to)


async def send_kept(uow: UnitOfWork, settings: Settings, lawyer: Person, code: CaseCode) -> None:
    """The lawyer has said which case the kept words are for. Raises OutOfDate when nothing is kept."""
    case = await queue.held(uow, code, lawyer)
    words = await uow.drafts.words(lawyer.id)
    if not words:
        raise OutOfDate("refusal.old_button")
    await uow.drafts.discard(lawyer.id)
    await uow.people.await_text(lawyer, None)  # he may have been asked for a note, and has said that this is none
    for word in words:
        await _say(uow, settings, lawyer, case, word.piece, word.message_id, None)


async def _say(
    uow: UnitOfWork,
    settings: Settings,
    lawyer: Person,
    case: Claimed,
    piece: Piece,
    message_id: int,
    reply_to: int | None,
) -> None:
    entry = await uow.threads.add(case.file.code, Author.LAWYER, piece)
    uow.threads.show(_chat(uow, lawyer), message_id, entry_slot(entry.id), case.file.code)
    uow.chats.stand(_chat(uow, lawyer), message_id, case=case.file.code)
    await _to_her(uow, settings, lawyer, case, entry, await _replied(uow, lawyer, reply_to))
    if lawyer.case is None or lawyer.case.file.code != case.file.code:
        await uow.people.set_current(lawyer.id, case.file.code)
        line = to_lawyer.line(lawyer, "desk.current", case.file.code)
        await uow.outbox.put(line, to=lawyer, slot=f"desk:{lawyer.id}", replaceable=True)


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
            await _to_her(uow, settings, person, case, entry, shown.entry)
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
        if entry.author is Author.SEEKER and entry.at > case.at and entry.replaces is None:
            if await uow.drafts.word_of(her.id, -entry.id) or await uow.threads.shown(_chat(uow, her), -entry.id):
                continue
            await uow.drafts.add_words(her.id, -entry.id, entry.piece)


async def _to_her(
    uow: UnitOfWork, settings: Settings, lawyer: Person, case: Claimed, entry: Entry, reply_to: int | None
) -> None:
    her = await uow.people.get(case.file.seeker)
    key = "relay.lawyer_edited" if entry.replaces else "relay.lawyer_case" if her.open_cases > 1 else "relay.lawyer"
    methods = conversation.to_her(her, entry.piece, label(her.language, key, code=case.file.code))
    reach: Reach | None = None
    for number, method in enumerate(methods, start=1):
        reach = await tell(
            uow,
            settings,
            case.file,
            method,
            slot=entry_slot(entry.id) if number == len(methods) else None,
            reply_slot=entry_slot(reply_to) if reply_to else None,
            album=album_of(entry) if len(methods) == 1 else None,
        )
    receipt = to_lawyer.line(lawyer, f"relay.{reach or 'unreachable'}", case.file.code)
    if reach is Reach.FROZEN and not her.has_code:
        receipt = to_lawyer.frozen(lawyer, case.file.code)
    await uow.outbox.put(
        receipt,
        to=lawyer,
        slot=f"receipt:{lawyer.id}:{case.file.code}",
        replaceable=True,
    )


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


async def _case_answered(uow: UnitOfWork, lawyer: Person, reply_to: int | None) -> Claimed:
    if reply_to is not None:
        shown = await uow.threads.shown(_chat(uow, lawyer), reply_to)
        if shown is not None and shown.case is not None:
            return await queue.held(uow, shown.case, lawyer)
    if isinstance(lawyer.case, Claimed):
        return lawyer.case
    raise Unfit("refusal.choose_case" if await uow.cases.held_by(lawyer.id) else "refusal.which_case")


async def _newer_words(uow: UnitOfWork, lawyer: Person, case: Claimed) -> CaseCode | None:
    """Another case he holds whose words came last into his chat; None when he goes on where he was."""
    newest = await uow.threads.newest_case(_chat(uow, lawyer))
    if newest is None or newest == case.file.code:
        return None
    other = await uow.cases.find(newest)
    return newest if isinstance(other, Claimed) and other.lawyer == lawyer.id else None


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
