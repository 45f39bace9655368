"""What others may see by chance is neutral: first lines, commands, descriptions. Links are never previewed."""

import ast

import pytest

from bot import content, i18n
from bot.content import telling
from bot.i18n import LANGUAGES, label
from bot.telegram import commands
from bot.texts.rules import first_line, shown_first
from bot.texts.unseen import NO_FIRST_LINE, TEAM
from tests.house.source import PRODUCT, sources


def _first_lines(language: str) -> dict[str, str]:
    """What a lock screen may show of each text for help-seekers."""
    whole = {**i18n._texts(language), **{key: forms[0] for key, forms in i18n._plurals(language).items()}}
    return {key: first_line(words) for key, words in whole.items() if shown_first(key)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_first_line_tells_what_this_is_about(language: str) -> None:
    found = {key: word for key, line in _first_lines(language).items() if (word := telling(line))}
    assert found == {}, "say it in the second line, or say in NO_FIRST_LINE why it never stands first"


def test_what_is_left_out_is_there_and_for_a_reason() -> None:
    keys = set(i18n._texts("en")) | set(i18n._plurals("en"))
    assert [each for each in (*TEAM, *NO_FIRST_LINE) if not any(key.startswith(each) for key in keys)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_and_descriptions_are_neutral(language: str) -> None:
    shown = [f"{name} {label(language, f'command.{name}')}" for name in commands.SEEKER]
    shown += [label(language, "profile.description"), label(language, "profile.short")]
    assert [words for words in shown if telling(words)] == []
    assert len(label(None, "profile.short")) <= 120  # Bot API, setMyShortDescription


def test_the_list_finds_what_it_is_for() -> None:
    telling_ones = (
        "Заңгер жауап берді", "Зорлық-зомбылық", "Ваш юрист ответил", "вызов в СУД", "Полиция", "защита от ВИЧ",
        "Your lawyer", "HIV test", "rape", "Danger", "Юристтен жооп", "Кылмыш иши", "sex-worker",
    )  # fmt: skip
    assert [words for words in telling_ones if telling(words) is None] == []
    neutral = ("Здравствуйте", "Чем закончилось", "сюда", "судьба", "Сәлеметсіз бе", "Hello. Write here.", "сотка")
    assert [words for words in neutral if telling(words)] == []
    assert all(word == word.casefold() for word in content.telling_words())


def test_no_link_is_ever_previewed() -> None:
    """A preview would make Telegram's servers fetch it, and show what it leads to."""
    bare = [
        source.at(node)
        for source in sources(*PRODUCT)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("SendMessage", "EditMessageText")
        and not {"link_preview_options", None} & {each.arg for each in node.keywords}
    ]
    assert bare == []
