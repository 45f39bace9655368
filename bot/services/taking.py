"""Taking a case without its card: by its code, or the next one that suits."""

from bot.domain.case import Queued
from bot.domain.errors import NotAllowed, NotFound, OutOfDate, Taken, Unfit
from bot.domain.ids import typed_code
from bot.domain.people import Person
from bot.domain.profile import Profile, may_be_next
from bot.domain.rights import Right, require
from bot.services import profiles, queue
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import leave as messages


async def claim(uow: UnitOfWork, settings: Settings, lawyer: Person, typed: str) -> None:
    """The case with this code. Raises Unfit for what is no code, NotFound, Taken, or OutOfDate when it has ended."""
    require(lawyer, Right.TAKE)
    code = typed_code(typed)
    if code is None:
        raise Unfit("claim.how")
    await queue.claim(uow, settings, code, lawyer)


async def take_next(uow: UnitOfWork, settings: Settings, lawyer: Person) -> None:
    """The next case that suits him: the most urgent first, and of those the one that has waited longest.

    Somebody else may be first at the same moment: then it is the one after. Raises NotAllowed while he is on leave.
    """
    require(lawyer, Right.TAKE)
    profile = await uow.profiles.of(lawyer.id)
    if profile.away(uow.now):
        raise NotAllowed("refusal.away")
    not_his = await uow.profiles.conflicts_of(lawyer.id)
    waiting = [
        each for each in await uow.cases.queue() if each.file.code not in not_his and each.file.seeker != lawyer.id
    ]
    for case in waiting:
        if await _is_his(uow, case, profile) and await _claimed(uow, settings, case, lawyer):
            return
    await uow.outbox.put(messages.nothing_next(lawyer, len(waiting)), to=lawyer)


async def _is_his(uow: UnitOfWork, case: Queued, profile: Profile) -> bool:
    asked = case.file.prefers_woman and not profile.woman
    women = (await profiles.suited_to(uow, case)).women if asked else 0
    return may_be_next(case, profile, women, uow.now)


async def _claimed(uow: UnitOfWork, settings: Settings, case: Queued, lawyer: Person) -> bool:
    """False when somebody else was first."""
    try:
        await queue.claim(uow, settings, case.file.code, lawyer)
    except (Taken, OutOfDate, NotFound):
        return False
    return True
