"""Her own word, and calls for help."""

import pytest

from bot.content import calls_of_help
from bot.domain.notebook import calls_for_help, own_word


@pytest.mark.parametrize(("words", "word"), [(" Мандарин ", "мандарин"), ("Ёлка", "елка"), ("ÉTÉ42", "été42")])
def test_a_word(words: str, word: str) -> None:
    assert own_word(words) == word


@pytest.mark.parametrize("words", ["", "ab", "two words", "/start", "x" * 33])
def test_no_word(words: str) -> None:
    assert own_word(words) is None


@pytest.mark.parametrize("words", ["112", "sos", "SOS!", "/SOS", " /112 ", "сос", "Sos."])
def test_calls(words: str) -> None:
    assert calls_for_help(words, calls_of_help())


@pytest.mark.parametrize("words", ["room 112", "1120", "soso", "купить соус"])
def test_no_calls(words: str) -> None:
    assert not calls_for_help(words, calls_of_help())
