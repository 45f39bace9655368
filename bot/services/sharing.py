"""Her side of a referral: her yes and no to that one, changed while it changes anything, and honesty afterwards."""

from datetime import timedelta

from bot.domain.case import Case, Claimed, Closed, Shut
from bot.domain.errors import NotAllowed
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.referral import OUT, Referral, ReferralStep
from bot.domain.rights import Right, require
from bot.services.referring import advance, who
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import referral as to_lawyer
from bot.telegram.messages import sharing as messages

TOLD_AGAIN = timedelta(hours=12)
"""However often she taps that she wants it stopped, her lawyer reads it once in this time."""


async def answer(uow: UnitOfWork, settings: Settings, person: Person, number: int, given: bool, on: int | None) -> None:
    """Her yes or no. After it has gone out a no is a wish, passed on. Raises NotAllowed for another's.

    No yes is taken while somebody else may sit at her account; a no always is.
    """
    require(person, Right.APPEAL)
    if given and person.frozen:
        raise NotAllowed("refusal.frozen")
    referral, case = await _hers(uow, person, number)
    step = ReferralStep.AGREE if given else ReferralStep.DECLINE
    wished = not given and referral.state in OUT
    if referral.after(step):
        referral = await advance(uow, settings, referral, step, person)
        await _tell_lawyer(uow, case, referral)
    elif wished:
        await _tell_to_stop(uow, case, referral, person)
    somebody = await who(uow, referral.target)
    await uow.outbox.put(messages.answered(person, (referral, somebody), wished=wished, on=on), to=person)


async def show(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """Where her appeals were, or would be, named."""
    require(person, Right.APPEAL)
    hers = [(each, await who(uow, each.target)) for each in await uow.referrals.of_seeker(person.id)]
    await uow.outbox.put(messages.mine(person, hers, on), to=person)


async def _tell_lawyer(uow: UnitOfWork, case: Case, referral: Referral) -> None:
    """Her answer, to whoever holds the case; with nobody, the next one reads it in the referral itself."""
    if isinstance(case, Claimed):
        lawyer = await uow.people.get(case.lawyer)
        shown = to_lawyer.answered(lawyer, (referral, await who(uow, referral.target)))
        await uow.outbox.put(shown, to=lawyer, case=referral.case)


async def _tell_to_stop(uow: UnitOfWork, case: Case, referral: Referral, her: Person) -> None:
    """Her wish, to whoever can act on it: the lawyer who holds the case or has closed it, else the coordinators."""
    slot = f"stop:{referral.id}"
    if await uow.outbox.spoken(slot, TOLD_AGAIN):
        return
    uow.journal.note(Action.REFERRAL_STOP, actor=her, case=referral.case)
    lawyer = await uow.people.by_id(case.lawyer) if isinstance(case, Claimed | Closed) else None
    his = lawyer is not None and lawyer.on_cases and not await uow.cases.in_conflict(referral.case, lawyer.id)
    told = [lawyer] if lawyer is not None and his else await uow.people.coordinators(referral.case)
    named = (referral, await who(uow, referral.target))
    for member in told:
        await uow.outbox.put(to_lawyer.stop(member, named, his=his), to=member, case=referral.case, slot=slot)


async def _hers(uow: UnitOfWork, person: Person, number: int) -> tuple[Referral, Case]:
    """A referral of an appeal of hers. Raises NotAllowed for another's."""
    referral = await uow.referrals.find(number)
    case = await uow.cases.find(referral.case) if referral else None
    if referral is None or case is None or case.file.seeker != person.id or isinstance(case, Shut):
        raise NotAllowed("refusal.old_button")
    return referral, case
