"""A reader of publications with time, wits and this program, and nothing to do but find somebody: an integer solver.

It shares no code with what it judges. What can have happened is a count for every kind of case on all days that the
same reports cover; every cell that was told is a sum of such counts with a least and a most.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from random import Random  # noqa: TID251

from bot.domain.period import Period
from bot.domain.report import Hidden, Report

Kind = Mapping[str, str | tuple[str, ...]]
"""What is told of a case by its codes: one a table, several in a table where it may stand several times."""

MANY = 10**6
WHOLES = {"subcategory": ("category", "."), "region": ("country", "-")}
SEVERAL = ("violated", "context")
HIDDEN = {
    (Hidden.FEW, False): (1, 4),
    (Hidden.FEW, True): (1, 4),
    (Hidden.MORE, False): (5, MANY),
    (Hidden.MORE, True): (1, MANY),
}
"""What a hidden number can be; whether it stands beside an earlier report of some of the same days."""

TURNS, STEPS = 10, 600

Var = tuple[int, int]
Sum = tuple[frozenset[Var], int, int]


def is_in(kind: Kind, table: str, code: str) -> bool:
    """True when a case of this kind stands in this row."""
    return code in kind[table] if table in SEVERAL else kind[table] == code


@dataclass(repr=False)
class Reader:
    """What he was told of cases of these kinds, the oldest first; and how many there are in truth, by day and kind."""

    reports: Sequence[Report]
    kinds: Sequence[Kind]
    truth: Mapping[tuple[int, int], int]
    told: list[Sum] = field(default_factory=list)
    found: list[Mapping[Var, int]] = field(default_factory=list)
    """What can have happened, as far as he has thought of it."""

    def __post_init__(self) -> None:
        days = sorted({day for day, _ in self.truth})
        self.classes: dict[tuple[bool, ...], list[int]] = {}
        for day in days:
            cover = tuple(each.period.first.toordinal() <= day <= each.period.last.toordinal() for each in self.reports)
            if any(cover):
                self.classes.setdefault(cover, []).append(day)
        self.covers = list(self.classes)
        self.hint = {
            (a, k): sum(self.truth.get((day, k), 0) for day in self.classes[cover])
            for a, cover in enumerate(self.covers)
            for k in range(len(self.kinds))
        }
        for i, report in enumerate(self.reports):
            self._hears(i, report)

    def _hears(self, i: int, report: Report) -> None:
        assert isinstance(report.appeals, int)
        self.told.append((self.sum_of(i, lambda kind: True), report.appeals, report.appeals))
        beside = any(_overlap(each.period, report.period) for each in self.reports[:i])
        for table, cells in report.tables.items():
            for code in sorted({*cells, *(codes_of(self.kinds, table) if table not in SEVERAL else ())}):
                if code == "" and table in WHOLES:
                    continue
                if code not in cells and table in WHOLES and not _family(cells, code, WHOLES[table][1]):
                    continue
                cell = cells.get(code, 0)
                least, most = (cell, cell) if isinstance(cell, int) else HIDDEN[cell, beside]
                self.told.append((self.cell(i, table, code), least, most))

    def cell(self, i: int, table: str, code: str) -> frozenset[Var]:
        """What a cell of a report is the sum of."""
        return self.sum_of(i, lambda kind: is_in(kind, table, code))

    def sum_of(self, i: int, fits: Callable[[Kind], bool]) -> frozenset[Var]:
        """The cases of such kinds that a report covers."""
        return frozenset(
            (a, k)
            for a, cover in enumerate(self.covers)
            for k, kind in enumerate(self.kinds)
            if cover[i] and fits(kind)
        )

    def spans(self) -> Iterable[tuple[int, ...]]:
        """Every union of days that he can tell apart."""
        some = range(len(self.covers))
        return chain.from_iterable(combinations(some, size) for size in range(1, len(self.covers) + 1))

    def truly(self, cells: Iterable[Var]) -> int:
        """How many there are."""
        return sum(self.hint[each] for each in cells)

    def may_be(self, cells: frozenset[Var], least: int, most: int) -> bool:
        """True when this sum can be in that range, with everything that was told."""
        if any(least <= sum(map(each.__getitem__, cells)) <= most for each in reversed(self.found)):
            return True
        near = min([self.hint, *self.found], key=lambda each: _off(sum(map(each.__getitem__, cells)), least, most))
        solved = _solve([*self.told, (cells, least, most)], near)
        if solved is not None:
            self.found.append(solved)
        return solved is not None

    def knows(self, cells: frozenset[Var]) -> bool:
        """True when he knows this sum for certain."""
        true = self.truly(cells)
        return not self.may_be(cells, true + 1, MANY) and not self.may_be(cells, 0, true - 1)

    def has_room(self, cells: frozenset[Var]) -> bool:
        """True when this sum can be at least four numbers near the true one."""
        true, can = self.truly(cells), 0
        for n in sorted(range(max(true - 4, 0), true + 5), key=lambda n: abs(n - true)):
            can += can < 4 and self.may_be(cells, n, n)
        return can == 4


def codes_of(kinds: Iterable[Kind], table: str) -> set[str]:
    """Every code of a table that there is."""
    return {str(kind[table]) for kind in kinds} if table not in SEVERAL else {c for kind in kinds for c in kind[table]}


def _family(cells: Iterable[str], code: str, sign: str) -> bool:
    return any(each.partition(sign)[0] == code.partition(sign)[0] for each in cells)


def _overlap(one: Period, other: Period) -> bool:
    return max(one.first, other.first) <= min(one.last, other.last)


def _solve(sums: Sequence[Sum], hint: Mapping[Var, int]) -> Mapping[Var, int] | None:
    """Whole numbers for all, such that every sum is in its range; None where he finds none.

    First it is looked whether the ranges leave anything at all. Then it walks from what he knows to be possible: always
    one number up or down where a sum is wrong, so that as little as possible becomes wrong by it. What he does not find
    counts as impossible: a test then fails too often, never too seldom.
    """
    if not _narrow([(list(cells), least, most) for cells, least, most in sums], dict.fromkeys(hint, (0, MANY))):
        return None
    for turn in range(TURNS):
        if (found := _walk(sums, dict(hint), Random(turn))) is not None:
            return found
    return None


def _walk(sums: Sequence[Sum], at: dict[Var, int], chance: Random) -> Mapping[Var, int] | None:
    touch: dict[Var, list[int]] = {each: [] for each in at}
    for r, (cells, _, _) in enumerate(sums):
        for each in cells:
            touch[each].append(r)
    order = [sorted(cells) for cells, _, _ in sums]
    total = [sum(at[each] for each in cells) for cells, _, _ in sums]
    rested: dict[Var, int] = {}
    for step in range(STEPS):
        wrong = [r for r, (_, least, most) in enumerate(sums) if not least <= total[r] <= most]
        if not wrong:
            return at
        r = chance.choice(wrong)
        more = 1 if total[r] < sums[r][1] else -1
        fit = [each for each in order[r] if at[each] + more >= 0]
        chance.shuffle(fit)
        calm = [each for each in fit if rested.get(each, -9) < step - chance.randint(1, 6)] or fit
        if not calm:
            return None
        best = min(calm, key=lambda each: sum(_off(total[t] + more, *sums[t][1:]) - _off(total[t], *sums[t][1:])
                                              for t in touch[each]))  # fmt: skip
        at[best] += more
        rested[best] = step
        for t in touch[best]:
            total[t] += more
    return None


def _off(count: int, least: int, most: int) -> int:
    return max(least - count, count - most, 0)


def _narrow(sums: Sequence[tuple[list[Var], int, int]], ranges: dict[Var, tuple[int, int]]) -> bool:
    """False when the sums leave no number at all to one of them."""
    changed = True
    while changed:
        changed = False
        for cells, least, most in sums:
            low, high = sum(ranges[each][0] for each in cells), sum(ranges[each][1] for each in cells)
            if low > most or high < least:
                return False
            for each in cells:
                was = ranges[each]
                now = max(was[0], least - (high - was[1])), min(was[1], most - (low - was[0]))
                if now[0] > now[1]:
                    return False
                if now != was:
                    ranges[each], changed = now, True
                    low, high = low + now[0] - was[0], high + now[1] - was[1]
    return True
