"""The case log tells of nobody: each of its rows stands at least five times, and says no more than is true."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.case_log import A_GROUP, COLUMNS, NOT_KNOWN, Row, anonymous, beside
from bot.domain.period import Period
from bot.domain.report import Cell, Hidden, Mode, Report
from bot.i18n import LANGUAGES, label
from bot.papers import case_log

VALUES: Mapping[str, tuple[str, ...]] = {
    "category": ("IPV", "POL", "SEX"),
    "gbvims": ("rape", "physical_assault", "none", NOT_KNOWN),
    "country": ("KZ", "KG", NOT_KNOWN),
    "age": ("under_18", "18_plus", NOT_KNOWN),
    "week": ("2026-W46", "2026-W47"),
    "region": ("KZ-79", "KZ-75", "KG-GB", NOT_KNOWN),
    "violator": ("police", "partner", "unknown", NOT_KNOWN),
    "outcome": ("advice", "referred", NOT_KNOWN),
    "subcategory": ("IPV.PHYS", "POL.FORCE", NOT_KNOWN),
    "elapsed": ("0_3_days", "over_5_days", NOT_KNOWN),
    "channel": ("phone", "outreach", NOT_KNOWN),
    "context": ("intimate_partner_violence", NOT_KNOWN),
    "violated": ("health", "health privacy", NOT_KNOWN),
    "referrals": ("service", "body service", NOT_KNOWN),
}
a_row = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})


@st.composite
def rows_alike(draw: st.DrawFn) -> list[Row]:
    """A few kinds of appeals, each several times, with single ones among them: as life has them."""
    kinds = draw(st.lists(st.tuples(a_row, st.integers(1, 12)), max_size=8))
    return [*(row for row, times in kinds for _ in range(times)), *draw(st.lists(a_row, max_size=12))]


def chance_of(seed: int) -> Callable[[int], int]:
    """A chance that comes out the same for the same seed."""
    state = seed

    def chance(below: int) -> int:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % below

    return chance


def told(rows: Sequence[Row], seed: int = 1) -> list[Row]:
    return anonymous(rows, chance_of(seed))


@given(rows_alike())
@settings(max_examples=200)
def test_whatever_is_told_of_a_row_is_told_of_five_and_is_true_of_them(rows: list[Row]) -> None:
    found = told(rows)
    assert len(found) == (len(rows) if len(rows) >= A_GROUP else 0)
    for row, times in Counter(tuple(sorted(each.items())) for each in found).items():
        assert times >= A_GROUP
        assert sum(all(each[name] == code for name, code in row) for each in rows) >= times
    for size in (1, 2, 3):
        for names in (COLUMNS[at : at + size] for at in range(len(COLUMNS))):
            seen = Counter(tuple(each.get(name) for name in names) for each in found)
            assert min(seen.values(), default=A_GROUP) >= A_GROUP, "nor is any part of it told of fewer"


CELLS: st.SearchStrategy[Cell] = st.sampled_from([Hidden.FEW, Hidden.MORE, 5, 40])


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of which anything may be hidden."""
    tables: dict[str, dict[str, Cell]] = {}
    for name, values in VALUES.items():
        codes = {each for value in values for each in ("" if value == NOT_KNOWN else value).split() or [""]}
        codes = {"under_18", "18_24", "25_34", ""} if name == "age" else codes
        if draw(st.booleans()):
            tables[name] = {code: draw(CELLS) for code in sorted(codes)}
    day = Period(date(2026, 10, 1), date(2026, 10, 31))
    return Report(day, Mode.PUBLICATION, 40, 0, Hidden.MORE, 0, 0, tables)


@given(rows_alike(), reports())
@settings(max_examples=100)
def test_beside_a_report_nothing_is_told_that_it_hides(rows: list[Row], report: Report) -> None:
    for row in anonymous(rows, chance_of(1), beside(report)):
        for name in set(row) - {"week", "elapsed", "referrals"}:
            adults = [code for code in report.tables[name] if code not in ("", "under_18")]
            codes = adults if row[name] == "18_plus" else row[name].replace(NOT_KNOWN, "").split()
            several = name in ("context", "violated")
            told = [report.tables[name][code] for code in codes or (report.tables[name] if several else [""])]
            assert not any(isinstance(cell, Hidden) for cell in told)
    found = Counter(tuple(sorted(each.items())) for each in anonymous(rows, chance_of(1), beside(report)))
    assert min(found.values(), default=A_GROUP) >= A_GROUP


@given(st.data())
@settings(max_examples=50)
def test_where_a_row_stood_says_nothing(data: st.DataObject) -> None:
    """Whatever order they came in, the same is told."""
    rows = data.draw(rows_alike())
    mixed = data.draw(st.permutations(rows))
    by_content = [Counter(tuple(sorted(each.items())) for each in told(each)) for each in (rows, mixed)]
    assert by_content[0] == by_content[1]


def test_the_order_is_the_chance_s_own() -> None:
    rows = [{name: values[at // 5] for name, values in VALUES.items()} for at in range(10)]
    orders = {tuple(each["category"] for each in told(rows, seed)) for seed in range(20)}
    assert len(orders) > 10


def test_what_many_share_is_told_and_what_one_has_is_not() -> None:
    alike = {name: values[0] for name, values in VALUES.items()}
    rows: list[Row] = [*([alike] * 9), {**alike, "violator": "police", "region": "KG-GB"}]
    found = Counter(tuple(sorted(each.items())) for each in told(rows))
    assert len(found) == 1, "of nine and one nothing is told that sets the one apart"
    assert dict(next(iter(found))) == {name: code for name, code in alike.items() if name != "region"}
    assert Counter(len(each) for each in told([*([alike] * 9), *([{**alike, "region": "KG-GB"}] * 5)])) == {14: 14}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_names_every_code_in_its_language(language: str) -> None:
    rows: list[Row] = [{name: values[at % len(values)] for name, values in VALUES.items()} for at in range(4)]
    made = case_log.render([*rows, {}], language, Mode.PUBLICATION)
    assert made.startswith(b"\xef\xbb\xbf"), "Excel knows it by that"
    head, *lines = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    assert tuple(head[2::2]) == COLUMNS, "programs find these in every language"
    assert label(language, "log.week") in head[3::2]
    assert [line[1] for line in lines] == ["1", "2", "3", "4", "5"], "no code of a case"
    assert all(bool(code) is bool(name) for line in lines for code, name in zip(line[2::2], line[3::2], strict=True))
    assert label(language, "violator.police") in lines[0]
    assert not any(cell[:1] in "=+-@\t\r" for line in lines for cell in line if cell)
    assert set(lines[-1][2:]) == {""}
