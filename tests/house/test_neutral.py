"""What others may see by chance is neutral: first lines, commands, descriptions. Links are never previewed."""

import ast
import re

import pytest

from bot import content, i18n
from bot.content import telling
from bot.i18n import LANGUAGES, label
from bot.telegram import commands
from tests.house.source import PRODUCT, sources

TEAM = {
    "alarm.": "coordinators", "appeal.": "the lawyer's", "block.": "coordinators", "card.": "the operator group",
    "claim.": "answers to a tap of the team", "cli.": "the command line", "close.": "the lawyer's",
    "coordinator.": "coordinators", "desk.": "the lawyer's", "directory.": "coordinators",
    "evidence.": "the lawyer's", "group.": "the group",
    "journal.": "coordinators", "lawyer.": "the lawyer's", "release.": "the lawyer's", "role.": "the team's",
    "team.": "the team's", "urgency.": "the team's", "week.": "coordinators", "withheld.contact.": "the lawyer's",
    "withheld.location.": "the lawyer's",
}  # fmt: skip
"""Texts that are said to the team alone."""

NO_FIRST_LINE = {
    "button.": "a button; no lock screen shows it",
    "option.": "a button; no lock screen shows it",
    "outcome.": "a button of the team",
    "language.": "a button",
    "name.": "a word in a line of the summary",
    "kind.": "a word in a sentence",
    "status.": "a word after the number of an appeal",
    "summary.consent": "below the summary",
    "consents.sent": "below the title of its screen",
    "question.evidence": "below the line that a question has come up",
    "export.by_lawyer": "above each of the words in a file",
    "withheld.choose": "below what could be learned",
    "danger.call": "below the numbers",
    "nearby.police": "below a name and its numbers",
    "nearby.dispatch": "below a name and its numbers",
    "danger.windows": "below the numbers",
    "danger.who.": "a word after a number",
    "danger.crisis.": "below the warm words",
    "reading.awaits.": "below an article",
    "reading.checked.": "below an article",
    "danger.informed": "below the numbers or the words for her",
    "danger.law_checked": "at the end of an advice",
    "window.": "below the line that time matters",
    "windows.": "below the line that time matters",
}
"""Texts that never stand first in a message to a help-seeker, and why."""


def _first_lines(language: str) -> dict[str, str]:
    """What a lock screen may show of each text for help-seekers."""
    whole = {**i18n._texts(language), **{key: forms[0] for key, forms in i18n._plurals(language).items()}}
    left_out = (*TEAM, *NO_FIRST_LINE)
    return {
        key: re.sub(r"<[^>]+>", "", words).partition("\n")[0]
        for key, words in whole.items()
        if not key.startswith(left_out)
    }


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
