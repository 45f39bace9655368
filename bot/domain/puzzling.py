"""One table of a publication: which of its numbers are told, so that what was told before betrays nobody either."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.period import Period
from bot.domain.report import Cell, Hidden, Report
from bot.domain.slicing import Slice, added_up, overlap
from bot.domain.witnesses import A_FEW, ANYTHING, ENDLESS, FEWEST, Bounds, Puzzle, Telling, few

Labels = Mapping[str, Cell]
ZERO = Bounds(0, 0)


@dataclass(frozen=True)
class Known:
    """A table, or the parts of one whole, of the period to be told of, and what was told of it with others.

    `counts` by slice; `cells` by earlier publication, None where it told nothing of this. `unlisted`: codes that stand
    in no row, so that nobody is told of them. The rest as in `Puzzle`.
    """

    period: Period
    slices: Sequence[Slice]
    earlier: Sequence[Report]
    counts: Sequence[Mapping[str, int]]
    cells: Sequence[Labels | None]
    unlisted: frozenset[str] = frozenset()
    no_partner: frozenset[str] = frozenset()
    limits: Sequence[Mapping[str, Bounds]] = ()
    alone: bool = False
    across: bool = True

    @cached_property
    def now(self) -> dict[str, int]:
        """The counts of the whole period."""
        return self._sum(len(self.earlier))

    @property
    def together(self) -> bool:
        """True when it overlaps with an earlier publication."""
        return self._overlapping(len(self.earlier))

    @cached_property
    def hidden_before(self) -> frozenset[str]:
        """What earlier publications of some of the same days did not tell."""
        with_it = [i for i, each in enumerate(self.earlier) if overlap(each.period, self.period)]
        return frozenset(
            code for i in with_it for code, cell in (self.cells[i] or {}).items() if isinstance(cell, Hidden)
        )

    def may_stand(self, code: str) -> bool:
        """True for a count that is large enough and no near miss of what was told before."""
        return self.now[code] >= FEWEST and not self.strays(code, self.now[code])

    def strays(self, code: str, count: int) -> bool:
        """True when what was told of other periods adds up to nearly this: a few have changed since."""
        cells = [(each.period, self._told(i, code)) for i, each in enumerate(self.earlier)]
        ways = added_up([(period, cell) for period, cell in cells if isinstance(cell, int)], self.period)
        return ways is None or any(few(abs(each - count)) for each in ways)

    def betrayed(self, labels: Labels) -> str | None:
        """A code of which too much is known once this is told as well."""
        told = {code: _bounds(cell, self.together) for code, cell in labels.items()}
        new = self._telling(len(self.earlier), told)
        return Puzzle(
            self.counts, [*self._tellings, new], self.limits, self.no_partner, self.alone, self.across
        ).betrayed()

    @cached_property
    def _tellings(self) -> list[Telling]:
        return [self._frozen(i) for i in range(len(self.earlier))]

    def _frozen(self, i: int) -> Telling:
        """What was told then, of the counts as they are now: what has changed since leaves no room for witnesses."""
        cells = self.cells[i]
        if cells is None:
            return Telling(self._covered(i))
        telling = self._telling(i, {code: _bounds(cell, self._overlapping(i)) for code, cell in cells.items()})
        for code, count in self._sum(i).items():
            if not telling.of(code).holds(count):
                telling.told[code] = Bounds(count, count)
        return telling

    def _telling(self, i: int, told: dict[str, Bounds]) -> Telling:
        return Telling(self._covered(i), told | dict.fromkeys(self.unlisted, ANYTHING), ZERO)

    def _told(self, i: int, code: str) -> Cell | None:
        cells = self.cells[i]
        return None if cells is None or code in self.unlisted else cells.get(code, 0)

    def _overlapping(self, i: int) -> bool:
        period = self.period if i == len(self.earlier) else self.earlier[i].period
        return any(overlap(each.period, period) for each in self.earlier[:i])

    def _covered(self, i: int) -> frozenset[int]:
        return frozenset(k for k, each in enumerate(self.slices) if i in each.covered_by)

    def _sum(self, i: int) -> dict[str, int]:
        codes = sorted({code for each in self.counts for code in each})
        return {code: sum(self.counts[k].get(code, 0) for k in self._covered(i)) for code in codes}


def settled(known: Known, *, alone_is_useful: bool = False) -> dict[str, Cell] | None:
    """What may be told of this table; None when it can't be made safe, or when hardly anything would be left."""
    if any(count < 0 for each in known.counts for count in each.values()):
        return None
    labels: dict[str, Cell] | None = _first(known)
    while labels is not None and (bad := known.betrayed(labels)) is not None:
        labels = _hide_more(known, labels, bad)
    if labels is None:
        return None
    labels = _show_again(known, labels)
    if alone_is_useful:
        return labels
    return labels if any(isinstance(cell, int) and cell for cell in labels.values()) else None


def ordered(cells: Labels) -> dict[str, Cell]:
    """The largest first, then what is hidden by its code: the order must not tell what the cells don't."""
    return dict(sorted(cells.items(), key=lambda each: (isinstance(each[1], Hidden), -_size(each[1]), each[0])))


def _first(known: Known) -> dict[str, Cell] | None:
    """Every count that is large enough; what was hidden before is only said to be there."""
    labels: dict[str, Cell] = {}
    for code, count in known.now.items():
        strays = known.strays(code, count)
        if strays and not count:
            return None
        if count and code not in known.unlisted:
            hidden = strays or (few(count) and code in known.hidden_before)
            labels[code] = Hidden.MORE if hidden else Hidden.FEW if few(count) else count
    return labels


def _hide_more(known: Known, labels: dict[str, Cell], bad: str) -> dict[str, Cell] | None:
    """One more number is hidden: the smallest that is enough; else the one betrayed, one hidden before, the smallest.

    Where all are hidden it is left open, too, how small the small ones are.
    """
    fit = [code for code in labels if code not in known.no_partner or code == bad]
    could = [code for code in fit if isinstance(labels[code], int)]
    could.sort(key=lambda code: (code != bad, code not in known.hidden_before, _size(labels[code]), code))
    for code in could:
        tried: dict[str, Cell] = labels | {code: Hidden.MORE}
        if known.betrayed(tried) is None:
            return tried
    if could:
        return labels | {could[0]: Hidden.MORE}
    if known.together and Hidden.FEW in labels.values():
        return dict.fromkeys(labels, Hidden.MORE)
    return None


def _show_again(known: Known, labels: dict[str, Cell]) -> dict[str, Cell]:
    """What was hidden on the way and need not be, the largest first."""
    hidden = [code for code, cell in labels.items() if cell is Hidden.MORE and known.may_stand(code)]
    for code in sorted(hidden, key=lambda code: -known.now[code]):
        tried: dict[str, Cell] = labels | {code: known.now[code]}
        labels = tried if known.betrayed(tried) is None else labels
    return labels


def _bounds(cell: Cell, overlapping: bool) -> Bounds:
    """What a cell says. Beside an earlier publication of the same days MORE may be one: it only says that there are."""
    if cell is Hidden.FEW:
        return A_FEW
    if cell is Hidden.MORE:
        return Bounds(1 if overlapping else FEWEST, ENDLESS)
    return Bounds(cell, cell)


def _size(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
