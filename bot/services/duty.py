"""Duty: who is there for whoever is in danger, when somebody is there next, and what each says of himself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.case import Case, CaseFile, Queued
from bot.domain.duty import OnFor, OwnWord, Shift, Span, here, shift_ends, spans
from bot.domain.ids import PersonId
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.profile import NOTHING_SAID, Profile
from bot.domain.rights import Right, require
from bot.i18n import Markup, label
from bot.services.reach import zone_of
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import duty as messages
from bot.telegram.messages.common import said


@dataclass(frozen=True)
class Member:
    """Somebody on the team who can be written to: whom he suits, and when he is on duty from now on."""

    person: Person
    profile: Profile
    spans: list[Span]
    word: OwnWord | None

    def here(self, now: datetime) -> bool:
        """True when he is on duty."""
        return here(self.spans, now)

    def may_be_woken(self, file: CaseFile, now: datetime) -> bool:
        """True for a lawyer whom this case suits, who is not on duty, nor away, and has not said *off duty*."""
        off = self.word is not None and not self.word.on and self.word.holds(now)
        rests = off or self.profile.away(now) or self.person.coordinates
        return self.profile.suits(file) and not self.here(now) and not rests


async def everybody(uow: UnitOfWork, settings: Settings, file: CaseFile | None = None) -> list[Member]:
    """The team, whom this case suits best first; without those it is closed to, and who can't be written to."""
    shifts, words, profiles = await uow.rota.shifts(), await uow.rota.words(), await uow.profiles.all()
    closed = {file.seeker, *await uow.profiles.in_conflict(file.code)} if file else set()
    there = [each for each in await uow.people.on_cases() if each.started and each.reachable and each.id not in closed]
    found = [
        Member(
            each,
            profiles.get(each.id, NOTHING_SAID),
            _spans(uow, settings, each.id, shifts, words, profiles),
            words.get(each.id),
        )
        for each in there
    ]
    if file is not None:
        found.sort(key=lambda each: (not each.profile.suits(file), each.profile.closeness(file)))
    return found


async def on_duty(uow: UnitOfWork, settings: Settings, file: CaseFile | None = None) -> list[Person]:
    """Who is on duty now; of this case, whom it suits best first."""
    return [each.person for each in await everybody(uow, settings, file) if each.here(uow.now)]


async def next_at(uow: UnitOfWork, settings: Settings) -> datetime | None:
    """When somebody is there next; None while somebody is, on duty or at work, and where nobody knows."""
    team, lately = await everybody(uow, settings), uow.now - timedelta(minutes=settings.present_minutes)
    if any(each.here(uow.now) or (each.person.seen_at or lately) > lately for each in team):
        return None
    return min((each.spans[0].start for each in team if each.spans), default=None)


async def expected(uow: UnitOfWork, settings: Settings, her: Person, case: Case) -> Markup | None:
    """When somebody is there for a case that waits, by her clock; None while somebody is, and where nobody knows."""
    if not isinstance(case, Queued):
        return None
    return messages.expected(her.language, await next_at(uow, settings), zone_of(settings, case.file))


async def show(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """Whether he is on duty, until when, and his next shifts."""
    require(person, Right.DUTY)
    shifts, words, profiles = await uow.rota.shifts(), await uow.rota.words(), await uow.profiles.all()
    own, word = _spans(uow, settings, person.id, shifts, words, profiles), words.get(person.id)
    off = word if word is not None and not word.on and word.holds(uow.now) else None
    away = profiles.get(person.id, NOTHING_SAID).away(uow.now)
    await uow.outbox.put(messages.own(person, own, settings.zone, uow.now, off=off, away=away, on=on), to=person)


async def go_on(uow: UnitOfWork, settings: Settings, person: Person, how_long: OnFor, on: int | None) -> None:
    """He is on duty from now on, beside the rota."""
    require(person, Right.DUTY)
    await uow.rota.say(person.id, OwnWord(on=True, until=how_long.until(settings.zone, uow.now)))
    uow.journal.note(Action.DUTY_ON, actor=person)
    await show(uow, settings, person, on)
    await somebody_again(uow, settings)


async def go_off(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """He is not on duty, whatever the rota says, until the shift he is in is over."""
    require(person, Right.DUTY)
    was = await on_duty(uow, settings)
    mine = [each for each in await uow.rota.shifts() if each.person == person.id]
    until = shift_ends(mine, settings.zone, uow.now)
    await uow.rota.say(person.id, OwnWord(on=False, until=until) if until else None)
    uow.journal.note(Action.DUTY_OFF, actor=person)
    await show(uow, settings, person, on)
    if was and not await on_duty(uow, settings):
        await nobody_left(uow, person)


ALARMED = "told that nobody is on duty"
"""The fact that the coordinators know it, as long as it is true."""


async def nobody_left(uow: UnitOfWork, person: Person) -> None:
    """The last one on duty has gone: the other coordinators hear who that was."""
    await uow.intake.set_fact(ALARMED, "yes")
    for coordinator in await uow.people.coordinators():
        if coordinator.id != person.id:
            name = person.working_name or label(coordinator.language, "team.unnamed")
            await uow.outbox.put(said(coordinator, "duty.nobody_left", None, name=name), to=coordinator)


async def somebody_again(uow: UnitOfWork, settings: Settings) -> int:
    """By the rota, by his word or after his leave: those who were alarmed hear who is on duty; how many hear it."""
    if not await uow.intake.fact(ALARMED):
        return 0
    there = await on_duty(uow, settings)
    if not there:
        return 0
    await uow.intake.set_fact(ALARMED, "")
    told = [each for each in await uow.people.coordinators() if each.id not in {one.id for one in there}]
    for coordinator in told:
        names = ", ".join(each.working_name or label(coordinator.language, "team.unnamed") for each in there)
        await uow.outbox.put(said(coordinator, "duty.somebody_again", None, names=names), to=coordinator)
    return len(told)


def _spans(
    uow: UnitOfWork,
    settings: Settings,
    person: PersonId,
    shifts: list[Shift],
    words: dict[PersonId, OwnWord],
    profiles: dict[PersonId, Profile],
) -> list[Span]:
    profile, mine = profiles.get(person, NOTHING_SAID), [each for each in shifts if each.person == person]
    away = profile.away(uow.now)
    word = words.get(person)
    return spans(mine, word, settings.zone, uow.now, away=away, away_until=profile.away_until)
