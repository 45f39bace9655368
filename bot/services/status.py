"""The status of a case: what the lawyer who holds it says about whose turn it is."""

from bot.domain.case import Case, Claimed, Work
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.services import cards, queue
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import status as messages


async def ask(uow: UnitOfWork, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """How does it stand?"""
    case = await queue.held(uow, code, lawyer)
    await uow.outbox.put(messages.choose(lawyer, case, on), to=lawyer, case=code, lane=Lane.URGENT)


async def choose(
    uow: UnitOfWork, settings: Settings, code: CaseCode, work: Work, lawyer: Person, on: int | None
) -> None:
    """It stands so, on his desk and on the card; when it is her turn, he is not reminded before she writes."""
    case = await queue.held(uow, code, lawyer)
    now = case.doing(work, uow.now)
    await uow.cases.move(case, now, actor=lawyer, action=Action.STATUS)
    await cards.update(uow, settings, now, lawyer)
    await uow.outbox.put(messages.choose(lawyer, now, on), to=lawyer, case=code, lane=Lane.URGENT)


async def she_wrote(uow: UnitOfWork, settings: Settings, case: Case) -> None:
    """What he waited for has come: it is his turn again."""
    if isinstance(case, Claimed) and case.work is Work.WAITING_FOR_HER:
        await uow.cases.she_wrote(case.file.code)
        holder = await uow.people.get(case.lawyer)
        await cards.update(uow, settings, case.doing(Work.WORKING, uow.now), holder)
