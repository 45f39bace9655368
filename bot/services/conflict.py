"""A conflict of interest: a lawyer who says *not me* never sees this case again."""

from bot.domain.case import Claimed, Queued, Shut
from bot.domain.errors import NotFound
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import cards, offers, paging, queue
from bot.services.sweeping import sweep
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork


async def not_me(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> bool:
    """A conflict of interest: this lawyer never sees this case again. True when he held it: it waits for another now.

    What stands or waits about it in his chat goes, as far as Telegram lets it be deleted.
    """
    require(lawyer, Right.TAKE)
    case = await uow.cases.find(code)
    if case is None or isinstance(case, Shut):
        raise NotFound("refusal.no_case", code=code)
    await uow.cases.set_conflict(code, lawyer.id)
    uow.journal.note(Action.CONFLICT, actor=lawyer, case=code)
    held = isinstance(case, Claimed) and case.lawyer == lawyer.id
    if isinstance(case, Claimed) and held:
        await queue.back_to_queue(uow, settings, case, actor=lawyer, action=Action.RELEASED)
    else:
        await uow.cases.touch(case)
        await paging.hurry(uow, case)
    if isinstance(case, Queued):
        await cards.update(uow, settings, case)
    await offers.give_back(uow, case, lawyer)
    await sweep(uow, code, lawyer)
    return held
