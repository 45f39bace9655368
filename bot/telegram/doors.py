"""Doors: which handler an event belongs to. aiogram's routers say what they take; the doors ask them, in their order.

aiogram wraps every router and every filter anew for each update; with twenty routers and fifty filters that was a
third of all the CPU a relayed message cost. Here the routers are laid out once, one after the other, and what several
of them ask of an event is asked once. Routers within routers and middlewares of routers have no place here.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware, Bot, Router
from aiogram.dispatcher.event.bases import UNHANDLED, SkipHandler
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.filters import Filter
from aiogram.types import TelegramObject, Update
from aiogram.types.update import UpdateTypeLookupError

GIVEN = frozenset({"bot", "uow", "person", "topic", "settings", "bot_name"})
"""What every filter and handler may ask for; the rest is what a filter before it has found out."""

FIRST = frozenset({"event", "message", "query"})
"""What filters call the event itself."""


_UNASKED = object()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A filter or a handler, and what it wants to know besides the event.

    `shared`: the place of the one answer of equal filters.
    """

    call: Callable[..., Awaitable[Any]]
    wants: tuple[str, ...] | None
    shared: int | None = None

    def answer(self, event: TelegramObject, known: dict[str, Any]) -> Awaitable[Any]:
        told = known if self.wants is None else {name: known[name] for name in self.wants if name in known}
        return self.call(event, **told)


@dataclass(frozen=True, slots=True)
class _Door:
    filters: tuple[_Asked, ...]
    handler: _Asked


class Doors:
    """Every handler of the hotline, in the order in which they are asked."""

    def __init__(self, routers: Sequence[Router], in_front: BaseMiddleware, **given: object) -> None:
        self._in_front = in_front
        self._given = given
        self._doors: dict[str, list[_Door]] = {}
        self._shared: dict[object, int] = {}
        for router in routers:
            for kind, observer in router.observers.items():
                of_router = [self._asked(each) for each in observer._handler.filters or ()]
                for handler in observer.handlers:
                    filters = (*of_router, *map(self._asked, handler.filters or ()))
                    self._doors.setdefault(kind, []).append(_Door(filters, self._asked(handler)))

    def give(self, **more: object) -> None:
        """Something else that every handler may ask for."""
        self._given |= more

    async def take(self, bot: Bot, update: Update, **more: object) -> None:
        """Bring an update to its handler; what nobody wants has no effect. Raises what the handler raises."""
        await self._in_front(self._in_order, update, {"bot": bot, **self._given, **more})

    async def _in_order(self, update: TelegramObject, known: dict[str, Any]) -> Any:
        assert isinstance(update, Update)
        try:
            kind, event = update.event_type, update.event
        except UpdateTypeLookupError:  # a kind of update that is newer than this bot
            return UNHANDLED
        answers = [_UNASKED] * len(self._shared)
        for door in self._doors.get(kind, ()):
            found: dict[str, Any] = {}
            for asked in door.filters:
                if asked.shared is None:
                    answer = await asked.answer(event, known | found)
                elif (answer := answers[asked.shared]) is _UNASKED:
                    answer = answers[asked.shared] = await asked.answer(event, known)
                if not answer:
                    break
                if isinstance(answer, dict):
                    found |= answer
            else:
                try:
                    return await door.handler.answer(event, known | found)
                except SkipHandler:
                    answers = [_UNASKED] * len(answers)  # the handler may have changed what was asked before it
        return UNHANDLED

    def _asked(self, asked: CallableObject) -> _Asked:
        if not asked.awaitable:
            raise TypeError(f"{asked.callback} is no async function: it would need a thread for every event")
        wants = None if asked.varkw else tuple(asked.params)
        key = _alike(asked)
        shared = None if key is None else self._shared.setdefault(key, len(self._shared))
        return _Asked(asked.callback, wants, shared)


def _alike(asked: CallableObject) -> object | None:
    """What equal filters have in common; None when one depends on more than what every event brings."""
    if not isinstance(asked.callback, Filter) or asked.varkw or not asked.params <= GIVEN | FIRST:
        return None
    state = asked.callback.__getstate__()
    own, slots = state if isinstance(state, tuple) else (state, None)
    return (type(asked.callback), *sorted({**(own or {}), **(slots or {})}.items()))
