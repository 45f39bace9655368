"""What the buttons about the team carry: a member, a role, a link. `id` is nobody's account."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.people import Role

PageNumber = Annotated[int, Field(ge=0, lt=1000)]


class Invite(CallbackData, prefix="i"):
    """Make a one-time link for this role."""

    role: Role


class MemberAct(StrEnum):
    """What a coordinator does about somebody on the team."""

    LIST = "list"
    SHOW = "show"
    RENAME = "rename"
    ASK = "ask"
    REMOVE = "remove"


class Member(CallbackData, prefix="t"):
    """Something about somebody on the team."""

    act: MemberAct
    id: str = ""


class TeamPage(CallbackData, prefix="tp"):
    """Another page of the team."""

    page: PageNumber


class RoleOf(CallbackData, prefix="tr"):
    """Another role for somebody: without one the roles are shown; `sure` at the second tap."""

    id: str
    role: Role | None = None
    sure: bool = False


class LinkOf(CallbackData, prefix="tl"):
    """The links that are open; with an `id` this one is withdrawn."""

    id: str = ""


class BroadcastTo(CallbackData, prefix="bt"):
    """Write to those of a role, or to everybody."""

    role: Role | None = None


class BroadcastAct(StrEnum):
    """What a coordinator does about a broadcast."""

    LIST = "list"
    SEND = "send"
    DROP = "drop"
    SHOW = "show"


class BroadcastOf(CallbackData, prefix="bc"):
    """Something about a broadcast; without a number about all of them."""

    act: BroadcastAct
    id: Annotated[int, Field(ge=0, lt=2**63)] = 0


class GiveAll(CallbackData, prefix="ga"):
    """All open cases of somebody: to whom? `to`: a colleague, or `queue`; without it that is asked."""

    id: str
    to: str = ""


class AllAct(StrEnum):
    """What somebody does who was asked to take all of a colleague's cases."""

    ACCEPT = "accept"
    SINGLY = "singly"
    DECLINE = "decline"


class AllOf(CallbackData, prefix="ao"):
    """About all the cases of this colleague that he was asked to take."""

    act: AllAct
    id: str


TEAM = (Invite, Member, TeamPage, RoleOf, LinkOf, BroadcastTo, BroadcastOf, GiveAll, AllOf)
