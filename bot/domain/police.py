"""Police-safe: to somebody in whose trouble an official has a part, no line that leads to the police is suggested."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, TypeVar


class PoliceLink(StrEnum):
    """Does calling this number reach the police? The column `police_linked` of the directory."""

    NO = "no"
    DISPATCH = "dispatch"
    """It takes every emergency and may send the police: 112."""

    YES = "yes"


class Linked(Protocol):
    """Anything that can be suggested and says how far it is linked to the police."""

    @property
    def police_linked(self) -> str:
        """A value of PoliceLink."""
        ...


S = TypeVar("S", bound=Linked)


def police_safe(services: Iterable[S], *, officials: bool, lawyer_first: bool = True) -> list[S]:
    """What may be suggested. `officials`: one of them is involved.

    Then nothing that is linked to the police, and what may send them only at the very end, where the screen names the
    lawyer on duty before it (`lawyer_first`); elsewhere not at all.
    """
    listed = list(services)
    if not officials:
        return listed
    apart = [each for each in listed if each.police_linked == PoliceLink.NO]
    if not lawyer_first:
        return apart
    return apart + [each for each in listed if each.police_linked == PoliceLink.DISPATCH]
