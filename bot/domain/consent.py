"""What she agrees to: each purpose by itself, taken back as easily as given, with the version of the text she read.

That one lawyer and the coordinators read an appeal is agreed to by sending it; this is about everything beyond that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CaseCode


class Purpose(StrEnum):
    """What a consent is for: naming her appeal elsewhere, counting it, asking later, a copy that can be kept."""

    SHARE = "share"
    STATISTICS = "statistics"
    FOLLOW_UP = "follow_up"
    EVIDENCE = "evidence"


VERSIONS: Mapping[Purpose, int] = {
    Purpose.SHARE: 1,
    Purpose.STATISTICS: 1,
    Purpose.FOLLOW_UP: 1,
    Purpose.EVIDENCE: 1,
}
"""The version of each purpose's question. A changed text is a new version; a test holds the two together."""


@dataclass(frozen=True)
class Consents:
    """What she agrees to now, each by itself; none of them is needed to be helped."""

    share: bool = False
    statistics: bool = False
    follow_up: bool = False
    evidence: bool = False

    def allow(self, purpose: Purpose) -> bool:
        """True while she agrees to this."""
        return bool(getattr(self, purpose))

    def changed(self, purpose: Purpose, given: bool) -> "Consents":
        """The same, but for this one."""
        return replace(self, **{purpose: given})


@dataclass(frozen=True)
class Consent:
    """One yes or no of hers: for what, in which appeal, to which version of the text, and when."""

    case: CaseCode
    purpose: Purpose
    given: bool
    version: int
    at: datetime
