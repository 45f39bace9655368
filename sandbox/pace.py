"""How fast the bot may write: Telegram's pace limits, counted by the fake's clock."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.rules import Limits, Refused

_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


@dataclass
class _Bucket:
    tokens: float
    filled: datetime


@dataclass
class Pace:
    """Count messages and edits a chat and over all; refuse with 429 and `retry_after` (FAQ, "hitting limits").

    A refused message is not counted. An album counts each of its parts, but may go out as soon as one may.
    """

    limits: Limits | None
    _private: dict[int, _Bucket] = field(default_factory=dict)
    _groups: dict[int, deque[datetime]] = field(default_factory=dict)
    _overall: deque[datetime] = field(default_factory=deque)

    def spend(self, chat_id: int, *, private: bool, now: datetime, messages: int = 1) -> None:
        """Let `messages` pass or raise 429; `private` chooses which of the two limits of one chat applies."""
        if self.limits is None:
            return
        wait = self._wait_overall(self.limits, now)
        if private:
            bucket = self._bucket(chat_id, self.limits, now)
            if bucket.tokens < 1:
                wait = max(wait, (1 - bucket.tokens) / self.limits.private[1])
        else:
            wait = max(wait, self._wait_group(chat_id, self.limits, now))
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if private:
            bucket.tokens -= messages
        else:
            self._groups[chat_id].extend([now] * messages)
        self._overall.extend([now] * messages)

    def _wait_overall(self, limits: Limits, now: datetime) -> float:
        while self._overall and self._overall[0] <= now - _SECOND:
            self._overall.popleft()
        if len(self._overall) < limits.overall_per_second:
            return 0.0
        return (self._overall[-limits.overall_per_second] + _SECOND - now).total_seconds()

    def _wait_group(self, chat_id: int, limits: Limits, now: datetime) -> float:
        window = self._groups.setdefault(chat_id, deque())
        while window and window[0] <= now - _MINUTE:
            window.popleft()
        if len(window) < limits.group_per_minute:
            return 0.0
        return (window[-limits.group_per_minute] + _MINUTE - now).total_seconds()

    def _bucket(self, chat_id: int, limits: Limits, now: datetime) -> _Bucket:
        burst, rate = limits.private
        bucket = self._private.setdefault(chat_id, _Bucket(float(burst), now))
        gained = max(0.0, (now - bucket.filled).total_seconds()) * rate
        bucket.tokens = min(float(burst), bucket.tokens + gained)
        bucket.filled = now
        return bucket
