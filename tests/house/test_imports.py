"""Imports point one way: the contracts of pyproject.toml hold, and each of them can fail."""

import ast
import sys
from copy import deepcopy
from functools import cache
from typing import Any

import grimp
import pytest
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from tests.house.source import ROOT, sources

configure()
TYPES = {"layers": LayersContract, "forbidden": ForbiddenContract}

BREACHES = [
    ("layers", "bot.telegram.keyboards", "bot.services.queue"),
    ("layers", "bot.services.queue", "bot.app"),
    ("layers", "bot.i18n", "bot.settings"),
    ("handlers-arrive", "bot.telegram.middlewares", "handlers"),
    ("handlers-arrive", "bot.telegram.delivery", "sandbox.telegram"),
    ("pure-domain", "bot.domain.case", "sqlalchemy"),
    ("pure-domain", "bot.domain.intake", "bot.storage.tables"),
    ("handlers-see-services", "handlers.seeker.words", "bot.storage.cases"),
    ("handlers-see-services", "handlers.filters", "sqlalchemy"),
    ("independent-witness", "sandbox.rules", "bot.domain.case"),
    ("tests-last", "sandbox.stage", "tests.stage"),
]


@cache
def _options() -> Any:
    return read_user_options(str(ROOT / "pyproject.toml"))


@cache
def _graph() -> grimp.ImportGraph:
    roots = _options().session_options["root_packages"]
    return grimp.build_graph(roots[0], *roots[1:], include_external_packages=True, cache_dir=None)


def _kept(contract: dict[str, Any], graph: grimp.ImportGraph) -> bool:
    rule = TYPES[contract["type"]](contract["name"], _options().session_options, contract)
    return bool(rule.check(deepcopy(graph), verbose=False).kept)


@pytest.mark.parametrize("contract", _options().contracts_options, ids=lambda contract: str(contract["id"]))
def test_the_contract_holds(contract: dict[str, Any]) -> None:
    assert _kept(contract, _graph()), f"`lint-imports` says where: {contract['name']}"


@pytest.mark.parametrize(("name", "importer", "imported"), BREACHES)
def test_the_contract_can_fail(name: str, importer: str, imported: str) -> None:
    contract = next(each for each in _options().contracts_options if each["id"] == name)
    graph = deepcopy(_graph())
    for module in {importer, imported} - graph.modules:
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="breach")
    assert not _kept(contract, graph)


def test_every_contract_has_a_breach_that_it_would_refuse() -> None:
    assert {contract["id"] for contract in _options().contracts_options} == {name for name, _, _ in BREACHES}


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    strangers = [
        f"{source.at(node)} {module}"
        for source in sources("bot/domain")
        for node in ast.walk(source.tree)
        for module in _imported(node)
        if module.partition(".")[0] not in sys.stdlib_module_names and not module.startswith("bot.domain")
    ]
    assert strangers == []


def test_sql_is_written_in_the_storage_alone() -> None:
    """Elsewhere only the names of errors and of addresses are known; `check` asks the database whether it answers."""
    elsewhere = [
        source.at(node)
        for source in sources("bot", "handlers")
        if not source.name.startswith("bot/storage/") and source.name != "bot/checks.py"
        for node in ast.walk(source.tree)
        for module in _imported(node)
        if module.startswith(("sqlalchemy", "alembic")) and module not in ("sqlalchemy.exc", "sqlalchemy.engine")
    ]
    assert elsewhere == []


def test_no_circle_is_broken_by_an_import_inside_a_function() -> None:
    """Only what others made may be loaded late, for the sake of a quick start."""
    late = [
        source.at(node)
        for source in sources("bot", "handlers", "sandbox")
        for function in ast.walk(source.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if any(module.split(".")[0] in ("bot", "handlers", "sandbox") for module in _imported(node))
    ]
    assert late == []


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=module):
            return [module or ""]
        case _:
            return []
