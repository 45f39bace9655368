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
class _Counts:
    """Counts by slice and code, and what each publication would have told of them."""

    cells: dict[tuple[int, str], int]
    sums: list[dict[str, int]]
    covers: Sequence[Sequence[int]]

    def copy(self) -> "_Counts":
        """The same, to be changed."""
        return _Counts(dict(self.cells), [dict(each) for each in self.sums], self.covers)

    def sum(self, telling: Telling, code: str) -> int:
        """How many of a code there are on the days of a publication."""
        return sum(self.cells[a, code] for a in telling.slices)

    def take(self, step: Step) -> None:
        """Change them by a step."""
        for a, code, more in step:
            self.cells[a, code] += more
            for i in self.covers[a]:
                self.sums[i][code] += more


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
        self._covers = [[i for i, each in enumerate(self.tellings) if a in each.slices] for a in self.slices]
        exact = {
            each: {i for i, t in enumerate(self.tellings) if t.of(each).least == t.of(each).most} for each in self.codes
        }
        self._fixed = {(a, each): exact[each].intersection(self._covers[a]) for a in self.slices for each in self.codes}
        cells = {(a, code): self.counts[a].get(code, 0) for a in self.slices for code in self.codes}
        sums = [{code: sum(cells[a, code] for a in each.slices) for code in self.codes} for each in self.tellings]
        self._true = _Counts(cells, sums, self._covers)

    def betrayed(self) -> str | None:
        """A code of which a reader can tell too much; None when there is none."""
        for code in self.codes:
            told_few = [each for each in self.tellings if each.of(code) == A_FEW]
            some = [Telling(frozenset({a})) for a in self.slices if few(self._true.cells[a, code])]
            if (
                self._pinned(code)
                or not all(self._any_of_a_few(each, code) for each in told_few)
                or not all(self._open(each, code) for each in some)
            ):
                return code
        return None

    def _any_of_a_few(self, telling: Telling, code: str) -> bool:
        """True when what was told as a few may be the fewest and the most of them, and so all between."""
        count = self._true.sum(telling, code)
        down, up = count - A_FEW.least, A_FEW.most - count
        return self._reach(telling, code, -1, down) == down and self._reach(telling, code, 1, up) == up

    def _open(self, alone: Telling, code: str) -> bool:
        """True when a count that was told of no period by itself may still be one of as many as a few may be."""
        further = A_FEW.most - A_FEW.least
        return self._reach(alone, code, -1, further) + self._reach(alone, code, 1, further) >= further

    def _pinned(self, code: str) -> bool:
        """True when some days, put together of slices, have a few of this code and no step changes that.

        Slices that a step changes alone tell nothing. Two that change only against each other are known together.
        """
        true = self._true
        free = {a for a in self.slices if self._some(self._within(code, a), true)}
        if not any(few(true.cells[a, code]) for a in self.slices if a not in free):
            return False
        group = {a: a for a in self.slices}
        for a in self.slices:
            for b in range(a):
                if group[a] != group[b] and self._some(self._across(code, a, b), true):
                    group = {each: group[b] if to == group[a] else to for each, to in group.items()}
        loose = {group[a] for a in free}
        return any(
            few(sum(true.cells[a, code] for a in self.slices if group[a] == each))
            for each in set(group.values()) - loose
        )

    def _reach(self, telling: Telling, code: str, more: int, most: int) -> int:
        """In how many steps up or down witnesses are found for what this publication counted of the code."""
        at = self._true.copy() if most else self._true
        for taken in range(most):
            step = next(self._towards(telling, code, more, at), None)
            if step is None:
                return taken
            at.take(step)
        return most

    def _towards(self, telling: Telling, code: str, more: int, at: _Counts) -> Iterator[Step]:
        """Steps that change what this publication counted of a code by one, those that leave most room first."""
        room = {each: self._room(each, -more, telling, at) for each in self.codes}
        inside = sorted(telling.slices, key=lambda a: -at.cells[a, code] if more < 0 else a)
        outside = [b for b in self.slices if b not in telling.slices and self.across]
        for partner in sorted(self._partners(code), key=lambda each: -room[each]):
            for a in inside:
                if self._free(a, code, partner) and self._fits(step := self._one(code, partner, a, more), at):
                    yield step
            for a in inside:
                for b in outside:
                    both = (*self._one(code, partner, a, more), *self._one(code, partner, b, -more))
                    if self._alike(a, b, code, partner) and self._fits(both, at):
                        yield both

    def _room(self, code: str, more: int, telling: Telling, at: _Counts) -> int:
        now, told = at.sum(telling, code), telling.of(code)
        return told.most - now if more > 0 else now - told.least

    def _free(self, a: int, code: str, partner: str) -> bool:
        """True when no publication of this slice told the number of either."""
        return not self._fixed[a, code] and not self._fixed[a, partner]

    def _alike(self, a: int, b: int, code: str, partner: str) -> bool:
        """True when whoever told a number told it of both slices; unless a publication has both, one alone does."""
        same = self._fixed[a, code] == self._fixed[b, code] and self._fixed[a, partner] == self._fixed[b, partner]
        return same and not set(self._covers[a]).isdisjoint(self._covers[b])

    def _within(self, code: str, a: int) -> Iterator[Step]:
        for partner in self._partners(code):
            if self._free(a, code, partner):
                yield self._one(code, partner, a, 1)
                yield self._one(code, partner, a, -1)

    def _across(self, code: str, a: int, b: int) -> Iterator[Step]:
        for partner in self._partners(code) if self.across else ():
            if self._alike(a, b, code, partner):
                for more in (1, -1):
                    yield (*self._one(code, partner, a, more), *self._one(code, partner, b, -more))

    def _partners(self, code: str) -> list[str]:
        return [code] if self.alone else [each for each in self.codes if each != code and each not in self.no_partner]

    def _one(self, code: str, partner: str, a: int, more: int) -> Step:
        return ((a, code, more),) if self.alone else ((a, code, more), (a, partner, -more))

    def _some(self, steps: Iterator[Step], at: _Counts) -> bool:
        return any(self._fits(step, at) for step in steps)

    def _fits(self, step: Step, at: _Counts) -> bool:
        """True when the counts after this step are possible and are what every publication told."""
        changed: dict[tuple[int, str], int] = {}
        for a, code, more in step:
            limit = self.limits[a].get(code, ANYTHING) if self.limits else ANYTHING
            if not limit.holds(at.cells[a, code] + more):
                return False
            for i in self._covers[a]:
                changed[i, code] = changed.get((i, code), 0) + more
        return all(
            not more or self.tellings[i].of(code).holds(at.sums[i][code] + more) for (i, code), more in changed.items()
        )
