"""The desk's order, its piles and leaves, and what happens when he does nothing: tables of moments."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.case import Case, CaseFile, Claimed, Closed, Outcome, Queued, Shut, Work
from bot.domain.desk import (
    Cause,
    Coming,
    Line,
    Mark,
    Pile,
    Sight,
    belongs,
    closes_at,
    counted,
    fetched,
    goes_back_at,
    leaf,
    mark_of,
    reminded_at,
    sight,
)
from bot.domain.ids import CaseCode, PersonId, typed_code
from bot.domain.people import Person, Role
from bot.domain.triage import Urgency
from bot.domain.windows import Nature, Window, standing

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Almaty")
ME, OTHER, SHE = PersonId("me"), PersonId("other"), PersonId("she")
LAWYER = Person(1, "ru", ME, role=Role.LAWYER)
COORDINATOR = Person(2, "ru", OTHER, role=Role.COORDINATOR)


def a_file(code: str = "KM00001", urgency: Urgency = Urgency.IMMEDIATE) -> CaseFile:
    return CaseFile(CaseCode(code), SHE, NOW - timedelta(days=1), urgency, "INF")


def a_line(code: str, in_minutes: int | None = None, **more: object) -> Line:
    comes = () if in_minutes is None else (Coming(NOW + timedelta(minutes=in_minutes), Cause.AGENDA),)
    return Line(Claimed(a_file(code), ME, NOW), coming=comes, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("waits", "look", "back", "remind"),
    [
        (None, 5, None, None),
        (0, 10, 20, 10),
        (-12, 8, 8, None),
        (-60, 10, 10, None),  # made immediate after an hour of waiting: one limit more, whatever had passed
    ],
)
def test_when_it_goes_back(waits: int | None, look: int, back: int | None, remind: int | None) -> None:
    case = Claimed(a_file(), ME, NOW - timedelta(hours=2))
    since = None if waits is None else NOW + timedelta(minutes=waits)
    wanted = None if back is None else NOW + timedelta(minutes=back)
    assert goes_back_at(case, since, NOW + timedelta(minutes=look)) == wanted
    if since is not None:
        assert reminded_at(case, since, NOW) == (None if remind is None else NOW + timedelta(minutes=remind))


def test_a_pile_lies_in_the_order_of_what_comes_next() -> None:
    lines = [a_line("A4"), a_line("A1", 90), a_line("A3", -5), a_line("A2", 90)]
    assert [line.case.file.code for line in leaf(lines, None).lines] == ["A3", "A1", "A2", "A4"]


def test_what_waits_goes_by_urgency_and_age_and_what_is_closed_the_newest_first() -> None:
    low = Line(Queued(a_file("B1", Urgency.LOW), NOW - timedelta(days=3)))
    old = Line(Queued(a_file("B2"), NOW - timedelta(minutes=5)))
    new = Line(Queued(a_file("B3"), NOW))
    assert sorted([low, new, old], key=mark_of) == [old, new, low]
    yesterday = Line(Closed(a_file("C1"), ME, Outcome.ADVICE, NOW - timedelta(days=1)))
    today = Line(Closed(a_file("C2"), ME, Outcome.ADVICE, NOW))
    assert sorted([yesterday, today], key=mark_of) == [today, yesterday]


def test_leaves_go_on_where_they_ended_whatever_comes_in_between() -> None:
    lines = [a_line(f"A{number:02}", number) for number in range(20)]
    first = leaf(lines, None)
    assert (first.before, first.after) == (False, True)
    assert [line.case.file.code for line in first.lines] == [f"A{number:02}" for number in range(8)]
    sooner = a_line("NEW", -60)
    second = leaf([sooner, *lines], mark_of(first.lines[-1]))
    assert [line.case.file.code for line in second.lines] == [f"A{number:02}" for number in range(8, 16)]
    assert (second.before, second.after) == (True, True)
    back = leaf([sooner, *lines], mark_of(second.lines[0]), back=True)
    assert back.lines == first.lines
    gone = [line for line in lines if line.case.file.code != "A07"]
    assert leaf(gone, mark_of(first.lines[-1])).lines == second.lines


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("mark", [Mark(2**62, "ZZ"), Mark(-(2**62), ""), Mark(0, "x")])
def test_a_forged_mark_gives_a_leaf_like_any_other(mark: Mark, back: bool) -> None:
    lines = [a_line(f"A{number:02}", number) for number in range(20)]
    shown = leaf(lines, mark, back=back).lines
    assert 4 <= len(shown) <= 8
    assert leaf([], mark, back=back).lines == ()


def test_what_was_looked_up_is_a_leaf_or_is_looked_up_again() -> None:
    lines = [a_line(f"A{number:02}", number) for number in range(9)]
    mark = Mark(0, "x")
    assert fetched([], None) is not None
    assert fetched([], mark) is None
    assert fetched(lines[:3], mark, back=True) is None
    shown = fetched(lines, mark, back=True)
    assert shown is not None
    assert shown.before
    assert shown.lines == tuple(reversed(lines[:8]))
    shown = fetched(lines[:8], None)
    assert shown is not None
    assert not shown.before
    assert not shown.after


def test_piles_and_how_many_lie_in_each() -> None:
    waits = a_line("A1", 30, waiting_since=NOW)
    tonight = a_line("A2", 9 * 60 + 59)  # 23:59 in Almaty
    tomorrow = a_line("A3", 10 * 60 + 1)
    court = Line(Claimed(a_file("A4"), ME, NOW, Work.IN_COURT, NOW))
    lines = [waits, tonight, tomorrow, court]
    assert [belongs(each, Pile.TODAY, NOW, ZONE) for each in lines] == [True, True, False, False]
    assert [belongs(each, Pile.FOR_HER, NOW, ZONE) for each in lines] == [False, True, True, False]
    assert counted(lines, NOW, ZONE) == {Pile.MINE: 4, Pile.FOR_ME: 1, Pile.FOR_HER: 2, Pile.TODAY: 2}


@pytest.mark.parametrize(
    ("nature", "earliest", "latest", "hours"),
    [
        (Nature.CLOSES, 10, 2, 62),
        (Nature.CLOSES, 80, 60, 12),
        (Nature.FADES, 80, 60, None),
        (Nature.CLOSES, 100, 80, None),
    ],
)
def test_until_when_a_window_is_open(nature: Nature, earliest: int, latest: int, hours: int | None) -> None:
    ago = (NOW - timedelta(hours=earliest), NOW - timedelta(hours=latest))
    shown = standing(Window("PEP72", timedelta(hours=72), nature), *ago, NOW)
    assert closes_at(shown) == (None if hours is None else NOW + timedelta(hours=hours))
    line = a_line("A1", 60 * 24 * 9).with_windows([shown])
    assert line.next is not None
    assert (line.next.cause is Cause.WINDOW) is (hours is not None)


_FILE = a_file()
_MINE, _OTHERS = Claimed(_FILE, ME, NOW), Claimed(_FILE, PersonId("third"), NOW)
_CLOSED = Closed(_FILE, ME, Outcome.ADVICE, NOW)


@pytest.mark.parametrize(
    ("case", "conflict", "lawyer", "coordinator"),
    [
        (None, False, Sight.NONE, Sight.NONE),
        (Shut(_FILE, NOW), False, Sight.NONE, Sight.NONE),
        (Queued(_FILE, NOW), False, Sight.CARD, Sight.CARD),
        (Queued(_FILE, NOW), True, Sight.NONE, Sight.NONE),
        (Queued(replace(_FILE, seeker=ME), NOW), False, Sight.NONE, Sight.CARD),
        (_MINE, False, Sight.WHOLE, Sight.OVERSEEN),
        (_OTHERS, False, Sight.NONE, Sight.OVERSEEN),
        (_OTHERS, True, Sight.NONE, Sight.NONE),
        (_CLOSED, False, Sight.ENDED, Sight.OVERSEEN),
    ],
)
def test_how_much_of_a_case_somebody_sees(case: Case | None, conflict: bool, lawyer: Sight, coordinator: Sight) -> None:
    assert sight(LAWYER, case, conflict=conflict) is lawyer
    assert sight(COORDINATOR, case, conflict=conflict) is coordinator
    assert sight(replace(LAWYER, role=None, id=PersonId("nobody")), case, conflict=conflict) is Sight.NONE


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("KM48213", "KM48213"),
        (" km48213\n", "KM48213"),
        ("КМ48213", "KM48213"),
        ("км48213", "KM48213"),
        ("KM48213 ", "KM48213"),
        ("KM48213?", None),
        ("KM4821", None),
        ("QQ48213", None),
        ("KM4821٣", None),
        ("see KM48213", None),
    ],
)
def test_a_code_typed_alone(words: str, code: str | None) -> None:
    assert typed_code(words) == code
