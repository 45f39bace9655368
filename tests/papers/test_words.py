"""What a report says: every code by its name, hidden numbers without a place, and what a reader must know."""

import pickle
import re
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.period import Period
from bot.domain.report import MANY_AT_ONCE, TABLES, Hidden, Mode
from bot.i18n import LANGUAGES, label
from bot.papers.words import EVERY, Paper, paper, period_in, shown
from tests.papers.reports import CODES, MADE, empty, team, told

each_language = pytest.mark.parametrize("language", LANGUAGES)


def _everything(said: Paper) -> str:
    rows = [f"{row.name} {shown(said.language, row.value)}" for table in said.tables for row in table.rows]
    heads = [f"{table.title} {table.about} {table.column}" for table in said.tables]
    return "\n".join([said.title, said.period, said.total, said.mark or "", *said.notes, *heads, *rows])


@each_language
def test_every_code_of_every_table_has_a_name_and_no_two_the_same(language: str) -> None:
    said = paper(team(), language, MADE)
    assert set(CODES) == {*TABLES, *MANY_AT_ONCE}
    assert [table.code for table in said.tables] == list(EVERY)
    for table in said.tables:
        names = [row.name for row in table.rows]
        assert all(name.strip() and name not in CODES.get(table.code, ()) for name in names), table.code
        assert len(set(names)) == len(names), table.code
    raw = [code for codes in CODES.values() for code in codes if re.search(r"[_.]|-\d", code)]
    assert [code for code in raw if code in _everything(said)] == []


def test_a_code_that_nobody_knows_stops_the_report() -> None:
    """Rather than a line without a name, or a number less."""
    with pytest.raises(KeyError):
        paper(replace(team(), tables={"category": {"NEW": 5}}), "en", MADE)


@each_language
def test_the_largest_come_first_and_the_hidden_tell_nothing_by_their_place(language: str) -> None:
    rows = paper(told(), language, MADE).tables[0].rows
    assert [row.value for row in rows] == [21, 9, 7, 5, Hidden.FEW, Hidden.FEW, Hidden.MORE]
    turned = replace(told(), tables={name: dict(reversed([*cells.items()])) for name, cells in told().tables.items()})
    assert paper(turned, language, MADE).tables == paper(told(), language, MADE).tables


def test_urgency_and_age_keep_their_own_order() -> None:
    said = paper(team(), "en", MADE)
    for name in ("urgency", "age", "elapsed"):
        table = said.table(name)
        assert table is not None
        assert [row.code for row in table.rows] == [*CODES[name], ""]


@each_language
def test_the_team_is_told_that_its_numbers_go_nowhere(language: str) -> None:
    own, leaving = paper(team(), language, MADE), paper(told(), language, MADE)
    assert own.mark == label(language, "paper.mark")
    assert label(language, "paper.note.team") in own.notes
    assert leaving.mark is None
    assert own.mark not in _everything(leaving)
    assert label(language, "paper.note.team") not in leaving.notes


@each_language
def test_a_report_that_leaves_says_how_many_are_missing_and_what_its_signs_mean(language: str) -> None:
    said = paper(told(), language, MADE)
    beside = said.table("beside")
    assert beside is not None
    assert {row.code: row.value for row in beside.rows} == {
        "without_consent": 7, "told_elsewhere": 0, "tests": Hidden.FEW,
    }  # fmt: skip
    few, more = shown(language, Hidden.FEW), shown(language, Hidden.MORE)
    assert (few, more) == ("<5", "…")
    assert [sum(sign in note for note in said.notes) for sign in (few, more)] == [1, 1]
    assert any(beside.title in note for note in said.notes)
    assert said.counted == date(2027, 1, 2)


def test_the_tables_whose_lines_are_not_all_there_have_no_total() -> None:
    said = {table.code: table for table in paper(told(), "en", MADE).tables}
    assert said["country"].total == 52
    assert said["region"].total is None
    assert label("en", "paper.note.parts") in said["region"].about
    own = {table.code: table.total for table in paper(team(), "en", MADE).tables}
    assert {code for code, total in own.items() if total == 1234} == set(TABLES)


@each_language
def test_nothing_came(language: str) -> None:
    said = paper(empty(), language, MADE)
    assert [table.code for table in said.tables] == ["category", "beside"]
    assert said.tables[0].rows == ()


def test_periods_are_called_as_people_call_them() -> None:
    def called(language: str, period: Period) -> str:
        return " ".join(period_in(language, period).split())

    assert called("en", Period.month(2026, 11)) == "November 2026"
    assert called("ru", Period.quarter(2026, 4)) == "4-й квартал 2026 г."
    assert called("kk", Period.month(2026, 2)) == "2026 ж. ақпан"
    assert called("ky", Period(date(2026, 11, 16), date(2026, 11, 22))) == "16–22-ноя. 2026-ж."
    assert shown("ru", 1234).split() == ["1", "234"]
    assert shown("en", 0.1) == "0.1"


def test_a_report_goes_to_another_process_as_it_is() -> None:
    for report in (team(), told(), empty()):
        assert pickle.loads(pickle.dumps(report)) == report
    assert team().mode is Mode.TEAM
