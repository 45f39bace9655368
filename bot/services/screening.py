"""Her words are looked through for danger before they are committed: it may raise the urgency, never lower it.

Where danger is immediate she is answered at once, and told that whoever is on duty will hear of it in a minute, without
a word of hers and without a code, unless she says no. In a case she has sent already no one needs to be warned: its
urgency is raised, and its card says why.
"""

from datetime import timedelta

from bot.domain.case import Case, Claimed, Queued, Submitted
from bot.domain.follow_up import ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.intake import Piece
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.domain.risk import Finding, Level
from bot.domain.triage import Urgency
from bot.i18n import label
from bot.services import cards, danger, duty, paging, profiles, queue
from bot.services.risk import kinds_of, seen_in
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import danger as messages
from bot.telegram.messages import seeker as to_seeker

MAY_SAY_NO = timedelta(seconds=60)
"""How long she has to say that nobody is to be warned."""

NOT_AGAIN = timedelta(minutes=10)
"""So long she isn't answered about the same kind of danger again: her words would drown in screens."""


async def of_draft(uow: UnitOfWork, settings: Settings, person: Person, piece: Piece) -> bool:
    """Words that nobody reads yet. True when she has been answered about immediate danger."""
    found = await seen_in(uow, [piece.text])
    return found.level is Level.IMMEDIATE and await _answer(uow, settings, person, found, warn=True)


async def of_case(
    uow: UnitOfWork, settings: Settings, her: Person, case: Case, piece: Piece, topic: CaseCode | None = None
) -> Case:
    """Words in a case: its urgency is raised where there is somebody to see it. The case as it is then."""
    found = await seen_in(uow, [piece.text])
    if found.level is Level.NONE:
        return case
    seen_by_somebody = isinstance(case, Submitted | Queued | Claimed)
    if isinstance(case, Submitted | Queued | Claimed):
        case = await _raise(uow, settings, case, found)
    if found.level is Level.IMMEDIATE:
        await _answer(uow, settings, her, found, warn=not seen_by_somebody, topic=topic)
    return case


async def of_complaint(uow: UnitOfWork, settings: Settings, her: Person, piece: Piece) -> bool:
    """Words for the coordinators alone: she is answered, and nothing is raised where her lawyer could see it.

    True for immediate danger: whoever reads them is told so.
    """
    found = await seen_in(uow, [piece.text])
    if found.level is Level.IMMEDIATE:
        await _answer(uow, settings, her, found, warn=False)
    return found.level is Level.IMMEDIATE


async def warn_nobody(uow: UnitOfWork, person: Person, topic: CaseCode | None = None) -> None:
    """She says that nobody is to be warned; said too late, she is told so."""
    require(person, Right.APPEAL)
    key = "danger.unwarned" if await uow.warnings.cancel(person.id) else "danger.unwarned_late"
    await uow.outbox.put(to_seeker.line(person, key), to=person, lane=Lane.URGENT, topic=topic)


async def warn_due(uow: UnitOfWork, settings: Settings) -> int:
    """Whoever is on duty hears that somebody may be in danger: a region, a language, no word and no code.

    Where nobody is on duty every coordinator is told. How many people that was about.
    """
    about = dict.fromkeys(each.person for each in await uow.warnings.due())
    for each in about:
        her = await uow.people.get(each)
        answers = await uow.drafts.answers(each) or {}
        region = answers.get("region") or (her.case.file.region if her.case else None)
        for warned in await _who_is_warned(uow, settings, her):
            await uow.outbox.put(
                messages.warning(warned, region, her.language),
                to=warned,
                mark=label(warned.language, "relay.repeated"),
                lane=Lane.IMMEDIATE_CARD,
            )
    return len(about)


async def _who_is_warned(uow: UnitOfWork, settings: Settings, her: Person) -> list[Person]:
    """Those on duty, or the coordinators; nobody who said *not me* of the case she has."""
    file = her.case.file if her.case else None
    return await duty.on_duty(uow, settings, file) or await uow.people.coordinators(file.code if file else None)


async def forget_old(uow: UnitOfWork) -> int:
    """What she was told long ago is no reason any more not to tell her again."""
    return await uow.warnings.forget(NOT_AGAIN)


async def _answer(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    found: Finding,
    *,
    warn: bool,
    topic: CaseCode | None = None,
) -> bool:
    if await uow.warnings.told_since(person.id, found.kind, uow.now - NOT_AGAIN):
        return False
    warns = warn and bool(await _who_is_warned(uow, settings, person))
    await uow.warnings.told(person.id, found.kind, uow.now + MAY_SAY_NO if warns else None)
    if found.kind is None:
        await danger.show(uow, settings, person, go_on=True, topic=topic, warns=warns)
    else:
        await danger.show_kind(uow, settings, person, found.kind, go_on=True, topic=topic, warns=warns)
    return True


async def _raise(uow: UnitOfWork, settings: Settings, case: Submitted | Queued | Claimed, found: Finding) -> Case:
    before = case.file.urgency
    raised = case.raised(Urgency(found.level)).in_danger(kinds_of(found))
    if raised == case:
        return case
    await uow.cases.move(case, raised, actor=None, action=Action.RISK_SEEN)
    if raised.file.urgency is before:
        await _show_as_it_is(uow, settings, raised)
    elif raised.file.urgency is Urgency.IMMEDIATE:
        await _show_anew(uow, settings, raised)
    else:
        await _show_as_it_is(uow, settings, raised)
        await _look_sooner(uow, raised)
    return await uow.cases.find(case.file.code) or raised


async def _show_as_it_is(uow: UnitOfWork, settings: Settings, case: Case) -> None:
    holder = await uow.people.get(case.lawyer) if isinstance(case, Claimed) else None
    await cards.update(uow, settings, case, holder)


async def _show_anew(uow: UnitOfWork, settings: Settings, case: Case) -> None:
    match case:
        case Queued():
            await queue.show(uow, settings, case, why="card.risk")
        case Claimed():
            await _show_as_it_is(uow, settings, case)
            await _look_sooner(uow, case)
            await paging.page_coordinators(uow, settings, case, "coordinator.immediate")
        case _:
            await paging.page_coordinators(uow, settings, case, "coordinator.kept")


async def _look_sooner(uow: UnitOfWork, case: Case) -> None:
    """The limits of the higher urgency hold from now on; a date that comes earlier anyway stays."""
    code, kind = case.file.code, ReminderKind.SILENT if isinstance(case, Claimed) else ReminderKind.UNCLAIMED
    at_once = isinstance(case, Claimed) and await profiles.cant_wait(uow, case)
    due = uow.now if at_once else uow.now + case.file.urgency.limit
    known = await uow.reminders.find(code, kind)
    if known is not None and due < known.due:
        await uow.reminders.set(code, kind, due, known.stage)
