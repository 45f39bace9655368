"""Whom each lawyer suits: who is there for a case, and the screens on which it is said."""

from dataclasses import replace

from bot.content import taxonomy
from bot.domain import profile as rules
from bot.domain.case import Case, Claimed
from bot.domain.errors import OutOfDate
from bot.domain.ids import PersonId
from bot.domain.people import LANGUAGES, Person, Role
from bot.domain.profile import CAN_WAIT, NOTHING_SAID, Profile, Suited
from bot.domain.rights import Right, require
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.fit_buttons import SuitsPart
from bot.telegram.messages import profile as messages


async def present(uow: UnitOfWork) -> list[Person]:
    """Everybody on the team who can be written to and is not on leave, the longest known first."""
    return [person for person, profile in await _everybody(uow) if _is_there(uow, person, profile)]


async def suited(uow: UnitOfWork, case: Case) -> list[Person]:
    """Whom a case suits among those who are there, best first; nobody in conflict with it, nor who holds it."""
    return list((await suited_to(uow, case)).people)


async def suited_to(uow: UnitOfWork, case: Case) -> Suited:
    """The same, and how many of them are women.

    A coordinator is counted when a profile says so: the coordinators hear of what waits anyway.
    """
    not_them = await uow.profiles.in_conflict(case.file.code) | {case.file.seeker}
    if isinstance(case, Claimed):
        not_them |= {case.lawyer}
    counted = [each for each in await _everybody(uow) if each[0].role is Role.LAWYER or each[1].says_something]
    who = [each for each in counted if each[0].id not in not_them and _is_there(uow, *each)]
    elsewhere = any(profile.suits(case.file) for person, profile in counted if (person, profile) not in who)
    return replace(rules.suited(case.file, who), elsewhere=elsewhere)


async def cant_wait(uow: UnitOfWork, case: Claimed) -> bool:
    """True when a case has become too urgent to wait until the lawyer who holds it is back."""
    profile = await uow.profiles.of(case.lawyer)
    return case.file.urgency not in CAN_WAIT and profile.pauses(case, uow.now)


async def show(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    part: SuitsPart = SuitsPart.ALL,
    *,
    page: int = 0,
    whose: str = "",
    on: int | None = None,
) -> None:
    """Whom he suits, or whom somebody else on the team does: all of it, or one list to choose from."""
    member = await whose_profile(uow, person, whose)
    profile = await uow.profiles.of(member.id)
    if part in (SuitsPart.ALL, SuitsPart.WOMAN):
        screen = messages.whole(person, member, profile, settings.zone, uow.now, on)
    else:
        screen = messages.choose(person, member, profile, part, options(settings, part), page, on)
    await uow.outbox.put(screen, to=person)


async def _everybody(uow: UnitOfWork) -> list[tuple[Person, Profile]]:
    known = await uow.profiles.all()
    return [(person, known.get(person.id, NOTHING_SAID)) for person in await uow.people.on_cases()]


def _is_there(uow: UnitOfWork, person: Person, profile: Profile) -> bool:
    return person.started and person.reachable and not profile.away(uow.now)


async def whose_profile(uow: UnitOfWork, person: Person, whose: str) -> Person:
    """The person himself, or somebody on the team for a coordinator."""
    require(person, Right.WORK)
    if not whose or whose == person.id:
        return person
    require(person, Right.PROFILES)
    found = next((each for each in await uow.people.on_cases() if each.id == PersonId(whose)), None)
    if found is None:
        raise OutOfDate("refusal.no_member")
    return found


def options(settings: Settings, part: SuitsPart) -> list[str]:
    """What can be chosen of this list in the countries this hotline serves."""
    about = taxonomy(tuple(settings.countries))
    match part:
        case SuitsPart.LANGUAGES:
            return list(LANGUAGES)
        case SuitsPart.REGIONS:
            return [region.iso for country in settings.countries for region in about.regions_of(country)]
        case SuitsPart.CATEGORIES:
            return [category.code for category in about.categories]
        case _:
            return []
