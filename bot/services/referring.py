"""Referring: a lawyer names a case elsewhere, one place at a time, after her yes, and follows what becomes of it."""

from datetime import timedelta

from bot import content
from bot.domain.case import Case, Claimed, Closed
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import LANGUAGES, Person
from bot.domain.police import PoliceLink
from bot.domain.referral import (
    OUT,
    STANDING,
    Addressee,
    Need,
    Referral,
    ReferralState,
    ReferralStep,
    Target,
    TargetKind,
    addressee,
    in_the_day,
    morning_after,
    reminded_at,
    suited,
)
from bot.domain.rights import Right, require
from bot.services import queue, reach
from bot.services.police_safe import officials_involved, suggested
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import letter as letters
from bot.telegram.messages import referral as messages
from bot.telegram.messages import sharing as to_her
from bot.telegram.referral_buttons import ReferralLetter, ReferTo

WRITTEN_IN = {"KZ": "kk", "KG": "ky"}
"""The language a letter is in unless the lawyer chooses another: that of the addressee's country."""

NOTED = {
    ReferralState.AGREED: Action.REFERRAL_AGREED,
    ReferralState.DECLINED: Action.REFERRAL_DECLINED,
    ReferralState.SENT: Action.REFERRAL_SENT,
    ReferralState.ACCEPTED: Action.REFERRAL_ACCEPTED,
    ReferralState.REFUSED: Action.REFERRAL_REFUSED,
    ReferralState.NO_ANSWER: Action.REFERRAL_NO_ANSWER,
    ReferralState.DONE: Action.REFERRAL_DONE,
    ReferralState.WITHDRAWN: Action.REFERRAL_WITHDRAWN,
}
"""What the journal says when a referral has come there."""


async def show(uow: UnitOfWork, code: CaseCode, lawyer: Person, on: int | None) -> None:
    """The referrals of a case, and the ways to a new one."""
    case = await _his(uow, code, lawyer)
    referrals = [(each, await who(uow, each.target)) for each in await uow.referrals.of(code)]
    on = None if await _shows_appeal(uow, lawyer, on) else on
    shown = messages.overview(lawyer, code, referrals, may_add=isinstance(case, Claimed), on=on)
    await uow.outbox.put(shown, to=lawyer, case=code)


async def choose(uow: UnitOfWork, settings: Settings, lawyer: Person, here: ReferTo, on: int | None) -> None:
    """A page of those it may be named to; whoever leads to the police is left out where an official is involved."""
    case = await queue.held(uow, CaseCode(here.code), lawyer)
    everybody = await _everybody(uow, settings, case, here.kind)
    her = await uow.people.get(case.file.seeker)
    fine = await suggested(uow, her, everybody, lawyer_first=False)
    left = [each for each in everybody if each not in fine]
    listed = left if here.linked else fine
    await uow.outbox.put(
        messages.choose(lawyer, listed, here, warned=bool(left), on=on), to=lawyer, case=case.file.code
    )


async def consider(uow: UnitOfWork, lawyer: Person, code: CaseCode, target: Target, on: int | None) -> None:
    """What they would learn; with a warning where it leads to the police. Raises OutOfDate for nobody there is."""
    case = await queue.held(uow, code, lawyer)
    somebody = await _known(uow, target)
    officials = await officials_involved(uow, await uow.people.get(case.file.seeker))
    warned = officials and somebody.police_linked is not PoliceLink.NO
    facts = to_her.facts(lawyer.language, case.file)
    await uow.outbox.put(
        messages.consider(lawyer, case.file, somebody, facts, warned=warned, on=on), to=lawyer, case=code
    )


