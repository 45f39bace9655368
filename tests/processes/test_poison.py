"""An update nobody can read, first in a batch: set aside sealed, counted and told of; the others don't notice."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.i18n import label, lasting
from sandbox.clock import MovableClock
from sandbox.server import serve
from sandbox.telegram import Account, Telegram
from tests.processes.machine import Starter, until
from tests.stage import KEY


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    made = Telegram(clock=MovableClock(), limits=None)
    server = await serve(made)
    made.url = server.url  # type: ignore[attr-defined]
    yield made
    await server.stop()


async def test_an_unreadable_update_stops_nobody(
    starter: Starter, telegram: Telegram, database_url: str, tmp_path: Path
) -> None:
    coordinator, her, other = (telegram.account(name, language_code="en") for name in ("Nurgul", "Aigul", "Asel"))
    for account in (coordinator, her, other):
        account.start()
    env = {
        "BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,  # type: ignore[attr-defined]
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": database_url,
        "SECRET_KEYS": KEY,
        "COORDINATOR_IDS": str(coordinator.id),
        "CHAT_PER_SECOND": "30",
    }
    process = starter.start("bot", "run", folder=tmp_path, output=tmp_path / "bot.log", **env)
    for account in (coordinator, her, other):
        await until("a greeting", partial(_has_buttons, account), seconds=20)
        account.taps(label("en", "language.en"))
    await until("all settled", lambda: telegram.pending_update_count == 0)
    for payload in (_story(her), _story(her)):
        telegram.queue.put("message", payload, her.id)
    telegram.queue.put("my_chat_member", _unknown_status(her), her.id)
    other.says("I am handled at once")
    her.says("so am I")
    wanted = label("en", "set_aside")
    await until("the person told", lambda: [m.text for m in her.messages].count(wanted) >= 2)
    await until("words kept", lambda: telegram.pending_update_count == 0)
    told = label("en", "set_aside.coordinators", why="unreadable", number=3, span=lasting("en", timedelta(0)))
    await until("the coordinator told", lambda: told in [m.text for m in coordinator.messages])
    assert "secret words" not in process.said
    assert process.runs
    await process.stops()


def _has_buttons(account: Account) -> bool:
    return any(message.buttons for message in account.messages)


def _story(her: Account) -> dict[str, Any]:
    chat = {"id": her.id, "type": "private", "first_name": her.first_name}
    message = {"message_id": 901, "date": 1, "chat": chat, "from": her.raw(), "text": "secret words"}
    return {**message, "external_reply": {"origin": {}, "story": {}}}


def _unknown_status(her: Account) -> dict[str, Any]:
    chat = {"id": her.id, "type": "private", "first_name": her.first_name}
    old = {"status": "member", "user": her.raw()}
    event = {"chat": chat, "from": her.raw(), "date": 1, "old_chat_member": old}
    return {**event, "new_chat_member": {**old, "status": "hologram"}}
