"""What goes wrong on the way: faults to order in advance, and the latency of a call."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["500", "502_html", "429", "cut_before", "cut_after", "hang"]
KINDS: tuple[str, ...] = get_args(Kind)
ANSWERED: frozenset[Kind] = frozenset({"500", "429"})  # Telegram answers, with a refusal
TRANSPORT: frozenset[Kind] = frozenset({"502_html", "cut_before", "cut_after", "hang"})  # the way itself fails
_chance = secrets.SystemRandom()


@dataclass
class Fault:
    """One ordered fault: the next `times` calls of `method` (to `chat_id`, if given) meet it.

    `500`, `502_html`, `cut_before` and `hang` have no effect at Telegram, `cut_after` has: the message is
    sent and only the answer is lost. `hang` keeps the connection open for `seconds`, then cuts it.
    """

    method: str
    kind: Kind
    times: int = 1
    chat_id: int | None = None
    retry_after: int | None = None
    seconds: float | None = None


class Faults:
    """The faults that wait, and `latency`: (low, high) seconds a call takes at a door, half before its effect."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.latency: tuple[float, float] | None = None

    def add(
        self,
        method: str = "*",
        kind: Kind = "500",
        times: int = 1,
        *,
        chat_id: int | None = None,
        retry_after: int | None = None,
        seconds: float | None = None,
    ) -> Fault:
        """Order a fault; `method="*"` meets every call. Earlier orders come first."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}")
        fault = Fault(method, kind, times, chat_id, retry_after, seconds)
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Forget what was ordered."""
        self.waiting.clear()

    def take(self, method: str, chat_id: object, kinds: Collection[Kind]) -> Fault | None:
        """Use up one order of these kinds that fits this call, if there is one."""
        for fault in self.waiting:
            if fault.kind not in kinds or fault.method not in ("*", method):
                continue
            if fault.chat_id is not None and str(fault.chat_id) != str(chat_id):
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None

    def half_latency(self) -> float:
        """Draw how long one half of a call takes, in seconds."""
        if self.latency is None:
            return 0.0
        return _chance.uniform(*self.latency) / 2
