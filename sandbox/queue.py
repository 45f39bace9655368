"""What waits for the bot: the queue of updates, with Telegram's rules of confirming and forgetting.

Sources: Bot API, "Getting updates" and getUpdates; the numbers of the open server (Client.cpp, TQueue.cpp).
The server's cap of 4 MiB for one answer is left out: a hundred updates stay below it. So is its throttling
of a poll that repeats its offset within half a second.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.rules import LONG_POLL_MAX, UPDATE_LIFE, Refused

Raw = dict[str, Any]
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_AHEAD, _BEHIND = 10, 100_000  # TQueue.cpp: an offset further off than this is ignored


@dataclass(frozen=True)
class Pending:
    """An update that is not confirmed: `lane` is the chat whose order a webhook keeps."""

    update_id: int
    raw: Raw
    lane: int
    created: datetime


class UpdateQueue:
    """Keep updates until a higher offset confirms them, or 24 hours have passed."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._next = secrets.randbelow(900_000_000) + 1_000_000  # TQueue.cpp: the first id is random
        self._pending: OrderedDict[int, Pending] = OrderedDict()
        self._poll: asyncio.Future[str | None] | None = None
        self.allowed: frozenset[str] | None = None
        self.on_put: Callable[[], None] | None = None  # wakes the one who delivers to a webhook

    def wants(self, kind: str) -> bool:
        """Whether updates of this kind are made at all (Bot API, allowed_updates)."""
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: list[str] | None) -> None:
        """Store allowed_updates: absent keeps the previous setting, an empty list means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def put(self, kind: str, payload: Raw, lane: int) -> int | None:
        """Append an update and wake who waits; returns its id, or None if the bot does not want the kind."""
        if not self.wants(kind):
            return None
        update_id = self._next
        self._next += 1
        raw = {"update_id": update_id, kind: payload}
        self._pending[update_id] = Pending(update_id, raw, lane, self._clock())
        self._wake(None)
        if self.on_put is not None:
            self.on_put()
        return update_id

    def pending(self) -> list[Pending]:
        """All that waits, oldest first."""
        self._forget_old()
        return list(self._pending.values())

    def after(self, update_id: int) -> list[Pending]:
        """What came after this update, oldest first."""
        self._forget_old()
        first = max(update_id + 1, next(iter(self._pending), self._next))
        return [self._pending[number] for number in range(first, self._next) if number in self._pending]

    def find(self, update_id: int) -> Pending | None:
        """An update that still waits."""
        self._forget_old()
        return self._pending.get(update_id)

    def count(self) -> int:
        """How many updates wait."""
        self._forget_old()
        return len(self._pending)

    def confirm(self, update_id: int) -> None:
        """Take one update away: a webhook has accepted it."""
        self._pending.pop(update_id, None)

    def drop(self) -> None:
        """Forget everything (drop_pending_updates)."""
        self._pending.clear()

    def interrupt(self, reason: str) -> None:
        """End a poll that waits with 409: a webhook was set, or another poll took its place."""
        self._wake(f"Conflict: terminated by {reason}")

    async def get(self, offset: int, limit: int, timeout: float) -> list[Raw]:
        """Answer getUpdates: confirm below `offset`, return what waits or wait for it up to `timeout` seconds.

        Raises 409 in the poll that waited first when a second one has to wait as well.
        """
        start = self._confirm_below(offset)
        found = self._batch(start, limit)
        timeout = min(timeout, LONG_POLL_MAX)
        if found or timeout <= 0:
            return found
        self.interrupt("other getUpdates request; make sure that only one bot instance is running")
        poll: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        conflict: str | None = None
        try:
            async with asyncio.timeout(timeout):
                conflict = await poll
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        if conflict is not None:
            raise Refused(409, conflict)
        return self._batch(start, limit)

    def _wake(self, conflict: str | None) -> None:
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_result(conflict)

    def _forget_old(self) -> None:
        end = self._clock() - UPDATE_LIFE
        while self._pending:
            first = next(iter(self._pending))
            if self._pending[first].created > end:
                return
            del self._pending[first]

    def _confirm_below(self, offset: int) -> int:
        self._forget_old()
        head = next(iter(self._pending), self._next)
        if offset == 0 or offset > self._next + _AHEAD or 0 < offset < head - _BEHIND:
            return head
        if offset < 0:
            ids = list(self._pending)
            offset = ids[offset] if -offset <= len(ids) else head
        while self._pending:
            first = next(iter(self._pending))
            if first >= offset:
                break
            del self._pending[first]
        return offset

    def _batch(self, start: int, limit: int) -> list[Raw]:
        limit = limit if 1 <= limit <= 100 else 100
        found: list[Raw] = []
        for pending in self._pending.values():
            if pending.update_id >= start:
                found.append(pending.raw)
                if len(found) == limit:
                    break
        return found
