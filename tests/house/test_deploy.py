"""What lies in deploy/ fits the hotline: its settings, its doors, its folders."""

import re
from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings
from tests.house.source import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SETTINGS = {name.upper() for name in Settings.model_fields}


def _read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def test_the_container_s_settings_exist_and_fit_the_proxy() -> None:
    bot = COMPOSE["services"]["bot"]
    assert set(bot["environment"]) <= SETTINGS
    settings = Settings(_env_file=None, **{name.lower(): value for name, value in bot["environment"].items()})
    port = settings.listen.rpartition(":")[2]
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert f"server bot:{port} resolve;" in nginx
    assert settings.health_listen in " ".join(bot["healthcheck"]["test"])
    assert settings.secret_keys_file == Path("/run/secrets") / bot["secrets"][0]
    assert set(bot["secrets"]) | set(COMPOSE["services"]["database"]["secrets"]) == set(COMPOSE["secrets"])


def test_the_units_settings_exist() -> None:
    unit, backup = (_read(f"{name}.service") for name in ("zhanynda", "zhanynda-backup"))
    for each in (unit, backup):
        assert set(re.findall(r"^Environment=(\w+)=", each, re.M)) <= SETTINGS
    data = [re.findall(r"^Environment=DATA_DIR=(.*)$", each, re.M) for each in (unit, backup)]
    assert data[0] == data[1]
    assert "SECRET_KEYS" not in backup, "a back-up needs no key"
    assert set(re.findall(r"\bzhanynda (\w+)", backup.partition("ExecStart=")[2])) == {"backup"}
    stop = re.search(r"^TimeoutStopSec=(\d+)$", unit, re.M)
    assert stop is not None
    assert int(stop[1]) > 5, "SIGTERM must have the time to finish what is in hand"


def test_what_a_container_must_keep_lies_on_a_volume_it_may_write_to() -> None:
    bot = COMPOSE["services"]["bot"]
    volume, _, place = bot["volumes"][0].partition(":")
    assert volume in COMPOSE["volumes"]
    assert bot["environment"]["DATA_DIR"] == place
    assert f"--owner hotline --mode 0700 {place}" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def test_the_container_holds_what_the_hotline_reads() -> None:
    copied = set(re.findall(r"^COPY (\w+) \./", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.M))
    assert copied == {"bot", "handlers", "content", "locales", "migrations"}
    assert all((ROOT / name).is_dir() for name in copied)


def test_secrets_of_a_deployment_are_never_tracked() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"/deploy/{secret['file'].removeprefix('./')}" for secret in COMPOSE["secrets"].values()} <= set(ignored)
