"""Floods: a story in many lines is no flood, an album is one message, the same words again tell nothing new."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import flood
from bot.domain.flood import BURST, Fold, Said
from bot.domain.intake import Author

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def said(number: int, words: str, *, ago: float = 0, album: str | None = None, by: Author = Author.SEEKER) -> Said:
    kept = f"{words} {album}".encode()
    return Said(number, by, NOW - timedelta(seconds=ago), None, len(kept), lambda: kept, lambda: album)


def folded(lately: Sequence[Said], entry: Said) -> Fold | None:
    return flood.folded([*lately, entry], entry.id)


@pytest.mark.parametrize(
    ("earlier", "fold"), [(0, None), (5, None), (BURST - 1, None), (BURST, Fold.MORE), (300, Fold.MORE)]
)
def test_a_burst(earlier: int, fold: Fold | None) -> None:
    lately = [said(number, f"line {number}", ago=30) for number in range(1, earlier + 1)]
    assert folded(lately, said(1000, "one more")) is fold


def test_what_was_said_over_a_minute_ago_does_not_count() -> None:
    assert folded([said(number, f"line {number}", ago=61) for number in range(1, 100)], said(1000, "one more")) is None


def test_an_album_is_one_message() -> None:
    lately = [said(number, "", album="ten") for number in range(1, 10)]
    assert folded(lately, said(1000, "", album="ten")) is None
    lately += [said(20 + number, f"line {number}") for number in range(BURST - 1)]
    assert folded(lately, said(1000, "", album="ten")) is None
    assert folded(lately, said(1000, "", album="another")) is Fold.MORE


@pytest.mark.parametrize(("ago", "fold"), [(1, Fold.REPEATED), (599, Fold.REPEATED), (601, None)])
def test_the_same_words_again(ago: float, fold: Fold | None) -> None:
    assert folded([said(1, "help", ago=ago)], said(2, "help")) is fold
    assert folded([said(1, "help", ago=ago)], said(2, "help me")) is None


def test_the_same_words_after_the_lawyers_are_an_answer() -> None:
    lately = [said(1, "yes", ago=20), said(2, "and at home?", ago=10, by=Author.LAWYER)]
    assert folded(lately, said(3, "yes")) is None
    assert folded([*lately, said(3, "yes")], said(4, "yes")) is Fold.REPEATED


def test_an_entry_is_not_compared_with_itself() -> None:
    assert folded([], said(1, "help")) is None


def test_words_of_another_size_are_not_opened() -> None:
    def opened() -> bytes:
        raise AssertionError

    now = Said(2, Author.SEEKER, NOW, None, 4, opened, lambda: None)
    assert folded([Said(1, Author.SEEKER, NOW, None, 5, opened, lambda: None)], now) is None
