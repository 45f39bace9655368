"""Who must wait, and until when: numbers."""

from datetime import UTC, datetime, timedelta

from bot.telegram.pace import BURST, SLACK, Limits, Pace

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


def test_the_parts_of_an_album_count_one_by_one() -> None:
    pace = Pace(Limits())
    pace.take("chat", group=False, now=START, cost=10)
    assert _waiting(pace, 1) == {"chat"}
    assert pace.room(START) == 20


def test_a_hold_is_the_chats_and_the_longer_one_counts() -> None:
    pace = Pace(Limits())
    pace.hold("chat", _at(30))
    pace.hold("chat", _at(10))
    assert (_waiting(pace, 29), _waiting(pace, 30)) == ({"chat"}, set())


def test_the_next_turn_is_the_earliest() -> None:
    pace = Pace(Limits())
    assert pace.next_turn(START) is None
    pace.hold("a", _at(30))
    pace.hold("b", _at(20))
    assert pace.next_turn(START) == _at(20)


def test_what_is_over_is_forgotten() -> None:
    pace = Pace(Limits())
    for number in range(1000):
        pace.take(str(number), group=False, now=START)
    assert _waiting(pace, 10) == set()
    assert not pace._chats
