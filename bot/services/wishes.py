"""What she may wish for her case: another lawyer, or rather a woman."""

from bot.domain import questionnaire
from bot.domain.case import Case, Claimed, Queued, Shut, Submitted
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import cards, intake, queue
from bot.services.sweeping import sweep
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import seeker as to_seeker
from bot.telegram.messages import wishes as messages


async def ask_another(uow: UnitOfWork, person: Person, code: CaseCode, on: int | None) -> None:
    """Shall another lawyer take it? Asked once; where there is no other she is told so before she decides."""
    case = await _claimed(uow, person, code)
    await uow.outbox.put(messages.ask_another(person, code, others=await _others(uow, case), on=on), to=person)


async def another(uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, on: int | None) -> None:
    """Her case waits for another lawyer; this one never sees it again, and is told no more than that it went on.

    What he had said to her before is hers and comes the way she may be written to; nothing he writes after this does.
    """
    case = await _claimed(uow, person, code)
    lawyer = await uow.people.get(case.lawyer)
    await uow.cases.set_conflict(code, lawyer.id)
    await queue.back_to_queue(uow, settings, case, actor=person, action=Action.WISHED_ANOTHER, told=None)
    await sweep(uow, code, lawyer)
    await uow.outbox.put(to_lawyer.line(lawyer, "lawyer.went_on", code), to=lawyer)
    await uow.outbox.put(messages.another(person, code, on), to=person, case=code)


async def prefer(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, *, woman: bool, on: int | None
) -> None:
    """She would rather have a woman, or no longer would; in an appeal she has not sent yet when there is no code."""
    require(person, Right.WRITE)
    if not code:
        answers = await uow.drafts.answers(person.id)
        if answers is None:
            raise OutOfDate("refusal.no_draft")
        await uow.drafts.keep(person.id, questionnaire.preferring(answers, woman))
        await intake.show_place(uow, settings, person, on=on)
        return
    case = await _hers(uow, person, code)
    if not isinstance(case, Submitted | Queued | Claimed):
        raise OutOfDate("refusal.moved_on", code=code)
    wished = case.preferring(woman)
    if wished != case:
        action = Action.WISHED_WOMAN if woman else Action.WISHED_ANYBODY
        await uow.cases.move(case, wished, actor=person, action=action)
        if isinstance(wished, Queued):
            await cards.update(uow, settings, wished)
    await uow.outbox.put(to_seeker.current(person, wished, on), to=person)


async def _others(uow: UnitOfWork, case: Claimed) -> bool:
    """True when somebody else on the team could take it."""
    there = [each.id for each in await uow.people.on_cases() if each.started and each.reachable]
    refused = [each for each in there if await uow.cases.in_conflict(case.file.code, each)]
    return bool(set(there) - {case.lawyer, *refused})


async def _claimed(uow: UnitOfWork, person: Person, code: CaseCode) -> Claimed:
    require(person, Right.WRITE)
    case = await _hers(uow, person, code)
    if not isinstance(case, Claimed):
        raise OutOfDate("refusal.moved_on", code=code)
    return case


async def _hers(uow: UnitOfWork, person: Person, code: CaseCode) -> Case:
    case = await uow.cases.find(code)
    if case is None or case.file.seeker != person.id or isinstance(case, Shut):
        raise NotAllowed("refusal.no_case", code=code)
    return case
