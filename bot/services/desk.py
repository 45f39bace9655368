"""The lawyer's desk: which cases are held, which one is current, and how they end."""

from bot.domain.case import Outcome
from bot.domain.errors import OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, allowed, require
from bot.services import conflict, current, queue, team
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as messages


async def show(uow: UnitOfWork, person: Person) -> None:
    """The cases this person holds; for a coordinator also the links and the counts."""
    require(person, Right.WORK)
    coordinates = allowed(person, Right.INVITE)
    if coordinates:
        await team.coordinator_home(uow, person)
    held = await uow.cases.held_by(person.id)
    if held or not coordinates:
        await uow.outbox.put(messages.desk(person, held), to=person)


async def make_current(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """What the lawyer writes goes to this case from now on; the case is shown with its buttons."""
    case = await queue.held(uow, code, lawyer)
    await current.choose(uow, lawyer.id, code)
    uow.journal.note(Action.OPENED, actor=lawyer, case=code)
    has_words = bool(await uow.threads.of(code))
    moved = await queue.has_moved(uow, case)
    await uow.outbox.put(
        messages.appeal(lawyer, case, settings.zone, uow.now, words=has_words, again=True, moved=moved),
        to=lawyer,
        case=code,
        slot=f"appeal:{code}",
    )


async def release(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """Back to the queue."""
    await queue.release(uow, settings, code, lawyer)
    await uow.outbox.put(messages.line(lawyer, "release.done", code), to=lawyer)
    await _name_current(uow, lawyer)


async def show_folded(uow: UnitOfWork, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """What waited behind a notice comes now. Raises OutOfDate when it has come already."""
    await queue.held(uow, code, lawyer)
    if not await uow.outbox.unfold(uow.cipher.lookup("account", lawyer.account), code):
        raise OutOfDate("refusal.old_button")
    await uow.outbox.put(messages.unfolded(lawyer, code, on), to=lawyer, lane=Lane.URGENT)


async def not_me(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """A conflict of interest, on a card or found while working on it."""
    if await conflict.not_me(uow, settings, code, lawyer):
        await _name_current(uow, lawyer)


async def close(
    uow: UnitOfWork, settings: Settings, code: CaseCode, outcome: str, lawyer: Person, on: int | None
) -> None:
    """Closed, with an outcome. Raises OutOfDate for one that is none."""
    if outcome not in list(Outcome):
        raise OutOfDate("refusal.moved_on", code=code)
    await queue.close(uow, settings, code, Outcome(outcome), lawyer)
    await uow.outbox.put(messages.closed(lawyer, code, Outcome(outcome), on), to=lawyer, lane=Lane.URGENT)
    await _name_current(uow, lawyer)


async def _name_current(uow: UnitOfWork, lawyer: Person) -> None:
    """After a case has gone, say where words go now; with several left he is shown them all."""
    person = await uow.people.get(lawyer.id)
    held = await uow.cases.held_by(lawyer.id)
    if held:
        await uow.outbox.put(messages.desk(person, held), to=person)
