"""A Telegram of our own: one pure fake that answers as strictly as Telegram. It does no I/O.

People act through `Account` and `Group`; the bot through `call`, in the Bot API's own envelope. The doors
are `sandbox.session` (same process) and `sandbox.server` (HTTP).
"""

import inspect
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.arguments import decode, has_field, method_name
from sandbox.chats import Chat, Group, PrivateChat
from sandbox.faults import ANSWERED, Fault, Faults
from sandbox.keyboards import Button
from sandbox.message import Message
from sandbox.methods import METHODS
from sandbox.people import Account
from sandbox.queries import CallbackAnswer
from sandbox.rules import Impossible, Limits, Refused, not_here
from sandbox.world import World

__all__ = [
    "Account", "Button", "Call", "CallbackAnswer", "Chat", "Faults", "Group", "Impossible", "Limits", "Message",
    "PrivateChat", "Refused", "Telegram",
]  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One call of the bot. `params` are plain values, as JSON has them; `error_code` 0 means the way failed."""

    method: str
    params: Mapping[str, Any]
    at: datetime
    ok: bool
    error_code: int | None = None
    description: str | None = None
    result: Any = None


class Telegram(World):
    """Telegram, with one bot.

    `clock` is aware, UTC, and may be moved; `limits=None` switches the pace limits off; `topics` gives the
    bot topics in private chats; `keep_calls` bounds `calls` for long runs (the oldest half is forgotten).
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        token: str = "42:sandbox",
        bot_username: str = "zhanynda_bot",
        limits: Limits | None = Limits(),  # noqa: B008 - frozen
        topics: bool = False,
        keep_calls: int | None = None,
    ) -> None:
        super().__init__(clock=clock, token=token, bot_username=bot_username, limits=limits, topics=topics)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.call_count = 0
        self.outcomes: Counter[tuple[str, int]] = Counter()  # by method and status, over all calls
        self.keep_calls = keep_calls

    @property
    def pending_update_count(self) -> int:
        """How many updates wait for the bot."""
        return self.queue.count()

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        files: Mapping[str, bytes] | None = None,
        token: str | None = None,
    ) -> dict[str, Any]:
        """Answer a call of the bot exactly as the Bot API does; never raises what Telegram would answer.

        Values may be strings as a form carries them or values as JSON has them. `files` are uploads by the
        name that `attach://name` means; one with a `filename` attribute keeps that name.
        """
        if token is not None and token != self.token:
            return Refused(401, "Unauthorized").envelope()
        args: Mapping[str, Any] = params
        try:
            name = method_name(method)
        except Refused as refusal:
            return self._refused(method, params, refusal)
        try:
            self._meet_fault(name, params)
            uploaded = {field: f"attach://{field}" for field in files or {} if has_field(name, field)}
            args = self._decode(name, {**uploaded, **params})
            result = METHODS[name](self, dict(args), files or {})
            if inspect.isawaitable(result):
                result = await result
        except Refused as refusal:
            return self._refused(name, args, refusal)
        self.record(Call(name, args, self.clock(), ok=True, result=result))
        return {"ok": True, "result": result}

    def _decode(self, name: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        if name not in METHODS:
            not_here(f"the method {name}")
        try:
            return decode(name, params)
        except Refused:
            if "chat_id" in params:
                self.target(params["chat_id"])  # "chat not found" and 403 come before the rest
            raise

    def _meet_fault(self, name: str, params: Mapping[str, Any]) -> None:
        fault: Fault | None = self.faults.take(name, params.get("chat_id"), ANSWERED)
        if fault is None:
            return
        if fault.kind == "429":
            seconds = fault.retry_after or 1
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        raise Refused(500, "Internal Server Error")

    def _refused(self, method: str, args: Mapping[str, Any], refusal: Refused) -> dict[str, Any]:
        self.record(
            Call(method, args, self.clock(), False, refusal.error_code, refusal.description)
        )  # fmt: skip
        return refusal.envelope()

    def record(self, call: Call) -> None:
        """Remember a call; the doors also record those that never arrived."""
        self.call_count += 1
        self.outcomes[call.method, 200 if call.ok else call.error_code or 0] += 1
        self.calls.append(call)
        if self.keep_calls is not None and len(self.calls) > self.keep_calls:
            del self.calls[: len(self.calls) // 2]
