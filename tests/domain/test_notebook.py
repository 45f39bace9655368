"""Her own word, calls for help, and notes that sound of danger."""

import pytest

from bot.content import danger_words
from bot.domain.notebook import calls_for_help, own_word, sounds_of_danger
from bot.i18n import LANGUAGES


@pytest.mark.parametrize(("words", "word"), [(" Мандарин ", "мандарин"), ("Ёлка", "елка"), ("ÉTÉ42", "été42")])
def test_a_word(words: str, word: str) -> None:
    assert own_word(words) == word


@pytest.mark.parametrize("words", ["", "ab", "two words", "/start", "x" * 33])
def test_no_word(words: str) -> None:
    assert own_word(words) is None


@pytest.mark.parametrize("words", ["112", "sos", "SOS!", "/SOS", " /112 ", "сос", "Sos."])
def test_calls(words: str) -> None:
    assert calls_for_help(words, danger_words().calls)


@pytest.mark.parametrize("words", ["room 112", "1120", "soso", "купить соус"])
def test_no_calls(words: str) -> None:
    assert not calls_for_help(words, danger_words().calls)


@pytest.mark.parametrize(
    "words",
    [
        "Помогите, он у двери!",
        "он меня ИЗБИВАЕТ",
        "убьёт меня сегодня",
        "u nego nozh",
        "Мені өлтіреді деп қорқам",
        "meni oltiredi",
        "көмектесіңіздерші",
        "He is going to kill me",
        "he won’t let me out",
        "Мени өлтүрөм дейт",
        "jardam bergile",
        "бычагы бар экен",
        "не хочу жить больше",
    ],
)
def test_it_sounds_of_danger(words: str) -> None:
    assert sounds_of_danger(words, danger_words().phrases)


@pytest.mark.parametrize(
    "words",
    [
        "купить хлеб, молоко, нож для сыра",
        "позвонить маме в 18:00",
        "пышақ сатып алу",
        "нан, сүт, жұмыртқа",
        "buy a helmet",
        "бычак алуу керек",
        "помочь маме с переездом",
        "",
    ],
)
def test_it_sounds_of_nothing(words: str) -> None:
    assert not sounds_of_danger(words, danger_words().phrases)


def test_phrases_of_each_language_are_whole() -> None:
    phrases = danger_words().phrases
    assert len(phrases) >= 20 * len(LANGUAGES)
    assert all(word.strip("*") and "*" not in word[:-1] for phrase in phrases for word in phrase)
