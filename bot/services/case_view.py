"""A case opened by one of the team: from the card, the desk, a reminder, or by its code; who may see how much of it."""

from bot.domain.case import Case, Claimed
from bot.domain.desk import Line, Sight, sight
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import CaseCode
from bot.domain.journal import EVENTS, Action
from bot.domain.people import Person
from bot.domain.rights import Right, allowed, require
from bot.services import case_notes, current, journal, queue
from bot.services.desk import with_windows
from bot.services.reach import pass_on
from bot.services.referring import who
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.desk_buttons import Part
from bot.telegram.keyboards import Row
from bot.telegram.messages import case_view as messages
from bot.telegram.messages.entering import erase_row
from bot.telegram.messages.operators import card_in_private

A_PAGE = 20
"""Events of a page."""

WORDS = 6
"""Messages of a page of the conversation."""


async def open_case(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, *, typed: bool = False
) -> None:
    """The case as far as he may see it; what he writes goes to one that he holds from now on.

    Raises NotAllowed for one he may not see, NotFound when he `typed` its code: nothing tells whether there is one.
    """
    require(person, Right.WORK)
    case, may = await _seen(uow, person, code)
    match may:
        case Sight.WHOLE:
            await current.choose(uow, person.id, code)
            await _show_whole(uow, settings, person, code, typed=typed, on=None)
        case Sight.NONE:
            raise NotFound("desk.not_here", code=code) if typed else NotAllowed("refusal.not_yours", code=code)
        case _:
            assert case is not None
            await _show_card(uow, settings, person, case, may)


async def show_part(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    code: CaseCode,
    part: Part,
    at: int,
    *,
    back: bool,
    on: int | None,
) -> None:
    """A part of a case he holds, in the place of another. Raises NotAllowed for one that he doesn't hold."""
    require(person, Right.WORK)
    if part is Part.EVENTS:
        await _show_events(uow, settings, person, code, at, back=back, on=on)
        return
    await queue.held(uow, code, person)
    match part:
        case Part.FACTS:
            await _show_whole(uow, settings, person, code, typed=False, on=on)
        case Part.WORDS:
            await _show_words(uow, settings, person, code, at, back=back, on=on)
        case Part.AGAIN:
            entries, _, _ = await uow.threads.page(code, at, WORDS, back=False)
            uow.journal.note(Action.READ_WORDS, actor=person, case=code)
            for entry in entries:
                await pass_on(uow, person, entry)


async def _seen(uow: UnitOfWork, person: Person, code: CaseCode) -> tuple[Case | None, Sight]:
    case = await uow.cases.find(code)
    return case, sight(person, case, conflict=await uow.cases.in_conflict(code, person.id))


async def _show_whole(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, *, typed: bool, on: int | None
) -> None:
    found = await uow.desk.held(person.id, code)
    line: Line = with_windows(found[0], uow.now)
    assert isinstance(line.case, Claimed)
    uow.journal.note(Action.OPENED, actor=person, case=code)
    about = messages.About(
        moved=await queue.has_moved(uow, line.case),
        notes=await case_notes.listed(uow, settings, person, code),
        more=_more(person, line.case),
        referrals=tuple([(each, await who(uow, each.target)) for each in await uow.referrals.of(code)]),
    )
    shown = messages.whole(person, line, line.case, about, settings.zone, uow.now, typed=typed, on=on)
    await uow.outbox.put(shown, to=person, case=code, slot=None if on else f"appeal:{code}")


async def _show_card(uow: UnitOfWork, settings: Settings, person: Person, case: Case, may: Sight) -> None:
    """What the card shows; of a case that he closed or that somebody else has also the way to its events."""
    code = case.file.code
    holder = await uow.people.by_id(case.lawyer) if isinstance(case, Claimed) else None
    rows = messages.ended_rows(person.language, code)
    if may is Sight.OVERSEEN:
        rows = messages.overseen_rows(person.language, code)
    name = holder.working_name if holder else None
    shown = card_in_private(person, case, settings.zone, uow.now, holder=name, rows=rows, more=_more(person, case))
    await uow.outbox.put(shown, to=person, case=code, slot=f"appeal:{code}")
    uow.journal.note(Action.OPENED, actor=person, case=code)


def _more(person: Person, case: Case) -> tuple[Row, ...]:
    """Whoever may enter what comes by phone may erase it when she asks for it there."""
    return (erase_row(person, case.file.code),) if case.file.channel and allowed(person, Right.ENTER) else ()


async def _show_events(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, at: int, *, back: bool, on: int | None
) -> None:
    """A page of what has happened, the newest when none is named; for who holds it, or closed it."""
    _, may = await _seen(uow, person, code)
    if may not in (Sight.WHOLE, Sight.ENDED):
        raise NotAllowed("refusal.not_yours", code=code)
    last = max(0, (await uow.journal.count(code, only=EVENTS) - 1) // A_PAGE)
    wanted = at - 1 if back else at or last
    page = min(max(wanted, 0), last)
    notes = await uow.journal.of(code, only=EVENTS, skip=page * A_PAGE, limit=A_PAGE)
    names = await journal.names_in(uow, notes)
    shown = messages.timeline(
        person, code, notes, names, settings.zone, number=page, last=last, whole=may is Sight.WHOLE, on=on
    )
    await uow.outbox.put(shown, to=person, case=code)


async def _show_words(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, at: int, *, back: bool, on: int | None
) -> None:
    """A page of the conversation, the newest when none is named; that he read it is noted."""
    entries, first, last = await uow.threads.page(code, at, WORDS, back=back)
    if not entries and at:
        entries, first, last = await uow.threads.page(code, 0, WORDS, back=True)
    states = await uow.withheld.states([each.id for each in entries])
    uow.journal.note(Action.READ_WORDS, actor=person, case=code)
    shown = messages.conversation(
        person,
        code,
        entries,
        states,
        settings.zone,
        before=bool(entries) and entries[0].id > first,
        after=bool(entries) and entries[-1].id < last,
        on=on,
    )
    await uow.outbox.put(shown, to=person, case=code)
