"""The lawyer's desk: which cases are held and what comes next in them, and how they end."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.domain.case import Outcome
from bot.domain.desk import LATELY, Leaf, Line, Mark, Pile, belongs, counted, fetched, leaf
from bot.domain.errors import OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.rights import Right, allowed, require
from bot.services import conflict, queue, team
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import desk as messages
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages.windows import windows_of


class Look(Protocol):
    """Looks up a part of a pile from a mark on."""

    async def __call__(self, mark: Mark | None, *, back: bool) -> list[Line]: ...


async def show(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """The cases this person holds, by what comes next; for a coordinator also the links and the counts.

    An observer has no desk: the numbers are shown.
    """
    if not allowed(person, Right.WORK):
        await team.numbers(uow, person)
        return
    coordinates = allowed(person, Right.INVITE)
    if coordinates:
        await team.coordinator_home(uow, person)
    held = await uow.desk.held(person.id)
    if held or not coordinates:
        await _put(uow, settings, person, held, Pile.MINE, None)


async def turn(
    uow: UnitOfWork, settings: Settings, person: Person, pile: Pile, mark: Mark | None, *, back: bool, on: int | None
) -> None:
    """Another pile, or another leaf of it, in the same place."""
    require(person, Right.WORK)
    await _put(uow, settings, person, await uow.desk.held(person.id), pile, mark, back=back, on=on)


async def release(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """Back to the queue."""
    await queue.release(uow, settings, code, lawyer)
    await uow.outbox.put(to_lawyer.line(lawyer, "release.done", code), to=lawyer)
    await _name_current(uow, settings, lawyer)


async def show_folded(uow: UnitOfWork, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """What waited behind a notice comes now. Raises OutOfDate when it has come already."""
    await queue.held(uow, code, lawyer)
    if not await uow.outbox.unfold(uow.cipher.lookup("account", lawyer.account), code):
        raise OutOfDate("refusal.old_button")
    await uow.outbox.put(to_lawyer.unfolded(lawyer, code, on), to=lawyer, lane=Lane.URGENT)


async def not_me(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """A conflict of interest, on a card or found while working on it."""
    if await conflict.not_me(uow, settings, code, lawyer):
        await _name_current(uow, settings, lawyer)


async def close(
    uow: UnitOfWork, settings: Settings, code: CaseCode, outcome: str, lawyer: Person, on: int | None
) -> None:
    """Closed, with an outcome. Raises OutOfDate for one that is none."""
    if outcome not in list(Outcome):
        raise OutOfDate("refusal.moved_on", code=code)
    await queue.close(uow, settings, code, Outcome(outcome), lawyer)
    await uow.outbox.put(to_lawyer.closed(lawyer, code, Outcome(outcome), on), to=lawyer, lane=Lane.URGENT)
    await _name_current(uow, settings, lawyer)


async def _name_current(uow: UnitOfWork, settings: Settings, lawyer: Person) -> None:
    """After a case has gone, say where words go now; with several left he is shown them all."""
    held = await uow.desk.held(lawyer.id)
    if held:
        await _put(uow, settings, await uow.people.get(lawyer.id), held, Pile.MINE, None)


async def _put(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    held: Sequence[Line],
    pile: Pile,
    mark: Mark | None,
    *,
    back: bool = False,
    on: int | None = None,
) -> None:
    lines = [with_windows(line, uow.now) for line in held]
    counts = counted(lines, uow.now, settings.zone) | {Pile.QUEUE: await uow.desk.waiting(person.id)}
    match pile:
        case Pile.QUEUE:
            shown = await _fetched(partial(uow.desk.queue, person.id), mark, back=back)
        case Pile.CLOSED:
            shown = await _fetched(partial(uow.desk.closed, person.id, LATELY), mark, back=back)
        case _:
            lying = [line for line in lines if belongs(line, pile, uow.now, settings.zone)]
            shown = leaf(lying, mark, back=back)
    await uow.outbox.put(messages.pile(person, shown, pile, counts, settings.zone, uow.now, on), to=person)


async def _fetched(look: Look, mark: Mark | None, *, back: bool) -> Leaf:
    """A leaf from this mark on; from the beginning when too little is left there."""
    found = fetched(await look(mark, back=back), mark, back=back)
    return found or Leaf(()) if mark is None else found or await _fetched(look, None, back=False)


def with_windows(line: Line, now: datetime) -> Line:
    """The line with what closes of its case's windows."""
    return line.with_windows(windows_of(line.case.file, now))
