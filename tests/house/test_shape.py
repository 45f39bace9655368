"""The shape of the code: what is never written, how long a thing may be, and that everything says what it is for."""

import ast
import re

from tests.house.source import PRODUCT, calls, functions, sources

MODULE_MOST = 300
FUNCTION_MOST = 40
HANDLER_MOST = 15
FORBIDDEN_METHODS = ("forwardmessage", "forwardmessages", "copymessage", "copymessages")


def test_nothing_is_forwarded_or_copied() -> None:
    """A forward shows its author, and after hiding there is nothing to copy from."""
    found = [
        f"{source.at(node)} {name}"
        for source in sources(*PRODUCT)
        for node in ast.walk(source.tree)
        if (name := _name(node)).replace("_", "").lower() in FORBIDDEN_METHODS
    ]
    assert found == []


def test_the_commit_is_written_in_one_place() -> None:
    """Return commits, raise rolls back; only the storage knows how."""
    elsewhere = [
        source.at(call)
        for source in sources(*PRODUCT)
        for name, call in calls(source)
        if name in ("commit", "rollback") and not source.name.startswith("bot/storage/")
    ]
    assert elsewhere == []


def test_nothing_is_sent_by_hand() -> None:
    """Put it in the outbox: what is sent before the commit may be a lie."""
    shortcut = re.compile(r"(send|answer|reply|edit|forward|copy|delete|pin)_\w+|(answer|reply)")
    by_hand = [
        f"{source.at(call)} {name}"
        for source in sources(*PRODUCT)
        for name, call in calls(source)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("bot", "message", "event", "callback", "query", "update")
        and shortcut.fullmatch(name)
    ]
    assert by_hand == []


def test_only_delivery_and_the_two_doors_make_calls() -> None:
    """`bot(…)` and `self._bot(…)` are calls over the network; a handler makes none."""
    speaking = {
        source.name
        for source in sources(*PRODUCT)
        for _, call in calls(source)
        if ast.unparse(call.func) in ("bot", "self.bot", "self._bot", "hotline.bot")
    }
    assert speaking == {"bot/telegram/delivery.py", "bot/telegram/polling.py", "bot/telegram/webhook.py"}


def test_filters_are_classes() -> None:
    """Every `F` filter is a hop to a thread: 42 µs against 3."""
    magic = [
        source.at(node)
        for source in sources(*PRODUCT)
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and any(alias.name in ("F", "MagicFilter") for alias in node.names))
        or (isinstance(node, ast.Attribute) and ast.unparse(node) == "aiogram.F")
    ]
    assert magic == []


def test_nothing_is_printed() -> None:
    """The log or the command line's echo; never a stray line that may hold somebody's words."""
    printed = [source.at(call) for source in sources(*PRODUCT) for name, call in calls(source) if name == "print"]
    assert printed == []


def test_the_log_says_fixed_sentences() -> None:
    """What varies is a named value; of an error only its kind and its places. Nothing else keeps a log of its own."""
    heard = [(source, name, call) for source in sources(*PRODUCT) for name, call in calls(source)]
    own = [source.at(call) for source, name, call in heard if name == "getLogger" and source.name != "bot/logs.py"]
    free = [
        source.at(call)
        for source, _, call in heard
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "log"
        and not (len(call.args) == 1 and _fixed(call.args[0]))
    ]
    assert own + free == []


def test_only_loops_sleep() -> None:
    asleep = [
        source.at(call)
        for source in sources(*PRODUCT)
        for name, call in calls(source)
        if name == "sleep" and source.name != "bot/jobs.py"
    ]
    assert asleep == []


def test_a_module_holds_one_idea() -> None:
    long = [
        f"{source.name}: {length} lines"
        for source in sources(*PRODUCT, "sandbox")
        if (length := len(source.text.splitlines())) > MODULE_MOST
    ]
    assert long == []


def test_a_function_fits_a_screen() -> None:
    long = [
        f"{source.at(function)} {function.name}: {length} lines"
        for source in sources(*PRODUCT)
        for function in functions(source)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_MOST
    ]
    assert long == []


def test_a_handler_is_four_moves() -> None:
    """Typed input, one service, a word, the end: at most 15 lines, no `try` around a rule, no loop."""
    heavy = [
        f"{source.at(function)} {function.name}"
        for source in sources("handlers")
        for function in functions(source)
        if isinstance(function, ast.AsyncFunctionDef)
        and (
            (function.end_lineno or 0) - function.body[0].lineno > HANDLER_MOST
            or any(isinstance(node, ast.Try | ast.For | ast.While | ast.Match) for node in ast.walk(function))
        )
    ]
    assert heavy == []


def test_everything_public_says_what_it_is_for() -> None:
    silent = [
        f"{source.at(node)} {getattr(node, 'name', 'module')}"
        for source in sources(*PRODUCT)
        for node in (source.tree, *_public(source.tree))
        if not (ast.get_docstring(node) or "").strip()
    ]
    assert silent == []


def _fixed(node: ast.expr) -> bool:
    """A sentence that stands in the code, or one of the catalogs for the administrator."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Call) and ast.unparse(node.func) == "label")


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
        case ast.Constant(value=str(value)) if len(value) < 30:
            return value
        case _:
            return ""


def _public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public classes and functions of a module, and the public methods of those classes.

    What a library calls by a name of its own (`process_bind_param`, `run` of a private class) explains itself there.
    """
    found: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found += [
                    method
                    for method in node.body
                    if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
                    and not method.name.startswith(("_", "process_"))
                ]
    return found
