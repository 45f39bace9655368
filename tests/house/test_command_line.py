"""What the administrator reads: one sentence in DEFAULT_LANGUAGE, whatever is wrong, and never a token or a key."""

import asyncio
import json
import logging
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pydantic import SecretStr

from bot.__main__ import every_command, main
from bot.app import make_database
from bot.articles import read_all
from bot.checks import check_all
from bot.clock import Clock, system_clock
from bot.i18n import LANGUAGES, date_in, label
from bot.keys import master_keys
from bot.lock import only_one
from bot.settings import Settings
from bot.storage.age import new_identity
from bot.storage.cipher import HOTLINE, read_master_key
from bot.storage.erased import BACKUP, ErasureList
from sandbox.server import serve
from sandbox.telegram import Telegram
from tests.log import said
from tests.processes.machine import until
from tests.stage import KEY, Stage

TOKEN = "42:sandbox"
SECRET = "never-shown"
OTHER_KEY = "b3RoZXIta2V5LWZvci10ZXN0cy1vbmx5LW90aGVyLWs="

each_language = pytest.mark.parametrize("language", LANGUAGES)


@dataclass(frozen=True)
class Mistake:
    """A wrong environment, and what must be said about it."""

    env: dict[str, str]
    key: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return "".join(f"{name}={value}" for name, value in self.env.items())


def _setting(name: str, value: str, key: str, **params: str) -> Mistake:
    return Mistake({name: value}, f"cli.setting.{key}", {"name": name, **params})


MISTAKES = [
    Mistake({"BOT_TOKEN": ""}, "cli.token.missing"),
    Mistake({"BOT_TOKEN": SECRET}, "cli.token.missing"),
    Mistake({"BOT_TOKEN": f"42:{SECRET} {SECRET}"}, "cli.token.missing"),
    Mistake({"SECRET_KEYS": SECRET}, "cli.key.unreadable", {"where": "SECRET_KEYS"}),
    Mistake({"SECRET_KEYS": f"{KEY},{SECRET}"}, "cli.key.unreadable", {"where": "SECRET_KEYS"}),
    Mistake({"DATA_DIR": "file/x"}, "cli.data_dir.unusable", {"path": "file/x", "why": "ENOTDIR"}),
    _setting("DATABASE_URL", SECRET, "database_url"),
    _setting("DATABASE_URL", f"mysql://root:{SECRET}@host/name", "database_url"),
    _setting("DATABASE_URL", f"postgresql+asyncpg://root:{SECRET}@host:port/name", "database_url"),
    _setting("OPERATOR_CHAT_ID", SECRET, "unfit", form="-1001234567890"),
    _setting("COORDINATOR_IDS", f"1,{SECRET}", "unfit", form="123456789,987654321"),
    _setting("TIMEZONE", "Mars/One", "timezone"),
    _setting("TIMEZONE", "/etc/passwd", "timezone"),
    _setting("COUNTRIES", SECRET, "countries"),
    _setting("COUNTRIES", ",", "countries"),
    _setting("LOG_LEVEL", SECRET, "log_level", levels="DEBUG, INFO, WARNING, ERROR"),
    _setting("CHAT_PER_SECOND", "31", "number", most="30"),
    _setting("GROUP_PER_MINUTE", "0.5", "whole", most="1000"),
    _setting("OVERALL_PER_SECOND", "0", "whole", most="1000"),
]


@pytest.fixture
def door() -> str:
    return "http"


@pytest.fixture
def migrated_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """One kind of database is enough here."""
    shutil.copy(migrated_sqlite, tmp_path / "hotline.sqlite3")
    return f"sqlite+aiosqlite:///{tmp_path / 'hotline.sqlite3'}"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In an empty folder, with no setting from outside."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where a Telegram answers in a thread of its own: the command line has the main one, for its signals."""
    with asyncio.Runner() as runner, ThreadPoolExecutor(1) as thread:
        running = runner.run(serve(Telegram(clock=system_clock)))
        stop = asyncio.Event()
        ends = thread.submit(runner.run, stop.wait())
        yield running.url
        runner.get_loop().call_soon_threadsafe(stop.set)
        ends.result()
        runner.run(running.stop())


