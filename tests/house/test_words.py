"""CONTEXT.md defines every noun of the code, and the words we don't use are not used."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import bot.domain
from bot.storage.tables import metadata
from tests.house.source import PRODUCT, ROOT, Source, sources

MODULES = [import_module(each.name) for each in walk_packages(bot.domain.__path__, "bot.domain.") if not each.ispkg]
CONTEXT = (ROOT / "CONTEXT.md").read_text(encoding="utf-8")
DEFINED = {
    word
    for line in CONTEXT.splitlines()
    if line.startswith("| ")
    for word in re.findall(r"`(\w+)(?:\.\w+)?`", line.split("|")[2])
}
NOT_USED = {word for line in CONTEXT.partition("## Words we don't use")[2].splitlines() if line.startswith("| ")
            for word in re.findall(r"`(\w+)`", line.split("|")[1])}  # fmt: skip
ALLOWED = {
    "from_user": "Telegram's field",
    "operator_chat_id": "the operator group",
    "operators": "the operator group's own module",
}


def test_every_class_of_the_domain_is_defined() -> None:
    classes = {
        name
        for module in MODULES
        for name, each in vars(module).items()
        if inspect.isclass(each) and each.__module__ == module.__name__ and not name.startswith("_")
    }
    assert classes - DEFINED == set()


def test_the_domain_has_no_module_this_test_does_not_know() -> None:
    written = {source.name for source in sources("bot/domain") if not source.name.endswith("__init__.py")}
    assert written == {f"{module.__name__.replace('.', '/')}.py" for module in MODULES}


def test_every_table_is_defined() -> None:
    assert set(metadata.tables) - DEFINED == set()


def test_what_is_defined_exists() -> None:
    """A definition whose thing is gone is taken out."""
    everything = "\n".join(source.text for source in sources(*PRODUCT, "sandbox"))
    known = set(re.findall(r"\w+", everything)) | {"sandbox"}
    assert DEFINED - known == set()


def test_every_word_that_is_shown_has_its_translations() -> None:
    shown = CONTEXT.partition("## Who")[2].partition("## The building")[0]
    rows = [line.strip("|").split("|") for line in shown.splitlines() if line.startswith("| ")]
    assert rows
    assert [row[0].strip() for row in rows if len(row) != 6 or not all(cell.strip() for cell in row)] == []


def test_words_we_do_not_use() -> None:
    assert {"ticket", "victim", "client", "user"} <= NOT_USED
    used = [
        f"{source.name}:{line} {name}"
        for source in sources(*PRODUCT)
        for line, name in _names(source)
        if name not in ALLOWED and NOT_USED & {part.rstrip("s") for part in _parts(name)} | NOT_USED & set(_parts(name))
    ]
    assert used == []


def _parts(name: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower())


def _names(source: Source) -> Iterator[tuple[int, str]]:
    """Every name the project itself gives: modules, classes, functions, arguments, variables, fields."""
    yield 1, source.name.rpartition("/")[2].removesuffix(".py")
    for node in ast.walk(source.tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
