"""How the team is doing: who carries how much, who is away, and who has not been here for long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.people import Person, Role
from bot.domain.profile import NOTHING_SAID, Profile

ABSENT_AFTER = timedelta(days=7)
"""Who has not opened the bot for so long is named to the coordinators: cases may be waiting for nobody."""

NAME_MOST = 40
"""Characters of a working name: it stands on a card, in one line with when the case was taken."""

ASKED = "team:"
"""How it begins what a coordinator's next text is about the team. Such words never go into a case, however late."""

TYPED = "typed:"
"""The slot of what a coordinator wrote about the team: neither a reply to it nor a new version is for a case."""


class LinkState(StrEnum):
    """Why a one-time link opens nothing."""

    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Load:
    """How many open cases somebody holds, and how many of them are immediate or high."""

    open: int = 0
    immediate: int = 0
    high: int = 0


@dataclass(frozen=True)
class Teammate:
    """Somebody on the team, as a coordinator looks after him."""

    person: Person
    load: Load = Load()
    profile: Profile = NOTHING_SAID
    on_duty: bool = False

    def absent(self, now: datetime) -> int | None:
        """For how many days he has not opened the bot; None while that is not long, or nobody knows."""
        seen = self.person.seen_at
        return (now - seen).days if seen is not None and now - seen >= ABSENT_AFTER else None

    def missing(self, now: datetime) -> bool:
        """True when nobody should count on him now."""
        there = self.person.started and self.person.reachable
        return not there or self.profile.away(now) or self.absent(now) is not None

    def _rank(self, now: datetime) -> tuple[object, ...]:
        alone = self.load.open > 0 and self.missing(now)
        weight = (-self.load.open, -self.load.immediate, -self.load.high)
        return not alone, *weight, not self.missing(now), self.person.role is Role.OBSERVER


def in_order(team: Iterable[Teammate], now: datetime) -> list[Teammate]:
    """First whose cases may be waiting for nobody, then who carries most, then who is missing."""
    return sorted(team, key=lambda each: each._rank(now))


def gives_more(person: Person, role: Role | None) -> bool:
    """True when a link for this role (None: it opens nothing) is worth opening: nobody loses a role by a link."""
    return not person.on_the_team or (role is Role.COORDINATOR and not person.coordinates)


def working_name(typed: str) -> str | None:
    """A working name as it is kept: one line of printable letters; None for what can't be one."""
    name = " ".join(typed.split()) if "\n" not in typed.strip() else ""
    return name if 1 <= len(name) <= NAME_MOST and name.isprintable() else None
