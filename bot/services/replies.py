"""Canned replies: chosen by title, seen in both languages, then sent exactly as his own words are."""

from dataclasses import replace

from bot.domain.case import Claimed
from bot.domain.errors import OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.intake import Kind, Piece
from bot.domain.people import LANGUAGES, Person
from bot.domain.reply import CannedReply, Chosen
from bot.replies import written_replies
from bot.services import answering, queue
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import replies as messages

A_PAGE = 8


async def every(uow: UnitOfWork) -> list[CannedReply]:
    """What coordinators added, then the replies of the files as they changed them; also what is switched off."""
    merged = {each.key: each for each in written_replies()}
    for kept in await uow.replies.all():
        known = merged.get(kept.key) or CannedReply(kept.key, {}, own=True)
        words = {**known.words, kept.language: kept.words}
        merged[kept.key] = replace(known, words=words, active=known.active and kept.active)
    return sorted(merged.values(), key=lambda each: not each.own)


async def find(uow: UnitOfWork, key: str) -> CannedReply:
    """This reply. Raises OutOfDate when there is none."""
    found = next((each for each in await every(uow) if each.key == key), None)
    if found is None:
        raise OutOfDate("refusal.old_button")
    return found


async def offer(uow: UnitOfWork, lawyer: Person, code: CaseCode, page: int, on: int | None) -> None:
    """The titles, in his language, a page of them."""
    await queue.held(uow, code, lawyer)
    offered = [each for each in await every(uow) if each.active]
    last = max(0, (len(offered) - 1) // A_PAGE)
    page = min(page, last)
    shown = offered[page * A_PAGE : (page + 1) * A_PAGE]
    await uow.outbox.put(messages.offer(lawyer, code, shown, page, last, on), to=lawyer, case=code)


async def preview(uow: UnitOfWork, lawyer: Person, code: CaseCode, key: str, language: str, on: int | None) -> None:
    """What she would read and what that is in his language; who has chosen no language is given the one he chooses."""
    case, reply = await _meant(uow, lawyer, code, key)
    hers = (await uow.people.get(case.file.seeker)).language or _spoken(language)
    screen = messages.preview(lawyer, code, reply, hers, on) if hers else messages.choose(lawyer, code, reply, on)
    await uow.outbox.put(screen, to=lawyer, case=code)


async def send(
    uow: UnitOfWork, settings: Settings, lawyer: Person, code: CaseCode, chosen: Chosen, on: int | None
) -> None:
    """The reply goes to her. Raises OutOfDate for one that was sent already, or says something else by now."""
    case, reply = await _meant(uow, lawyer, code, chosen.key)
    if on is None or chosen.language not in reply.words or reply.mark(chosen.language) != chosen.mark:
        raise OutOfDate("refusal.old_button")
    shown = await uow.threads.shown(uow.cipher.lookup("account", lawyer.account), on)
    if (shown is not None and shown.entry is not None) or await uow.drafts.word_of(lawyer.id, on) is not None:
        raise OutOfDate("refusal.old_button")
    said = await answering.say_in(uow, settings, lawyer, case, Piece(Kind.TEXT, reply.words[chosen.language]), on)
    await uow.outbox.put(messages.chosen(lawyer, code, reply, chosen.language, on, said=said), to=lawyer, case=code)


async def _meant(uow: UnitOfWork, lawyer: Person, code: CaseCode, key: str) -> tuple[Claimed, CannedReply]:
    case = await queue.held(uow, code, lawyer)
    reply = await find(uow, key)
    if not reply.active:
        raise OutOfDate("refusal.old_button")
    return case, reply


def _spoken(language: str) -> str | None:
    return language if language in LANGUAGES else None
