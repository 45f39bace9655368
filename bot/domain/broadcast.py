"""A word of the coordinators to the whole team or to one role: whose, to whom, and who got it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import PersonId
from bot.domain.people import Person, Role

BROADCAST_MOST = 3000
"""Characters: with its head and its last line it fits into one message of Telegram's (4096)."""

BROADCAST_LIVES = timedelta(days=30)
"""For how long its words, and who got them, are kept."""

UNSENT_LIVES = timedelta(days=1)
"""For how long words wait that nobody has sent."""

SAME_WITHIN = timedelta(minutes=10)
"""The very same words sent again this soon are a slip of the finger."""


class Reached(StrEnum):
    """How far a broadcast has come with somebody."""

    GOT = "got"
    WAITING = "waiting"
    NOT = "not"


@dataclass(frozen=True)
class Broadcast:
    """Words to the team. `to`: one role, or everybody. Not sent while there is nobody it went to."""

    id: int
    at: datetime
    by: PersonId
    to: Role | None
    words: str
    recipients: tuple[PersonId, ...] = ()

    @property
    def slot(self) -> str:
        """The slot under which it is said to everybody."""
        return f"{BROADCAST}{self.id}"


BROADCAST = "broadcast:"
"""How the slot of a broadcast begins: a reply to one goes to nobody, least of all into a case."""


def audience(team: Sequence[Person], by: PersonId, to: Role | None) -> list[Person]:
    """Who is meant: everybody but who writes, or those of a role."""
    return [each for each in team if each.id != by and to in (None, each.role)]


def reached(state: str | None) -> Reached:
    """How far a message of this state in the outbox has come; what arrived is forgotten there before the words are."""
    match state:
        case None | "sent":
            return Reached.GOT
        case "waiting" | "sending":
            return Reached.WAITING
        case _:
            return Reached.NOT


def sorted_out(people: Sequence[Person], states: Mapping[PersonId, str]) -> dict[Reached, list[Person]]:
    """Who got it, who waits for it, and whom it can't reach now."""
    found: dict[Reached, list[Person]] = {each: [] for each in Reached}
    for person in people:
        found[reached(states.get(person.id))].append(person)
    return found
