"""Pages: an immediate case calls people in private, one after the other, until somebody takes it.

First those on duty, whom it suits best first, a few minutes apart; then everybody else it suits, at once; then the
coordinators. Where nobody is on duty they come first, and as long as nobody takes it, whoever comes on duty is called.
Who was told is kept in the outbox, the date of the next call among the reminders: a restart loses neither.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from aiogram.methods import DeleteMessages

from bot.domain.case import Case, Claimed, Queued, Submitted
from bot.domain.duty import Called, whom_next
from bot.domain.flood import APPEALS, APPEALS_TOLD_EVERY, APPEALS_WITHIN
from bot.domain.follow_up import Reminder, ReminderKind
from bot.domain.ids import CaseCode, PersonId
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.triage import Urgency
from bot.i18n import label
from bot.services import duty
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import duty as messages
from bot.telegram.messages import operators as to_operators


def page_slot(code: CaseCode) -> str:
    """The slot of the one page about a case in each chat."""
    return f"page:{code}"


def line_slot(case: Case) -> str:
    """The slot of a line to coordinators, or to those on duty, about a case that waits."""
    kind = "call" if case.file.urgency is Urgency.IMMEDIATE else "late"
    return f"{kind}:{case.file.code}"


async def begin(uow: UnitOfWork, settings: Settings, case: Queued) -> bool:
    """An immediate case waits from now on. False when nobody is on duty: the coordinators are to be told at once."""
    await uow.reminders.set(case.file.code, ReminderKind.PAGE, uow.now + _every(settings), 1)
    first = (await duty.on_duty(uow, settings, case.file))[:1]
    await _page(uow, settings, case, first, "page.duty")
    return bool(first)


async def look(uow: UnitOfWork, settings: Settings, reminder: Reminder, case: Case) -> None:
    """A few minutes have passed. While nobody has taken it the next are called; when there are none, whoever comes."""
    if not isinstance(case, Queued) or case.file.urgency is not Urgency.IMMEDIATE:
        await uow.reminders.again(reminder, None, reminder.stage)
        return
    await uow.reminders.again(reminder, uow.now + _every(settings), reminder.stage + 1)
    team = await duty.everybody(uow, settings, case.file)
    on_duty = [each.person for each in team if each.here(uow.now)]
    rest = [each.person for each in team if each.may_be_woken(case.file, uow.now)]
    reached = await uow.pages.told(page_slot(case.file.code), case.since)
    told = {each.id for each in (*on_duty, *rest) if _chat(uow, each) in reached}
    who, called = whom_next(
        [each.id for each in on_duty],
        [each.id for each in rest],
        told,
        coordinators_told=await _coordinators_told(uow, case),
    )
    if who is Called.COORDINATORS:
        await call_coordinators(uow, settings, case, "coordinator.nobody_came")
    people = [each for each in (*on_duty, *rest) if each.id in called]
    await _page(uow, settings, case, people, "page.duty" if who is Called.DUTY else "page.rest")


async def hurry(uow: UnitOfWork, case: Case) -> None:
    """Whoever was called can't take it: nobody waits for him."""
    if isinstance(case, Queued) and await uow.reminders.find(case.file.code, ReminderKind.PAGE):
        await uow.reminders.set(case.file.code, ReminderKind.PAGE, uow.now, 1)


async def call_duty(uow: UnitOfWork, settings: Settings, case: Queued) -> list[PersonId]:
    """It has waited past its limit: everybody on duty hears of it now; who that was."""
    people = await duty.on_duty(uow, settings, case.file)
    lately = await _just_told(uow, settings, case)
    await _page(uow, settings, case, [each for each in people if _chat(uow, each) not in lately], "card.again",
                slot=line_slot(case))  # fmt: skip
    return [each.id for each in people]


async def taken(uow: UnitOfWork, case: Claimed, holder: Person) -> None:
    """Somebody has it: nobody else is called, and what stands in private says who."""
    await uow.reminders.drop(case.file.code, ReminderKind.PAGE)
    slots = _slots(case.file.code)
    await uow.pages.withdraw(slots)
    closed = await uow.profiles.in_conflict(case.file.code)
    for stands in await uow.pages.standing(slots):
        person = await uow.people.by_chat(stands.chat)
        if person is not None and person.on_cases and person.id not in closed:
            name = holder.working_name or label(person.language, "team.unnamed")
            edit = messages.taken(person, case.file.code, name, stands.message_id or 0)
            await uow.outbox.put(edit, to=person, case=case.file.code, slot=stands.slot, lane=Lane.EDIT)


