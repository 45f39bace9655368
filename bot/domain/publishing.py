"""What may leave the team: a report in which no count of one to four people can be read or worked out.

The rule in plain words, and what it does not protect from, is in docs/publishing.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain import related
from bot.domain.period import Period
from bot.domain.puzzling import Known, Labels, ordered, settled
from bot.domain.report import Cell, Figures, Hidden, Mode, Report
from bot.domain.slicing import Slice, added_up, merged, slices
from bot.domain.witnesses import A_FEW, Bounds, few

WHOLE = ("category", "country", "language", "age", "outcome", "channel", "gbvims", "violator", "elapsed")
"""Tables that add up to all appeals. Urgency is not among them: it is never below that of the sub-category, so the two
together would tell of appeals in neither."""

PARTS = {"subcategory": ("category", "."), "region": ("country", "-")}
"""A part is named by its whole, this sign and more; it is told only where its whole is."""

NO_PARTNER = dict.fromkeys(("outcome", "gbvims", "violator"), frozenset({""}))
"""What is still open is not yet coded: the unknown of these tables follow from each other and hide nothing."""

RELATED = frozenset({"age", "gbvims", "violator"})
"""Contexts follow from these; a witness never moves them from one slice to another."""

ELSEWHERE = "-"
"""All that stand elsewhere, in a table in which a case may stand several times or not at all."""


class Untold(Exception):
    """This period can't be told of: `why`, and `other`: together with which publication."""

    def __init__(self, why: str, other: Period | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.other = other


def publication(period: Period, earlier: Sequence[Report], counted: Sequence[Figures], today: date) -> Report:
    """What may be told of a period. Raises Untold when nothing may.

    `earlier`: all publications that overlap it, or overlap one that does, and so on; in the order in which they left.
    `counted`: the consented appeals of every piece (`slicing.pieces`) of all these periods, as they are now.
    """
    again = [each for each in earlier if each.period == period]
    if again:
        return again[0]
    return _Telling(period, earlier, slices([*(each.period for each in earlier), period], counted), today).report()


@dataclass
class _Telling:
    """The making of one publication, table by table."""

    period: Period
    earlier: Sequence[Report]
    slices: Sequence[Slice]
    today: date

    def __post_init__(self) -> None:
        self.new = len(self.earlier)
        self.mine = [each for each in self.slices if self.new in each.covered_by]
        self.appeals = sum(each.appeals for each in self.mine)

    def report(self) -> Report:
        """All of it. Raises Untold."""
        self._totals()
        tables: dict[str, Mapping[str, Cell]] = {}
        for name in WHOLE:
            if labels := settled(self._whole(name)):
                tables[name] = labels
        for name, (whole, sign) in PARTS.items():
            tables[name] = self._parts(name, sign, tables.get(whole, {}))
        tables["violated"] = self._many("violated")
        tables["context"] = self._contexts(tables)
        return Report(
            period=self.period,
            mode=Mode.PUBLICATION,
            appeals=self.appeals,
            erased=Hidden.MORE,
            tables={name: ordered(cells) for name, cells in tables.items() if cells},
            as_of=self.today,
            tests=self._beside("tests"),
            without_consent=self._beside("without_consent"),
            told_elsewhere=self._beside("told_elsewhere"),
        )

    def _totals(self) -> None:
        """Totals are always told: of no days that a reader can work out may they be few, nor differ a little."""
        if few(self.appeals):
            raise Untold("few")
        for one in self.slices:
            others = [each for each in self.slices if each.covered_by ^ one.covered_by == {self.new}]
            if few(one.appeals) and (others or one.covered_by == {self.new}):
                raise Untold("together", self._beside_whom(one))
        totals = [(each.period, each.appeals) for each in self.earlier if isinstance(each.appeals, int)]
        ways = added_up(totals, self.period)
        if ways is None or any(few(abs(each - self.appeals)) for each in ways):
            raise Untold("together", self._beside_whom(self.mine[0]))

    def _beside_whom(self, one: Slice) -> Period:
        """The publication that, taken away or added, leaves these days alone."""
        mine = self.new in one.covered_by
        fits = [i for each in self.slices if self.new in each.covered_by for i in sorted(each.covered_by)]
        best = [i for i in fits if i != self.new and (i in one.covered_by) != mine]
        return self.earlier[(best or [i for i in fits if i != self.new])[0]].period

    def _whole(self, name: str) -> Known:
        return Known(
            period=self.period,
            slices=self.slices,
            earlier=self.earlier,
            counts=[each.by.get(name, {}) for each in self.slices],
            cells=[each.tables.get(name) for each in self.earlier],
            no_partner=NO_PARTNER.get(name, frozenset()),
            across=name not in RELATED,
        )

    def _parts(self, name: str, sign: str, wholes: Labels) -> Labels:
        """The parts of each whole that is told; of all of them or of none."""
        told: dict[str, Cell] = {}
        for whole, cell in wholes.items():
            if whole and not isinstance(cell, Hidden):
                told |= settled(self._family(name, whole, sign)) or {}
        return told

    def _family(self, name: str, whole: str, sign: str) -> Known:
        """The parts of one whole. Those who named no part are in no row, so that they may be any number."""
        above, first = PARTS[name][0], whole + sign
        counts = []
        for each in self.slices:
            parts = {code: count for code, count in each.by.get(name, {}).items() if code.startswith(first)}
            counts.append(parts | {"": each.by.get(above, {}).get(whole, 0) - sum(parts.values())})
        cells = [
            {code: cell for code, cell in each.tables.get(name, {}).items() if code.startswith(first)} or None
            for each in self.earlier
        ]
        return Known(self.period, self.slices, self.earlier, counts, cells, unlisted=frozenset({""}))

    def _many(self, name: str, only: Sequence[str] | None = None) -> Labels:
        """A table in which a case may stand several times: each code by itself, against all that stand elsewhere."""
        codes = {code for each in self.mine for code in each.by.get(name, {})} if only is None else only
        told: dict[str, Cell] = {}
        for code in codes:
            told |= settled(self._one_of_many(name, code), alone_is_useful=True) or {}
        return told

    def _one_of_many(self, name: str, code: str) -> Known:
        counts, limits = [], []
        for each in self.slices:
            count = each.by.get(name, {}).get(code, 0)
            counts.append({code: count, ELSEWHERE: each.appeals - count})
            bounds = related.bounds(code, each.by, each.appeals) if name == "context" else Bounds()
            limits.append({code: bounds})
        cells = [
            {code: each.tables[name][code]} if code in each.tables.get(name, {}) else None for each in self.earlier
        ]
        unlisted = frozenset({ELSEWHERE})
        return Known(self.period, self.slices, self.earlier, counts, cells, unlisted=unlisted, limits=limits)

    def _contexts(self, tables: Mapping[str, Mapping[str, Cell]]) -> Labels:
        """Contexts, where all that bounds them is told as it is, sets nobody apart and leaves open how few they are."""
        by, told = merged(self.mine), dict[str, Cell]()
        for context, count in by["context"].items():
            around = [tables.get(table, {code: Hidden.MORE}).get(code, 0) for table, code in related.relatives(context)]
            bounds = related.bounds(context, by, self.appeals)
            leaves_open = bounds.least <= A_FEW.least and bounds.most >= A_FEW.most
            safe = leaves_open if few(count) else not related.sets_apart(context, by, self.appeals)
            if safe and not any(isinstance(cell, Hidden) for cell in around):
                told |= self._many("context", [context])
        return told

    def _beside(self, name: str) -> Cell:
        """One of the numbers that stand beside the tables; MORE: not told at all."""
        known = Known(
            self.period,
            self.slices,
            self.earlier,
            [{name: each.beside[name]} for each in self.slices],
            [None if getattr(each, name) is Hidden.MORE else {name: getattr(each, name)} for each in self.earlier],
            alone=True,
        )
        found = settled(known, alone_is_useful=True)
        return Hidden.MORE if found is None else found.get(name, 0)
