"""The diagram in docs/states.md is read out of bot/domain/case.py: every move a state has, and no other."""

import inspect
import re
from typing import Any, Self, get_args, get_type_hints

from bot.domain.case import Case
from tests.house.source import ROOT

STATES = get_args(Case)
PAGE = ROOT / "docs" / "states.md"


def moves() -> list[tuple[str, str, str]]:
    """Every move: from which state, to which, by which method; in the order in which they are written down."""
    found = []
    for state in STATES:
        for name, method in vars(state).items():
            if inspect.isfunction(method) and not name.startswith("_"):
                found += [(state.__name__, each.__name__, name) for each in _returned(method) if each in STATES]
    return found


def _returned(method: Any) -> tuple[Any, ...]:
    """What a method returns; each of them where it may be one of several."""
    returned = get_type_hints(method)["return"]
    return get_args(returned) or (returned,)


def diagram() -> str:
    """The page's diagram as it must stand there."""
    lines = ["stateDiagram-v2", f"    [*] --> {STATES[0].__name__}: submitted"]
    lines += [f"    {state} --> {leads_to}: {name}" for state, leads_to, name in moves()]
    return "\n".join(lines)


def test_the_page_shows_the_moves_there_are() -> None:
    drawn = re.search(r"```mermaid\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.S)
    assert drawn is not None
    assert drawn[1] == diagram()


def test_the_page_says_what_each_state_and_each_move_means() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [state.__name__ for state in STATES if f"**{state.__name__}**" not in page] == []
    assert [name for _, _, name in moves() if f"`{name}`" not in page] == []


def test_every_public_method_of_a_state_is_a_move_or_keeps_the_state() -> None:
    for state in STATES:
        for name, method in inspect.getmembers(state, inspect.isfunction):
            if not name.startswith("_"):
                returned = _returned(method)
                assert set(returned) <= set(STATES) or returned == (Self,), f"{state.__name__}.{name}"


def test_every_state_can_be_reached_and_left() -> None:
    assert {leads_to for _, leads_to, _ in moves()} | {STATES[0].__name__} == {state.__name__ for state in STATES}
    assert {state for state, _, _ in moves()} == {state.__name__ for state in STATES}
