"""Blocking: nothing more is taken from somebody, until a coordinator takes it again. Her cases stay as they are."""

from bot.domain.case import Case, Claimed
from bot.domain.errors import NotAllowed, NotFound, OutOfDate
from bot.domain.ids import CaseCode, PersonId
from bot.domain.journal import Action
from bot.domain.people import Grounds, Person
from bot.domain.rights import Right, allowed, require
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import blocking as messages
from bot.telegram.messages import lawyer as to_lawyer

_BLOCKED = {
    Grounds.THREATS: Action.BLOCKED_THREATS,
    Grounds.ADVERTISING: Action.BLOCKED_ADVERTISING,
    Grounds.FLOOD: Action.BLOCKED_FLOOD,
}


async def ask(uow: UnitOfWork, coordinator: Person, code: CaseCode) -> None:
    """On which grounds? Without a code: who is blocked now."""
    require(coordinator, Right.BLOCK)
    if not code:
        await _show(uow, coordinator)
        return
    await _case(uow, coordinator, code)
    await uow.outbox.put(messages.ask_grounds(coordinator, code), to=coordinator)


async def ask_sure(uow: UnitOfWork, coordinator: Person, code: CaseCode, grounds: Grounds, on: int | None) -> None:
    """What blocking means, before the last tap."""
    await _case(uow, coordinator, code)
    await uow.outbox.put(messages.ask_sure(coordinator, code, grounds, on), to=coordinator)


async def block(uow: UnitOfWork, coordinator: Person, code: CaseCode, grounds: Grounds, on: int | None) -> None:
    """Nothing more is taken from whoever wrote this case; the lawyers of her cases and the coordinators are told."""
    case = await _case(uow, coordinator, code)
    her = await uow.people.get(case.file.seeker)
    if not allowed(her, Right.WRITE):
        raise OutOfDate("refusal.moved_on", code=code)
    await uow.people.set(her, blocked_at=uow.now)
    uow.journal.note(_BLOCKED[grounds], actor=coordinator, case=code)
    await uow.outbox.put(messages.blocked(coordinator, code, grounds, on), to=coordinator)
    for other in await uow.people.coordinators(code):
        if other.id != coordinator.id:
            await uow.outbox.put(messages.blocked(other, code, grounds), to=other)
    await _tell_lawyers(uow, her, "lawyer.blocked")


async def unblock(uow: UnitOfWork, coordinator: Person, blocked: PersonId, on: int | None) -> None:
    """What she writes is taken again. Raises OutOfDate when she isn't blocked."""
    require(coordinator, Right.BLOCK)
    her = next((each for each in await uow.people.blocked() if each.id == blocked), None)
    if her is None:
        raise OutOfDate("refusal.old_button")
    await uow.people.set(her, blocked_at=None)
    code = await _newest(uow, her)
    uow.journal.note(Action.UNBLOCKED, actor=coordinator, case=code)
    await uow.outbox.put(messages.unblocked(coordinator, code, on), to=coordinator)
    await _tell_lawyers(uow, her, "lawyer.unblocked")


async def unblock_by_code(uow: UnitOfWork, coordinator: Person, code: CaseCode) -> None:
    """The same, by the code of one of her cases. Without one: who is blocked now."""
    require(coordinator, Right.BLOCK)
    if not code:
        await _show(uow, coordinator)
        return
    case = await _case(uow, coordinator, code)
    await unblock(uow, coordinator, case.file.seeker, None)


async def _show(uow: UnitOfWork, coordinator: Person) -> None:
    listed = [(each.id, await _newest(uow, each)) for each in await uow.people.blocked()]
    await uow.outbox.put(messages.everybody(coordinator, listed), to=coordinator)


async def _tell_lawyers(uow: UnitOfWork, her: Person, key: str) -> None:
    for case in await uow.cases.of_seeker(her.id):
        if isinstance(case, Claimed):
            lawyer = await uow.people.get(case.lawyer)
            await uow.outbox.put(to_lawyer.line(lawyer, key, case.file.code), to=lawyer, case=case.file.code)


async def _newest(uow: UnitOfWork, her: Person) -> CaseCode | None:
    hers = await uow.cases.of_seeker(her.id)
    return hers[0].file.code if hers else None


async def _case(uow: UnitOfWork, coordinator: Person, code: CaseCode) -> Case:
    require(coordinator, Right.BLOCK)
    case = await uow.cases.find(code)
    if case is None:
        raise NotFound("refusal.no_case", code=code)
    if await uow.cases.in_conflict(code, coordinator.id):
        raise NotAllowed("refusal.conflict", code=code)
    return case
