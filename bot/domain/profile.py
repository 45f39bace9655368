"""Whom a lawyer suits, and when he is away: pure rules, asked wherever a case looks for somebody.

What a lawyer leaves empty is everything: who has said nothing suits everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.case import CaseFile, Claimed, Queued
from bot.domain.people import Person
from bot.domain.triage import Urgency

NAMED_MOST = 3
"""So many working names stand on a card; who comes after them is counted."""

CAN_WAIT = frozenset({Urgency.NORMAL, Urgency.LOW})
"""What may wait until a lawyer is back; the rest goes to the queue when he leaves."""


class Leave(StrEnum):
    """For how long a lawyer goes away; `open` is until he says that he is back."""

    TODAY = "today"
    DAYS_3 = "days_3"
    WEEK = "week"
    WEEKS_2 = "weeks_2"
    OPEN = "open"

    def until(self, zone: ZoneInfo, now: datetime) -> datetime | None:
        """The midnight at which he is there again, by the organisation's clock; None: nobody knows."""
        if self is Leave.OPEN:
            return None
        day = now.astimezone(zone).date() + timedelta(days=_DAYS[self])
        return datetime.combine(day, time(0), tzinfo=zone)


_DAYS = {Leave.TODAY: 1, Leave.DAYS_3: 3, Leave.WEEK: 7, Leave.WEEKS_2: 14}


@dataclass(frozen=True)
class Profile:
    """Whom a lawyer suits (empty: everybody), whether a woman, and the latest leave.

    `away_since` and `away_until` are the latest leave, also when it is over: until then nobody counts his silence.
    Without an end it lasts until he says that he is back.
    """

    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    woman: bool = False
    away_since: datetime | None = None
    away_until: datetime | None = None

    @property
    def says_something(self) -> bool:
        """True once anything of it was said."""
        return bool(self.languages or self.regions or self.categories or self.woman)

    def away(self, now: datetime) -> bool:
        """True while he is on leave."""
        return self.away_since is not None and (self.away_until is None or now < self.away_until)

    def pauses(self, case: Claimed, now: datetime) -> bool:
        """True for a case he held when he went: it waits for him. What he took since, he took to work on it."""
        return self.away(now) and self.away_since is not None and case.at <= self.away_since

    def silent_since(self, case: Claimed, since: datetime | None) -> datetime | None:
        """Since when his silence counts: his leave, when he held the case before it, is no silence."""
        if since is None or self.away_since is None or self.away_until is None or case.at > self.away_since:
            return since
        return max(since, self.away_until)

    def suits(self, file: CaseFile) -> bool:
        """True when language, category and region of a case are among his, as far as they are known."""
        return all(not own or known is None or known in own for own, known in self._sides(file))

    def closeness(self, file: CaseFile) -> tuple[bool, ...]:
        """Sorts those whom a case suits: a woman where she asked for one, then who named its language."""
        return (file.prefers_woman and not self.woman, *(known not in own for own, known in self._sides(file)))

    def _sides(self, file: CaseFile) -> tuple[tuple[tuple[str, ...], str | None], ...]:
        return (self.languages, file.language), (self.categories, file.category), (self.regions, file.region)


NOTHING_SAID = Profile()
"""Of who has said nothing: suits everybody, is not away."""


@dataclass(frozen=True)
class Suited:
    """Whom a waiting case suits, best first; `women`: how many of them are women, whom she may have asked for.

    `elsewhere`: it would suit somebody who can't take it now: in conflict with it, its holder, away.
    """

    people: tuple[Person, ...] = ()
    women: int = 0
    elsewhere: bool = False


def suited(file: CaseFile, who: Iterable[tuple[Person, Profile]]) -> Suited:
    """Whom a case suits among those who are there."""
    fits = [(person, profile) for person, profile in who if profile.suits(file)]
    fits.sort(key=lambda each: each[1].closeness(file))
    return Suited(tuple(person for person, _ in fits), sum(profile.woman for _, profile in fits))


def may_be_next(case: Queued, profile: Profile, women: int, now: datetime) -> bool:
    """True when this is a case to offer him: it suits him, and no woman is there for who asked for one.

    A case that has passed its limit goes to whoever takes it: to wait longer is worse than a man.
    """
    if not profile.suits(case.file):
        return False
    kept = case.file.prefers_woman and not profile.woman and women > 0
    return not kept or now >= case.since + case.file.urgency.limit
