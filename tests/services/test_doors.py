"""The doors: the handlers in their order, what is asked twice is asked once, and a handler may pass an event on."""

from typing import Any

import pytest
from aiogram import BaseMiddleware, Bot, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import BaseFilter
from aiogram.types import Update

from bot.telegram.doors import Doors

MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "сөз"}


class _AsIs(BaseMiddleware):
    """Nothing stands in front of these doors."""

    async def __call__(self, handler: Any, event: Any, data: dict[str, Any]) -> Any:
        return await handler(event, data)


class Asks(BaseFilter):
    """Says what it is told to, and counts how often it was asked."""

    asked = 0

    def __init__(self, answer: bool) -> None:
        self._answer = answer

    async def __call__(self, event: object) -> bool:
        Asks.asked += 1
        return self._answer


class Finds(BaseFilter):
    """Finds something out for the filters and the handler behind it."""

    def __init__(self, **found: str) -> None:
        self._found = tuple(found.items())

    async def __call__(self, event: object) -> dict[str, str]:
        return dict(self._found)


class Found(BaseFilter):
    """Looks at what another filter found."""

    async def __call__(self, event: object, word: str) -> bool:
        return word == "second"


@pytest.fixture(autouse=True)
def _nobody_asked() -> None:
    Asks.asked = 0


async def _taken(*routers: Router, update: dict[str, Any] | None = None) -> None:
    bot = Bot("42:sandbox")
    event = Update.model_validate({"update_id": 1, **(update or {"message": MESSAGE})}, context={"bot": bot})
    await Doors(routers, _AsIs(), settings="the settings").take(bot, event)


async def test_equal_filters_are_asked_once_and_again_after_a_handler_that_passed_the_event_on() -> None:
    heard: list[str] = []

    async def passes_on(event: object) -> None:
        heard.append("passed on")
        raise SkipHandler

    async def never(event: object) -> None:
        heard.append("never")

    async def takes(event: object, settings: str) -> None:
        heard.append(settings)

    first, second = Router(), Router()
    first.message.filter(Asks(True))
    first.message.register(never, Asks(False))
    first.message.register(passes_on, Asks(True))
    second.message.filter(Asks(True))
    second.message.register(never, Asks(False))
    second.message.register(takes)
    second.message.register(never)
    await _taken(first, second)
    assert heard == ["passed on", "the settings"]
    assert Asks.asked == 4


async def test_what_one_filter_finds_is_told_to_the_next_and_to_its_own_handler_alone() -> None:
    heard: list[str] = []

    async def takes(event: object, word: str) -> None:
        heard.append(word)

    router = Router()
    router.message.register(takes, Finds(word="first"), Found())
    router.message.register(takes, Finds(word="second"), Found())
    await _taken(router)
    assert heard == ["second"]


async def test_an_update_of_tomorrow_and_one_that_nobody_takes_have_no_effect() -> None:
    await _taken(Router(), update={"hologram": {}})
    await _taken(Router())


async def test_a_handler_that_would_need_a_thread_is_refused() -> None:
    router = Router()
    router.message.register(lambda event: None)
    with pytest.raises(TypeError, match="thread"):
        Doors([router], _AsIs())
