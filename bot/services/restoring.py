"""After a restore: nothing that was erased is back, and nobody is written to who may have said no meanwhile.

What came after the back-up is not known: whether she hid her chat, whether a message was sent, whether a case was to be
kept longer. So every help-seeker counts as hidden until she comes, what waited may have been said, and all deadlines
are told again before they run out.
"""

from datetime import UTC, datetime, time, timedelta

from bot.domain.case import Shut
from bot.domain.ids import CaseCode, PersonId
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.i18n import moment_in
from bot.services import erasure, notebook, orders
from bot.settings import Settings
from bot.storage.erased import Erased
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages.operators import to_coordinator

BACK_FOR = timedelta(days=30)
"""Whoever took erasing back needs her code again, for her account is lost; so long her appeals wait for it."""


async def take_over(uow: UnitOfWork, settings: Settings, moment: datetime, listed: Erased | None) -> int:
    """Make what was put back fit for work, before anything is sent; how many people and cases were erased again."""
    gone = 0
    if listed is not None:
        gone = await _erase_again(uow, settings, listed)
        for person in sorted(listed.back):
            await _wait_for_code(uow, PersonId(person))
    await _hold_back(uow)
    for ordered in await uow.orders.to_publish():  # it may have left, with other numbers than would be counted now
        await orders.give_up(uow, ordered)
    await uow.retention.tell_again()
    await uow.intake.set_fact("running", "yes")
    uow.journal.note(Action.RESTORED, actor=None)
    for coordinator in await uow.people.coordinators():
        when = moment_in(coordinator.language, moment, settings.zone)
        await uow.outbox.put(to_coordinator(coordinator, "coordinator.restored", moment=when), to=coordinator)
    return gone


async def _erase_again(uow: UnitOfWork, settings: Settings, listed: Erased) -> int:
    gone = 0
    for person in sorted(listed.people | {*listed.left}):
        her = await uow.people.by_id(PersonId(person))
        if her is not None and not her.on_the_team:
            await uow.erasure.empty(uow.cipher.lookup("account", her.account))
            left = None if person in listed.people else listed.left[person]
            until = None if left is None else datetime.combine(left, time(), UTC) + timedelta(days=1) + erasure.IN
            await _leave_again(uow, settings, her, until)
            gone += 1
    for code in sorted(listed.cases):
        if await uow.cases.find(CaseCode(code)) is not None:
            uow.journal.note(Action.ERASED, actor=None, case=CaseCode(code))
            await uow.erasure.case(CaseCode(code), settings.zone)
            gone += 1
    return gone


async def _leave_again(uow: UnitOfWork, settings: Settings, her: Person, until: datetime | None) -> None:
    """Destroyed, or closed to everybody as before; in silence, for all chats were emptied then."""
    if until is None or until <= uow.now:
        await erasure.destroy(uow, settings, her.id)
    elif her.erase_at is None:
        for case in await uow.cases.of_seeker(her.id):
            if not isinstance(case, Shut):
                await uow.cases.move(case, case.shut(until), actor=None, action=Action.SHUT)
                await uow.erasure.withdraw(case.file.code)
        await uow.erasure.leave(her, until)


async def _wait_for_code(uow: UnitOfWork, person: PersonId) -> None:
    her = await uow.people.by_id(person)
    if her is not None and her.erase_at is not None:
        await uow.people.set(her, erase_at=uow.now + BACK_FOR)


async def _hold_back(uow: UnitOfWork) -> None:
    """What waited may have been said: it is marked for the team. Elsewhere nothing is said before somebody comes.

    That goes for the chat of whoever has left, too: only what deletes there is still done.
    """
    team = {uow.cipher.lookup("account", each.account) for each in await uow.people.members()}
    team |= {group.chat for group in await uow.groups.all()}
    for chat in await uow.outbox.in_doubt_after_restore():
        if chat not in team:
            await uow.outbox.hide(chat)
    for her in await uow.people.hide_everybody():
        await notebook.put_on(uow, her)
