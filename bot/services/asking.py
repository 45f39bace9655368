"""Follow-up: some time after closing she is asked how she is, behind a neutral line; and what she may do with it.

Only with her consent, only in her hours. Whoever holds the phone learns nothing from the line, nor from putting it off.
"""

from dataclasses import replace

from bot.domain.case import Case, Claimed, Closed, Contact, Shut
from bot.domain.consent import Purpose
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.follow_up import Nudge, Reminder, ReminderKind, Round, first_round, judge_round, tomorrow
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.services import consenting, queue, seeker
from bot.services.reach import may_come, notice, zone_of
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Reply, Wellbeing
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import seeker as messages


async def look(uow: UnitOfWork, settings: Settings, reminder: Reminder, case: Case) -> None:
    """The date has come: ask her, or look again, or let it be."""
    her = await uow.people.get(case.file.seeker)
    zone, may = zone_of(settings, case.file), her.reachable and not her.frozen
    verdict = judge_round(reminder.stage, case, settings.follow_up_days, zone, uow.now, may=may)
    await uow.reminders.again(reminder, verdict.again, verdict.stage)
    if verdict.nudge is Nudge.ASK:
        await _ask(uow, her, case, by_herself=case.file.contact is Contact.WHEN_SHE_WRITES)


async def replied(
    uow: UnitOfWork, settings: Settings, person: Person, choice: Reply, code: str, on: int | None
) -> None:
    """She did something with a neutral line. Raises NotAllowed for a line about another's appeal."""
    require(person, Right.APPEAL)
    case = await _hers(uow, person, code) if code else None
    match choice:
        case Reply.NOT_ME:
            await _not_me(uow, person, on)
        case Reply.LATER:
            await _later(uow, settings, person, case)
            await uow.outbox.put(messages.noticed(person, "notice.put_off", on), to=person)
        case Reply.SHOW if case is not None and not person.frozen:
            await _round_is_over(uow, settings, case)
            await uow.outbox.put(messages.how_are_you(person, case.file.code, on), to=person, case=case.file.code)
        case Reply.SHOW if not person.held or person.frozen:
            await seeker.here(uow, settings, person)
        case _:
            pass


async def answered(
    uow: UnitOfWork, settings: Settings, person: Person, code: str, answer: Wellbeing, on: int | None
) -> None:
    """How she is. Raises NotAllowed for another's appeal."""
    require(person, Right.APPEAL)
    case = await _hers(uow, person, code)
    match answer, case:
        case Wellbeing.AGAIN, Closed():
            await queue.reopen(uow, settings, case, person)
        case Wellbeing.AGAIN, _:
            await seeker.make_current(uow, person, code, on)
        case Wellbeing.NEVER, _:
            await consenting.set_consent(uow, settings, case, Purpose.FOLLOW_UP, False, her=person)
            await uow.outbox.put(messages.noticed(person, "follow_up.no_more", on), to=person)
        case _:
            await uow.outbox.put(messages.noticed(person, "follow_up.glad", on), to=person)


async def _ask(uow: UnitOfWork, her: Person, case: Case, *, by_herself: bool) -> None:
    """The neutral line; held for her who is written to only when she writes, and for her who has hidden the chat."""
    uow.journal.note(Action.FOLLOWED_UP, actor=None, case=case.file.code)
    line = messages.waiting_notice(her, case.file.code)
    slot = f"follow_up:{case.file.code}"
    await uow.outbox.put(line, to=her, case=case.file.code, slot=slot, replaceable=True, held=by_herself)
    if (by_herself or her.hidden) and not her.held:
        await uow.people.set(her, held=True)


async def _later(uow: UnitOfWork, settings: Settings, person: Person, case: Case | None) -> None:
    """Nothing more today; once more tomorrow, in her hours, if there is still a reason."""
    if case is not None:
        reminder = await uow.reminders.find(case.file.code, ReminderKind.FOLLOW_UP)
        here = Round.of(reminder.stage) if reminder else Round()
        if reminder is not None and here.asked:
            again = tomorrow(case.file, zone_of(settings, case.file), uow.now)
            await uow.reminders.again(reminder, again, replace(here, put_off=min(here.put_off + 1, 9)).stage)
    elif person.held and person.case is not None and not person.frozen:
        at = tomorrow(person.case.file, zone_of(settings, person.case.file), uow.now)
        await notice(uow, person, at)


async def _not_me(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """Somebody else is at her account: nothing goes there by itself any more; who holds a case of hers is warned."""
    await uow.outbox.hide(uow.cipher.lookup("account", person.account))
    await uow.people.set(person, frozen=True, held=True)
    await uow.outbox.put(messages.noticed(person, "notice.sorry", on), to=person)
    if person.frozen:
        return
    for case in await uow.cases.of_seeker(person.id):
        uow.journal.note(Action.NOT_HER, actor=None, case=case.file.code)
        if isinstance(case, Claimed):
            lawyer = await uow.people.get(case.lawyer)
            await uow.outbox.put(
                to_lawyer.line(lawyer, "lawyer.not_her", case.file.code), to=lawyer, topic=case.file.code
            )


async def thaw(uow: UnitOfWork, settings: Settings, code: CaseCode, lawyer: Person) -> None:
    """Her lawyer is sure that it is her again. Raises OutOfDate when nothing is frozen, or when her code can do it."""
    case = await queue.held(uow, code, lawyer)
    her = await uow.people.get(case.file.seeker)
    if not her.frozen or her.has_code:
        raise OutOfDate("refusal.old_button")
    await uow.people.set(her, frozen=False)
    uow.journal.note(Action.THAWED, actor=lawyer, case=code)
    if not her.disguised and await may_come(uow, settings, replace(her, frozen=False, case=case)):
        await uow.outbox.let_go(uow.cipher.lookup("account", her.account))
        await uow.people.set(her, held=False)
    await uow.outbox.put(to_lawyer.line(lawyer, "lawyer.thawed", code), to=lawyer, topic=code)


async def _round_is_over(uow: UnitOfWork, settings: Settings, case: Case) -> None:
    reminder = await uow.reminders.find(case.file.code, ReminderKind.FOLLOW_UP)
    if reminder is not None and isinstance(case, Closed):
        number = Round.of(reminder.stage).number
        following = first_round(case.at, settings.follow_up_days, uow.now, after=number)
        await uow.reminders.again(reminder, following.again, following.stage)


async def _hers(uow: UnitOfWork, person: Person, code: str) -> Case:
    case = await uow.cases.find(CaseCode(code))
    if case is None or case.file.seeker != person.id or isinstance(case, Shut):
        raise NotAllowed("refusal.no_case", code=code)
    return case
