"""The list of implemented methods; modules of this package enter theirs with `@method`."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sandbox.arguments import Arguments
from sandbox.world import World

Uploads = Mapping[str, bytes]
Method = Callable[[World, Arguments, Uploads], Any]  # the result, or an awaitable of it
METHODS: dict[str, Method] = {}
_M = TypeVar("_M", bound=Method)


def method(*names: str) -> Callable[[_M], _M]:
    """Enter a function under the names of the Bot API."""

    def enter(function: _M) -> _M:
        """Enter this function."""
        for name in names:
            METHODS[name] = function
        return function

    return enter