def _run(*args: str, **env: str) -> Result:
    """The command line, with a token and a data folder of its own unless `env` says otherwise."""
    return CliRunner().invoke(main, args, env={"BOT_TOKEN": TOKEN, **env})


def _stopped(result: Result, language: str, key: str, **params: str) -> None:
    """One sentence and nothing else, the code 2, and no secret."""
    assert (result.stdout, result.stderr) == ("", f"zhanynda: {label(language, key, **params)}\n")
    assert result.exit_code == 2
    assert not [each for each in (TOKEN, SECRET, KEY) if each in result.output]


@each_language
@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each.name)
def test_a_wrong_setting_ends_the_start_with_one_sentence(mistake: Mistake, language: str) -> None:
    for command in ("run", "setup-link"):
        result = _run(command, **{"DEFAULT_LANGUAGE": language, **mistake.env})
        _stopped(result, language, mistake.key, **mistake.params)


def test_a_wrong_language_is_told_in_russian() -> None:
    _stopped(_run("run", DEFAULT_LANGUAGE="de"), "ru", "cli.setting.default_language", name="DEFAULT_LANGUAGE")


@each_language
def test_the_language_is_found_in_env_file_too(language: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DEFAULT_LANGUAGE={language}\nTIMEZONE=Mars/One\n")
    _stopped(_run("run"), language, "cli.setting.timezone", name="TIMEZONE")
    _stopped(_run("run", DEFAULT_LANGUAGE="en"), "en", "cli.setting.timezone", name="TIMEZONE")


@each_language
def test_an_env_file_of_another_encoding_is_told_of(language: str, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(f"BOT_TOKEN={TOKEN}\nORGANISATION_NAME=".encode() + b"\xd6\xe5\xed\xf2\xf0\n")
    _stopped(_run("run", DEFAULT_LANGUAGE=language), language, "cli.env.unreadable")
    _stopped(_run("run"), "ru", "cli.env.unreadable")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_that_can_be_wrong_has_its_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name.upper(), "?")
    result = CliRunner().invoke(main, ["run"])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


@each_language
def test_a_second_process_on_the_same_folder_is_told_of(language: str, tmp_path: Path) -> None:
    with only_one(Settings(_env_file=None, data_dir=tmp_path)):
        result = _run("run", DEFAULT_LANGUAGE=language, DATA_DIR=str(tmp_path), SECRET_KEYS=KEY)
    _stopped(result, language, "cli.data_dir.busy", path=str(tmp_path))


@each_language
@pytest.mark.parametrize("written", ["", "\n", SECRET, "\xff"])
def test_a_key_file_without_a_key_is_told_of(written: str, language: str, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text(written, encoding="latin-1")
    result = _run("run", DEFAULT_LANGUAGE=language, DATA_DIR=str(tmp_path))
    _stopped(result, language, "cli.key.unreadable", where=str(tmp_path / "secret.key"))


@each_language
def test_a_new_key_file_is_told_of_once(language: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, default_language=language)
    assert master_keys(settings) == master_keys(settings)
    assert said(caplog) == [label(language, "cli.key.made", path=tmp_path / "secret.key")]
    assert (tmp_path / "secret.key").read_text().strip() not in caplog.text


@each_language
@pytest.mark.parametrize("command", ["run", "setup-link"])
def test_a_token_that_telegram_refuses_is_told_of(command: str, language: str, url: str) -> None:
    result = _run(command, BOT_TOKEN=f"43:{SECRET}", DEFAULT_LANGUAGE=language, TELEGRAM_API_URL=url, SECRET_KEYS=KEY)
    _stopped(result, language, "cli.token.refused")


@each_language
def test_a_database_that_is_away_is_told_of(language: str) -> None:
    address = f"postgresql+asyncpg://root:{SECRET}@127.0.0.1:1/name"
    result = _run("run", DEFAULT_LANGUAGE=language, SECRET_KEYS=KEY, DATABASE_URL=address)
    _stopped(result, language, "cli.database.silent", why="ConnectionRefusedError")


async def _begun(settings: Settings) -> None:
    """A database in which the hotline's own key stands."""
    database = make_database(settings)
    async with database.unit_of_work() as uow:
        await uow.ready(HOTLINE)
    await database.close()


@each_language
def test_a_database_of_other_keys_is_told_of(language: str, url: str, migrated_url: str) -> None:
    asyncio.run(_begun(Settings(_env_file=None, database_url=migrated_url, secret_keys=[SecretStr(KEY)])))
    env = {"DATABASE_URL": migrated_url, "SECRET_KEYS": OTHER_KEY, "TELEGRAM_API_URL": url}
    _stopped(_run("run", DEFAULT_LANGUAGE=language, **env), language, "cli.key.wrong")


@each_language
def test_the_set_up_link_comes_with_a_hint(language: str, url: str) -> None:
    result = _run("setup-link", DEFAULT_LANGUAGE=language, TELEGRAM_API_URL=url, SECRET_KEYS=KEY)
    assert result.exit_code == 0
    assert result.stdout.startswith("https://t.me/zhanynda_bot?start=")
    assert result.stderr == f"{label(language, 'cli.link.opens')}\n"


@each_language
def test_help_is_in_the_language(language: str) -> None:
    general = _run("--help", DEFAULT_LANGUAGE=language)
    assert general.exit_code == 0
    assert label(language, "cli.help") in general.stdout
    for name, command in every_command(main):
        path = [name.replace("_", "-")] if name.replace("_", "-") in main.commands else name.split("_")
        help_of_it = " ".join(_run(*path, "--help", DEFAULT_LANGUAGE=language).stdout.split())
        assert label(language, f"cli.help.{name}") in help_of_it
        assert str(command.help) in help_of_it


# risk


@each_language
def test_the_risk_screen_is_judged_without_any_setting(language: str, tmp_path: Path) -> None:
    sentences = [
        {"text": "he has a knife, help", "lang": "en", "risk": "immediate"},
        {"text": "a cup of tea", "lang": "en", "risk": "high"},
        {"text": "what documents do I need", "lang": "en", "risk": "none"},
    ]
    (tmp_path / "some.jsonl").write_text("\n".join(map(json.dumps, sentences)))
    env = {"DEFAULT_LANGUAGE": language, "BOT_TOKEN": ""}
    lines = _run("risk", "evaluate", "some.jsonl", **env).stdout.splitlines()
    assert lines == [
        "en:",
        "  " + label(language, "cli.risk.recall", seen=1, all=2, share="0.500"),
        "  " + label(language, "cli.risk.immediate", seen=1, all=1, share="1.000"),
        "  " + label(language, "cli.risk.alarms", seen=0, all=1, share="0.000"),
        "    " + label(language, "cli.risk.missed", risk="high", sentence="a cup of tea"),
    ]
    found = [json.loads(line) for line in _run("risk", "evaluate", "--json", "some.jsonl", **env).stdout.splitlines()]
    assert [each["text"] for each in found] == [each["text"] for each in sentences]
    assert [(each["level"], each["kind"]) for each in found] == [
        ("immediate", "weapon"),
        ("none", None),
        ("none", None),
    ]
    assert [bool(each["matched"]) for each in found] == [True, False, False]
    (tmp_path / "some.jsonl").write_text('{"text": "no language"}')
    _stopped(_run("risk", "evaluate", "some.jsonl", **env), language, "cli.risk.unreadable", line="1")


# key


@each_language
def test_a_key_is_made_added_and_gone_over_to(language: str, tmp_path: Path) -> None:
    env = {"DEFAULT_LANGUAGE": language, "DATA_DIR": str(tmp_path / "own")}
    path = tmp_path / "own" / "secret.key"
    made = _run("key", "new", **env)
    assert (len(read_master_key(made.stdout)), made.stderr, path.exists()) == (32, "", False)
    _stopped(_run("key", "rotate", **env), language, "cli.key.alone")
    assert _lines(language, (True, "older_keys", label(language, "cli.key.one")))[0] in _run("check", **env).stdout
    before = path.read_text()
    assert _run("key", "new", "--add", **env).stderr == f"{label(language, 'cli.key.added', path=path)}\n"
    assert path.read_text().endswith(before)
    assert path.read_text() != before
    for anew in (2, 0):
        result = _run("key", "rotate", **env)
        assert result.exit_code == 0
        assert result.stdout == f"{label(language, 'cli.key.rotated', number=2, anew=anew, lost=0)}\n"
        droppable = label(language, "cli.key.droppable")
        assert _lines(language, (True, "older_keys", droppable))[0] in _run("check", **env).stdout
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert _lines(language, (True, "older_keys", label(language, "cli.key.one")))[0] in _run("check", **env).stdout


def test_a_key_file_of_systemd_or_docker_is_told_of_when_it_is_not_there(tmp_path: Path) -> None:
    for language in LANGUAGES:
        result = _run("run", DEFAULT_LANGUAGE=language, SECRET_KEYS_FILE="given")
        _stopped(result, language, "cli.key.no_file", path="given", why="ENOENT")
        given = _run("key", "new", "--add", DEFAULT_LANGUAGE=language, SECRET_KEYS=KEY)
        _stopped(given, language, "cli.key.elsewhere")


# back-up


@each_language
def test_a_back_up_is_made_looked_over_and_put_back(language: str, tmp_path: Path, migrated_url: str) -> None:
    made = _run("key", "backup", DEFAULT_LANGUAGE=language)
    recipient = made.stdout.split()[3]
    assert made.stderr == f"{label(language, 'cli.backup.identity', recipient=recipient)}\n"
    (tmp_path / "identity").write_text(made.stdout)
    env = {"DEFAULT_LANGUAGE": language, "SECRET_KEYS": KEY, "DATABASE_URL": migrated_url, "BACKUP_RECIPIENTS": ""}
    _stopped(_run("backup", "copy", **env), language, "cli.backup.nobody")
    wrong = _run("backup", "copy", **env | {"BACKUP_RECIPIENTS": "age1x"})
    _stopped(wrong, language, "cli.setting.unfit", name="BACKUP_RECIPIENTS", form="age1…")
    env["BACKUP_RECIPIENTS"] = recipient
    assert _run("backup", "copy", **env).stdout == f"{label(language, 'cli.backup.made', path='copy', number=0)}\n"
    _stopped(_run("backup", "copy", **env), language, "cli.backup.exists", path="copy")
    _stopped(_run("backup", "no/copy", **env), language, "cli.backup.disk", path="no/copy", why="ENOENT")
    anew = env | {"DATABASE_URL": "", "DATA_DIR": "new"}
    _stopped(_run("backup", "other", **anew), language, "cli.migrations.missing")
    put_back = ("restore", "copy", "--identity", "identity")
    looked = _run(*put_back, "--verify", **env)
    assert looked.stdout.splitlines()[-1] == label(language, "cli.backup.keys", number=0, linked=0)
    alone = _run(*put_back, "--verify", DEFAULT_LANGUAGE=language, DATA_DIR="offline")
    assert alone.stdout.splitlines()[-1] == label(language, "cli.backup.no_keys")
    assert not (tmp_path / "offline").exists()
    _stopped(_run(*put_back, **env), language, "cli.restore.not_empty")
    _stopped(_run(*put_back, **anew), language, "cli.restore.no_list", path="new/erased")
    done = _run(*put_back, "--erased", "data/erased", **anew)
    assert (done.exit_code, done.stderr) == (0, "")
    assert Path("new/erased").read_text() == Path("data/erased").read_text()


def test_check_tells_of_an_old_back_up_and_of_none(tmp_path: Path) -> None:
    for language in LANGUAGES:
        env = {"DEFAULT_LANGUAGE": language, "BACKUP_RECIPIENTS": new_identity()[1], "ERASURE_LIST": "listed"}
        env |= {"BOT_TOKEN": "", "TELEGRAM_API_URL": "http://[bad"}
        assert _run("check", **env).stdout.splitlines()[-1:] == _lines(
            language, (False, "backup", label(language, "cli.backup.none_yet"))
        )
        ErasureList(tmp_path / "listed").add(date(2026, 1, 2), [f"{BACKUP} 0"])
        old = label(language, "cli.backup.old", day=date_in(language, date(2026, 1, 2)))
        assert _run("check", **env).stdout.splitlines()[-1:] == _lines(language, (False, "backup", old))
        (tmp_path / "listed").unlink()


# check


def _lines(language: str, *lines: tuple[bool, str, str]) -> list[str]:
    """As `check` prints them: the verdict, the name, what was found."""
    verdicts = {True: label(language, "cli.ok"), False: label(language, "cli.mend")}
    width = max(map(len, verdicts.values()))
    return [f"{verdicts[ok]:{width}}  {label(language, f'cli.check.{name}')}: {found}" for ok, name, found in lines]


@each_language
def test_check_of_nothing_says_what_to_do_first(language: str) -> None:
    env = {"BOT_TOKEN": "", "SECRET_KEYS": SECRET, "TELEGRAM_API_URL": "http://[bad"}
    result = _run("check", DEFAULT_LANGUAGE=language, **env)
    no_key = label(language, "cli.key.unreadable", where="SECRET_KEYS")
    names = "ORGANISATION_NAME, ORGANISATION_CONTACT, ORGANISATION_STORAGE"
    assert result.stdout.splitlines() == _lines(
        language,
        (False, "token", label(language, "cli.token.missing")),
        (False, "clock", label(language, "cli.clock.unknown")),
        (False, "key", no_key),
        (False, "database", no_key),
        (False, "migrations", no_key),
        (False, "older_keys", no_key),
        (False, "group", no_key),
        (False, "coordinators", no_key),
        (True, "locales", "kk, ru, en, ky"),
        (True, "content", label(language, "cli.content.whole", categories=14, regions=29)),
        (True, "articles", str(len(read_all()))),
        (False, "organisation", label(language, "cli.organisation.missing", names=names)),
        (False, "profile", label(language, "cli.token.missing")),
        (False, "backup", label(language, "cli.backup.nobody")),
    )
    assert (result.exit_code, result.stderr) == (1, "")
    assert SECRET not in result.output


@each_language
def test_check_before_the_first_run(language: str, url: str) -> None:
    result = _run("check", DEFAULT_LANGUAGE=language, TELEGRAM_API_URL=url)
    missing = label(language, "cli.migrations.missing")
    assert result.stdout.splitlines()[:8] == _lines(
        language,
        (True, "token", "@zhanynda_bot"),
        (True, "clock", label(language, "cli.clock.right")),
        (True, "key", label(language, "cli.key.in_file", path="data/secret.key", number=1)),
        (True, "database", "sqlite"),
        (False, "migrations", missing),
        (False, "older_keys", missing),
        (False, "group", missing),
        (False, "coordinators", missing),
    )
    assert result.exit_code == 1
    assert TOKEN not in result.output


async def _check(stage: Stage, language: str, clock: Clock = system_clock) -> list[str]:
    """What `check` prints about a hotline that runs."""
    settings = stage.settings.model_copy(update={"default_language": language})
    return [line.text async for line in check_all(settings, clock)]


async def test_check_of_a_hotline_that_is_ready(stage: Stage) -> None:
    await stage.opened()
    stage.settings.organisation_contact = stage.settings.organisation_storage = "…"
    stage.settings.backup_recipients = [new_identity()[1]]
    stage.database.erased.add(stage.clock().date(), [f"{BACKUP} 0"])
    for language in LANGUAGES:
        group = label(language, "cli.group.chosen", language=label(language, "language.ru"))
        assert await _check(stage, language) == _lines(
            language,
            (True, "token", "@zhanynda_bot"),
            (True, "clock", label(language, "cli.clock.right")),
            (True, "key", label(language, "cli.key.kept", number=1)),
            (True, "database", "sqlite"),
            (True, "migrations", label(language, "cli.migrations.whole")),
            (True, "older_keys", label(language, "cli.key.one")),
            (True, "group", group),
            (True, "coordinators", "1"),
            (True, "locales", "kk, ru, en, ky"),
            (True, "content", label(language, "cli.content.whole", categories=14, regions=29)),
            (True, "articles", str(len(read_all()))),
            (True, "organisation", "Example Centre"),
            (True, "profile", label(language, "cli.profile.neutral")),
            (True, "backup", label(language, "cli.backup.last", day=date_in(language, stage.clock().date()))),
        )


async def test_check_of_a_group_on_its_way(stage: Stage) -> None:
    for language in LANGUAGES:
        none, nobody = label(language, "cli.group.none"), label(language, "cli.coordinators.none")
        assert (await _check(stage, language))[6:8] == _lines(
            language, (False, "group", none), (False, "coordinators", nobody)
        )
    coordinator, _ = await stage.opened()
    coordinator.account.removes_bot(stage.group)
    for language in LANGUAGES:
        left = label(language, "cli.group.left")
        assert (await _check(stage, language))[6:7] == _lines(language, (False, "group", left))
    await stage.settle()
    silent, public = await stage.choose_group(coordinator), await stage.other_group(coordinator)
    silent.members_write, public.public_name = False, "everybody_reads"
    for language in LANGUAGES:
        found = f"1: {label(language, 'cli.group.silent')}; 2: {label(language, 'cli.group.public')}"
        assert (await _check(stage, language))[6:7] == _lines(language, (False, "group", found))


async def test_check_of_a_clock_that_is_wrong(stage: Stage) -> None:
    def behind() -> datetime:
        return system_clock() - timedelta(seconds=86_400)

    for language in LANGUAGES:
        line = (await _check(stage, language, behind))[1]
        seconds = re.findall(r"\d+", line)
        assert 86_390 < int(seconds[0]) < 86_410
        assert [line] == _lines(language, (False, "clock", label(language, "cli.clock.off", seconds=seconds[0])))


# The log


@each_language
async def test_the_start_is_told_of(language: str, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.settings.default_language = language
    with caplog.at_level(logging.INFO):
        await stage.restart()
    assert label(language, "cli.ready", name="zhanynda_bot", number=0) in said(caplog)


async def _first_line_of_polling(stage: Stage, caplog: pytest.LogCaptureFixture) -> str:
    stop = asyncio.Event()
    caplog.clear()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(stage.hotline.polling.run(stop))
        await until("a line in the log", lambda: said(caplog))
        stop.set()
    assert TOKEN not in caplog.text
    return said(caplog)[0]


@each_language
async def test_polling_tells_what_must_be_mended(language: str, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.settings.default_language = language
    await stage.restart()
    await stage.bot.set_webhook("https://example.org/hook")
    assert await _first_line_of_polling(stage, caplog) == label(language, "cli.conflict")
    await stage.bot.delete_webhook()
    stage.telegram.token = "42:another"
    assert await _first_line_of_polling(stage, caplog) == label(language, "cli.token.refused")
