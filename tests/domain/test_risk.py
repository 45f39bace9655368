"""The risk screen: what it sees, what it lets pass, and that it can say why."""

from pathlib import Path

import pytest

from bot.domain.danger import DangerKind
from bot.domain.people import LANGUAGES
from bot.domain.risk import Level, Screen
from bot.domain.risk.letters import skeleton
from bot.evaluation import Looked, examples, held_out, look_at
from bot.phrases import written_rules
from bot.services.risk import sounds

DATA = Path(__file__).parent.parent / "data"
SCREEN = Screen(written_rules())

RECALL, IMMEDIATE, ALARMS, CROSS = 0.95, 0.98, 0.20, 0.85
"""What every language must reach by itself, also on the sentences nothing was learned from."""


def _share(looked: list[Looked]) -> float:
    return sum(each.seen for each in looked) / len(looked)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["risk_dev", "risk_build", "risk_unseen"])
def test_danger_is_seen_in_every_language_by_itself(file: str, language: str) -> None:
    looked = [each for each in look_at(SCREEN, examples(DATA / f"{file}.jsonl")) if each.example.language == language]
    risky = [each for each in looked if each.risky]
    assert _share(risky) >= RECALL, [each.example.text for each in risky if not each.seen]
    immediate = [each for each in risky if each.example.risk is Level.IMMEDIATE]
    assert not immediate or _share(immediate) >= IMMEDIATE, [each.example.text for each in immediate if not each.seen]
    quiet = [each for each in looked if not each.risky]
    assert _share(quiet) <= ALARMS, [(each.example.text, each.finding.matched[0].text) for each in quiet if each.seen]


def test_danger_is_seen_also_without_the_phrases_a_fold_alone_speaks_for() -> None:
    known = [each for file in ("risk_dev", "risk_build") for each in examples(DATA / f"{file}.jsonl")]
    looked = held_out(SCREEN, known, 5)
    assert [each.example for each in looked] == known
    for language in LANGUAGES:
        risky = [each for each in looked if each.risky and each.example.language == language]
        whole = [each for each in look_at(SCREEN, known) if each.risky and each.example.language == language]
        assert CROSS <= _share(risky) < _share(whole) <= 1, language


@pytest.mark.parametrize(
    "spellings",
    [
        ["күйеуім", "куйеуим", "kuyeuim", "küyeuım", "КҮЙЕУІМ"],
        ["күйөөм", "куйоом", "kuyoom", "küyööm"],
        ["убьёт", "убьет", "ubyet", "ub'yot", "ubiet"],
        ["помогите", "помогитееее", "pomogite", "пoмoгитe", "п о м о г и т е", "п0могите"],
        ["шығармайды", "шыгармайды", "shygarmaidy", "6ygarmaidy"],
        ["нож", "nozh", "noj", "НОЖ"],
        ["выпускает", "vypuskaet", "выпуускает"],
        ["өлтіремін", "олтиремин", "oltiremin", "öltiremin"],
        ["жатыр", "jatyr", "zhatyr", "djatyr"],
    ],
)
def test_one_word_is_spelt_one_way(spellings: list[str]) -> None:
    assert {word.lstrip("~") for each in spellings for word in skeleton(each)} == {
        skeleton(spellings[0])[0].lstrip("~")
    }


@pytest.mark.parametrize(
    ("said", "level", "kind"),
    [
        ("он меня не бьёт", Level.NONE, None),
        ("он меня бьёт", Level.HIGH, DangerKind.WEAPON),
        ("он не перестаёт меня бить, сейчас бьёт", Level.IMMEDIATE, DangerKind.WEAPON),
        ("мені ұрмайды", Level.NONE, None),
        ("мені ұрып жатыр", Level.IMMEDIATE, DangerKind.WEAPON),
        ("ал мени урбайт", Level.NONE, None),
        ("ал мени урат", Level.HIGH, DangerKind.WEAPON),
        ("he never hit me", Level.NONE, None),
        ("he hits me", Level.HIGH, DangerKind.WEAPON),
        ("цены бьют рекорды", Level.NONE, None),
        ("цены бьют рекорды, а муж бьёт меня", Level.HIGH, DangerKind.WEAPON),
        ("изнасиловвали вчера", Level.HIGH, DangerKind.RAPED),
        ("в сериале её насилуют", Level.NONE, None),
        ("после тренинга меня избили", Level.HIGH, DangerKind.WEAPON),
        ("не хочу жить", Level.IMMEDIATE, DangerKind.SUICIDE),
        ("нас забрали в отдел", Level.IMMEDIATE, DangerKind.HELD),
        ("порвался презерватив", Level.HIGH, DangerKind.WINDOW),
        ("🆘", Level.HIGH, None),
        ("", Level.NONE, None),
        ("👍", Level.NONE, None),
    ],
)
def test_what_turns_a_word_round(said: str, level: Level, kind: DangerKind | None) -> None:
    found = SCREEN.look(said)
    assert (found.level, found.kind) == (level, kind)
    assert bool(found.matched) is (level is not Level.NONE)


def test_a_message_as_long_as_telegram_lets_it_be_is_looked_through() -> None:
    """Words that stand in many phrases, hundreds of times: no phrase may be tried in each combination of them."""
    assert SCREEN.look("бьёт меня сейчас нож " * 195).level is Level.IMMEDIATE
    assert SCREEN.look("Добрый день, у меня вопрос по алиментам. " * 100).level is Level.NONE


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
def test_a_note_that_sounds_of_danger(words: str) -> None:
    assert sounds(SCREEN.look(words))


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
def test_a_note_like_any_other(words: str) -> None:
    assert not sounds(SCREEN.look(words))
