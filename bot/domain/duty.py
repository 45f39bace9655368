"""Who is on duty: the weekly rota by the organisation's clock, and what each says of himself beside it.

His own word comes before the rota: *on* adds to it, *off* takes him out until the shift he is in is over. Who is away
is not on duty, whatever else was said.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.ids import PersonId

DAY, WEEK = 24, 7 * 24
"""In hours."""

LOOKED_AHEAD = timedelta(days=8)
"""The rota comes again every week: further than this there is nothing new to see."""

MORNING = time(9)
"""Until when *tomorrow* lasts for who says that he is on duty until then."""

Someone = TypeVar("Someone")


@dataclass(frozen=True)
class Shift:
    """Somebody's hours on a day of every week; until an hour that is not later is until the next day."""

    id: int
    person: PersonId
    weekday: int
    from_hour: int
    until_hour: int

    @property
    def hours(self) -> int:
        """How long it lasts, as the clock counts."""
        return (self.until_hour - self.from_hour) % DAY or DAY

    def on(self, day: date, zone: ZoneInfo) -> "Span":
        """The shift that begins on this day."""
        last = day if self.from_hour + self.hours < DAY else day + timedelta(days=1)
        return Span(_at(day, self.from_hour, zone), _at(last, self.until_hour % DAY, zone))


@dataclass(frozen=True)
class Span:
    """From when until when somebody is on duty; without an end as far as anybody knows."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class OwnWord:
    """What somebody says of himself: on or off duty, until a moment, or until he says otherwise."""

    on: bool
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        """True until its time is over."""
        return self.until is None or now < self.until


class OnFor(StrEnum):
    """For how long somebody says that he is on duty; `open` is until he says that he is not."""

    HOURS_2 = "hours_2"
    HOURS_8 = "hours_8"
    TOMORROW = "tomorrow"
    OPEN = "open"

    def until(self, zone: ZoneInfo, now: datetime) -> datetime | None:
        """The moment at which it ends."""
        match self:
            case OnFor.HOURS_2 | OnFor.HOURS_8:
                return now + timedelta(hours=2 if self is OnFor.HOURS_2 else 8)
            case OnFor.TOMORROW:
                return datetime.combine(
                    now.astimezone(zone).date() + timedelta(days=1), MORNING, tzinfo=zone
                ).astimezone(UTC)
            case OnFor.OPEN:
                return None


@dataclass(frozen=True)
class Hole:
    """Hours of the week in which the rota has nobody."""

    weekday: int
    from_hour: int
    hours: int


class Called(StrEnum):
    """Who is called next about an immediate case that nobody has taken."""

    DUTY = "duty"
    REST = "rest"
    COORDINATORS = "coordinators"
    NOBODY = "nobody"


def spans(
    shifts: Iterable[Shift],
    word: OwnWord | None,
    zone: ZoneInfo,
    now: datetime,
    *,
    away: bool = False,
    away_until: datetime | None = None,
) -> list[Span]:
    """When one person is on duty from now on, in order; of several that touch each other one is made."""
    own = [each for each in _coming(shifts, zone, now) if each.end is None or each.end > now]
    if word is not None and word.holds(now) and word.on:
        own.append(Span(now, word.until))
    if away and away_until is None:
        return []
    back = [until for until in (away_until if away else None, _off_until(word)) if until is not None and until > now]
    return _joined([span for each in own if (span := _after(each, max(back, default=now)))], now)


def here(of_one: Sequence[Span], now: datetime) -> bool:
    """True when somebody with these spans is on duty now."""
    return bool(of_one) and of_one[0].start <= now


def shift_ends(shifts: Iterable[Shift], zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the shift somebody is in is over; None when he is in none."""
    running = (each.end for each in _coming(shifts, zone, now) if each.start <= now)
    return max((end for end in running if end is not None and end > now), default=None)


def holes(shifts: Iterable[Shift]) -> list[Hole]:
    """The hours of the week with nobody, from Monday on; what runs over Sunday's midnight is one."""
    covered = {hour % WEEK for each in shifts for hour in _hours(each)}
    if not covered:
        return [Hole(0, 0, WEEK)]
    begins = [hour for hour in range(WEEK) if hour not in covered and (hour - 1) % WEEK in covered]
    return [Hole(*divmod(hour, DAY), _free_from(hour, covered)) for hour in begins]


def whom_next(
    on_duty: Sequence[Someone], rest: Sequence[Someone], told: Collection[Someone], *, coordinators_told: bool
) -> tuple[Called, Sequence[Someone]]:
    """Those on duty one by one, then all others it suits at once, then the coordinators; who was told is not again.

    Where nobody is on duty the coordinators come first: nobody else knows that it is theirs.
    """
    waiting = [each for each in on_duty if each not in told]
    if waiting:
        return Called.DUTY, waiting[:1]
    others = [each for each in rest if each not in told]
    if others and (on_duty or coordinators_told):
        return Called.REST, others
    return (Called.NOBODY if coordinators_told else Called.COORDINATORS), ()


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def _hours(shift: Shift) -> range:
    start = shift.weekday * DAY + shift.from_hour
    return range(start, start + shift.hours)


def _free_from(hour: int, covered: Collection[int]) -> int:
    return next(length for length in range(1, WEEK + 1) if (hour + length) % WEEK in covered)


def _coming(shifts: Iterable[Shift], zone: ZoneInfo, now: datetime) -> Iterator[Span]:
    """The shifts that may run now or begin soon: yesterday's may last into today."""
    today = now.astimezone(zone).date()
    for shift in shifts:
        for ahead in range(-1, LOOKED_AHEAD.days + 1):
            day = today + timedelta(days=ahead)
            if day.weekday() == shift.weekday:
                yield shift.on(day, zone)


def _off_until(word: OwnWord | None) -> datetime | None:
    return word.until if word is not None and not word.on else None


def _after(span: Span, start: datetime) -> Span | None:
    """What is left of it from then on."""
    if span.end is not None and span.end <= start:
        return None
    return Span(max(span.start, start), span.end)


def _joined(found: Iterable[Span], now: datetime) -> list[Span]:
    joined: list[Span] = []
    for each in sorted(found, key=lambda span: span.start):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and last.end < each.start):
            joined.append(each)
        elif last.end is not None and (each.end is None or each.end > last.end):
            joined[-1] = Span(last.start, each.end)
    far = now + LOOKED_AHEAD - timedelta(days=1)
    return [Span(each.start, None if each.end is None or each.end > far else each.end) for each in joined]
