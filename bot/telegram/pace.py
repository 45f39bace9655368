"""How fast Telegram may be written to: windows per private chat, per group, and overall; holds after a 429.

Telegram publishes about 1 message a second in one chat (short bursts allowed), 20 a minute in one group, about 30 a
second overall (Bots FAQ, "My bot is hitting limits"). A hold belongs to the chat, never to the message: many messages
of one chat that retry by themselves were measured to make 1,345 refused calls where one hold makes none.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

BURST = 3
"""Messages that may follow each other in a private chat before one a second is kept on the average."""

SLACK = timedelta(milliseconds=100)
"""Kept free at the end of every window: Telegram's clock starts when a call arrives, ours when it leaves."""


@dataclass(frozen=True)
class Limits:
    """What the settings allow."""

    chat_per_second: float = 1.0
    group_per_minute: int = 20
    overall_per_second: int = 30


class _Window:
    """At most `count` in any `span`."""

    def __init__(self, count: int, span: timedelta) -> None:
        self._count = count
        self._span = span + SLACK
        self._moments: deque[datetime] = deque()

    def room(self, now: datetime) -> int:
        """How many may go now."""
        self.free_at(now)
        return max(0, self._count - len(self._moments))

    def free_at(self, now: datetime) -> datetime:
        """When the next one may go."""
        while self._moments and self._moments[0] + self._span <= now:
            self._moments.popleft()
        return now if len(self._moments) < self._count else self._moments[0] + self._span

    def take(self, now: datetime) -> None:
        self._moments.append(now)

    def idle(self, now: datetime) -> bool:
        return self.free_at(now) == now and not self._moments


class Pace:
    """Which chats must wait, and until when."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = _Window(limits.overall_per_second, timedelta(seconds=1))
        self._chats: dict[str, _Window] = {}
        self._holds: dict[str, datetime] = {}

    def room(self, now: datetime) -> int:
        """How many messages may go now, to whomever."""
        return self._overall.room(now)

    def waiting(self, now: datetime) -> Iterator[tuple[str, datetime]]:
        """The chats that must wait, each with the moment its turn comes."""
        self._holds = {chat: until for chat, until in self._holds.items() if until > now}
        yield from self._holds.items()
        for chat, window in list(self._chats.items()):
            if window.idle(now):
                del self._chats[chat]
            elif (free := window.free_at(now)) > now:
                yield chat, free

    def next_turn(self, now: datetime) -> datetime | None:
        """When the first of those that must wait now may go; None while nobody must."""
        turns = [until for _, until in self.waiting(now)]
        if not self.room(now):
            turns.append(self._overall.free_at(now))
        return min(turns, default=None)

    def take(self, chat: str, *, group: bool, now: datetime, cost: int = 1) -> None:
        """A message goes to this chat now; the parts of an album count one by one."""
        window = self._chats.get(chat) or self._chats.setdefault(chat, self._window(group))
        for _ in range(cost):
            window.take(now)
            self._overall.take(now)

    def hold(self, chat: str, until: datetime) -> None:
        """Telegram asked for patience in this chat."""
        self._holds[chat] = max(until, self._holds.get(chat, until))

    def _window(self, group: bool) -> _Window:
        if group:
            return _Window(self._limits.group_per_minute, timedelta(minutes=1))
        return _Window(BURST, timedelta(seconds=BURST / self._limits.chat_per_second))