async def ask(
    uow: UnitOfWork, settings: Settings, lawyer: Person, code: CaseCode, target: Target, on: int | None
) -> None:
    """She is asked about this one, the way she may be written to. Where it stands already, it is shown instead.

    Who came by phone was asked there: he writes down her yes, and the journal says that it was he.
    """
    case = await queue.held(uow, code, lawyer)
    somebody = await _known(uow, target)
    standing = [each for each in await uow.referrals.of(code) if each.target == target and each.state in STANDING]
    if standing:
        await _show_one(uow, settings, lawyer, standing[-1], on)
        return
    referral = await uow.referrals.add(code, target, lawyer.id)
    uow.journal.note(Action.REFERRAL_ASKED, actor=lawyer, case=code)
    her = await uow.people.get(case.file.seeker)
    if not her.has_chat:
        agreed = await advance(uow, settings, referral, ReferralStep.AGREE, lawyer)
        await _show_one(uow, settings, lawyer, agreed, on)
        return
    way = await reach.tell(uow, settings, case.file, to_her.ask(her, case.file, (referral, somebody)))
    await _show_one(uow, settings, lawyer, referral, on)
    await uow.outbox.put(messages.asked(lawyer, code, way), to=lawyer, case=code)


async def open_one(uow: UnitOfWork, settings: Settings, lawyer: Person, number: int, on: int | None) -> None:
    """One referral, and what can be done with it now."""
    referral, _ = await _found(uow, lawyer, number)
    await _show_one(uow, settings, lawyer, referral, on)


async def move(
    uow: UnitOfWork, settings: Settings, lawyer: Person, number: int, step: ReferralStep, on: int | None
) -> None:
    """One step on, by a lawyer. Raises NotAllowed for what is hers to say, OutOfDate where there is no such step."""
    referral, case = await _found(uow, lawyer, number)
    if step.hers:
        raise NotAllowed("refusal.not_allowed")
    if step is ReferralStep.SEND:
        await queue.held(uow, referral.case, lawyer)
    moved = await advance(uow, settings, referral, step, lawyer)
    if moved.state is ReferralState.SENT:
        her = await uow.people.get(case.file.seeker)
        await reach.tell(uow, settings, case.file, to_her.sent(her, (moved, await who(uow, moved.target))))
    await _show_one(uow, settings, lawyer, moved, on)


async def advance(
    uow: UnitOfWork, settings: Settings, referral: Referral, step: ReferralStep, actor: Person
) -> Referral:
    """One step on, journaled, with the date of the next reminder. Raises OutOfDate where there is no such step."""
    state = referral.after(step)
    due = reminded_at(state, uow.now, _every(settings), settings.zone) if state else None
    moved = await uow.referrals.move(referral, step, due)
    uow.journal.note(NOTED[moved.state], actor=actor, case=referral.case)
    if referral.state in OUT and moved.state not in OUT:
        await uow.retention.tell_of(referral.case)
    return moved


async def settle(uow: UnitOfWork, settings: Settings, code: CaseCode, actor: Person) -> None:
    """An ended case need not be kept any more: nobody waits for what is still out."""
    for referral in await uow.referrals.of(code):
        if referral.state in OUT:
            step = ReferralStep.GIVE_UP if referral.after(ReferralStep.GIVE_UP) else ReferralStep.FINISH
            await advance(uow, settings, referral, step, actor)


async def letter(uow: UnitOfWork, settings: Settings, lawyer: Person, chosen: ReferralLetter, on: int | None) -> None:
    """The letter: its language and what it asks for, then the file. Raises OutOfDate while she has not agreed."""
    referral, case = await _found(uow, lawyer, chosen.id)
    if referral.state not in messages.WRITTEN or chosen.language not in ("", *LANGUAGES):
        raise OutOfDate("refusal.moved_on", code=referral.case)
    somebody = await who(uow, referral.target)
    usual = WRITTEN_IN.get(somebody.country or case.file.country or "", lawyer.language or "ru")
    language = chosen.language or usual
    needs = [need for place, need in enumerate(Need) if chosen.needs >> place & 1]
    if not chosen.made or not needs:
        filled = chosen.model_copy(update={"language": language, "made": False})
        shown = messages.letter(lawyer, (referral, somebody), filled, needs, on)
        await uow.outbox.put(shown, to=lawyer, case=referral.case)
        return
    made = letters.Letter(
        language, case.file, somebody, needs, settings.organisation_name, settings.organisation_contact
    )
    message, file = letters.letter(lawyer, made, settings.zone, uow.now)
    uow.journal.note(Action.REFERRAL_LETTER, actor=lawyer, case=referral.case)
    await uow.outbox.put(message, to=lawyer, case=referral.case, file=file)


