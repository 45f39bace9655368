"""His words to her: into the case he means, and when that may be another than he thinks, he is asked first."""

from collections.abc import Sequence

from aiogram.methods import DeleteMessages, SendMessage

from bot.domain.case import Claimed
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.follow_up import Reach
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Entry, Piece
from bot.domain.masking import WHOLE
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.i18n import label
from bot.services import current, queue, receipts
from bot.services.reach import album_of, tell
from bot.settings import Settings
from bot.storage.drafts import DraftWord
from bot.storage.lanes import Lane
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import conversation
from bot.telegram.messages import lawyer as to_lawyer


async def from_lawyer(
    uow: UnitOfWork,
    settings: Settings,
    lawyer: Person,
    piece: Piece,
    message_id: int,
    reply_to: int | None,
    topic: CaseCode | None = None,
) -> None:
    """His words to her: the case in whose `topic` he writes, the one he replies in, or the current one.

    When the newest words in his chat are another person's, he is asked first; until then his words are kept. What he
    writes in a topic goes to its case and to no other. Raises Unfit when he holds none.
    """
    require(lawyer, Right.WORK)
    if piece.kind in WHOLE:
        raise Unfit("refusal.unfit", kind=label(lawyer.language, f"kind.{piece.kind}"))
    if topic is not None:
        await say(uow, settings, lawyer, await queue.held(uow, topic, lawyer), piece, message_id, reply_to)
        return
    case = await _case_answered(uow, lawyer, reply_to)
    if lawyer.drafting or (reply_to is None and await _other_words(uow, lawyer, case)):
        await _ask_first(uow, lawyer, piece, message_id)
        return
    await say(uow, settings, lawyer, case, piece, message_id, reply_to)
    if lawyer.case is None or lawyer.case.file.code != case.file.code:
        await current.choose(uow, lawyer.id, case.file.code)


async def say_in(
    uow: UnitOfWork, settings: Settings, lawyer: Person, case: Claimed, piece: Piece, message_id: int
) -> bool:
    """Words prepared for this case. False when the newest in his chat are another person's: he is asked first."""
    if lawyer.drafting or await _other_words(uow, lawyer, case):
        await _ask_first(uow, lawyer, piece, message_id)
        return False
    await say(uow, settings, lawyer, case, piece, message_id, None)
    return True


async def send_kept(uow: UnitOfWork, settings: Settings, lawyer: Person, code: CaseCode) -> None:
    """The lawyer has said which case the kept words are for. Raises OutOfDate when nothing is kept."""
    case = await queue.held(uow, code, lawyer)
    await uow.people.await_text(lawyer, None)  # he may have been asked for a note, and has said that this is none
    for word in await _taken(uow, lawyer):
        await say(uow, settings, lawyer, case, word.piece, word.message_id, None)
    await current.choose(uow, lawyer.id, code)


async def drop_kept(uow: UnitOfWork, lawyer: Person, on: int | None) -> None:
    """The kept words are for nobody. Raises OutOfDate when nothing is kept."""
    require(lawyer, Right.WORK)
    await _taken(uow, lawyer)
    await uow.outbox.put(to_lawyer.dropped(lawyer, on), to=lawyer)


async def say(
    uow: UnitOfWork,
    settings: Settings,
    lawyer: Person,
    case: Claimed,
    piece: Piece,
    message_id: int,
    reply_to: int | None,
) -> None:
    """Said, whatever comes of it: kept in the case and on its way to her."""
    chat, code = _chat(uow, lawyer), case.file.code
    entry = await uow.threads.add(code, Author.LAWYER, piece)
    replied = await uow.threads.shown(chat, reply_to) if reply_to is not None else None
    uow.threads.show(chat, message_id, entry_slot(entry.id), code)
    uow.chats.stand(chat, message_id, case=code)
    await to_her(uow, settings, lawyer, case, entry, replied.entry if replied else None)


async def to_her(
    uow: UnitOfWork, settings: Settings, lawyer: Person, case: Claimed, entry: Entry, reply_to: int | None
) -> None:
    """One entry of his to her phone, the way she chose; he is told when it waits, and once it has arrived.

    Raises Unfit for somebody who came by phone: nothing of it is kept, for nobody would ever read it.
    """
    her = await uow.people.get(case.file.seeker)
    if not her.has_chat:
        raise Unfit("refusal.by_phone", code=case.file.code)
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
    await receipts.make_room(uow, lawyer, case.file.code)
    if reach is not Reach.AT_ONCE:
        may_thaw = reach is Reach.FROZEN and not her.has_code
        await receipts.show(uow, lawyer, case.file.code, reach, may_thaw=may_thaw)


async def _ask_first(uow: UnitOfWork, lawyer: Person, piece: Piece, message_id: int) -> None:
    await uow.drafts.begin(lawyer.id)
    await uow.drafts.add_words(lawyer.id, message_id, piece)
    held = [each.file.code for each in await uow.cases.held_by(lawyer.id)]
    await ask_below(uow, lawyer, to_lawyer.which_case(lawyer, held))


async def ask_below(uow: UnitOfWork, lawyer: Person, ask: SendMessage) -> None:
    """Asked below what he wrote last; the same question above goes, so that one alone stands in his chat."""
    slot = f"which:{lawyer.id}"
    older = await uow.threads.messages_of(_chat(uow, lawyer), slot)
    if older:
        gone = DeleteMessages(chat_id=lawyer.account, message_ids=older)
        await uow.outbox.put(gone, lane=Lane.URGENT)
        await uow.threads.forget(_chat(uow, lawyer), older)
    await uow.outbox.put(ask, to=lawyer, slot=slot, replaceable=True)


async def _taken(uow: UnitOfWork, lawyer: Person) -> Sequence[DraftWord]:
    """The kept words, each as it reads now; kept no more."""
    words = {word.replaces or word.id: word for word in await uow.drafts.words(lawyer.id)}
    if not words:
        raise OutOfDate("refusal.old_button")
    await uow.drafts.discard(lawyer.id)
    return list(words.values())


async def _case_answered(uow: UnitOfWork, lawyer: Person, reply_to: int | None) -> Claimed:
    if reply_to is not None:
        shown = await uow.threads.shown(_chat(uow, lawyer), reply_to)
        if shown is not None and shown.case is not None:
            return await queue.held(uow, shown.case, lawyer)
    if isinstance(lawyer.case, Claimed):
        return lawyer.case
    raise Unfit("refusal.choose_case" if await uow.cases.held_by(lawyer.id) else "refusal.which_case")


async def _other_words(uow: UnitOfWork, lawyer: Person, case: Claimed) -> bool:
    """True when what stands last in his chat belongs to another case, be it one he holds no more."""
    newest = await uow.threads.newest_case(_chat(uow, lawyer))
    return newest is not None and newest != case.file.code


def _chat(uow: UnitOfWork, person: Person) -> str:
    return uow.cipher.lookup("account", person.account)
