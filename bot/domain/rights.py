"""Who may do what: one table, role by action. Services ask it on every action, whatever button was pressed.

The page docs/rights.md shows the table. That a case is really hers, or held by this very lawyer, is asked besides.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.errors import Blocked, NotAllowed
from bot.domain.people import Person, Role


class Right(StrEnum):
    """Something not everybody may do."""

    APPEAL = "appeal"
    WRITE = "write"
    ERASE = "erase"
    TAKE = "take"
    WORK = "work"
    KEEP = "keep"
    KEEP_ANY = "keep_any"
    REOPEN_ANY = "reopen_any"
    CODE_ANY = "code_any"
    COUNT = "count"
    REPORT = "report"
    TEAM_NUMBERS = "team_numbers"
    INVITE = "invite"
    REMOVE = "remove"
    BLOCK = "block"
    READ_JOURNAL = "read_journal"
    CHOOSE_GROUP = "choose_group"
    DIRECTORY = "directory"
    PHRASES = "phrases"
    REPLIES = "replies"
    PROFILES = "profiles"
    DUTY = "duty"
    ROTA = "rota"
    COMPLAINTS = "complaints"
    ENTER = "enter"
    BROADCAST = "broadcast"


_ON_CASES = frozenset({Right.TAKE, Right.WORK, Right.KEEP, Right.DUTY})

RIGHTS: Mapping[Role | None, frozenset[Right]] = {
    None: frozenset({Right.APPEAL, Right.WRITE, Right.ERASE}),
    Role.LAWYER: _ON_CASES,
    Role.COORDINATOR: _ON_CASES
    | {
        Right.COUNT,
        Right.REPORT,
        Right.TEAM_NUMBERS,
        Right.INVITE,
        Right.REMOVE,
        Right.BLOCK,
        Right.READ_JOURNAL,
        Right.CHOOSE_GROUP,
        Right.KEEP_ANY,
        Right.REOPEN_ANY,
        Right.CODE_ANY,
        Right.DIRECTORY,
        Right.PHRASES,
        Right.REPLIES,
        Right.PROFILES,
        Right.ROTA,
        Right.COMPLAINTS,
        Right.ENTER,
        Right.BROADCAST,
    },
    Role.OBSERVER: frozenset({Right.COUNT, Right.REPORT}),
}
"""What each role may do; None is the help-seeker. What isn't here is for everybody, or for nobody."""


def allowed(person: Person, right: Right) -> bool:
    """True when this person's role has the right, and it is not closed to who is blocked."""
    return right in RIGHTS[person.role] and not (person.blocked and right is Right.WRITE)


def require(person: Person, right: Right) -> None:
    """Go on only with this right. Raises NotAllowed, with the words that fit who asks."""
    if allowed(person, right):
        return
    if right in RIGHTS[person.role]:
        raise Blocked("refusal.blocked")
    if person.on_the_team and right in RIGHTS[None]:
        raise NotAllowed("refusal.staff")
    if person.role is Role.OBSERVER and right in RIGHTS[Role.LAWYER]:
        raise NotAllowed("refusal.observer")
    if not person.on_the_team and right in RIGHTS[Role.LAWYER]:
        raise NotAllowed("claim.on_the_way")
    raise NotAllowed("refusal.not_allowed")
