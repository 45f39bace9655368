"""What is written about the project is true: commands exist, links lead somewhere, no machine is named."""

import re

import pytest

from bot.__main__ import main
from tests.house.source import ROOT, tracked

PAGE_MOST = 60
PAGES = [name for name in tracked() if name.endswith(".md")]
TEXTS = [name for name in tracked() if not name.endswith((".png", ".ico", ".woff2", ".ogg", ".jpg"))]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _said(name: str) -> str:
    """A page without what is commented out."""
    return re.sub(r"<!--.*?-->", "", _read(name), flags=re.S)


def _targets() -> dict[str, str]:
    """Every target of the Makefile with the line that explains it."""
    return dict(re.findall(r"^([a-z]+):.*?## (.+)$", _read("Makefile"), re.M))


def _commands(page: str) -> list[str]:
    """What a page shows as code: spans, and lines set in by four."""
    return [span or line for span, line in re.findall(r"`([^`\n]+)`|^    (.+)$", _said(page), re.M)]


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist(page: str) -> None:
    shown = _commands(page)
    assert {name for each in shown for name in re.findall(r"^make ([a-z]+)", each)} <= set(_targets())
    assert {name for each in shown for name in re.findall(r"zhanynda ([a-z-]+)", each)} <= set(main.commands)


def test_the_readme_names_the_two_commands_and_where_there_is_no_make() -> None:
    for command in ("make sandbox", "make test", ".venv/bin/python -m sandbox", ".venv/bin/python -m pytest"):
        assert f"\n    {command}\n" in _read("README.md")


def test_every_target_explains_itself() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", _read("Makefile"), re.M)
    assert phony is not None
    assert set(_targets()) == set(phony[1].split())


def test_the_machine_that_builds_runs_the_readme_s_own_command() -> None:
    script = _read(".ci/run")
    assert "exec make test" in script
    assert "set -euo pipefail" in script
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def _project() -> str:
    """The part of pyproject.toml that lists what the project stands on."""
    return _read("pyproject.toml").partition("\ndependencies = [")[2].partition("[project.scripts]")[0]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", _said(page))]
    here = [link for link in links if link and not link.startswith(("https://", "mailto:"))]
    assert [link for link in here if not (folder / link).exists()] == []
    assert [link for link in links if link.startswith("http://")] == []


def test_decisions_are_numbered_and_fit_a_page() -> None:
    pages = sorted(name for name in PAGES if name.startswith("docs/decisions/"))
    assert [name.split("/")[-1][:4] for name in pages] == [f"{number:04d}" for number in range(1, len(pages) + 1)]
    for number, name in enumerate(pages, 1):
        lines = _read(name).splitlines()
        assert lines[0].startswith(f"# {number}. "), name
        assert len(lines) <= PAGE_MOST, name
        assert "## What else there was" in lines, name


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "\n## [Unreleased]\n" in _read("CHANGELOG.md")


def test_no_registry_and_no_machine_is_named() -> None:
    traces = re.compile(r"--(?:extra-)?index-url[ =]|--find-links[ =]|(?<![\w.])/(?:work|root|home/\w+)/")
    found = [
        f"{name}:{number}"
        for name in TEXTS
        for number, line in enumerate(_read(name).splitlines(), 1)
        if traces.search(line)
    ]
    assert found == []


def test_every_dependency_has_its_reason() -> None:
    listed = re.findall(r'^    "[A-Za-z][\w\[\]-]*[><=,"].*$', _project(), re.M)
    assert len(listed) > 10
    assert [line for line in listed if not re.search(r",\s+# \w+", line)] == []


def test_both_locks_hold_what_pyproject_asks_for() -> None:
    asked = re.findall(r'^    "([A-Za-z][\w-]*)', _project(), re.M)
    runtime, everything = _read("requirements.txt"), _read("requirements-dev.txt")
    locked = set(re.findall(r"^([a-z0-9-]+)==", everything, re.M))
    assert {name.lower() for name in asked} <= locked
    for lock in (runtime, everything):
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", lock.strip()))
    assert set(re.findall(r"^([a-z0-9-]+==\S+)", runtime, re.M)) <= set(
        re.findall(r"^([a-z0-9-]+==\S+)", everything, re.M)
    )


def test_each_claim_of_the_threat_model_names_a_test_that_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", _read("docs/threat-model.md")))
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 20
    assert sorted(name for name in named if f"def {name}(" not in tests) == []
