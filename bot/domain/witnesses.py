"""What a reader of numbers can work out, judged by witnesses: other counts that fit all that was told just as well.

A table is counted in slices of time; each publication covers some of them and told of each code a range: a number, one
to four, more, anything. Whoever reads them all, knows the totals and this very program, can be sure of nothing in which
a witness differs. Witnesses are found by steps from the true counts: within a slice one appeal changes its code for
another, alone, or with the opposite change in another slice. What no step reaches counts as known: this errs on the
side of silence. The total of a slice never changes, so it may as well be known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

FEWEST = 5
"""The smallest count that is told of people."""

ENDLESS = 10**9
"""More than can ever be counted."""


@dataclass(frozen=True)
class Bounds:
    """The smallest and the largest count that something can be."""

    least: int = 0
    most: int = ENDLESS

    def holds(self, count: int) -> bool:
        """True when it can be this."""
        return self.least <= count <= self.most


ANYTHING = Bounds()
A_FEW = Bounds(1, FEWEST - 1)
_ANY_OF_A_FEW = range(A_FEW.least, A_FEW.most + 1)

Change = tuple[int, str, int]
"""In a slice a code has so many more."""

Step = tuple[Change, ...]


def few(count: int) -> bool:
    """True for a count of people so small that it is not told."""
    return 0 < count < FEWEST


@dataclass
class Telling:
    """One publication of a table: which slices it covers, and what it told of each code; of others, anything."""

    slices: frozenset[int]
    told: dict[str, Bounds] = field(default_factory=dict)
    rest: Bounds = ANYTHING

    def of(self, code: str) -> Bounds:
        """What it told of a code."""
        return self.told.get(code, self.rest)


@dataclass
class Puzzle:
    """A table in slices, and all that was ever told of it.

    `limits`: what a count of a slice can be for another reason; `no_partner`: codes that never stand in for another.
    `alone`: a count that adds up to nothing, so that it may change by itself. `across`: slices may change together.
    """

    counts: Sequence[Mapping[str, int]]
    tellings: list[Telling]
    limits: Sequence[Mapping[str, Bounds]] = ()
    no_partner: frozenset[str] = frozenset()
    alone: bool = False
    across: bool = True

    def __post_init__(self) -> None:
        named = {code for each in self.counts for code in each}
        self.codes = sorted(named | {code for each in self.tellings for code in each.told})
        self.slices = range(len(self.counts))

    def betrayed(self) -> str | None:
        """A code of which a reader can tell too much; None when there is none."""
        cells = self._cells()
        for code in self.codes:
            told_few = [each for each in self.tellings if each.of(code) == A_FEW]
            if (
                self._pinned(code, cells)
                or not all(self._may_be(each, code, value) for each in told_few for value in _ANY_OF_A_FEW)
                or not all(self._open(a, code, cells) for a in self.slices if few(cells[a, code]))
            ):
                return code
        return None

    def _open(self, a: int, code: str, cells: Mapping[tuple[int, str], int]) -> bool:
        """True when a count that was told of no period by itself may still be one of as many as a few may be."""
        alone, count = Telling(frozenset({a})), cells[a, code]
        near = range(max(count - len(_ANY_OF_A_FEW), 0), count + len(_ANY_OF_A_FEW))
        return sum(self._may_be(alone, code, value) for value in near) >= len(_ANY_OF_A_FEW)

    def _cells(self) -> dict[tuple[int, str], int]:
        return {(a, code): self.counts[a].get(code, 0) for a in self.slices for code in self.codes}

    def _pinned(self, code: str, cells: Mapping[tuple[int, str], int]) -> bool:
        """True when some days, put together of slices, have a few of this code and no step changes that.

        Slices that a step changes alone tell nothing. Two that change only against each other are known together.
        """
        if not any(few(cells[a, code]) for a in self.slices):
            return False
        free = {a for a in self.slices if self._some(self._within(code, a), cells)}
        group = {a: a for a in self.slices}
        for a in self.slices:
            for b in range(a):
                if group[a] != group[b] and self._some(self._across(code, a, b), cells):
                    group = {each: group[b] if to == group[a] else to for each, to in group.items()}
        loose = {group[a] for a in free}
        return any(
            few(sum(cells[a, code] for a in self.slices if group[a] == each)) for each in set(group.values()) - loose
        )

    def _may_be(self, telling: Telling, code: str, value: int) -> bool:
        """True when a witness is found in which this publication counted so many of the code."""
        cells = self._cells()
        off = value - self._sum(telling, code, cells)
        for _ in range(abs(off)):
            step = next(self._towards(telling, code, 1 if off > 0 else -1, cells), None)
            if step is None:
                return False
            for a, each, more in step:
                cells[a, each] += more
        return True

    def _towards(self, telling: Telling, code: str, more: int, cells: Mapping[tuple[int, str], int]) -> Iterator[Step]:
        """Steps that change what this publication counted of a code by one, those that leave most room first."""
        room = {each: self._room(each, -more, telling, cells) for each in self.codes}
        inside = sorted(telling.slices, key=lambda a: -cells[a, code] if more < 0 else a)
        outside = [b for b in self.slices if b not in telling.slices and self.across]
        for partner in sorted(self._partners(code), key=lambda each: -room[each]):
            for a in inside:
                if self._fits(step := self._one(code, partner, a, more), cells):
                    yield step
            for a in inside:
                for b in outside:
                    both = (*self._one(code, partner, a, more), *self._one(code, partner, b, -more))
                    if self._fits(both, cells):
                        yield both

    def _room(self, code: str, more: int, telling: Telling, cells: Mapping[tuple[int, str], int]) -> int:
        now, told = self._sum(telling, code, cells), telling.of(code)
        return told.most - now if more > 0 else now - told.least

    def _within(self, code: str, a: int) -> Iterator[Step]:
        for partner in self._partners(code):
            yield self._one(code, partner, a, 1)
            yield self._one(code, partner, a, -1)

    def _across(self, code: str, a: int, b: int) -> Iterator[Step]:
        for partner in self._partners(code) if self.across else ():
            for more in (1, -1):
                yield (*self._one(code, partner, a, more), *self._one(code, partner, b, -more))

    def _partners(self, code: str) -> list[str]:
        return [code] if self.alone else [each for each in self.codes if each != code and each not in self.no_partner]

    def _one(self, code: str, partner: str, a: int, more: int) -> Step:
        return ((a, code, more),) if self.alone else ((a, code, more), (a, partner, -more))

    def _some(self, steps: Iterator[Step], cells: Mapping[tuple[int, str], int]) -> bool:
        return any(self._fits(step, cells) for step in steps)

    def _fits(self, step: Step, cells: Mapping[tuple[int, str], int]) -> bool:
        """True when the counts after this step are possible and are what every publication told."""
        for a, code, more in step:
            limit = self.limits[a].get(code, ANYTHING) if self.limits else ANYTHING
            if not limit.holds(cells[a, code] + more):
                return False
        for each in self.tellings:
            changed: dict[str, int] = {}
            for a, code, more in step:
                if a in each.slices:
                    changed[code] = changed.get(code, 0) + more
            for code, more in changed.items():
                if more and not each.of(code).holds(self._sum(each, code, cells) + more):
                    return False
        return True

    def _sum(self, telling: Telling, code: str, cells: Mapping[tuple[int, str], int]) -> int:
        return sum(cells[a, code] for a in telling.slices)
