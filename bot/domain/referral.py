"""Referrals: a case named to somebody else, only after her own yes to that one, and followed until it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.directory import Service, ServiceKind
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import LANGUAGES
from bot.domain.police import PoliceLink

MORNING = time(9)
EVENING = time(20)
"""Between these a lawyer is reminded, by the organisation's clock."""

GIVEN_UP_AFTER = 1
"""After so many reminders in vain *no answer* is offered as the way to end it."""


class ReferralState(StrEnum):
    """How far a referral has come. Nothing is sent before she has agreed."""

    ASKED = "asked"
    DECLINED = "declined"
    AGREED = "agreed"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class ReferralStep(StrEnum):
    """What moves it: the first two are hers, the others the lawyer's."""

    AGREE = "agree"
    DECLINE = "decline"
    SEND = "send"
    ACCEPT = "accept"
    REFUSE = "refuse"
    GIVE_UP = "give_up"
    FINISH = "finish"
    WITHDRAW = "withdraw"

    @property
    def hers(self) -> bool:
        """True for her yes and her no."""
        return self in (ReferralStep.AGREE, ReferralStep.DECLINE)


_At, _By = ReferralState, ReferralStep
MOVES: Mapping[ReferralState, Mapping[ReferralStep, ReferralState]] = {
    _At.ASKED: {_By.AGREE: _At.AGREED, _By.DECLINE: _At.DECLINED, _By.WITHDRAW: _At.WITHDRAWN},
    _At.DECLINED: {_By.AGREE: _At.AGREED},
    _At.AGREED: {_By.SEND: _At.SENT, _By.DECLINE: _At.DECLINED, _By.WITHDRAW: _At.WITHDRAWN},
    _At.SENT: {
        _By.ACCEPT: _At.ACCEPTED, _By.REFUSE: _At.REFUSED, _By.GIVE_UP: _At.NO_ANSWER, _By.WITHDRAW: _At.WITHDRAWN,
    },
    _At.ACCEPTED: {_By.FINISH: _At.DONE, _By.REFUSE: _At.REFUSED, _By.WITHDRAW: _At.WITHDRAWN},
    _At.REFUSED: {_By.ACCEPT: _At.ACCEPTED},
    _At.NO_ANSWER: {_By.ACCEPT: _At.ACCEPTED, _By.REFUSE: _At.REFUSED},
    _At.DONE: {},
    _At.WITHDRAWN: {},
}  # fmt: skip
"""Every move there is. What has gone out can't be taken back, only answered; a late answer is still taken."""

UNSENT = frozenset({_At.ASKED, _At.AGREED})
"""Nobody outside has heard of it yet: it ends when its case does."""

OUT = frozenset({_At.SENT, _At.ACCEPTED})
"""Somebody outside works on it: its case is not destroyed."""

STANDING = UNSENT | OUT | {_At.DECLINED}
"""While one stands, the same place is not asked about again: her no is her no until she changes it herself."""


class TargetKind(StrEnum):
    """Who a case may be named to: a service of the directory, or a state body of `content/`."""

    SERVICE = "service"
    BODY = "body"


@dataclass(frozen=True)
class Target:
    """To whom, as it is kept and as a button carries it."""

    kind: TargetKind
    id: str

    @classmethod
    def read(cls, kept: str) -> "Target":
        """Out of `service:kz-150`."""
        kind, _, name = kept.partition(":")
        return cls(TargetKind(kind), name)

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Addressee:
    """Who may be referred to: its name in each language, and whether anybody has checked it here."""

    target: Target
    country: str
    names: Mapping[str, str]
    police_linked: PoliceLink = PoliceLink.NO
    checked: bool = True

    def name(self, language: str | None) -> str:
        """In this language; where none is chosen, each way in which it is called."""
        return " · ".join(dict.fromkeys(self.names[each] for each in ((language,) if language else LANGUAGES)))


@dataclass(frozen=True)
class StateBody:
    """A state body, with where it is known from: a row of the directory's seed, or a fact."""

    id: str
    country: str
    names: Mapping[str, str]
    police_linked: PoliceLink
    source: str

    @property
    def addressee(self) -> Addressee:
        """As somebody to refer to."""
        return Addressee(Target(TargetKind.BODY, self.id), self.country, self.names, self.police_linked)


@dataclass(frozen=True)
class Referral:
    """One referral of a case. `stage` counts the reminders since it last moved, `due` is the next of them."""

    id: int
    case: CaseCode
    target: Target
    state: ReferralState
    lawyer: PersonId
    at: datetime
    agreed_at: datetime | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    due: datetime | None = None
    stage: int = 0

    def after(self, step: ReferralStep) -> ReferralState | None:
        """Where this step leads from here; None when there is no such move."""
        return MOVES[self.state].get(step)

    @property
    def moved_at(self) -> datetime:
        """When it came to be as it is, as far as that is kept."""
        return self.settled_at or self.sent_at or self.agreed_at or self.at

    @property
    def steps(self) -> list[ReferralStep]:
        """What a lawyer can do with it now."""
        return [step for step in MOVES[self.state] if not step.hers]


class Need(StrEnum):
    """What a letter asks for."""

    LEGAL_AID = "legal_aid"
    PROTECTION = "protection"
    COMPLAINT = "complaint"
    SHELTER = "shelter"
    MEDICAL = "medical"
    PSYCHOLOGICAL = "psychological"
    DOCUMENTS = "documents"
    SOCIAL = "social"


def addressee(service: Service) -> Addressee:
    """A service of the directory as somebody to refer to."""
    names = {each: service.name(each) for each in LANGUAGES}
    target = Target(TargetKind.SERVICE, service.id)
    return Addressee(target, service.country, names, service.police_linked, service.shown)


def suited(
    services: Iterable[Service], *, countries: Iterable[str], region: str | None, category: str
) -> list[Addressee]:
    """Whom a case may be named to: what is checked first, then what fits the category, then what is near."""
    there = {*countries, ""}
    listed = [
        each
        for each in services
        if each.country in there and each.kind not in (ServiceKind.EMERGENCY, ServiceKind.INFO)
    ]
    listed.sort(key=lambda each: (not each.shown, not each.helps_with(category), _far(each, region), each.id))
    return [addressee(each) for each in listed]


def _far(service: Service, region: str | None) -> int:
    """Of her region, of the whole country, of another region."""
    if not service.regions:
        return 1
    return 0 if region in service.regions else 2


def reminded_at(state: ReferralState, now: datetime, every: timedelta, zone: ZoneInfo) -> datetime | None:
    """The morning on which the lawyer is asked what became of it; None where nothing is awaited."""
    match state:
        case ReferralState.AGREED:
            return morning_after(now, zone)
        case ReferralState.SENT | ReferralState.ACCEPTED:
            return _morning(now + every, zone)
        case _:
            return None


def morning_after(now: datetime, zone: ZoneInfo) -> datetime:
    """The next day's morning: by then what she has agreed to should have gone out."""
    return _morning(now + timedelta(days=1), zone)


def in_the_day(now: datetime, zone: ZoneInfo) -> bool:
    """True while a lawyer may be reminded."""
    return MORNING <= now.astimezone(zone).time() < EVENING


def _morning(moment: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(moment.astimezone(zone).date(), MORNING, tzinfo=zone).astimezone(UTC)
