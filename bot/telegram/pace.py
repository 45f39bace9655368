"""How fast Telegram may be written to: windows per private chat, per group, and overall; what a 429 teaches.

Telegram publishes about 1 message a second in one chat (short bursts allowed), 20 a minute in one group, about 30 a
second overall (Bots FAQ, "My bot is hitting limits"), and says that the true limits are others. A hold belongs to the
chat, never to the message: many messages of one chat that retry by themselves were measured to make 1,345 refused
calls where one hold makes none.

Telegram counts a message somewhere between our call and its answer, we from the answer on: then no delay on the way
can bring two closer together there than they were here.

A 429 doesn't say whether one chat or the whole bot was too fast. In a chat that was written to a moment ago it is about
that chat. A chat that was quiet was not too fast: when several such are refused within seconds, it is about all.
Whatever was too fast becomes slower at once, and the former pace comes back slowly.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

BURST = 3
"""Messages that may follow each other in a private chat before one a second is kept on the average."""

SLACK = timedelta(milliseconds=10)
"""Kept free at the end of every window: two clocks are never quite the same."""

SLOWER = 0.75
"""What is left of a pace that was too fast."""

SLOWEST = 0.05
"""No pace becomes slower than this share of what the settings allow."""

BACK_AFTER = timedelta(minutes=100)
"""In this time a pace comes back from nothing to what the settings allow; a moment later Telegram is asked again."""

SEVERAL, AT_ONCE = 3, timedelta(seconds=10)
"""So many quiet chats refused within this time: all must go slower."""

AGAIN = timedelta(minutes=10)
"""A quiet chat that is refused a second time within this time was itself too fast."""

ALL_HELD_AT_MOST = timedelta(minutes=1)
"""Nobody is kept silent for longer than this by a conclusion from what other chats were told."""


UNPACED = frozenset(
    {
        "SetMessageReaction",
        "DeleteMessage",
        "DeleteMessages",
        "DeleteForumTopic",
        "PinChatMessage",
        "UnpinChatMessage",
        "LeaveChat",
        "SetMyCommands",
        "GetFile",
    }
)
"""Methods that put no new message on a screen."""


@dataclass(frozen=True)
class Limits:
    """What the settings allow."""

    chat_per_second: float = 1.0
    group_per_minute: int = 20
    overall_per_second: int = 30


class _Window:
    """At most `count` in any `span`; a share of it while Telegram allows less."""

    def __init__(self, count: int, span: timedelta) -> None:
        self._count = count
        self._span = span + SLACK
        self._moments: deque[datetime] = deque()
        self._share = 1.0
        self._slowed_at: datetime | None = None

    def room(self, now: datetime) -> int:
        """How many may go now."""
        self.free_at(now)
        return max(0, self._allowed(now)[0] - len(self._moments))

    def free_at(self, now: datetime) -> datetime:
        """When the next one may go."""
        count, span = self._allowed(now)
        while self._moments and self._moments[0] + span <= now:
            self._moments.popleft()
        return now if len(self._moments) < count else self._moments[-count] + span

    def take(self, now: datetime) -> None:
        self._moments.append(now)

    def answered(self, left: datetime, now: datetime) -> None:
        """One that left then counts from now on."""
        if left in self._moments:
            self._moments.remove(left)
        self._moments.append(now)

    def slow_down(self, now: datetime) -> None:
        """Telegram allows less."""
        self._share = max(SLOWEST, self.share(now) * SLOWER)
        self._slowed_at = now

    def share(self, now: datetime) -> float:
        """How much of the pace is kept at present: all of it is 1."""
        if self._slowed_at is not None and self._share + (now - self._slowed_at) / BACK_AFTER >= 1:
            self._share, self._slowed_at = 1.0, None
        return self._share + ((now - self._slowed_at) / BACK_AFTER if self._slowed_at else 0)

    def busy(self, now: datetime) -> bool:
        """True when something went before the last; the parts of an album go together."""
        self.free_at(now)
        return len(set(self._moments)) > 1

    def idle(self, now: datetime) -> bool:
        return self.free_at(now) == now and not self._moments and self.share(now) == 1

    def _allowed(self, now: datetime) -> tuple[int, timedelta]:
        """How many in how long: fewer in the same time; where that is less than one, one in a longer time."""
        exact = self._count * self.share(now)
        return (int(exact), self._span) if exact >= 1 else (1, self._span / exact)


class Pace:
    """Which chats must wait, and until when."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = _Window(limits.overall_per_second, timedelta(seconds=1))
        self._chats: dict[str, _Window] = {}
        self._holds: dict[str, datetime] = {}
        self._quiet: dict[str, tuple[datetime, datetime]] = {}
        """Chats that were refused though they were quiet: when, and until when."""
        self._all_held: datetime | None = None
        self._under_way: dict[str, tuple[datetime, int]] = {}

    def room(self, now: datetime) -> int:
        """How many messages may go now, to whomever."""
        return 0 if self._held(now) else self._overall.room(now)

    def waiting(self, now: datetime) -> Iterator[tuple[str, datetime]]:
        """The chats that must wait, each with the moment its turn comes."""
        self._holds = {chat: until for chat, until in self._holds.items() if until > now}
        yield from self._holds.items()
        for chat, window in list(self._chats.items()):
            if window.idle(now) and chat not in self._under_way:
                del self._chats[chat]
            elif (free := window.free_at(now)) > now:
                yield chat, free

    def next_turn(self, now: datetime) -> datetime | None:
        """When the first of those that must wait now may go; None while nobody must."""
        turns = [until for _, until in self.waiting(now)]
        if not self.room(now):
            turns.append(max(self._overall.free_at(now), self._held(now) or now))
        return min(turns, default=None)

    def take(self, chat: str, *, group: bool, now: datetime, cost: int = 1) -> None:
        """A message goes to this chat now; the parts of an album count one by one."""
        window = self._chats.get(chat) or self._chats.setdefault(chat, self._window(group))
        for _ in range(cost):
            window.take(now)
            self._overall.take(now)
        self._under_way[chat] = (now, cost)

    def answered(self, chat: str, *, now: datetime) -> None:
        """The call to this chat has come back, with whatever answer; there is one at a time."""
        left, cost = self._under_way.pop(chat, (now, 0))
        window = self._chats.get(chat)
        for _ in range(cost):
            self._overall.answered(left, now)
            if window is not None:
                window.answered(left, now)

    def refused(self, chat: str, *, after: timedelta, now: datetime) -> bool:
        """Telegram asks for patience in this chat; True when all must be slower now, for it is not about this chat."""
        until = now + after
        self._holds[chat] = max(until, self._holds.get(chat, until))
        if self._held(now):  # it left before all were held: nothing new is learned from it
            return False
        self._quiet = {each: told for each, told in self._quiet.items() if now - told[0] < AGAIN}
        window = self._chats.get(chat)
        if window is not None and (window.busy(now) or chat in self._quiet):
            window.slow_down(now)
            return False
        self._quiet[chat] = (now, until)
        together = {each: told for each, (at, told) in self._quiet.items() if now - at < AT_ONCE}
        if len(together) < SEVERAL:
            return False
        self._overall.slow_down(now)
        self._all_held = min(*together.values(), now + ALL_HELD_AT_MOST)
        self._quiet = {each: told for each, told in self._quiet.items() if each not in together}
        return True

    def _held(self, now: datetime) -> datetime | None:
        return self._all_held if self._all_held is not None and self._all_held > now else None

    def _window(self, group: bool) -> _Window:
        if group:
            return _Window(self._limits.group_per_minute, timedelta(minutes=1))
        return _Window(BURST, timedelta(seconds=BURST / self._limits.chat_per_second))
