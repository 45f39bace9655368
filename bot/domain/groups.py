"""The operator groups: what each is for, and which of them show a case.

Nobody may wait unseen: as long as there is any group at all, every case is shown in at least one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.case import CaseFile
from bot.domain.people import Reader


@dataclass(frozen=True)
class Takes:
    """What a group is for: these languages, regions and categories. Where nothing is named, everything is meant."""

    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        """True when nothing is named."""
        return not (self.languages or self.regions or self.categories)

    def fits(self, file: CaseFile) -> bool:
        """True when all that is named is named for this case; what she has not said fits no list."""
        named = (self.languages, file.language), (self.regions, file.region), (self.categories, file.category)
        return all(not these or of_case in these for these, of_case in named)


@dataclass(frozen=True)
class Group(Reader):
    """A group of the team, where cards are shown. `id` is nobody's account; `chat` is the keyed hash of its number."""

    id: str
    chat: str
    takes: Takes


def shown_in(groups: Sequence[Group], file: CaseFile) -> Sequence[Group]:
    """The groups that name such a case; if there are none, those that take everything; if there are none, all."""
    named = [group for group in groups if not group.takes.everything and group.takes.fits(file)]
    return named or for_all(groups)


def for_all(groups: Sequence[Group]) -> Sequence[Group]:
    """Where what concerns no single case is said: the groups that take everything; if there are none, all."""
    return [group for group in groups if group.takes.everything] or groups


class Lack(StrEnum):
    """What stands in the way of a group, or had better be changed in it."""

    PUBLIC = "public"
    SILENT = "silent"
    SMALL = "small"
    LEADS = "leads"

    @property
    def forbids(self) -> bool:
        """True when no card may stand there: anybody could read it, or nobody could."""
        return self in (Lack.PUBLIC, Lack.SILENT)


@dataclass(frozen=True)
class Standing:
    """How the bot stands in a group now: `inside`; `new` there, or free to write again; and what is to be changed."""

    inside: bool
    new: bool
    freed: bool
    lacks: tuple[Lack, ...]

    @property
    def forbids(self) -> Lack | None:
        """Why no card may stand there; None when it may."""
        return next((lack for lack in self.lacks if lack.forbids), None)
