"""A refusal says the words that fit who asks."""

from dataclasses import replace

import pytest

from bot.domain.errors import Blocked, NotAllowed
from bot.domain.ids import PersonId
from bot.domain.people import Person, Role
from bot.domain.rights import RIGHTS, Right, allowed, require

ROLES = (None, *Role)


def _person(role: Role | None) -> Person:
    return Person(account=1, language="ru", id=PersonId("p"), role=role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("right", Right)
def test_the_table_decides(role: Role | None, right: Right) -> None:
    person = _person(role)
    assert allowed(person, right) == (right in RIGHTS[role])
    if allowed(person, right):
        require(person, right)
        return
    with pytest.raises(NotAllowed) as refused:
        require(person, right)
    on_cases = dict.fromkeys(RIGHTS[Role.LAWYER], "refusal.observer" if role else "claim.on_the_way")
    fitting = on_cases | (dict.fromkeys(RIGHTS[None], "refusal.staff") if role else {})
    assert refused.value.key == fitting.get(right, "refusal.not_allowed")


def test_only_writing_is_closed_to_who_is_blocked() -> None:
    blocked = replace(_person(None), blocked=True)
    assert {right for right in RIGHTS[None] if not allowed(blocked, right)} == {Right.WRITE}
    with pytest.raises(Blocked):
        require(blocked, Right.WRITE)


def test_nobody_on_the_team_appeals_from_the_same_account() -> None:
    assert [role for role in ROLES if Right.APPEAL in RIGHTS[role]] == [None]
