"""The agenda: what a lawyer wants to be reminded of, and the legal deadlines of a case.

What is planned belongs to the case. Whoever holds the case when its time comes hears of it; it waits while nobody
does, and ends with the case. Nothing has to be moved when a case moves, so nothing can be forgotten on the way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.ids import CaseCode, PersonId

FARTHEST = timedelta(days=3 * 366)
"""Nobody plans further ahead: whoever seems to has mistyped the year."""

BY_DAY = time(10)
"""When he hears of a day for which he named no hour."""

MORNING = time(9)
"""When he hears, in one message, of what fell due in the night."""


@dataclass(frozen=True)
class Planned:
    """Something to speak of at `due`. `deadline`: which legal deadline, and it runs out at `runs_out`; without one it
    is what `lawyer` wished. `noted`: it says what for."""

    id: int
    case: CaseCode
    lawyer: PersonId
    due: datetime
    deadline: str | None = None
    runs_out: datetime | None = None
    noted: bool = False
    told_at: datetime | None = None

    @property
    def told(self) -> bool:
        """True when it has been spoken of, and not put off since."""
        return self.told_at is not None and self.told_at >= self.due


@dataclass(frozen=True)
class Quiet:
    """The hours in which a lawyer is left alone, such as 21 to 8; none when they are equal."""

    start: int
    end: int

    def covers(self, moment: datetime, zone: ZoneInfo) -> bool:
        """True when this moment lies in them."""
        hour = moment.astimezone(zone).hour
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end

    def spoken_from(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """What fell due at this moment or later may be spoken of now; None: nothing may.

        After nine in the morning that is everything; before, only what was wished for an hour of this morning.
        """
        if self.covers(now, zone):
            return None
        here = now.astimezone(zone)
        if self.start != self.end and self.end <= here.hour < MORNING.hour:
            return at(here.date(), time(self.end), zone)
        return datetime.min.replace(tzinfo=now.tzinfo)

    def before(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """This moment; an hour before the quiet ones begin when it lies in them."""
        if not self.covers(moment, zone):
            return moment
        here = moment.astimezone(zone)
        day = here.date() if here.hour >= self.start else here.date() - timedelta(days=1)
        return at(day, time(self.start), zone) - timedelta(hours=1)


def at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """This hour of this day by the organisation's clock."""
    return datetime.combine(day, hour, tzinfo=zone)


def in_days(days: int, now: datetime, zone: ZoneInfo) -> datetime:
    """So many days from today, at the hour of a day without one."""
    return at(now.astimezone(zone).date() + timedelta(days=days), BY_DAY, zone)


def fits(due: datetime, now: datetime) -> bool:
    """True for a date that is still to come, and not absurdly far."""
    return now < due <= now + FARTHEST


@dataclass(frozen=True)
class Sections:
    """A list by when it is due: what is due today or was before, this week, and later."""

    today: Sequence[Planned]
    this_week: Sequence[Planned]
    later: Sequence[Planned]


def by_when(planned: Sequence[Planned], now: datetime, zone: ZoneInfo) -> Sections:
    """The sections of a list; a week ends on Sunday."""
    today = now.astimezone(zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    days = [(each, each.due.astimezone(zone).date()) for each in planned]
    return Sections(
        [each for each, day in days if day <= today],
        [each for each, day in days if today < day < monday],
        [each for each, day in days if day >= monday],
    )
