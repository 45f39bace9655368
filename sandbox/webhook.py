"""Delivers updates to the bot's webhook as Telegram does: ordered in each chat, retried until accepted.

Sources: Bot API, setWebhook; the open server (WebhookActor.cpp): one update at a time for a chat, at most
`max_connections` chats at once, anything but 2xx again at once, then after 2, 4, 8 ... 60 s, and dropped
only when its 24 hours are over. `Retry-After` is honoured up to an hour.
"""

import asyncio
from collections import deque

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox.queue import Pending
from sandbox.telegram import Telegram

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_RETRY_AFTER_MAX = 3600.0
_ANSWER_WITHIN = ClientTimeout(total=60)


class WebhookPusher:
    """Run beside the server while a webhook is set; `pause_max` bounds the wait between attempts."""

    def __init__(self, telegram: Telegram, *, pause: float = 2.0, pause_max: float = 60.0) -> None:
        self._telegram = telegram
        self._pause, self._pause_max = pause, pause_max
        self._wake = asyncio.Event()
        self._lanes: dict[int, deque[int]] = {}
        self._busy: set[int] = set()
        self._seen = 0

    async def run(self) -> None:
        """Deliver until cancelled."""
        queue = self._telegram.queue
        queue.on_put = self._wake.set
        stop_listening = self._telegram.listen(self._wake.set)
        try:
            async with ClientSession(timeout=_ANSWER_WITHIN) as session, asyncio.TaskGroup() as group:
                while True:
                    await self._wake.wait()
                    self._wake.clear()
                    self._sort_into_lanes()
                    for lane in self._free_lanes():
                        self._busy.add(lane)
                        group.create_task(self._drive(session, lane))
        finally:
            queue.on_put = None
            stop_listening()

    def _sort_into_lanes(self) -> None:
        if not self._telegram.webhook:
            self._lanes.clear()
            self._seen = 0
            return
        for pending in self._telegram.queue.after(self._seen):
            self._lanes.setdefault(pending.lane, deque()).append(pending.update_id)
            self._seen = pending.update_id

    def _free_lanes(self) -> list[int]:
        free = self._telegram.webhook.get("max_connections", 0) - len(self._busy)
        waiting = [lane for lane, ids in self._lanes.items() if ids and lane not in self._busy]
        return waiting[: max(0, free)]

    async def _drive(self, session: ClientSession, lane: int) -> None:
        """Empty one chat's lane, one update after the other."""
        try:
            while (ids := self._lanes.get(lane)) and self._telegram.webhook:
                pending = self._telegram.queue.find(ids[0])
                if pending is not None:
                    await self._insist(session, pending)
                if ids:
                    ids.popleft()
        finally:
            self._busy.discard(lane)
            if not self._lanes.get(lane):
                self._lanes.pop(lane, None)
            self._wake.set()

    async def _insist(self, session: ClientSession, pending: Pending) -> None:
        pause = 0.0
        while self._telegram.webhook and self._telegram.queue.find(pending.update_id) is not None:
            wait = await self._post(session, pending)
            if wait is None:
                self._telegram.queue.confirm(pending.update_id)
                return
            await asyncio.sleep(max(pause, wait))
            pause = min(self._pause_max, pause * 2 or self._pause)

    async def _post(self, session: ClientSession, pending: Pending) -> float | None:
        """Deliver one update: None if it was accepted, else for how long the bot asks to wait."""
        webhook = self._telegram.webhook
        headers = {SECRET_HEADER: webhook["secret_token"]} if webhook.get("secret_token") else {}
        try:
            async with session.post(webhook["url"], json=pending.raw, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return None
                asked = answer.headers.get("Retry-After", "")
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return min(float(asked), _RETRY_AFTER_MAX) if asked.isdigit() else 0.0
        except (ClientError, TimeoutError, OSError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
            return 0.0

    def _note(self, reason: str) -> None:
        moment = int(self._telegram.clock().timestamp())
        self._telegram.webhook.update(last_error_date=moment, last_error_message=reason)
