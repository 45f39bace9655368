"""Cards: a case as the operator groups see it, in each group that it belongs to, and true in all of them.

Which groups those are is decided anew each time (`domain/groups.py`). Who takes a case in one group has it in all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.case import Case, Claimed, Queued
from bot.domain.groups import Group, shown_in
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.domain.profile import Suited
from bot.domain.triage import Urgency
from bot.i18n import label
from bot.services import offers, paging, profiles, topics
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import erasure as erasing
from bot.telegram.messages import operators as messages

BACKLOG = (20, 50, 100, 200, 400, 800)
"""So many cards wait for their turn: then, and at no other number, the group is told how many are still to come."""


@dataclass(frozen=True)
class _Shown:
    """A case, and what its card says besides: whom it suits, who has it, whether whoever takes it may have it."""

    case: Case
    fit: Suited | None
    holder: Person | None
    offered: bool
    later: bool

    @property
    def waits(self) -> bool:
        """True when somebody may take it."""
        return self.offered or isinstance(self.case, Queued)


def card_slot(code: CaseCode) -> str:
    """The slot of a case's card in each operator group."""
    return f"card:{code}"


async def post(uow: UnitOfWork, settings: Settings, case: Queued | Claimed, why: str | None) -> None:
    """A new card in each group it belongs to, if there is any; of a case that is held, because it is offered there."""
    shown = _Shown(
        case,
        fit=await profiles.suited_to(uow, case),
        holder=await holder_of(uow, case),
        offered=isinstance(case, Claimed),
        later=await paging.one_of_many(uow, case),
    )
    groups = await uow.groups.all()
    here = shown_in(groups, case.file)
    for group in here:
        await _post(uow, settings, group, shown, why)
    await _withdraw(uow, [group for group in groups if group not in here], case.file.code)


async def update(
    uow: UnitOfWork, settings: Settings, case: Case, holder: Person | None = None, *, newcomer: str | None = None
) -> None:
    """The cards show how the case stands now, and so does the name of its topic.

    Where it belongs and stands no card yet, one is posted while it waits; where it belongs no more it is withdrawn.
    `newcomer`: the chat of a group that has just been chosen; a card from an earlier time stands too far up there.
    """
    await topics.rename(uow, case)
    shown = _Shown(
        case,
        fit=await profiles.suited_to(uow, case) if isinstance(case, Queued) else None,
        holder=holder,
        offered=await offers.in_queue(uow, case) is not None,
        later=await paging.one_of_many(uow, case),
    )
    groups, standing = await uow.groups.all(), await uow.groups.showing(card_slot(case.file.code)) - {newcomer}
    here = shown_in(groups, case.file)
    for group in groups:
        if group.chat in standing and (group in here or not shown.waits):
            await _edit(uow, settings, group, shown)
        elif group in here and shown.waits:
            await _post(uow, settings, group, shown, "card.handed_over" if shown.offered else None)
    if shown.waits:
        await _withdraw(uow, [group for group in groups if group not in here], case.file.code)


async def follow(uow: UnitOfWork, settings: Settings, seeker: PersonId) -> None:
    """What the groups go by has changed in all her cases, such as her language: the cards that stand follow."""
    for case in await uow.cases.of_seeker(seeker):
        if isinstance(case, Queued | Claimed):
            await update(uow, settings, case, await holder_of(uow, case))


async def empty(uow: UnitOfWork, code: CaseCode) -> None:
    """The cards say that there is nothing to see; sealed with no key that is to be destroyed."""
    for group in await uow.groups.all():
        shown = await uow.threads.message_of(group.chat, card_slot(code))
        if shown is not None:
            await uow.outbox.put(erasing.empty_card(group, code, shown), lane=Lane.EDIT)


async def leave(uow: UnitOfWork, group: Group) -> None:
    """The group is none of ours any more: what waits for it is not said, and of what stands there a code is left."""
    await uow.outbox.withdraw(group.chat)
    for code, message in await uow.groups.cards_in(group, card_slot(CaseCode(""))):
        await uow.outbox.put(messages.card_elsewhere(group, code, message), lane=Lane.LATER_CARD)
    await uow.threads.forget_chat(group.chat)


async def holder_of(uow: UnitOfWork, case: Case) -> Person | None:
    """The lawyer who has the case now; None while nobody has."""
    return await uow.people.get(case.lawyer) if isinstance(case, Claimed) else None


async def _post(uow: UnitOfWork, settings: Settings, group: Group, shown: _Shown, why: str | None) -> None:
    case, slot = shown.case, card_slot(shown.case.file.code)
    usual = Lane.IMMEDIATE_CARD if case.file.urgency is Urgency.IMMEDIATE else Lane.CARD
    lane = Lane.LATER_CARD if shown.later else usual
    older = await uow.threads.message_of(group.chat, slot)
    if older is not None:
        await uow.outbox.put(messages.card_below(group, case, older), case=case.file.code, lane=Lane.EDIT)
    giver = shown.holder if shown.offered else None
    await uow.outbox.put(
        messages.card(group, case, settings.zone, uow.now, why=why, fit=shown.fit, giver=giver),
        case=case.file.code,
        slot=slot,
        mark=label(group.language, "relay.repeated"),
        lane=lane,
    )
    if lane is Lane.CARD:
        await _say_how_many_more(uow, group)


async def _edit(uow: UnitOfWork, settings: Settings, group: Group, shown: _Shown) -> None:
    name = shown.holder.working_name if shown.holder else None
    await uow.outbox.put(
        messages.card_edited(
            group, shown.case, settings.zone, uow.now, holder=name, fit=shown.fit, offered=shown.offered
        ),
        case=shown.case.file.code,
        slot=card_slot(shown.case.file.code),
        replaceable=True,
        lane=Lane.LATER_CARD if shown.later else Lane.EDIT,  # never before the card itself
    )


async def _withdraw(uow: UnitOfWork, groups: Sequence[Group], code: CaseCode) -> None:
    """Where it does not belong any more: what was not said yet is not said, and what stands says so."""
    slot = card_slot(code)
    standing = await uow.groups.showing(slot) if groups else set()
    for group in groups:
        if group.chat not in standing:
            continue
        await uow.outbox.withdraw(group.chat, code)
        shown = await uow.threads.messages_of(group.chat, slot)
        for message in shown[-2:]:  # of the one before, what says that a newer one stands below may just be withdrawn
            await uow.outbox.put(messages.card_elsewhere(group, code, message), lane=Lane.EDIT)
        await uow.threads.forget(group.chat, shown)
        if not shown and group.chat in await uow.groups.showing(slot):  # it is being sent at this moment
            edit = messages.card_elsewhere(group, code, 0)
            await uow.outbox.put(edit, case=code, slot=slot, replaceable=True, lane=Lane.EDIT)


async def _say_how_many_more(uow: UnitOfWork, group: Group) -> None:
    """Cards come faster than Telegram lets them be shown (20 a minute in a group): one line says so, ahead of them."""
    waiting = await uow.outbox.waiting(group.chat, Lane.CARD)
    if waiting in BACKLOG:
        more = messages.more_cards(group, waiting)
        await uow.outbox.put(more, slot="backlog", replaceable=True, lane=Lane.IMMEDIATE_CARD)
