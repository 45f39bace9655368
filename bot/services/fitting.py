"""A profile changes: one tap a value, and the cards of what waits follow it."""

from dataclasses import replace

from bot.domain.errors import OutOfDate
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.profile import Profile
from bot.services import cards, profiles
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.fit_buttons import SuitsPart


async def switch(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    part: SuitsPart,
    value: str,
    *,
    page: int = 0,
    whose: str = "",
    on: int | None = None,
) -> None:
    """One value more, or one less. Raises OutOfDate for one that is none.

    Whether somebody is a woman nobody else says. The cards of what waits name whom it suits now.
    """
    member = await profiles.whose_profile(uow, person, whose)
    profile = await uow.profiles.of(member.id)
    if part is SuitsPart.WOMAN and member.id == person.id:
        changed = replace(profile, woman=not profile.woman)
    elif part is not SuitsPart.WOMAN and value in profiles.options(settings, part):
        changed = _switched(profile, part, value)
    else:
        raise OutOfDate("refusal.old_button")
    await uow.profiles.keep(member.id, changed)
    uow.journal.note(Action.PROFILE_CHANGED, actor=person)
    await redraw(uow, settings, profile, changed)
    await profiles.show(uow, settings, person, part, page=page, whose=whose, on=on)


async def redraw(uow: UnitOfWork, settings: Settings, before: Profile, now: Profile) -> None:
    """What waits and suits somebody otherwise than before says so on its cards; no other card is touched."""
    for case in await uow.cases.queue():
        was, is_ = [each.suits(case.file) and (each.closeness(case.file), each.away(uow.now)) for each in (before, now)]
        if was != is_:
            await cards.update(uow, settings, case)


def _switched(profile: Profile, part: SuitsPart, value: str) -> Profile:
    chosen: tuple[str, ...] = getattr(profile, part)
    kept = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
    return replace(profile, **{part.value: kept})  # type: ignore[arg-type]
