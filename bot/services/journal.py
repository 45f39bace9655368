"""The journal of a case, for the coordinators: who saw and did what, without a word of anybody's."""

from collections.abc import Sequence

from bot.domain.errors import NotFound, Unfit
from bot.domain.ids import CaseCode, PersonId
from bot.domain.journal import BEHIND_HIS_BACK, Action, Note
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import journal as messages

A_PAGE = 25


async def show(
    uow: UnitOfWork, settings: Settings, coordinator: Person, code: CaseCode, page: int | None, on: int | None
) -> None:
    """A page of it, the newest when none is named; that it was read is noted too. Raises NotFound for a conflict."""
    require(coordinator, Right.READ_JOURNAL)
    if not code:
        raise Unfit("journal.which")
    if await uow.cases.find(code) is None or await uow.cases.in_conflict(code, coordinator.id):
        raise NotFound("refusal.no_case", code=code)
    kept_from = BEHIND_HIS_BACK if coordinator.id in await uow.complaints.not_for(code) else frozenset()
    last = max(0, (await uow.journal.count(code, without=kept_from) - 1) // A_PAGE)
    page = last if page is None else min(max(page, 0), last)
    notes = await uow.journal.of(code, skip=page * A_PAGE, limit=A_PAGE, without=kept_from)
    names = await names_in(uow, notes)
    shown = messages.page(coordinator, code, notes, names, settings.zone, number=page, last=last, on=on)
    await uow.outbox.put(shown, to=coordinator)
    uow.journal.note(Action.READ_JOURNAL, actor=coordinator, case=code)


async def names_in(uow: UnitOfWork, notes: Sequence[Note]) -> dict[PersonId, str]:
    """The working names of those of the team these rows tell of."""
    found = [await uow.people.by_id(actor) for actor in {each.actor for each in notes if each.actor is not None}]
    return {each.id: each.working_name for each in found if each is not None and each.working_name}
