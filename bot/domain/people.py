"""Who writes to the hotline, and what each of them may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.case import Case
from bot.domain.ids import PersonId

LANGUAGES = ("kk", "ru", "en", "ky")
"""In the order in which they stand where nobody has chosen yet."""

NOBODY = 0
"""The account of whoever has none here: she has left, or came by phone. Telegram gives it to nobody."""

FALLBACK = {"kk": ("kk", "ky", "ru", "en"), "ky": ("ky", "kk", "ru", "en"), "ru": ("ru", "en"), "en": ("en", "ru")}
"""What a reader is given of the content where her own language is missing: the nearest one first."""


class Role(StrEnum):
    """What a member of the team may do. A help-seeker has no role."""

    LAWYER = "lawyer"
    COORDINATOR = "coordinator"
    OBSERVER = "observer"


ON_CASES = frozenset({Role.LAWYER, Role.COORDINATOR})
"""Who may have a case in their hands; an observer sees numbers, and nothing they were counted from."""


class AutoHide(StrEnum):
    """When her chat is hidden by itself; without one it never is."""

    HOUR = "hour"
    DAY = "day"
    BEFORE_48H = "before_48h"


class Disguise(StrEnum):
    """How far the notebook is: a word chosen once, confirmed and ready, or what the chat shows now."""

    CHOSEN = "chosen"
    ON = "on"
    SHOWN = "shown"


class Grounds(StrEnum):
    """Why nothing more is taken from somebody."""

    THREATS = "threats"
    ADVERTISING = "advertising"
    FLOOD = "flood"


class ReturnCode(StrEnum):
    """What became of her return code: shown, kept by her, or knowingly refused."""

    SHOWN = "shown"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True)
class Reader:
    """Somebody to write to: an account (or a group) and the language it chose; None means all four."""

    account: int
    language: str | None


@dataclass(frozen=True)
class Person(Reader):
    """A person as the hotline knows her: no name, no photo, only what she chose and what she is doing.

    `held`: something waits for her to come. `hidden`: she hid the chat and has not come back. `frozen`: somebody at
    this account said *it is not me*; nothing is sent there by itself. `awaiting`: what her next text is. `lapsed`: what
    it was to be, asked for too long ago.
    """

    id: PersonId
    role: Role | None = None
    working_name: str | None = None
    started: bool = False
    reachable: bool = True
    drafting: bool = False
    naming: str | None = None
    case: Case | None = None
    open_cases: int = 0
    held: bool = False
    seen_at: datetime | None = None
    hidden: bool = False
    frozen: bool = False
    blocked: bool = False
    auto_hide: AutoHide | None = None
    disguise: Disguise | None = None
    return_code: ReturnCode | None = None
    awaiting: str | None = None
    lapsed: str | None = None
    told_files: bool = False
    moved_at: datetime | None = None
    erase_at: datetime | None = None

    @property
    def has_chat(self) -> bool:
        """False for somebody who came by phone: nothing can ever be said to her here."""
        return self.account != NOBODY

    @property
    def on_the_team(self) -> bool:
        """True for whoever has a role; whoever has none is a help-seeker."""
        return self.role is not None

    @property
    def on_cases(self) -> bool:
        """True for lawyers and coordinators: an observer never has anything to do with a case."""
        return self.role in ON_CASES

    @property
    def coordinates(self) -> bool:
        """True for coordinators."""
        return self.role is Role.COORDINATOR

    @property
    def has_code(self) -> bool:
        """True when a return code of hers opens her appeals."""
        return self.return_code in (ReturnCode.SHOWN, ReturnCode.KEPT)

    @property
    def disguised(self) -> bool:
        """True while her chat is a notebook."""
        return self.disguise is Disguise.SHOWN