async def remind(uow: UnitOfWork, settings: Settings) -> int:
    """In the day, whoever holds a case is asked what became of its referrals; of how many."""
    if not in_the_day(uow.now, settings.zone):
        return 0
    due = await uow.referrals.due()
    for referral in due:
        case = await uow.cases.get(referral.case, Claimed)
        if (await uow.profiles.of(case.lawyer)).pauses(case, uow.now):
            await uow.referrals.again(referral, morning_after(uow.now, settings.zone), referral.stage)
            continue
        lawyer = await uow.people.get(case.lawyer)
        shown = messages.due(lawyer, (referral, await who(uow, referral.target)), settings.zone)
        await uow.outbox.put(shown, to=lawyer, case=referral.case, lane=Lane.DIGEST)
        again = reminded_at(referral.state, uow.now, _every(settings), settings.zone)
        await uow.referrals.again(referral, again, referral.stage + 1)
    return len(due)


async def who(uow: UnitOfWork, target: Target) -> Addressee:
    """Who that is; by the id alone when it stands in no list any more."""
    return await _listed(uow, target) or Addressee(target, "", dict.fromkeys(LANGUAGES, target.id))


async def _known(uow: UnitOfWork, target: Target) -> Addressee:
    """Raises OutOfDate for one that stands in no list."""
    found = await _listed(uow, target)
    if found is None:
        raise OutOfDate("refusal.no_service")
    return found


async def _listed(uow: UnitOfWork, target: Target) -> Addressee | None:
    if target.kind is TargetKind.BODY:
        return next((each.addressee for each in content.state_bodies() if each.id == target.id), None)
    service = await uow.directory.find(target.id)
    return addressee(service) if service else None


async def _everybody(uow: UnitOfWork, settings: Settings, case: Case, kind: TargetKind) -> list[Addressee]:
    file = case.file
    countries = [file.country] if file.country else settings.countries
    if kind is TargetKind.BODY:
        return [each.addressee for each in content.state_bodies() if each.country in countries]
    return suited(await uow.directory.all(), countries=countries, region=file.region, category=file.category)


async def _shows_appeal(uow: UnitOfWork, lawyer: Person, on: int | None) -> bool:
    """True when the button stands under the appeal itself: that is not written over."""
    chat = uow.cipher.lookup("account", lawyer.account)
    return on is not None and await uow.threads.shown(chat, on) is not None


async def _show_one(uow: UnitOfWork, settings: Settings, lawyer: Person, referral: Referral, on: int | None) -> None:
    shown = messages.one(lawyer, (referral, await who(uow, referral.target)), settings.zone, on)
    await uow.outbox.put(shown, to=lawyer, case=referral.case)


async def _found(uow: UnitOfWork, lawyer: Person, number: int) -> tuple[Referral, Claimed | Closed]:
    """A referral of a case of his. Raises OutOfDate for one that is none, NotAllowed for another's."""
    require(lawyer, Right.WORK)
    referral = await uow.referrals.find(number)
    if referral is None:
        raise OutOfDate("refusal.old_button")
    return referral, await _his(uow, referral.case, lawyer)


async def _his(uow: UnitOfWork, code: CaseCode, lawyer: Person) -> Claimed | Closed:
    """A case he holds, or has closed: answers come late. Raises NotAllowed for anybody else's."""
    require(lawyer, Right.WORK)
    case = await uow.cases.find(code)
    his = isinstance(case, Claimed | Closed) and case.lawyer == lawyer.id
    if not isinstance(case, Claimed | Closed) or not his or await uow.cases.in_conflict(code, lawyer.id):
        raise NotAllowed("refusal.not_yours", code=code)
    return case


def _every(settings: Settings) -> timedelta:
    return timedelta(days=settings.referral_days)
