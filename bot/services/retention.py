"""Retention: an ended case is destroyed when its time has come, and never before those it matters to were told."""

from datetime import datetime

from bot.domain.case import Closed
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.retention import HERS, Hold, Kept, Reason, Step, Terms, erased_at, judge
from bot.domain.rights import Right, require
from bot.services import erasure, referring
from bot.services.reach import tell
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import retention as messages

_NOTED = {
    Reason.COURT: Action.KEPT_COURT,
    Reason.REFERRAL: Action.KEPT_REFERRAL,
    Reason.HER_WISH: Action.KEPT_WISH,
    Reason.NO_MORE: Action.KEPT_NO_MORE,
}
"""What the journal says of a reason; the others are deadlines."""


async def look(uow: UnitOfWork, settings: Settings) -> int:
    """Tell, ask or destroy, whatever is due of ended cases; drop what has had its time; how much that was."""
    done = await uow.retention.drop_old_drafts() + await uow.retention.forget_what_was_said()
    for kept in await uow.retention.due(_terms(settings)):
        match judge(kept, _terms(settings), uow.now):
            case Step.TELL:
                await _tell(uow, settings, kept)
            case Step.ASK:
                await _ask_again(uow, kept)
            case Step.ERASE:
                await erasure.destroy_case(uow, settings, kept.case)
            case Step.WAIT:
                continue
        done += 1
    for person in await uow.retention.absent():
        await uow.erasure.person(person, settings.zone)
        done += 1
    return done


async def why(uow: UnitOfWork, person: Person, code: CaseCode, on: int | None) -> None:
    """For which reason shall it be kept longer?"""
    require(person, Right.KEEP)
    kept = await _ended(uow, person, code)
    await uow.outbox.put(messages.choose_reason(person, kept, on), to=person)


async def keep(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, reason: Reason, on: int | None
) -> None:
    """It is kept for this reason, or need not be kept any more; the journal says who said so."""
    require(person, Right.KEEP)
    kept = await _ended(uow, person, code)
    if reason is Reason.NO_MORE:
        await uow.retention.hold(code, None)
        await referring.settle(uow, settings, code, person)
    elif reason is Reason.HER_WISH:
        await uow.retention.keep(code, until=uow.now + HERS)
    elif reason.deadline is not None:
        await uow.retention.hold(code, Hold.DEADLINE, uow.now + reason.deadline)
    else:
        await uow.retention.hold(code, Hold(reason))
    uow.journal.note(_NOTED.get(reason, Action.KEPT_DEADLINE), actor=person, case=code)
    until = _until(await uow.retention.of(kept.code), settings, uow.now)
    await uow.outbox.put(messages.kept(person, code, reason, until, settings.zone, on), to=person)


async def keep_mine(uow: UnitOfWork, settings: Settings, her: Person, code: CaseCode, on: int | None) -> None:
    """She keeps her own appeal longer. Raises NotAllowed for another's, OutOfDate for one that is not ended."""
    require(her, Right.ERASE)
    case = await uow.cases.find(code)
    if case is None or case.file.seeker != her.id:
        raise NotAllowed("refusal.no_case", code=code)
    if not isinstance(case, Closed):
        raise OutOfDate("refusal.moved_on", code=code)
    await uow.retention.keep(code, until=uow.now + HERS)
    uow.journal.note(Action.KEPT_WISH, actor=her, case=code)
    until = _until(await uow.retention.of(code), settings, uow.now)
    await uow.outbox.put(messages.kept_for_her(her, code, until or uow.now + HERS, settings.zone, on), to=her)


async def _tell(uow: UnitOfWork, settings: Settings, kept: Kept) -> None:
    """The date, to whoever may keep it: the team, and she the way she chose."""
    at = erased_at(kept, _terms(settings), uow.now) or uow.now
    for member in await _told(uow, kept):
        await uow.outbox.put(messages.soon(member, kept, at, settings.zone), to=member)
    her = await uow.people.get(kept.case.file.seeker)
    await tell(uow, settings, kept.case.file, messages.soon_for_her(her, kept.code, at, settings.zone))
    await uow.retention.told(kept.code)


async def _ask_again(uow: UnitOfWork, kept: Kept) -> None:
    """Is the court, or the referral, still open? Nobody's answer keeps it too."""
    for member in await _told(uow, kept):
        await uow.outbox.put(messages.still(member, kept), to=member)
    await uow.retention.told(kept.code)


async def _told(uow: UnitOfWork, kept: Kept) -> list[Person]:
    """The lawyer who closed it, while he is on the team, and the coordinators; nobody who said *not me*."""
    lawyer = await uow.people.by_id(kept.case.lawyer)
    team = [lawyer] if lawyer is not None and lawyer.on_cases else []
    team += [each for each in await uow.people.coordinators() if each.id != kept.case.lawyer]
    return [each for each in team if not await uow.cases.in_conflict(kept.code, each.id)]


async def _ended(uow: UnitOfWork, person: Person, code: CaseCode) -> Kept:
    """An ended case this member may keep. Raises OutOfDate for one that is not ended, NotAllowed for another's."""
    kept = await uow.retention.of(code)
    if kept is None:
        raise OutOfDate("refusal.moved_on", code=code)
    if kept.case.lawyer != person.id:
        require(person, Right.KEEP_ANY)
    if await uow.cases.in_conflict(code, person.id):
        raise NotAllowed("refusal.conflict", code=code)
    return kept


def _until(kept: Kept | None, settings: Settings, now: datetime) -> datetime | None:
    return None if kept is None else erased_at(kept, _terms(settings), now)


def _terms(settings: Settings) -> Terms:
    return Terms(settings.kept_for, settings.kept_with_deadline)
