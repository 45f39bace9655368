"""Who is on duty: shifts over midnight, one's own word, a leave, and the hours nobody has."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.duty import Called, Hole, OnFor, OwnWord, Shift, here, holes, shift_ends, spans, whom_next
from bot.domain.ids import PersonId

ALMATY, NEW_YORK = ZoneInfo("Asia/Almaty"), ZoneInfo("America/New_York")
SOMEBODY = PersonId("a" * 16)


def shift(weekday: int, start: int, until: int) -> Shift:
    return Shift(1, SOMEBODY, weekday, start, until)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, whose 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ALMATY)


def test_a_shift_over_midnight_runs_into_the_next_day() -> None:
    night = [shift(6, 22, 6)]
    for now, there in ((at(22, 21, 59), False), (at(22, 22), True), (at(23, 5, 59), True), (at(23, 6), False)):
        assert here(spans(night, None, ALMATY, now), now) is there
    assert spans(night, None, ALMATY, at(23, 3))[0].end == at(23, 6)
    assert spans(night, None, ALMATY, at(23, 6))[0].start == at(29, 22)


def test_shifts_that_touch_are_one_and_a_week_without_a_gap_has_no_end() -> None:
    split = [shift(4, 9, 14), shift(4, 14, 24), shift(5, 0, 2)]
    assert spans(split, None, ALMATY, at(20, 10))[0].end == at(21, 2)
    always = [shift(weekday, 0, 24) for weekday in range(7)]
    assert [each.end for each in spans(always, None, ALMATY, at(20, 10))] == [None]
    assert holes(always) == []


def test_off_holds_until_the_shift_is_over_and_no_longer() -> None:
    friday = [shift(4, 9, 18), shift(5, 9, 18)]
    ends = shift_ends(friday, ALMATY, at(20, 10))
    assert ends == at(20, 18)
    found = spans(friday, OwnWord(on=False, until=ends), ALMATY, at(20, 10))
    assert not here(found, at(20, 10))
    assert found[0].start == at(21, 9)
    assert shift_ends(friday, ALMATY, at(20, 19)) is None


def test_on_holds_for_its_time_and_a_leave_comes_before_everything() -> None:
    now = at(20, 22)
    word = OwnWord(on=True, until=OnFor.HOURS_2.until(ALMATY, now))
    assert spans([], word, ALMATY, now)[0].end == at(21, 0)
    assert spans([], word, ALMATY, at(21, 0)) == []
    assert OnFor.TOMORROW.until(ALMATY, now) == at(21, 9)
    assert spans([], OwnWord(on=True, until=None), ALMATY, now, away=True) == []
    assert spans([shift(4, 9, 24)], word, ALMATY, now, away=True, away_until=at(20, 23))[0].start == at(20, 23)


def test_a_shift_keeps_its_hours_when_the_clocks_are_changed() -> None:
    """On 1 November 2026 New York goes back from 2:00 to 1:00: the night shift lasts an hour longer."""
    night = shift(5, 22, 6).on(datetime(2026, 10, 31, tzinfo=NEW_YORK).date(), NEW_YORK)
    assert night.end is not None
    assert night.end.timestamp() - night.start.timestamp() == timedelta(hours=9).total_seconds()


def test_the_hours_nobody_has_also_over_the_end_of_the_week() -> None:
    assert holes([]) == [Hole(0, 0, 168)]
    days = [shift(weekday, 8, 20) for weekday in range(7)]
    assert [each for each in holes(days) if each.weekday == 6] == [Hole(6, 20, 12)]
    assert len(holes(days)) == 7
    assert holes([shift(0, 9, 9)]) == [Hole(1, 9, 144)]


def test_who_is_called_next() -> None:
    both, rest = ["a", "b"], ["c", "d"]
    assert whom_next(both, rest, [], coordinators_told=False) == (Called.DUTY, ["a"])
    assert whom_next(both, rest, ["a"], coordinators_told=False) == (Called.DUTY, ["b"])
    assert whom_next(both, rest, both, coordinators_told=False) == (Called.REST, rest)
    assert whom_next(both, rest, both + rest, coordinators_told=False)[0] is Called.COORDINATORS
    assert whom_next([], rest, [], coordinators_told=False)[0] is Called.COORDINATORS
    assert whom_next([], rest, [], coordinators_told=True) == (Called.REST, rest)
    assert whom_next(["e"], rest, rest, coordinators_told=True) == (Called.DUTY, ["e"])
    assert whom_next(both, rest, both + rest, coordinators_told=True)[0] is Called.NOBODY
