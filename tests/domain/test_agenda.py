"""When a lawyer is spoken to, and when a legal deadline runs out; by the organisation's clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import content
from bot.domain.agenda import FARTHEST, Planned, Quiet, by_when, fits
from bot.domain.deadlines import offered
from bot.domain.ids import CaseCode, PersonId
from bot.i18n import LANGUAGES
from bot.settings import COUNTRIES
from tests.house.test_content import FACTS

ZONE = ZoneInfo("Asia/Almaty")
NIGHT = Quiet(21, 8)
KNOWN = {each.code: each for each in content.deadlines(COUNTRIES)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 20th is a Friday."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=ZONE) + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("now", "spoken", "held"),
    [
        (at(20, 20, 59), at(20, 15), None),
        (at(20, 21), None, at(20, 20)),
        (at(20, 3), None, at(20, 3)),
        (at(20, 7, 59), None, at(19, 20)),
        (at(20, 8), at(20, 8), at(20, 7, 59)),
        (at(20, 8, 59), at(20, 8, 30), at(19, 22)),
        (at(20, 9), at(19, 22), None),
    ],
)
def test_the_night_is_silent_and_what_fell_due_in_it_waits_for_nine(
    now: datetime, spoken: datetime | None, held: datetime | None
) -> None:
    since = NIGHT.spoken_from(now.astimezone(ZoneInfo("UTC")), ZONE)
    assert spoken is None or (since is not None and spoken >= since)
    assert held is None or since is None or held < since
    assert Quiet(0, 0).spoken_from(now, ZONE) is not None


def test_a_day_time_rest_is_kept_too() -> None:
    rest = Quiet(13, 15)
    assert rest.spoken_from(at(20, 14), ZONE) is None
    assert rest.before(at(20, 14, 30), ZONE) == at(20, 12)
    for now, due in ((at(20, 15), at(20, 13)), (at(20, 10), at(20, 9, 30))):
        since = rest.spoken_from(now, ZONE)
        assert since is not None
        assert due >= since


def test_what_is_spoken_of_ahead_is_moved_before_the_night_never_behind_it() -> None:
    assert NIGHT.before(at(20, 3), ZONE) == at(19, 20)
    assert NIGHT.before(at(20, 22), ZONE) == at(20, 20)
    assert NIGHT.before(at(20, 12), ZONE) == at(20, 12)


def test_sections_end_with_today_and_with_sunday() -> None:
    days = [at(18, 10), at(20, 23), at(22, 23), at(23, 0)]
    planned = [Planned(n, CaseCode("AA11111"), PersonId("p"), due) for n, due in enumerate(days)]
    found = by_when(planned, at(20, 12), ZONE)
    assert [len(each) for each in (found.today, found.this_week, found.later)] == [2, 1, 1]


def test_only_a_moment_to_come_and_not_absurdly_far_can_be_planned() -> None:
    now = at(20, 12)
    assert [fits(each, now) for each in (now, now + timedelta(minutes=1), now + FARTHEST, now + 2 * FARTHEST)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "start", "end", "told"),
    [
        ("KZ_ORDER_30D", at(20, 0), "2026-12-20 23:59", "2026-12-17 09:00"),
        ("KZ_REQUIREMENTS_3M", at(30, 0), "2027-02-28 23:59", "2027-02-21 09:00"),
        ("KZ_LEGAL_AID_3WD", at(20, 0), "2026-11-25 23:59", "2026-11-24 09:00"),
        ("KG_ORDER_3D", at(20, 0), "2026-11-23 23:59", "2026-11-22 09:00"),
        ("KG_ORDER_3D", at(18, 0), "2026-11-21 23:59", "2026-11-21 09:00"),
        ("KZ_DETAIN_48H", at(20, 10), "2026-11-22 10:00", "2026-11-21 20:00"),
        ("KG_DETAIN_48H", at(20, 11), "2026-11-22 11:00", "2026-11-21 20:00"),
        ("KG_ORDER_24H", at(20, 11), "2026-11-21 11:00", "2026-11-20 20:00"),
    ],
)
def test_each_deadline_is_counted_and_spoken_of_in_time(code: str, start: datetime, end: str, told: str) -> None:
    deadline = KNOWN[code]
    runs_out = deadline.runs_out(start, ZONE)
    spoken = deadline.told_at(runs_out, NIGHT, ZONE, at(20, 12))
    assert f"{runs_out.astimezone(ZONE):%Y-%m-%d %H:%M}" == end
    assert f"{spoken.astimezone(ZONE):%Y-%m-%d %H:%M}" == told
    assert spoken < runs_out
    assert not NIGHT.covers(spoken, ZONE)


def test_deadlines_stand_on_sourced_facts_and_are_certain_only_where_the_fact_is() -> None:
    facts = {each.code: next(row for row in FACTS.values() if row["source"] == each.source) for each in KNOWN.values()}
    for code, fact in facts.items():
        assert fact["source"]
        assert fact["source_year"]
        assert fact["confidence"] not in ("none", "low")
        assert fact["show_to_user"] != "no"
        assert KNOWN[code].checked == ((fact["confidence"], fact["show_to_user"]) == ("high", "yes"))
        assert set(KNOWN[code].title) == set(KNOWN[code].start) == set(LANGUAGES)
    assert [code for code in KNOWN if KNOWN[code].checked] == ["KZ_LEGAL_AID_3WD"]


def test_offered_are_those_of_the_category_and_the_country_that_no_window_counts() -> None:
    def codes(category: str, country: str | None, *counted: str) -> set[str]:
        return {each.code for each in offered(KNOWN.values(), category, country, counted)}

    assert codes("IPV", "KZ") == {"KZ_ORDER_30D", "KZ_REQUIREMENTS_3M", "KZ_LEGAL_AID_3WD"}
    assert codes("POL", "KG") == {"KG_DETAIN_48H"}
    assert codes("POL", "KG", "KG_DETAIN48") == set()
    assert codes("IPV", None) == codes("IPV", "KZ") | codes("IPV", "KG")
    assert codes("LIV", "KG") == set()
