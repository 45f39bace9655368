"""Who stands on which phone of the page, and what the sandbox may import."""

import ast
import sys
from pathlib import Path

import sandbox
from sandbox.stage import Stage, set_stage
from sandbox.telegram import Telegram
from sandbox.views import state_view

OUTSIDE = {"aiogram", "aiohttp", "pydantic", "sandbox"}
INSIDE_TELEGRAM = {"aiogram", "pydantic", "sandbox"}


def test_a_hotline_begins_with_one_of_each(telegram: Telegram) -> None:
    stage = set_stage(telegram)
    state = state_view(telegram, stage)
    assert {phone: len(ids) for phone, ids in state["phones"].items()} == dict.fromkeys(
        ("seeker", "group", "lawyer", "coordinator"), 1
    )
    group = next(iter(telegram.groups.values()))
    assert group.bot_is_in
    assert len(group.members) == 2


def test_the_team_can_have_one_language(telegram: Telegram) -> None:
    stage = set_stage(telegram, group_title="Топ", language="ky")
    team = [telegram.accounts[id_] for phone in ("lawyer", "coordinator") for id_ in stage.view(telegram)[phone]]
    assert [person.language_code for person in team] == ["ky", "ky"]
    assert [group.title for group in telegram.groups.values()] == ["Топ"]


def test_newcomers_are_help_seekers_until_they_get_a_phone(telegram: Telegram) -> None:
    stage = Stage()
    one, two = telegram.account("One"), telegram.account("Two")
    stage.put("lawyer", two)
    stage.put("lawyer", two)
    phones = stage.view(telegram)
    assert (phones["seeker"], phones["lawyer"]) == ([one.id], [two.id])


def test_a_group_stays_on_its_phone_when_it_is_upgraded(telegram: Telegram) -> None:
    stage, person = Stage(), telegram.account("One")
    group = telegram.group("Small", supergroup=False)
    person.adds_bot(group)
    stage.put("group", group)
    new = group.upgrade()
    assert stage.view(telegram)["group"] == [new]


def test_the_sandbox_imports_nothing_of_the_hotline() -> None:
    """It must stay an independent witness; the fake itself doesn't even know of HTTP."""
    folder = Path(sandbox.__file__).parent
    doors = {"server.py", "control.py", "webhook.py"}
    for path in folder.rglob("*.py"):
        if path.name == "__main__.py":
            continue  # it plays the bot against the fake, and so knows both
        allowed = OUTSIDE if path.name in doors else INSIDE_TELEGRAM
        for name in imported(path):
            assert name in allowed or name in sys.stdlib_module_names, (path.name, name)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names
