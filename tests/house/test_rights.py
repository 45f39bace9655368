"""Every service a door leads to asks for a right, or says here why it is for everybody; docs/rights.md is the table."""

import ast
import re
from functools import cache

from bot.domain.people import Role
from bot.domain.rights import RIGHTS, Right
from tests.house.source import ROOT, Source, sources

WHO = {"person", "her", "lawyer", "coordinator"}
"""What services call whoever acts."""

EVERYBODY = {
    "danger.show": "the numbers are for everybody, also for who is blocked",
    "danger.show_kind": "the same",
    "danger.show_kinds": "the same",
    "directory.ask_region": "who else helps is for everybody, also for who is blocked",
    "directory.near": "the same",
    "directory.open_near": "the same",
    "group.blocked": "Telegram says so, not a button",
    "group.unblocked": "Telegram says so, not a button",
    "hiding.empty": "out of a notebook: her own chat, in silence",
    "intake.show_place": "each her own place",
    "notebook.act": "her own notes, while her chat is a notebook",
    "notebook.show": "her own notes, while her chat is a notebook",
    "notebook.write": "the same; or her return code, which leads to her own screens",
    "reading.show": "articles are for everybody, also for who is blocked",
    "return_code.keep_back": "a live code is kept back whoever writes it",
    "seeker.ask_language": "each her own language",
    "seeker.notice": "the notice is for everybody",
    "team.join": "the one-time link is the right",
    "team.typed_again": "the same",
    "team.lapsed": "of his own words, that nobody got them",
}
"""`module.function` and the reason."""


def test_every_service_behind_a_door_asks_for_a_right() -> None:
    bare = {name for name in _behind_doors() if not _asks(name, frozenset())}
    assert bare - set(EVERYBODY) == set(), "call require(person, Right.…), or say in EVERYBODY why not"
    assert set(EVERYBODY) - bare == set(), "these ask for a right, or are gone"


def test_no_service_looks_at_the_role_to_refuse() -> None:
    """Who may do what stands in one table."""
    by_hand = [
        source.at(node)
        for source in sources("bot/services")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.If)
        and re.search(r"\.(role|on_the_team|coordinates)\b", ast.unparse(node.test))
        and any(isinstance(each, ast.Raise) for each in node.body)
    ]
    assert by_hand == []


def test_every_right_is_asked_for() -> None:
    asked = {
        node.attr
        for source in sources("bot/services")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Right"
    }
    assert {each.name for each in Right} - asked == set()
    assert set().union(*RIGHTS.values()) == set(Right)


def test_the_page_shows_the_table() -> None:
    page = (ROOT / "docs" / "rights.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("|")]
    shown = {row[0].strip("`"): row[2:] for row in rows[2:]}
    roles = (None, *Role)
    assert rows[0][2:] == ["help-seeker", *Role]
    assert shown == {right: ["✓" if right in RIGHTS[role] else "–" for role in roles] for right in Right}
    assert all(row[1] for row in rows[2:])


@cache
def _services() -> dict[str, tuple[Source, ast.AsyncFunctionDef]]:
    """Every function of the services by `module.function`."""
    return {
        f"{source.name.rpartition('/')[2].removesuffix('.py')}.{node.name}": (source, node)
        for source in sources("bot/services")
        for node in source.tree.body
        if isinstance(node, ast.AsyncFunctionDef)
    }


def _behind_doors() -> set[str]:
    """The services that handlers call with somebody who acts."""
    called = {name for source in sources("handlers") for name in _calls(source, source.tree)}
    return {name for name in called & set(_services()) if WHO & {each.arg for each in _services()[name][1].args.args}}


def _asks(name: str, on_the_way: frozenset[str]) -> bool:
    """True when this service asks for a right, or hands everything on to one that does."""
    source, function = _services()[name]
    called = _calls(source, function)
    if called & {"require", "allowed"}:
        return True
    further = (called & set(_services())) - on_the_way - {name}
    return any(_asks(each, on_the_way | {name}) for each in further)


def _calls(source: Source, tree: ast.AST) -> set[str]:
    """What is called in a tree: `module.function` of the services, and plain names as they stand."""
    modules, names = _imported(source)
    here = source.name.rpartition("/")[2].removesuffix(".py")
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in modules:
                found.add(f"{modules[module]}.{name}")
            case ast.Name(id=name):
                found |= {name, names.get(name, f"{here}.{name}")}
    return found


def _imported(source: Source) -> tuple[dict[str, str], dict[str, str]]:
    """The services' modules and functions as this source names them."""
    modules: dict[str, str] = {}
    names: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.services"):
            module = (node.module or "").rpartition(".")[2]
            for each in node.names:
                if module == "services":
                    modules[each.asname or each.name] = each.name
                else:
                    names[each.asname or each.name] = f"{module}.{each.name}"
    return modules, names
