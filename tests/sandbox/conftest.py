"""A Telegram with a clock that stands still, a help-seeker who has pressed Start, and a bot's way to call."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.telegram import Account, Group, Telegram


class StillClock:
    """A clock that moves only when a test says so."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


Ask = Callable[..., Coroutine[Any, Any, Any]]
Refusal = Callable[..., Coroutine[Any, Any, tuple[int, str]]]


async def until(condition: Callable[[], object]) -> None:
    """Let the others run until the condition holds."""
    for _ in range(100_000):
        if condition():
            return
        await asyncio.sleep(0)
    pytest.fail("it never came true")


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def telegram(clock: StillClock) -> Telegram:
    return Telegram(clock=clock)


@pytest.fixture
def seeker(telegram: Telegram) -> Account:
    account = telegram.account("Aigul", username="aigul_canary")
    account.start()
    return account


@pytest.fixture
def lawyer(telegram: Telegram) -> Account:
    return telegram.account("Marat")


@pytest.fixture
def group(telegram: Telegram, lawyer: Account) -> Group:
    """A group whose bot is an administrator."""
    made = telegram.group("Lawyers")
    lawyer.adds_bot(made, admin=True)
    return made


@pytest.fixture
def ask(telegram: Telegram) -> Ask:
    """Call a method and get its result; a refusal fails the test."""

    async def call(method: str, files: dict[str, bytes] | None = None, **params: Any) -> Any:
        answer = await telegram.call(method, params, files)
        assert answer["ok"], answer
        return answer["result"]

    return call


@pytest.fixture
def refusal(telegram: Telegram) -> Refusal:
    """Call a method that must be refused and get code and description."""

    async def call(method: str, files: dict[str, bytes] | None = None, **params: Any) -> tuple[int, str]:
        answer = await telegram.call(method, params, files)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    return call


@pytest.fixture
def updates(ask: Ask) -> Callable[[], Awaitable[list[dict[str, Any]]]]:
    """Get and confirm all waiting updates."""

    async def get() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await ask("getUpdates")
        if found:
            await ask("getUpdates", offset=found[-1]["update_id"] + 1)
        return found

    return get
