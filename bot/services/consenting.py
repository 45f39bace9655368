"""Consents: asked one by one, seen in *my data*, given and taken back with one tap, in force at once."""

from bot.domain.case import Case, Claimed, Closed, Shut
from bot.domain.consent import Purpose
from bot.domain.errors import NotAllowed
from bot.domain.follow_up import ReminderKind, first_round
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.questionnaire import Answers
from bot.domain.rights import Right, require
from bot.services import reach
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import consents as messages
from bot.telegram.messages import lawyer as to_lawyer


def note_answers(uow: UnitOfWork, code: CaseCode, answers: Answers) -> None:
    """What she answered in the questionnaire, each with its text; a question she passed over was not answered."""
    for purpose in Purpose:
        if answers.get(purpose) in ("yes", "no"):
            uow.consents.note(code, purpose, answers[purpose] == "yes")


async def ask(uow: UnitOfWork, settings: Settings, case: Case, purpose: Purpose) -> None:
    """Somebody on the team needs a consent of hers: she is asked the way she may be written to."""
    her = await uow.people.get(case.file.seeker)
    await reach.tell(uow, settings, case.file, messages.ask(her, case, purpose))


async def set_consent(
    uow: UnitOfWork, settings: Settings, case: Case, purpose: Purpose, given: bool, *, her: Person
) -> Case:
    """Her yes or no is in force from now on; the lawyer who holds the case is told in one line when it changes."""
    uow.consents.note(case.file.code, purpose, given)
    if case.file.consents.allow(purpose) is given:
        return case
    changed = case.agreed(purpose, given)
    await uow.cases.move(case, changed, actor=her, action=Action.CONSENT_GIVEN if given else Action.CONSENT_TAKEN_BACK)
    if isinstance(case, Claimed):
        lawyer = await uow.people.get(case.lawyer)
        await uow.outbox.put(to_lawyer.consent(lawyer, case.file.code, purpose, given), to=lawyer, case=case.file.code)
    now = await _again(uow, case.file.code)
    if purpose is Purpose.FOLLOW_UP:
        await follow(uow, settings, now)
    return now


async def follow(uow: UnitOfWork, settings: Settings, case: Case) -> None:
    """The date on which she is asked how she is, if she agreed and the case is closed; none otherwise."""
    code = case.file.code
    await uow.reminders.drop(code, ReminderKind.FOLLOW_UP)
    if isinstance(case, Closed) and case.file.allows(Purpose.FOLLOW_UP):
        first = first_round(case.at, settings.follow_up_days, uow.now)
        if first.again is not None:
            await uow.reminders.set(code, ReminderKind.FOLLOW_UP, first.again, first.stage)


async def show(uow: UnitOfWork, person: Person, on: int | None, code: str | None = None) -> None:
    """What she agrees to in one appeal, the current one first. Raises NotAllowed for another's."""
    require(person, Right.APPEAL)
    hers = [case for case in await uow.cases.of_seeker(person.id) if not isinstance(case, Shut)]
    first = code or (person.case.file.code if person.case else None)
    hers.sort(key=lambda case: case.file.code != first)
    if code is not None and (not hers or hers[0].file.code != code):
        raise NotAllowed("refusal.no_case", code=code)
    await uow.outbox.put(messages.consents(person, hers, on), to=person)


async def answer(
    uow: UnitOfWork, settings: Settings, person: Person, code: str, purpose: Purpose, given: bool, on: int | None
) -> None:
    """She taps a yes or a no; the screen shows what is in force now. Raises NotAllowed for another's appeal."""
    require(person, Right.APPEAL)
    case = await uow.cases.find(CaseCode(code))
    if case is None or case.file.seeker != person.id or isinstance(case, Shut):
        raise NotAllowed("refusal.no_case", code=code)
    await set_consent(uow, settings, case, purpose, given, her=person)
    await show(uow, await uow.people.get(person.id), on, code)


async def _again(uow: UnitOfWork, code: CaseCode) -> Case:
    case = await uow.cases.find(code)
    assert case is not None
    return case
