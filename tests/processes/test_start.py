"""The commands of the administrator as real processes: set up, look, run, and be refused with one sentence."""

from pathlib import Path
from typing import Any

import pytest

from bot.i18n import label
from tests.processes.hotline import Hotline, same_on_both
from tests.processes.machine import until

SECRET = "4242:AAE-very-secret-token"
WRONG: dict[str, dict[str, str]] = {
    "cli.token.missing": {"BOT_TOKEN": "not-a-token-at-all"},
    "cli.token.refused": {"BOT_TOKEN": SECRET},
    "cli.setting.timezone": {"TIMEZONE": "Mars/Olympus"},
    "cli.key.unreadable": {"SECRET_KEYS": "bm90IDMyIGJ5dGVz"},
    "cli.telegram.silent": {"TELEGRAM_API_URL": "http://127.0.0.1:9"},
}


@same_on_both
async def test_what_is_wrong_is_said_in_one_sentence(hotline: Hotline) -> None:
    """And every word of it comes from the texts, none from a secret."""
    launched = {
        key: hotline.launch("run", **{"DATABASE_URL": "", "DATA_DIR": str(hotline.folder / key)} | env)
        for key, env in WRONG.items()
    }
    for key, process in launched.items():
        assert await process.ends(30) == 2, (key, process.said)
        [sentence] = process.said.strip().splitlines()
        known = label("en", key, name="TIMEZONE", where="SECRET_KEYS", why="…")
        assert sentence.startswith(f"zhanynda: {known.partition('…')[0]}"), key
        secret = WRONG[key].get("BOT_TOKEN") or WRONG[key].get("SECRET_KEYS")
        assert secret is None or secret not in sentence


async def test_two_that_start_at_once_on_an_empty_database_do_not_stumble(hotline: Hotline) -> None:
    if hotline.settings.database.startswith("sqlite"):
        pytest.skip("only PostgreSQL takes two")
    links = [hotline.launch("setup-link") for _ in range(3)]
    assert [await link.ends(30) for link in links] == [0, 0, 0], [link.said for link in links]


async def test_a_second_process_on_the_same_sqlite_is_refused(hotline: Hotline) -> None:
    if not hotline.settings.database.startswith("sqlite"):
        pytest.skip("SQLite only")
    first = await hotline.start()
    second = hotline.launch("run")
    assert await second.ends(20) == 2
    assert label("en", "cli.data_dir.busy", path=str(hotline.folder)) in second.said
    assert first.runs
    await first.dies()
    await hotline.start()


async def test_from_the_setup_link_to_the_first_answer(hotline: Hotline, tmp_path: Path) -> None:
    """As an administrator does it: `setup-link`, `run`, `check`; then the people come."""
    link = hotline.launch("setup-link")
    assert await link.ends(20) == 0
    token = link.said.split("?start=")[1].split()[0]
    before = hotline.launch("check")
    assert await before.ends(20) == 1
    assert label("en", "cli.group.none").partition(";")[0] in before.said
    await hotline.start()
    me, lawyer, her = [await hotline.sandbox.account(name) for name in ("Nurgul", "Marat", "Aigul")]
    group = await hotline.sandbox.group("Operators")
    await _does(hotline, me, "start", payload=token)
    await hotline.tap(me, label("ru", "language.ru"))
    await _does(hotline, me, "adds_bot", group=group, admin=True)
    await hotline.tap(me, label("ru", "language.ru"), group)
    await hotline.tap(me, label("ru", "button.invite_lawyer"))
    await until("the question", lambda: hotline.says(me, label("ru", "team.ask_name")))
    await _does(hotline, me, "says", text="Duty 1")
    told = await until("the link", lambda: hotline.says(me, "start="))
    await _does(hotline, lawyer, "start", payload=told.rsplit("start=", 1)[1].split()[0])
    await hotline.tap(lawyer, label("ru", "language.ru"))
    await _does(hotline, lawyer, "joins", group=group)
    await _does(hotline, her, "start")
    await hotline.tap(her, label("en", "language.en"))
    await hotline.tap(her, label("en", "button.continue"))
    await _does(hotline, her, "says", text="please help")
    await hotline.tap(her, label("en", "button.send"))
    await hotline.tap(lawyer, label("ru", "button.claim"), group)
    await until("her words", lambda: hotline.says(lawyer, "please help"))
    await _does(hotline, lawyer, "says", text="I am here")
    await until("his words", lambda: hotline.says(her, "I am here"))
    whole = {"ORGANISATION_CONTACT": "tel", "ORGANISATION_STORAGE": "here"} | await _backed_up(hotline, tmp_path)
    after = hotline.launch("check", **whole)
    code = await after.ends(20)
    assert code == 0, after.said
    assert "please help" not in hotline.running.said
    assert "Aigul" not in hotline.running.said


async def _backed_up(hotline: Hotline, folder: Path) -> dict[str, str]:
    """A first back-up, made while it runs; the setting that seals it."""
    key = hotline.launch("key", "backup")
    assert await key.ends(20) == 0
    setting = {"BACKUP_RECIPIENTS": next(each for each in key.said.split() if each.startswith("age1"))}
    copy = hotline.launch("backup", str(folder / "copy"), **setting)
    assert await copy.ends(20) == 0, copy.said
    return setting


async def _does(hotline: Hotline, account: int, what: str, **more: Any) -> None:
    await hotline.sandbox.act({"account": account, "do": what, **more})
