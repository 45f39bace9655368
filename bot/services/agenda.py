"""The agenda: a lawyer plans, is reminded once, and says what becomes of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from aiogram.methods import SendMessage

from bot import content, dates
from bot.domain.agenda import MORNING, Planned, at, fits, in_days
from bot.domain.deadlines import Deadline
from bot.domain.errors import NotFound, OutOfDate, Unfit
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import queue
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import agenda as messages
from bot.telegram.messages.common import said

AWAITED = "agenda:"
"""How it begins what a lawyer's next text is: `agenda:when:CODE:` or `agenda:why:CODE:ID`. Whatever stands in his chat
under such a slot, the question, his answer and what was said to it, is no word to her: not as a reply, nor edited."""

OPEN_FOR = timedelta(hours=1)
"""So long his next text is the answer: what he plans must not go to her because he was called away."""

WHY_MOST = 300
"""Characters of what a reminder is for."""


def known(settings: Settings) -> Mapping[str, Deadline]:
    """The legal deadlines of the countries served, by their codes."""
    return {each.code: each for each in content.deadlines(tuple(settings.countries))}


async def ask(uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, on: int | None) -> None:
    """When shall he be reminded of this case?"""
    await queue.held(uow, code, person)
    await uow.people.await_text(person, None)
    today = uow.now.astimezone(settings.zone).date()
    await uow.outbox.put(messages.ask(person, code, today, on), to=person, case=code, lane=Lane.URGENT)


async def show_month(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, of: str, month: date, on: int | None
) -> None:
    """A month of the calendar, of days to come or of those on which a deadline may have begun."""
    await queue.held(uow, code, person)
    today = uow.now.astimezone(settings.zone).date()
    shown = messages.month(person, code, known(settings).get(of), month, today, on)
    await uow.outbox.put(shown, to=person, case=code, lane=Lane.URGENT)


async def show_hours(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, of: str, day: date, on: int | None
) -> None:
    """The hours of a day."""
    await queue.held(uow, code, person)
    shown = messages.hours(person, code, known(settings).get(of), day, uow.now, settings.zone, on)
    await uow.outbox.put(shown, to=person, case=code, lane=Lane.URGENT)


async def plan_in(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, days: int, on: int | None
) -> None:
    """In so many days, at ten."""
    await plan(uow, settings, person, code, in_days(days, uow.now, settings.zone), on)


async def plan_at(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, minutes: int, on: int | None
) -> None:
    """At the moment he wrote and has seen."""
    await plan(uow, settings, person, code, datetime.fromtimestamp(minutes * 60, UTC), on)


async def plan(
    uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, due: datetime, on: int | None
) -> None:
    """He is reminded of this case then. Raises Unfit for a moment that has passed."""
    await queue.held(uow, code, person)
    _must_fit(due, uow.now)
    await uow.people.await_text(person, None)
    planned = await uow.agenda.add(code, person.id, due)
    shown = messages.planned(person, planned, settings.zone, on)
    await uow.outbox.put(shown, to=person, case=code, lane=Lane.URGENT)


async def ask_words(uow: UnitOfWork, person: Person, code: CaseCode) -> None:
    """His next text is when."""
    await queue.held(uow, code, person)
    asked = f"{AWAITED}when:{code}:"
    await uow.people.await_text(person, asked, OPEN_FOR)
    await uow.outbox.put(messages.ask_words(person, code), to=person, case=code, slot=asked, topic=code)


async def write(uow: UnitOfWork, settings: Settings, person: Person, asked: str, words: str, message_id: int) -> None:
    """What was asked for: when, or what for. The question stays open while it can't be that."""
    what, code, planned = asked.removeprefix(AWAITED).split(":")
    case = CaseCode(code)
    await queue.held(uow, case, person)
    chat = uow.cipher.lookup("account", person.account)
    uow.threads.show(chat, message_id, asked, case)
    uow.chats.stand(chat, message_id, case=case)
    if what == "why":
        answer = await _note(uow, settings, person, int(planned), words)
    else:
        answer = await _read_date(uow, settings, person, case, words)
    await uow.outbox.put(answer, to=person, case=case, slot=asked, topic=case)


async def show_all(uow: UnitOfWork, settings: Settings, person: Person, page: int = 0, on: int | None = None) -> None:
    """Everything planned on the cases he holds, the soonest first."""
    require(person, Right.WORK)
    found = await uow.agenda.of_lawyer(person.id)
    shown = messages.everything(person, found, known(settings), uow.now, settings.zone, page, on)
    await uow.outbox.put(shown, to=person, lane=Lane.URGENT)


async def show(uow: UnitOfWork, settings: Settings, person: Person, planned: int) -> None:
    """One thing, with what may be done with it."""
    await _say_one(uow, settings, person, await _his(uow, person, planned))


async def done(uow: UnitOfWork, settings: Settings, person: Person, planned: int, on: int | None) -> None:
    """It is done."""
    found = await _his(uow, person, planned)
    await uow.agenda.drop([found.id])
    await _say_settled(uow, settings, person, "agenda.done", found, on)


