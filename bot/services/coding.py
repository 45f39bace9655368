"""Coding a case for the numbers: in a few taps, each to be skipped, by who holds it, closed it, or a coordinator.

Nothing waits for it. The type of violence and what contexts follow from are written down only while she agrees to be
counted; whose act it was and which rights it touched are also the team's own.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.content import violated_rights
from bot.domain.case import Claimed, Closed
from bot.domain.coding import Circumstance, Coding, CodingPart, Gbvims, Violator, part_after, parts
from bot.domain.consent import Purpose
from bot.domain.desk import Sight, sight
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, allowed, require
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import coding as messages

LISTED = 30
"""So many of the cases that await their coding are named at once."""


async def begin(uow: UnitOfWork, code: CaseCode, person: Person, on: int | None) -> None:
    """What is coded of this case; the first question where nothing is."""
    case = await _codable(uow, code, person)
    first = parts(case.file.allows(Purpose.STATISTICS))[0]
    await _put(uow, case, person, None if case.file.coding.begun else first, on)


async def show(
    uow: UnitOfWork, code: CaseCode, part: CodingPart | None, person: Person, *, wide: bool, on: int | None
) -> None:
    """A part of it, or all."""
    await _put(uow, await _codable(uow, code, person), person, part, on, wide=wide)


async def choose(uow: UnitOfWork, code: CaseCode, part: CodingPart, value: str, person: Person, on: int | None) -> None:
    """It is coded like this, or no longer so. Raises NotAllowed where she hasn't agreed to be counted."""
    case = await _codable(uow, code, person)
    consented = case.file.allows(Purpose.STATISTICS)
    if part not in parts(consented):
        raise NotAllowed("refusal.no_statistics")
    coded = case.coded(_changed(case.file.coding, part, value))
    await uow.cases.move(case, coded, actor=person, action=Action.CODED)
    stays = part in (CodingPart.RIGHTS, CodingPart.MORE)
    await _put(uow, coded, person, part if stays else part_after(part, consented), on)


async def uncoded(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """The ended cases of those who agreed to be counted that have no type yet."""
    require(person, Right.CODE_ANY)
    codes, number = await uow.reports.uncoded(person.id, LISTED)
    await uow.outbox.put(messages.uncoded(person, codes, number, on), to=person)


async def _codable(uow: UnitOfWork, code: CaseCode, person: Person) -> Claimed | Closed:
    """A case he holds or has closed, or any other for whoever may. Raises NotAllowed, also after *not me*."""
    require(person, Right.WORK)
    case = await uow.cases.find(code)
    sees = sight(person, case, conflict=await uow.cases.in_conflict(code, person.id))
    own = sees in (Sight.WHOLE, Sight.ENDED)
    if not isinstance(case, Claimed | Closed) or not (own or (sees is Sight.OVERSEEN and _any(person))):
        raise NotAllowed("refusal.not_yours", code=code)
    return case


def _any(person: Person) -> bool:
    return allowed(person, Right.CODE_ANY)


def _changed(coding: Coding, part: CodingPart, value: str) -> Coding:
    """The coding with this. Raises OutOfDate for what nobody may choose here."""
    try:
        return _CHANGES[part](coding, value)
    except (KeyError, ValueError):
        raise OutOfDate("refusal.old_button") from None


def _type(coding: Coding, value: str) -> Coding:
    chosen = Gbvims(value)
    return coding.of_type(None if coding.gbvims is chosen else chosen)


def _whose(coding: Coding, value: str) -> Coding:
    chosen = Violator(value)
    return replace(coding, violator=None if coding.violator is chosen else chosen)


def _right(coding: Coding, value: str) -> Coding:
    return coding.with_right(violated_rights()[value].code)


def _more(coding: Coding, value: str) -> Coding:
    if value == messages.TOLD:
        return replace(coding, told_elsewhere=not coding.told_elsewhere)
    return coding.turned(Circumstance(value))


_CHANGES: dict[CodingPart, Callable[[Coding, str], Coding]] = {
    CodingPart.TYPE: _type,
    CodingPart.WHOSE: _whose,
    CodingPart.RIGHTS: _right,
    CodingPart.MORE: _more,
}


async def _put(
    uow: UnitOfWork,
    case: Claimed | Closed,
    person: Person,
    part: CodingPart | None,
    on: int | None,
    *,
    wide: bool = False,
) -> None:
    """A part that isn't asked of this case is passed over to all of it."""
    asked = part if part in parts(case.file.allows(Purpose.STATISTICS)) else None
    shown = messages.part(person, case, asked, wide=wide, on=on) if asked else messages.overview(person, case, on)
    await uow.outbox.put(shown, to=person, case=case.file.code, lane=Lane.URGENT)
