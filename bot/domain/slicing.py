"""Time cut at the borders of publications: what days a reader can tell apart, and what he can add up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from bot.domain.period import Period
from bot.domain.report import MANY_AT_ONCE, TABLES, Figures

_DAY = timedelta(days=1)
_LOOKS_MOST = 2000
"""How long ways of adding up are looked for; where there may be more, nothing is told."""


@dataclass(frozen=True)
class Slice:
    """Days that the same publications cover (`covered_by`, by number), with what was counted on them."""

    covered_by: frozenset[int]
    appeals: int
    by: Mapping[str, Mapping[str, int]]
    beside: Mapping[str, int]


BESIDE = ("tests", "without_consent", "told_elsewhere")
"""What a publication tells of appeals that are in none of its tables. Of erased ones it tells nothing."""


def overlap(one: Period, other: Period) -> bool:
    """True when a day is in both."""
    return one.first <= other.last and other.first <= one.last


def pieces(periods: Iterable[Period]) -> list[Period]:
    """All days of these periods, cut wherever one of them begins or ends."""
    known = list(periods)
    cuts = sorted({each.first for each in known} | {each.last + _DAY for each in known})
    cut = [Period(start, end - _DAY) for start, end in pairwise(cuts)]
    return [each for each in cut if any(overlap(each, period) for period in known)]


def slices(periods: Sequence[Period], counted: Iterable[Figures]) -> list[Slice]:
    """What was counted on the pieces of these periods; those that the same periods cover are one to the reader."""
    found: dict[frozenset[int], list[Figures]] = {}
    for each in counted:
        cover = frozenset(i for i, period in enumerate(periods) if overlap(period, each.period))
        found.setdefault(cover, []).append(each)
    return [
        Slice(
            cover,
            sum(each.appeals for each in parts),
            {name: _sum([each.by.get(name, {}) for each in parts]) for name in (*TABLES, *MANY_AT_ONCE)},
            {name: sum(getattr(each, name) for each in parts) for name in BESIDE},
        )
        for cover, parts in found.items()
    ]


def merged(parts: Iterable[Slice]) -> dict[str, dict[str, int]]:
    """The tables of several slices together."""
    known = list(parts)
    return {name: _sum(each.by[name] for each in known) for name in (*TABLES, *MANY_AT_ONCE)}


def added_up(known: Sequence[tuple[Period, int]], period: Period) -> set[int] | None:
    """What a reader gets for a period by adding and taking away what he was told of others; None: too many ways.

    A period is a step from its first day to the day after its last; what is known of others are steps both ways.
    """
    steps = [(each.first, each.last + _DAY, count) for each, count in known]
    steps += [(there, here, -count) for here, there, count in steps]
    ways: set[int] = set()
    paths = [(period.first, 0, frozenset({period.first}))]
    for _ in range(_LOOKS_MOST):
        if not paths:
            return ways
        day, total, passed = paths.pop()
        for here, there, more in steps:
            if here == day and there == period.last + _DAY:
                ways.add(total + more)
            elif here == day and there not in passed:
                paths.append((there, total + more, passed | {there}))
    return None


def _sum(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for each in parts:
        for code, count in each.items():
            total[code] = total.get(code, 0) + count
    return total