async def call_coordinators(
    uow: UnitOfWork, settings: Settings, case: Queued, key: str, *, besides: Collection[PersonId] = ()
) -> None:
    """They are told of a case that still waits, unless they have been within the last minutes."""
    lately = await _just_told(uow, settings, case)
    told = [each.id for each in await uow.people.coordinators(case.file.code) if _chat(uow, each) in lately]
    await page_coordinators(uow, settings, case, key, besides=[*besides, *told])


async def page_coordinators(
    uow: UnitOfWork, settings: Settings, case: Case, key: str, *, besides: Collection[PersonId] = ()
) -> None:
    """A line to every coordinator in private, without content. Of many appeals of one person one line now and then.

    `besides`: they have just been told. Who is away isn't, unless all of them are.
    """
    slot = line_slot(case) if isinstance(case, Queued) else None
    if isinstance(case, Submitted | Queued) and await one_of_many(uow, case):
        slot, key = f"many:{case.file.seeker}", "coordinator.many"
        if await uow.outbox.spoken(slot, APPEALS_TOLD_EVERY):
            return
    profiles, everybody = await uow.profiles.all(), await uow.people.coordinators(case.file.code)
    there = [each for each in everybody if each.id not in profiles or not profiles[each.id].away(uow.now)]
    for coordinator in [each for each in there or everybody if each.id not in besides]:
        await uow.outbox.put(
            to_operators.urgent(coordinator, key, case, settings.zone),
            to=coordinator,
            case=case.file.code,
            slot=slot,
            mark=label(coordinator.language, "relay.repeated"),
            lane=Lane.IMMEDIATE_CARD,
        )


async def one_of_many(uow: UnitOfWork, case: Case) -> bool:
    """True when she had sent several others shortly before: its card lets everybody else's go first."""
    return await uow.cases.sent_before(case.file, APPEALS_WITHIN) >= APPEALS


async def _just_told(uow: UnitOfWork, settings: Settings, case: Queued) -> set[str]:
    """The chats that have heard of this case within the last minutes: no step calls anybody twice."""
    since = max(case.since, uow.now - _every(settings) + timedelta(seconds=1))
    return await uow.pages.told(page_slot(case.file.code), since) | await uow.pages.told(line_slot(case), since)


async def _coordinators_told(uow: UnitOfWork, case: Queued) -> bool:
    """True also where there is none to tell."""
    told = bool(await uow.pages.told(line_slot(case), case.since))
    return told or not await uow.people.coordinators(case.file.code)


async def _page(
    uow: UnitOfWork, settings: Settings, case: Queued, people: Sequence[Person], why: str, slot: str | None = None
) -> None:
    """A card in private, in place of an older one; nothing goes ahead of it."""
    slot = slot or page_slot(case.file.code)
    for person in people:
        older = [await uow.threads.message_of(_chat(uow, person), each) for each in _slots(case.file.code)]
        standing = [each for each in older if each is not None]
        if standing:
            gone = DeleteMessages(chat_id=person.account, message_ids=standing)
            await uow.outbox.put(gone, to=person, case=case.file.code, lane=Lane.URGENT)
        await uow.outbox.put(
            to_operators.card(person, case, settings.zone, uow.now, why=why, fit=None),
            to=person,
            case=case.file.code,
            slot=slot,
            mark=label(person.language, "relay.repeated"),
            lane=Lane.URGENT,
        )
    if people:
        uow.journal.note(Action.PAGED, actor=None, case=case.file.code)


def _slots(code: CaseCode) -> list[str]:
    return [f"{kind}:{code}" for kind in ("page", "call", "late")]


def _chat(uow: UnitOfWork, person: Person) -> str:
    return uow.cipher.lookup("account", person.account)


def _every(settings: Settings) -> timedelta:
    return timedelta(minutes=settings.page_every_minutes)
