"""SQLite plays every scene with every parameter; PostgreSQL plays every scene once, unless all are asked for."""

import os

import pytest

ALL = "ZHANYNDA_ALL_SCENES"
"""Set it to play every parameter on PostgreSQL too."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the further parameters of a scene to SQLite."""
    if os.environ.get(ALL):
        return
    played: set[str] = set()
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        name = item.nodeid.partition("[")[0]
        again = "postgresql" in item.nodeid and name in played
        if "postgresql" in item.nodeid and name.startswith("tests/scenes/"):
            played.add(name)
            (left if again else kept).append(item)
        else:
            kept.append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept
