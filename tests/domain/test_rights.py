"""A refusal says the words that fit who asks."""

import pytest

from bot.domain.errors import NotAllowed
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
    team = role is not None
    wanted = (
        {Right.APPEAL: "refusal.staff"} if team else {Right.TAKE: "claim.on_the_way", Right.WORK: "claim.on_the_way"}
    )
    assert refused.value.key == wanted.get(right, "refusal.not_allowed")


def test_nobody_on_the_team_appeals_from_the_same_account() -> None:
    assert [role for role in ROLES if Right.APPEAL in RIGHTS[role]] == [None]
