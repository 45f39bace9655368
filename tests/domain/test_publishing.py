"""What leaves the team gives nobody away, whatever left before: judged by a reader who shares no code with it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.domain.coding import Circumstance, Coding, Gbvims, Violator, contexts
from bot.domain.period import Period
from bot.domain.publishing import Untold, publication
from bot.domain.report import MANY_AT_ONCE, TABLES, Cell, Figures, Hidden, Mode, Report
from bot.domain.slicing import pieces
from tests.domain.reader import Kind, Reader, codes_of, is_in

DAY = date(2026, 9, 1)
TODAY = date(2027, 1, 1)
FEW = range(1, 5)
PLAIN = dict.fromkeys(TABLES, "") | dict.fromkeys(MANY_AT_ONCE, ())

Days = Mapping[int, Mapping[int, int]]
"""By day, how many cases there are of each kind."""


def kind(**codes: str | tuple[str, ...]) -> Kind:
    """A kind of case; what is not named is not known."""
    return PLAIN | codes


def days_of(first: int, last: int) -> Period:
    """From one day to another, by number."""
    return Period(DAY + timedelta(first), DAY + timedelta(last))


class World:
    """Cases of some kinds by day, and what is published of them."""

    def __init__(self, kinds: Sequence[Kind], days: Days) -> None:
        self.kinds = kinds
        self.days = {day: Counter(cases) for day, cases in days.items()}
        self.out: list[Report] = []

    def publishes(self, period: Period) -> Report:
        """One more report. Raises Untold."""
        around = [each for each in self.out if not (each.period.last < period.first or period.last < each.period.first)]
        while True:
            span = [each.period for each in around] + [period]
            more = [o for o in self.out if any(not (o.period.last < p.first or p.last < o.period.first) for p in span)]
            if len(more) == len(around):
                break
            around = more
        counted = [self.figures(each) for each in pieces([*(each.period for each in around), period])]
        report = publication(period, around, counted, TODAY)
        if report not in self.out:
            self.out.append(report)
        return report

    def figures(self, period: Period) -> Figures:
        """What is counted there."""
        cases: Counter[int] = Counter()
        for day, there in self.days.items():
            if period.first <= DAY + timedelta(day) <= period.last:
                cases += there
        by: dict[str, dict[str, int]] = {}
        for table in (*TABLES, *MANY_AT_ONCE):
            found = {code: sum(n for k, n in cases.items() if is_in(self.kinds[k], table, code))
                     for code in codes_of(self.kinds, table)}  # fmt: skip
            by[table] = {code: n for code, n in found.items() if n}
        return Figures(period, sum(cases.values()), 0, 0, 0, 0, by)

    def reader(self) -> Reader:
        """Somebody who has read it all."""
        truth = {(DAY.toordinal() + day, k): self.days[day][k] for day in self.days for k in range(len(self.kinds))}
        return Reader(self.out, self.kinds, truth)


def assert_nobody_is_betrayed(world: World, tables: Iterable[str]) -> None:
    """Every hidden few may be one, two, three or four; no span of days has a few that are known for certain."""
    reader = world.reader()
    for i, report in enumerate(world.out):
        for table, cells in report.tables.items():
            for code, cell in cells.items():
                if cell is Hidden.FEW:
                    where = reader.cell(i, table, code)
                    assert [n for n in FEW if not reader.may_be(where, n, n)] == [], (str(report.period), table, code)
    for span in reader.spans():
        everybody = frozenset((a, k) for a in span for k in range(len(world.kinds)))
        assert not (reader.truly(everybody) in FEW and reader.knows(everybody)), span
        for table in tables:
            for code in codes_of(world.kinds, table):
                some = frozenset((a, k) for a, k in everybody if is_in(world.kinds[k], table, code))
                assert not (reader.truly(some) in FEW and reader.knows(some)), (span, table, code)
                open_ = len(span) > 1 or table == "context" or reader.truly(some) not in FEW or reader.has_room(some)
                assert open_, (span, table, code)


def assert_true(world: World) -> None:
    """Whatever is told is so."""
    for report in world.out:
        true = world.figures(report.period)
        assert (report.mode, report.appeals, report.flow) == (Mode.PUBLICATION, true.appeals, None)
        assert report.appeals not in FEW
        for table, cells in report.tables.items():
            for code, cell in cells.items():
                assert _says(cell, true.by[table].get(code, 0)), (table, code)
            if table not in MANY_AT_ONCE and table not in ("subcategory", "region"):
                assert set(cells) == set(true.by[table])


def _says(cell: Cell, count: int) -> bool:
    if isinstance(cell, int):
        return cell == count and cell not in FEW
    return count in FEW if cell is Hidden.FEW else count >= 1


CATEGORIES = [
    kind(category=part[0], subcategory=part if part[1:] else "")
    for part in ("A.x", "A.y", "A", "B.x", "B", "C.x", "C", "D")
]
CODINGS = [
    Coding(Gbvims(kind) if kind else None, Violator(who), circumstances=frozenset(how))
    for kind in ("rape", "none", "") for who in ("partner", "police")
    for how in ([], [Circumstance.ABDUCTION])[: 2 if kind == "rape" else 1]
]  # fmt: skip
CONTEXTS = [
    kind(gbvims=each.gbvims or "", violator=str(each.violator), age=age, context=contexts(each, age))
    for each in CODINGS
    for age in ("", "under_18")
]
"""Every way in which a case can be coded, so that the reader takes for impossible only what is."""

counts = st.sampled_from([0, 0, 1, 1, 2, 3, 5, 6, 9, 14])

LAST = 4


@st.composite
def worlds(draw: st.DrawFn, kinds: Sequence[Kind]) -> World:
    """Some days with cases."""
    return World(kinds, {day: {k: draw(counts) for k in range(len(kinds))} for day in range(LAST + 1)})


@st.composite
def periods(draw: st.DrawFn) -> list[Period]:
    """One to four of them, as they come."""
    ends = st.tuples(st.integers(0, LAST), st.integers(0, LAST)).map(sorted)
    return [days_of(first, last) for first, last in draw(st.lists(ends, min_size=1, max_size=4, unique_by=tuple))]


def _publish_all(world: World, asked: Iterable[Period]) -> None:
    for period in asked:
        try:
            assert world.publishes(period) == world.publishes(period)
        except Untold:
            assert period not in [each.period for each in world.out]


@settings(max_examples=12, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
@given(worlds(CATEGORIES), periods())
def test_categories_and_their_parts(world: World, asked: list[Period]) -> None:
    _publish_all(world, asked)
    assert_true(world)
    assert_nobody_is_betrayed(world, ("category", "subcategory"))


@settings(max_examples=6, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
@given(worlds(CONTEXTS), periods())
def test_contexts_beside_what_they_follow_from(world: World, asked: list[Period]) -> None:
    _publish_all(world, asked)
    assert_true(world)
    assert_nobody_is_betrayed(world, ("gbvims", "violator", "age", "context"))


def _told(world: World, *asked: Period) -> list[Report | str]:
    """What comes of asking for these, one after another: a report, or why there is none and beside which."""
    found: list[Report | str] = []
    for period in asked:
        try:
            found.append(world.publishes(period))
        except Untold as no:
            found.append(f"{no.why} {no.other}" if no.other else no.why)
    return found


def _by_category(*days: Mapping[str, int]) -> World:
    """A world of categories alone: on each day so many of each."""
    codes = sorted({code for day in days for code in day})
    kinds = [kind(category=code) for code in codes]
    return World(kinds, {i: {k: day.get(code, 0) for k, code in enumerate(codes)} for i, day in enumerate(days)})


def _categories(report: Report | str) -> Mapping[str, Cell] | None:
    assert isinstance(report, Report), report
    return report.tables.get("category")


def test_one_to_four_at_all_is_refused_and_none_is_not() -> None:
    world = _by_category({"A": 4}, {}, {"A": 5})
    assert _told(world, days_of(0, 0)) == ["few"]
    nothing, five = _told(world, days_of(1, 1), days_of(2, 2))
    assert isinstance(nothing, Report)
    assert (nothing.appeals, nothing.tables, nothing.erased) == (0, {}, Hidden.MORE)
    assert _categories(five) == {"A": 5}


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ({"A": 5, "B": 1}, None),  # MORE is five or more: of six that is five and one
        ({"A": 8, "B": 1}, None),  # it could be told safely, but then there is no number left
        ({"A": 30, "B": 8, "C": 1}, {"A": 30, "B": Hidden.MORE, "C": Hidden.FEW}),
        ({"A": 30, "B": 7, "C": 1}, {"B": 7, "A": Hidden.MORE, "C": Hidden.FEW}),  # seven leave only one, two, three
        ({"A": 30, "B": 8, "C": 1, "D": 2}, {"A": 30, "B": Hidden.MORE, "C": Hidden.FEW, "D": Hidden.FEW}),
        ({"A": 30, "B": 2, "C": 3}, {"A": 30, "B": Hidden.FEW, "C": Hidden.FEW}),
        ({"A": 30, "B": 1, "C": 2}, None),  # three of two are one and two
        ({"A": 30, "B": 4, "C": 4}, None),  # eight of two are four and four
    ],
)
def test_a_few_beside_others(counted: Mapping[str, int], told: Mapping[str, Cell] | None) -> None:
    assert _categories(_told(_by_category(counted), days_of(0, 0))[0]) == told


def test_a_quarter_after_its_months_tells_what_the_months_allow() -> None:
    world = _by_category({"A": 30, "B": 9, "C": 2}, {"A": 20, "B": 9, "C": 1}, {"A": 25, "B": 12, "C": 6})
    *_, third, quarter = _told(world, days_of(0, 0), days_of(1, 1), days_of(2, 2), days_of(0, 2))
    assert _categories(third) == {"A": 25, "B": 12, "C": 6}
    assert _categories(quarter) == {"A": 75, "B": Hidden.MORE, "C": Hidden.MORE}
    assert_nobody_is_betrayed(world, ("category",))


def test_a_month_after_one_of_its_weeks_is_refused_where_few_are_left() -> None:
    world = _by_category({"A": 30, "B": 9}, {"A": 3}, {"A": 7})
    week, month, longer, again = _told(world, days_of(0, 0), days_of(0, 1), days_of(0, 2), days_of(0, 0))
    assert (month, again) == (f"together {days_of(0, 0)}", week)
    assert isinstance(longer, Report)
    assert longer.appeals == 49


def test_weeks_one_after_another_and_the_month_they_make() -> None:
    weeks = [{"A": 20, "B": 9, "C": n} for n in (1, 0, 2, 1)]
    world = _by_category(*weeks)
    *_, month = _told(world, *(days_of(i, i) for i in range(4)), days_of(0, 3))
    assert _categories(month) == {"A": 80, "B": Hidden.MORE, "C": Hidden.MORE}
    assert_nobody_is_betrayed(world, ("category",))


def test_a_consent_taken_back_between_two_reports_is_no_small_difference() -> None:
    world = _by_category({"A": 30, "B": 20}, {"A": 30, "B": 20})
    first, second = _told(world, days_of(0, 0), days_of(1, 1))
    world.days[0][0] -= 1
    assert _told(world, days_of(0, 0)) == [first], "as it was told then"
    assert str(_told(world, days_of(0, 1))[0]).startswith("together"), "99 after 50 and 50"
    world.days[0][1] += 1
    both = _told(world, days_of(0, 1))[0]
    assert isinstance(both, Report)
    assert (both.appeals, both.tables.get("category")) == (100, None), "59 and 41 after 60 and 40"
    assert isinstance(second, Report)


def test_what_is_hidden_stands_in_no_telling_order() -> None:
    told = _categories(_told(_by_category({"Z": 4, "M": 1, "C": 3, "B": 40, "A": 2}), days_of(0, 0))[0])
    assert list(told or {}) == ["B", "A", "C", "M", "Z"]
