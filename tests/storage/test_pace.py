"""Who must wait, and until when: numbers."""

from datetime import UTC, datetime, timedelta

from bot.telegram.pace import BURST, SEVERAL, SLACK, SLOWER, Limits, Pace

START = datetime(2026, 11, 20, tzinfo=UTC)


def _at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def _waiting(pace: Pace, seconds: float) -> set[str]:
    return {chat for chat, _ in pace.waiting(_at(seconds))}


def test_a_burst_and_then_one_a_second_on_the_average() -> None:
    pace = Pace(Limits(chat_per_second=1))
    sent: list[float] = []
    for tenth in range(600):
        if "chat" not in _waiting(pace, tenth / 10):
            pace.take("chat", group=False, now=_at(tenth / 10))
            sent.append(tenth / 10)
    assert sent[:BURST] == [0.0, 0.1, 0.2]
    for first, fourth in zip(sent, sent[BURST:], strict=False):
        assert fourth - first >= BURST
    assert 55 <= len(sent) <= 60


def test_twenty_a_minute_in_a_group() -> None:
    pace = Pace(Limits(group_per_minute=20))
    sent = 0
    for second in range(180):
        if "group" not in _waiting(pace, second):
            pace.take("group", group=True, now=_at(second))
            sent += 1
    assert sent == 60


def test_thirty_a_second_for_all_together() -> None:
    pace = Pace(Limits(overall_per_second=30))
    for number in range(30):
        pace.take(str(number), group=False, now=START)
    assert pace.room(START) == 0
    assert pace.next_turn(START) == START + timedelta(seconds=1) + SLACK
    assert pace.room(_at(1.2)) == 30


def test_what_was_long_on_its_way_counts_from_its_answer_on() -> None:
    pace = Pace(Limits(group_per_minute=1))
    pace.take("group", group=True, now=START)
    pace.answered("group", now=_at(5))
    assert (_waiting(pace, 64), _waiting(pace, 65.1)) == ({"group"}, set())
    pace.take("group", group=True, now=_at(100))
    assert _waiting(pace, 170) == set()
    pace.answered("group", now=_at(170))
    assert _waiting(pace, 171) == {"group"}, "it may have arrived just now"


def test_the_parts_of_an_album_count_one_by_one() -> None:
    pace = Pace(Limits())
    pace.take("chat", group=False, now=START, cost=10)
    assert _waiting(pace, 1) == {"chat"}
    assert pace.room(START) == 20


def _refused(pace: Pace, chat: str, *, at: float, after: float) -> bool:
    return pace.refused(chat, after=timedelta(seconds=after), now=_at(at))


def test_a_hold_is_the_chats_and_the_longer_one_counts() -> None:
    pace = Pace(Limits())
    assert not _refused(pace, "chat", at=0, after=30)
    assert not _refused(pace, "chat", at=0, after=10)
    assert (_waiting(pace, 29), _waiting(pace, 30)) == ({"chat"}, set())


def test_the_next_turn_is_the_earliest() -> None:
    pace = Pace(Limits())
    assert pace.next_turn(START) is None
    _refused(pace, "a", at=0, after=30)
    _refused(pace, "b", at=0, after=20)
    assert pace.next_turn(START) == _at(20)


def _sent_in_a_minute(pace: Pace, at: float) -> int:
    """How many go into the group in the minute that begins then."""
    sent = 0
    for second in range(int(at), int(at) + 60):
        if "group" not in _waiting(pace, second):
            pace.take("group", group=True, now=_at(second))
            sent += 1
    return sent


def test_a_busy_chat_that_is_refused_goes_slower_itself_and_comes_back_slowly() -> None:
    pace = Pace(Limits(group_per_minute=20))
    for second in range(10):
        pace.take("group", group=True, now=_at(second))
    assert not _refused(pace, "group", at=10, after=50)
    assert pace.room(_at(11)) == 30, "nobody else is slower for it"
    minutes = [_sent_in_a_minute(pace, at) for at in range(62, 62 + 61 * 40, 61)]
    assert minutes[0] == int(20 * SLOWER)
    assert minutes == sorted(minutes)
    assert minutes[-1] == 20
    assert minutes.index(20) >= 20, "a twentieth in five minutes"


def test_quiet_chats_refused_together_speak_of_all_and_one_of_them_for_long_does_not() -> None:
    pace = Pace(Limits(overall_per_second=20))
    told = [_refused(pace, f"chat {number}", at=number / 10, after=3600 if number else 2) for number in range(SEVERAL)]
    assert told == [False] * (SEVERAL - 1) + [True]
    assert pace.room(_at(1)) == 0
    assert pace.room(_at(2.1)) == int(20 * SLOWER), "all wait only as long as the shortest was told"
    assert not _refused(pace, "chat 0", at=2.1, after=1), "one says nothing about all"
    assert pace.room(_at(3)) > 0


def test_a_quiet_chat_that_is_refused_again_was_itself_too_fast() -> None:
    pace = Pace(Limits())
    for again in (0.0, 60.0):
        pace.take("chat", group=False, now=_at(again))
        assert not _refused(pace, "chat", at=again, after=5)
    for again in range(BURST):
        pace.take("chat", group=False, now=_at(100 + again / 10))
        assert ("chat" in _waiting(pace, 100 + again / 10)) == (again >= 1), "two in a burst, no longer three"


def test_however_often_it_is_refused_something_still_goes() -> None:
    pace = Pace(Limits())
    for number in range(100):
        pace.take("chat", group=False, now=_at(100 * number))
        _refused(pace, "chat", at=100 * number, after=1)
    pace.take("chat", group=False, now=_at(10_000))
    assert "chat" in _waiting(pace, 10_010)
    assert "chat" not in _waiting(pace, 10_070)


def test_what_is_over_is_forgotten() -> None:
    pace = Pace(Limits())
    for number in range(1000):
        pace.take(str(number), group=False, now=START)
        pace.answered(str(number), now=START)
    assert _waiting(pace, 10) == set()
    assert (len(pace._chats), len(pace._under_way)) == (0, 0)
