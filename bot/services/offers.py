"""Offers: a case that is to go to somebody else, shown and ended. What accepting one does stands in `hand_over`."""

from bot.domain.case import Case, Claimed
from bot.domain.follow_up import ReminderKind
from bot.domain.hand_over import HandOver
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import label
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import hand_over as messages
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages.common import said


def offer_slot(code: CaseCode) -> str:
    """The slot of an offer, in the chat of whoever it was shown to."""
    return f"offer:{code}"


async def show(uow: UnitOfWork, settings: Settings, case: Claimed, offer: HandOver, person: Person) -> None:
    """What is offered: what a card says, and the giver's note; no word of hers before it is accepted."""
    giver = await uow.people.get(offer.giver)
    note = await uow.case_notes.find(offer.note)
    await uow.outbox.put(
        messages.offer(person, case, offer, giver, note.words if note else "", settings.zone, uow.now),
        to=person,
        case=case.file.code,
        slot=offer_slot(case.file.code),
        mark=label(person.language, "relay.repeated"),
    )


async def in_queue(uow: UnitOfWork, case: Case) -> HandOver | None:
    """The open offer of this case to whoever takes it; None when there is none."""
    offer = await uow.hand_overs.of(case)
    return offer if offer is not None and offer.to is None else None


async def cases_in_queue(uow: UnitOfWork) -> list[Claimed]:
    """The held cases that are offered to whoever takes them."""
    return [await uow.cases.get(code, Claimed) for code in await uow.hand_overs.in_queue()]


async def end(uow: UnitOfWork, case: Case) -> HandOver | None:
    """It is offered no more, and whoever was asked reads so; what was offered, None when nothing was."""
    offer = await uow.hand_overs.of(case)
    await uow.hand_overs.end(case.file.code)
    await uow.reminders.drop(case.file.code, ReminderKind.HAND_OVER)
    if offer is not None:
        await take_away(uow, case.file.code)
    return offer


async def take_away(uow: UnitOfWork, code: CaseCode, *, besides: Person | None = None) -> None:
    """Wherever the giver's note was read nothing of it stands any more, nor comes; `besides`: whoever has the case."""
    slot, kept = offer_slot(code), besides and uow.cipher.lookup("account", besides.account)
    await uow.pages.withdraw([slot])
    for chat in {each.chat for each in await uow.pages.standing([slot])} - {kept}:
        asked = await uow.people.by_chat(chat)
        if asked is not None and asked.on_cases:
            await uow.outbox.put(messages.ended(asked, code), to=asked, case=code, slot=slot)


async def give_back(uow: UnitOfWork, case: Case, asked: Person) -> None:
    """Whoever was asked can't take it: the giver, who has it all the time, is told."""
    offer = await uow.hand_overs.of(case)
    if offer is None or offer.to != asked.id:
        return
    await uow.hand_overs.end(case.file.code)
    await uow.reminders.drop(case.file.code, ReminderKind.HAND_OVER)
    giver = await uow.people.get(offer.giver)
    name = asked.working_name or label(giver.language, "team.unnamed")
    await uow.outbox.put(messages.declined(giver, case.file.code, name), to=giver, case=case.file.code)
    asker = await asked_by(uow, offer)
    if asker is not None:
        name = asked.working_name or label(asker.language, "team.unnamed")
        line = to_lawyer.line(asker, "hand_all.declined_one", case.file.code, name=name)
        await uow.outbox.put(line, to=asker, case=case.file.code)


async def asked_by(uow: UnitOfWork, offer: HandOver) -> Person | None:
    """The coordinator who hands over somebody else's cases; None when the giver does it himself."""
    note = await uow.case_notes.find(offer.note)
    asker = await uow.people.by_id(note.author) if note is not None and note.author != offer.giver else None
    return asker if asker is not None and asker.coordinates else None


async def ask_again(uow: UnitOfWork, offer: HandOver) -> bool:
    """A day has passed: of many cases at once a coordinator hears in one line. False when the giver himself asked."""
    asker, to = await asked_by(uow, offer), await uow.people.by_id(offer.to) if offer.to else None
    if asker is None or to is None:
        return False
    line = said(asker, "hand_all.unanswered", None, name=to.working_name or label(asker.language, "team.unnamed"))
    await uow.outbox.put(line, to=asker, slot=f"unanswered:{offer.giver}:{to.id}", replaceable=True)
    return True


async def give_all_back(uow: UnitOfWork, asked: Person) -> None:
    """Somebody is there no more to be asked: whoever offered something is told."""
    for offer in await uow.hand_overs.to(asked.id):
        case = await uow.cases.find(offer.case)
        if case is not None:
            await give_back(uow, case, asked)
