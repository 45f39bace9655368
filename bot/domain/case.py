"""The life of a case: five states, each a type, each move a method that returns the next state.

A move that a state has not (claiming a closed case) can't be written down: mypy refuses it.
The diagram in docs/states.md is read out of the return annotations below.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.coding import Channel, Coding
from bot.domain.consent import Consents, Purpose
from bot.domain.ids import CaseCode, PersonId
from bot.domain.triage import Urgency


class Outcome(StrEnum):
    """How a case ended."""

    ADVICE = "advice"
    DRAFTED = "drafted"
    REPRESENTED = "represented"
    REFERRED = "referred"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    LOST_CONTACT = "lost_contact"
    OUT_OF_REMIT = "out_of_remit"
    TEST = "test"


class Work(StrEnum):
    """What a lawyer says of a case he holds: at work on it, or whose turn it is."""

    WORKING = "working"
    WAITING_FOR_HER = "waiting_for_her"
    WAITING_FOR_AUTHORITY = "waiting_for_authority"
    IN_COURT = "in_court"

    @property
    def her_turn(self) -> bool:
        """True when he owes her no answer before she writes again."""
        return self in (Work.WAITING_FOR_HER, Work.IN_COURT)


class Contact(StrEnum):
    """How she may be contacted."""

    WHEN_SHE_WRITES = "when_i_write"
    ANY_TIME = "any_time"
    THESE_HOURS = "hours"


@dataclass(frozen=True)
class CaseFile:
    """What is known of an appeal whatever becomes of it: no words, no name, no account.

    `danger`: the kinds of danger that the risk screen saw in her words, for whoever wonders why it is so urgent.
    `happened` is a range of `questionnaire.HAPPENED`, `happened_from` and `happened_until` the earliest and the latest
    moment it stands for (without an earliest one: nobody knows); `hours` is a range of `questionnaire.HOURS`.
    `channel`: how it came when not by the bot; nothing can be said to her here then.
    `version` counts the moves; a move made from an older version is refused.
    """

    code: CaseCode
    seeker: PersonId
    submitted_at: datetime
    urgency: Urgency
    category: str
    subcategory: str | None = None
    language: str | None = None
    country: str | None = None
    region: str | None = None
    for_whom: str | None = None
    safe_to_contact: str | None = None
    age: str | None = None
    happened: str | None = None
    happened_from: datetime | None = None
    happened_until: datetime | None = None
    officials: str | None = None
    danger: str | None = None
    contact: Contact | None = None
    hours: str | None = None
    consents: Consents = field(default_factory=Consents)
    prefers_woman: bool = False
    coding: Coding = field(default_factory=Coding)
    channel: Channel | None = None
    version: int = 0

    def allows(self, purpose: Purpose) -> bool:
        """True while she agrees to this; the one place to ask before doing it."""
        return self.consents.allow(purpose)


@dataclass(frozen=True)
class _State:
    file: CaseFile

    def raised(self, urgency: Urgency) -> Self:
        """The same case, more urgent; never less."""
        return replace(self, file=replace(self.file, urgency=self.file.urgency.raised_to(urgency)))

    def with_officials(self) -> Self:
        """The same case, in which an official has a part."""
        return replace(self, file=replace(self.file, officials="yes"))

    def in_danger(self, kinds: Sequence[str]) -> Self:
        """The same case, with these kinds of danger seen in her words besides those seen before."""
        seen = dict.fromkeys([*(self.file.danger or "").split(), *kinds])
        return replace(self, file=replace(self.file, danger=" ".join(seen) or None))

    def preferring(self, woman: bool) -> Self:
        """The same case, for which she would rather have a woman, or no longer would."""
        return replace(self, file=replace(self.file, prefers_woman=woman))

    def agreed(self, purpose: Purpose, given: bool) -> Self:
        """The same case, with her yes or no to this; what was coded for the statistics goes with her yes to them."""
        changed = replace(self.file, consents=self.file.consents.changed(purpose, given))
        if purpose is Purpose.STATISTICS and not given:
            changed = replace(changed, coding=changed.coding.without_statistics())
        return replace(self, file=changed)

    def coded(self, coding: Coding) -> Self:
        """The same case, coded like this."""
        return replace(self, file=replace(self.file, coding=coding))


@dataclass(frozen=True)
class Submitted(_State):
    """Sent by her, not yet shown: there is no operator group to show it to."""

    def queue(self, now: datetime) -> "Queued":
        """An operator group is there: the case waits for a lawyer."""
        return Queued(self.file, since=now)

    def shut(self, until: datetime) -> "Shut":
        """She has it erased."""
        return Shut(self.file, until=until)


@dataclass(frozen=True)
class Queued(_State):
    """Waits for a lawyer."""

    since: datetime

    def claim(self, lawyer: PersonId, now: datetime) -> "Claimed":
        """A lawyer takes it."""
        return Claimed(self.file, lawyer=lawyer, at=now)

    def shut(self, until: datetime) -> "Shut":
        """She has it erased: nobody takes it any more."""
        return Shut(self.file, until=until)


@dataclass(frozen=True)
class Claimed(_State):
    """One lawyer holds it and talks with her.

    `her_turn_at`: when he last said that it is her turn; what she wrote before that waits for no answer.
    """

    lawyer: PersonId
    at: datetime
    work: Work | None = None
    her_turn_at: datetime | None = None

    def doing(self, work: Work, now: datetime) -> Self:
        """The same case, and what the lawyer says of it."""
        return replace(self, work=work, her_turn_at=now if work.her_turn else self.her_turn_at)

    def release(self, now: datetime) -> Queued:
        """The lawyer gives it back to the queue."""
        return Queued(self.file, since=now)

    def hand_over(self, lawyer: PersonId, now: datetime) -> "Claimed":
        """Another lawyer has accepted it, and holds it now."""
        return Claimed(self.file, lawyer=lawyer, at=now)

    def close(self, outcome: Outcome, now: datetime) -> "Closed":
        """The work is done, or has come to its end."""
        return Closed(self.file, lawyer=self.lawyer, outcome=outcome, at=now)

    def shut(self, until: datetime) -> "Shut":
        """She has it erased: the lawyer holds it no more."""
        return Shut(self.file, until=until)


@dataclass(frozen=True)
class Closed(_State):
    """Ended with an outcome. Nothing said after it is lost: it can be opened again."""

    lawyer: PersonId
    outcome: Outcome
    at: datetime

    def reopen(self, now: datetime) -> Queued:
        """She goes on: the case waits for a lawyer again."""
        return Queued(self.file, since=now)

    def reopen_to(self, lawyer: PersonId, now: datetime) -> Claimed:
        """Somebody on the team says why it isn't over: the lawyer who had it goes on."""
        return Claimed(self.file, lawyer=lawyer, at=now)

    def shut(self, until: datetime) -> "Shut":
        """She has it erased."""
        return Shut(self.file, until=until, was=self)


@dataclass(frozen=True)
class Shut(_State):
    """Closed to everybody until it is destroyed; `was`: how it had ended before. A destroyed case is none any more."""

    until: datetime
    was: Closed | None = None

    def take_back(self, now: datetime) -> Queued | Closed:
        """She came back with her code in time: it waits for a lawyer again, or stays ended as it was."""
        if self.was is None:
            return Queued(self.file, since=now)
        return replace(self.was, file=self.file)


Case = Submitted | Queued | Claimed | Closed | Shut
