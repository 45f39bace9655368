"""Pacing: a flood rings the lawyer's phone a few times; nothing of it is lost, the rest is a tap away."""

from collections.abc import Sequence

from bot.domain.case import Claimed
from bot.domain.flood import BURST_WITHIN, OPENING, Fold, folded
from bot.domain.ids import CaseCode
from bot.domain.intake import Entry
from bot.domain.people import Person
from bot.services.reach import pass_on
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import seeker as to_seeker


async def pass_on_paced(
    uow: UnitOfWork, her: Person, case: Claimed, entry: Entry, *, reply_to: int | None = None
) -> Fold | None:
    """What she has just said, to the lawyer who holds her case: at once, or behind a notice; why it was folded."""
    lawyer = await uow.people.get(case.lawyer)
    fold = folded(await uow.threads.lately(entry.case), entry.id)
    await pass_on(uow, lawyer, entry, reply_to=reply_to, live=True, fold=fold)
    if fold is not None:
        await _notice(uow, lawyer, entry.case)
    if fold is Fold.MORE and not await uow.outbox.spoken(slot := f"kept:{her.id}", BURST_WITHIN):
        await uow.outbox.put(to_seeker.line(her, "flood.kept"), to=her, slot=slot)
    return fold


async def pass_all_on(uow: UnitOfWork, lawyer: Person, entries: Sequence[Entry]) -> None:
    """All that was said in a case that has just been taken; of very much the first part comes by itself."""
    for entry in entries[:OPENING]:
        await pass_on(uow, lawyer, entry)
    for entry in entries[OPENING:]:
        await pass_on(uow, lawyer, entry, fold=Fold.MORE)
    if entries[OPENING:]:
        await _notice(uow, lawyer, entries[0].case)


async def _notice(uow: UnitOfWork, lawyer: Person, code: CaseCode) -> None:
    """One notice a minute says how much waits; within the minute the same one is edited."""
    number, repeated = await uow.outbox.folded(uow.cipher.lookup("account", lawyer.account), code)
    await uow.outbox.put(
        to_lawyer.folded(lawyer, code, number, repeated),
        case=code,
        slot=f"folded:{code}:{uow.now:%Y%m%d%H%M}",
        replaceable=True,
    )