async def drop(uow: UnitOfWork, settings: Settings, person: Person, planned: int, on: int | None) -> None:
    """It was noted by mistake; a case that was to be kept because of it alone is so no more."""
    found = await _his(uow, person, planned)
    await uow.agenda.drop([found.id])
    if found.runs_out is not None:
        await uow.retention.note_no_deadline(found.case, found.runs_out)
    await _say_settled(uow, settings, person, "agenda.dropped", found, on)


async def put_off(uow: UnitOfWork, settings: Settings, person: Person, planned: int, days: int, on: int | None) -> None:
    """In so many days again. Raises OutOfDate when a deadline will have run out by then."""
    found = await _his(uow, person, planned)
    due = in_days(days, uow.now, settings.zone)
    if found.runs_out is not None and due > found.runs_out:
        raise OutOfDate("refusal.agenda.after")
    await uow.agenda.put_off(found, due)
    await _say_settled(uow, settings, person, "agenda.put_off", await _his(uow, person, planned), on)


async def ask_why(uow: UnitOfWork, person: Person, planned: int) -> None:
    """His next text is what for."""
    found = await _his(uow, person, planned)
    asked = f"{AWAITED}why:{found.case}:{planned}"
    await uow.people.await_text(person, asked, OPEN_FOR)
    question = messages.ask_why(person, found)
    await uow.outbox.put(question, to=person, case=found.case, slot=asked, topic=found.case)


async def remind_due(uow: UnitOfWork, settings: Settings) -> int:
    """Whoever holds a case hears what has fallen due, each thing once and all of it together; how much that was."""
    gone = await uow.agenda.drop_ended()
    since = settings.quiet.spoken_from(uow.now, settings.zone)
    due = await uow.agenda.due(since) if since is not None else []
    by_holder: dict[PersonId, list[Planned]] = {}
    for holder, planned in due:
        by_holder.setdefault(holder, []).append(planned)
    for holder, planned_ in by_holder.items():
        await _remind(uow, settings, await uow.people.get(holder), planned_)
    return gone + len(due)


async def _remind(uow: UnitOfWork, settings: Settings, lawyer: Person, due: Sequence[Planned]) -> None:
    if len(due) == 1:
        await _say_one(uow, settings, lawyer, due[0])
    else:
        for message in messages.many(lawyer, due, known(settings), settings.zone):
            await uow.outbox.put(message, to=lawyer)
    await uow.agenda.told(due)
    for each in due:
        await _on_the_last_morning(uow, settings, each)


async def _on_the_last_morning(uow: UnitOfWork, settings: Settings, planned: Planned) -> None:
    """A deadline of days that was spoken of ahead comes once more, on its last morning."""
    deadline = known(settings).get(planned.deadline or "")
    if deadline is None or planned.runs_out is None or deadline.hourly:
        return
    last = at(planned.runs_out.astimezone(settings.zone).date(), MORNING, settings.zone)
    if last > uow.now:
        await uow.agenda.put_off(planned, last)


async def _say_one(uow: UnitOfWork, settings: Settings, lawyer: Person, planned: Planned) -> None:
    words, deadline = await uow.agenda.words(planned), known(settings).get(planned.deadline or "")
    shown = messages.one(lawyer, planned, deadline, words, uow.now, settings.zone)
    await uow.outbox.put(shown, to=lawyer, case=planned.case, topic=planned.case)


async def _say_settled(
    uow: UnitOfWork, settings: Settings, person: Person, key: str, planned: Planned, on: int | None
) -> None:
    shown = messages.settled(person, key, planned, settings.zone, on)
    await uow.outbox.put(shown, to=person, case=planned.case, lane=Lane.URGENT)


async def _read_date(uow: UnitOfWork, settings: Settings, person: Person, code: CaseCode, words: str) -> SendMessage:
    due = dates.read(words, person.language, uow.now, settings.zone)
    if due is None:
        return said(person, "refusal.agenda.unclear")
    if due <= uow.now:
        return said(person, "refusal.agenda.past")
    if not fits(due, uow.now):
        return said(person, "refusal.agenda.far")
    await uow.people.await_text(person, None)
    return messages.confirm(person, code, due, settings.zone)


async def _note(uow: UnitOfWork, settings: Settings, person: Person, planned: int, words: str) -> SendMessage:
    found, written = await _his(uow, person, planned), " ".join(words.split())
    if not written or len(written) > WHY_MOST:
        return said(person, "refusal.agenda.long", most=WHY_MOST)
    await uow.agenda.note(found, written)
    await uow.people.await_text(person, None)
    return messages.why_kept(person, found, settings.zone)


async def _his(uow: UnitOfWork, person: Person, planned: int) -> Planned:
    """What is planned on a case he holds. Raises NotFound when it is done, NotAllowed when the case is another's."""
    require(person, Right.WORK)
    found = await uow.agenda.find(planned)
    if found is None:
        raise NotFound("refusal.agenda.gone")
    await queue.held(uow, found.case, person)
    return found


def _must_fit(due: datetime, now: datetime) -> None:
    if due <= now:
        raise Unfit("refusal.agenda.past")
    if not fits(due, now):
        raise Unfit("refusal.agenda.far")
