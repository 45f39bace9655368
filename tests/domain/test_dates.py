"""A date in a lawyer's own words, in four languages, by the organisation's clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot import dates
from bot.domain.people import LANGUAGES

ZONE = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=ZONE)
"""A Friday."""

SAME = {
    "in 3 days|in three days|через 3 дня|через три дня|3 күннен кейін|үш күннен кейін|үш күннен соң|3 күндөн кийин|"
    "үч күндөн кийин": "2026-11-23 10:00",
    "tomorrow|завтра|ертең|эртең": "2026-11-21 10:00",
    "послезавтра|бүрсігүні|бүрсүгүнү|in two days": "2026-11-22 10:00",
    "in a week|через неделю|бір аптадан кейін|бир жумадан кийин|аптадан кейін": "2026-11-27 10:00",
    "in a month|через месяц|бір айдан кейін|бир айдан кийин": "2026-12-20 10:00",
    "on 5 December 10:00|December 5 at 10|5 декабря 10:00|5 декабря в 10|5 желтоқсан 10:00|5 желтоқсанда сағат 10-да|"
    "5 декабрь 10:00|5-декабрда саат 10до|5.12|05.12.2026|2026-12-05|5 декабря 2026 года|Dec 5th": "2026-12-05 10:00",
    "next monday|monday|в понедельник|дүйсенбі|келесі дүйсенбіде|дүйшөмбүдө": "2026-11-23 10:00",
    "tomorrow at 9|завтра в 9|завтра в 9 утра|завтра утром|ертең сағат 9-да|ертең таңғы 9-да|эртең саат 9да|"
    "эртең менен саат 9да": "2026-11-21 09:00",
    "tomorrow at 3 pm|завтра в 3 часа дня|завтра днём в 3|ертең түстен кейін 3-те|эртең түштөн кийин саат 3тө|"
    "5.12.2026 15:00": None,
    "in two hours|через два часа|2 часа спустя|екі сағаттан кейін|эки сааттан кийин|at 17:00|"
    "в 17:00": "2026-11-20 17:00",
    "in 3 days at 15:30|через 3 дня в 15:30|үш күннен кейін 15:30|үч күндөн кийин 15:30": "2026-11-23 15:30",
    "10:00|at 10|сағат 10-да|саат 10до": "2026-11-21 10:00",
    "tomorrow evening|завтра вечером|ертең кешке|эртең кечинде|завтра вечером в 6": "2026-11-21 18:00",
    "29 февраля 2028 года|29.02.2028": "2028-02-29 10:00",
    "yesterday|вчера|кеше": "2026-11-19 10:00",
}
CASES = [
    (words, moment or ("2026-12-05 15:00" if "5.12" in words else "2026-11-21 15:00"))
    for several, moment in SAME.items()
    for words in several.split("|")
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("words", "moment"), CASES)
def test_the_same_date_whichever_language_it_is_written_in(words: str, moment: str, language: str) -> None:
    found = dates.read(words.capitalize(), language, NOW, ZONE)
    assert found is not None
    assert found.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == moment


@pytest.mark.parametrize("words", [
    "", "…", "hello", "привет", "3", "31.02", "30 февраля", "5.13", "25:00", "10:75", "5 декабря в 99",
    "please call me back tomorrow about the papers", "позвоните мне завтра", "ертең маған хабарласыңыз",
    "in 3 apples", "через", "завтра и 5 декабря", "in 99999 days", "завтра " * 40,
])  # fmt: skip
def test_what_is_no_date_alone_is_not_taken_for_one(words: str) -> None:
    assert dates.read(words, "ru", NOW, ZONE) is None


def test_hours_are_those_of_the_organisation_wherever_the_server_stands() -> None:
    late = datetime(2026, 11, 20, 20, 30, tzinfo=ZoneInfo("UTC"))
    found = dates.read("завтра в 9", "ru", late, ZONE)
    assert found == datetime(2026, 11, 22, 9, 0, tzinfo=ZONE)
