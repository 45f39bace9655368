"""`.env.example` and the README's table of settings are equal to Settings: names, defaults, what each is for."""

import pytest

from bot.settings import Settings
from tests.house.source import ROOT

HEAD = """\
# What the administrator may set. Copy this file to .env and change what differs; an empty line keeps the default.
# A variable of the environment goes before a line here.
"""


def _default(value: object) -> str:
    """A default as it is written in .env: lists by commas, nothing for what has none."""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "" if value is None or "SecretStr" in type(value).__name__ else str(value)


def settings() -> list[tuple[str, str, str]]:
    """Every setting: its name in the environment, its default, what it is for."""
    return [
        (name.upper(), _default(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def expected() -> str:
    """The file as it must be."""
    return HEAD + "".join(f"\n# {description}\n{name}={default}\n" for name, default, description in settings())


def table() -> str:
    """The README's table as it must be."""
    rows = [f"| `{name}` | {f'`{default}`' if default else ''} | {text} |" for name, default, text in settings()]
    return "\n".join(["| setting | default | what for |", "|---|---|---|", *rows])


def test_the_example_is_what_settings_say() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == expected()


def test_the_readme_shows_the_same() -> None:
    assert table() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, _, text in settings() if not text or "\n" in text or "|" in text] == []


def test_the_example_as_it_stands_gives_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, _, _ in settings():
        monkeypatch.delenv(name, raising=False)
    copied = Settings(_env_file=ROOT / ".env.example")
    assert copied == Settings(_env_file=None)
