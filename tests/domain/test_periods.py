"""The days of a report, as people of four languages type them; today is Friday, 20 November 2026."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import periods
from bot.domain.errors import Unfit

NOW, ALMATY = datetime(2026, 11, 20, 12, tzinfo=UTC), ZoneInfo("Asia/Almaty")

TYPED = {
    "2026-01-01/2026-12-31": {
        "kk": "биыл|биылғы жыл|осы жыл", "ky": "быйыл|быйылкы жыл", "ru": "этот год", "en": "this year",
    },
    "2025-01-01/2025-12-31": {"kk": "былтыр|өткен жыл", "ky": "былтыр", "ru": "прошлый год|2025", "en": "last year"},
    "2026-07-01/2026-09-30": {
        "kk": "өткен тоқсан|III тоқсан", "ky": "өткөн чейрек", "ru": "3 квартал", "en": "2026-Q3",
    },
    "2026-10-01/2026-10-31": {
        "kk": "қазан|өткен ай", "ky": "октябрь", "ru": "октябрь|10.2026", "en": "last month|2026-10",
    },
    "2026-10-01/2026-10-15": {
        "kk": "қазанның 1-інен 15-іне дейін", "ky": "октябрдын 1инен 15ине чейин", "ru": "с 1 по 15 октября",
        "en": "October 1 to 15|01.10.2026-15.10.2026",
    },
    "2025-12-20/2025-12-31": {
        "kk": "20–31 желтоқсан", "ky": "декабрдын 20сынан 31ине чейин", "ru": "20–31 декабря",
        "en": "December 20 to 31",
    },
    "2025-12-15/2026-01-15": {"ru": "15 декабря – 15 января", "en": "from 15 December to 15 January"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "language", "typed"),
    [
        (wanted, language, typed)
        for wanted, by_language in TYPED.items()
        for language, several in by_language.items()
        for typed in several.split("|")
    ],
)
def test_days_are_read_as_they_are_said(wanted: str, language: str, typed: str) -> None:
    assert str(periods.read(typed, language, NOW, ALMATY)) == wanted


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("какие-нибудь", "refusal.period"),
        ("31.02.2026", "refusal.period"),
        ("1 октября 15 2026 3", "refusal.period"),
        ("01.12.2026", "refusal.period_to_come"),
        ("15.11.2026-01.10.2026", "refusal.period_backwards"),
        ("октябрь " * 30, "refusal.period"),
    ],
)
def test_what_names_no_days_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        periods.read(typed, "ru", NOW, ALMATY)
    assert refused.value.key == why
