"""All text lives in the catalogs: no Cyrillic letter in the code, no sentence given to Telegram by hand."""

import ast
import re
from collections.abc import Iterator

import aiogram.methods
import aiogram.types

from tests.house.source import PRODUCT, Source, calls, sources

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
LETTERS = re.compile(r"[^\W\d_]")

TABLES = {("bot/domain/ids.py", "_CYRILLIC_TWINS"), ("bot/domain/masking.py", "_CURRENCY"),
          ("bot/texts/rules.py", "ALPHABETS"),
          *(("bot/domain/risk/letters.py", name)
            for name in ("_CYRILLIC", "_LOOKS_CYRILLIC", "_LOOKS_LATIN", "_SOFT_BEFORE_E"))}  # fmt: skip
"""What is looked for in what people write, no text: letters of the alphabets, names of money."""

TELEGRAM = {*dir(aiogram.methods), *dir(aiogram.types)}
SAYS = ("text", "caption", "description", "title", "short_description", "label", "input_field_placeholder", "name")
"""Fields of Telegram that a person reads."""

WORDS_AT = {"named": 0, "message": 1, "screen": 1, "Markup": 0, "echo": 0, "Line": 1}
"""Functions that take words which are in the reader's language already, and where."""
ALL_WORDS = ("paragraphs", "lines")


def test_no_cyrillic_in_the_code() -> None:
    found = [
        f"{source.name}:{number} {line.strip()}"
        for source in sources(*PRODUCT)
        for number, line in enumerate(source.text.splitlines(), 1)
        if CYRILLIC.search(line) and (source.name, line.partition(" ")[0]) not in TABLES
    ]
    assert found == []


def test_nothing_is_said_but_by_its_key() -> None:
    found = [
        f"{source.at(node)} {ast.unparse(node)}" for source in sources(*PRODUCT) for node in _words_by_hand(source)
    ]
    assert found == []


def test_a_sentence_by_hand_would_be_seen() -> None:
    for line in (
        "SendMessage(chat_id=1, text='Hello')",
        "AnswerCallbackQuery(callback_query_id='1', text=f'Hello {name}')",
        "BotCommand(command='start', description='Home' if home else label(language, 'command.start'))",
        "named('Yes', data)",
        "message(person, f'<b>Dear</b> {name}')",
        "paragraphs(text(language, 'home'), 'Take care')",
        "click.echo(f'Open {link}')",
    ):
        assert list(_words_by_hand(Source("line", line, ast.parse(line)))), line


def _words_by_hand(source: Source) -> Iterator[ast.expr]:
    """Literals with letters in them, where a person would read them."""
    for name, call in calls(source):
        spoken = [each.value for each in call.keywords if each.arg in SAYS and name in TELEGRAM]
        if name in ALL_WORDS:
            spoken += call.args
        elif name in WORDS_AT:
            spoken += call.args[WORDS_AT[name] : WORDS_AT[name] + 1]
        yield from (leaf for each in spoken for leaf in _leaves(each) if _has_words(leaf))


def _leaves(node: ast.expr) -> Iterator[ast.expr]:
    """A literal, or the literals that a choice or a sum of them comes to."""
    match node:
        case ast.Constant() | ast.JoinedStr():
            yield node
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from (*_leaves(one), *_leaves(other))
        case ast.BoolOp(values=values):
            for each in values:
                yield from _leaves(each)
        case _:
            return


def _has_words(node: ast.expr) -> bool:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    written = "".join(
        str(part.value) for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    return LETTERS.search(re.sub(r"<[^>]*>|https://\S*", "", written)) is not None
