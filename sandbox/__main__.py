"""`python -m sandbox`: the real hotline against a Telegram of our own, in one process, on one clock that can be moved.

No token, no account, no network. The database lies in a temporary folder and is gone at the end.
"""

import asyncio
import contextlib
import json
import locale
import os
import signal
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path

import click
from pydantic import SecretStr

from bot import logs
from bot.app import Hotline, make_bot, make_database
from bot.i18n import LANGUAGES, label
from bot.settings import Settings
from bot.storage.cipher import new_master_key
from handlers import routers
from sandbox.clock import MovableClock
from sandbox.people import Account
from sandbox.server import PAGE, RunningServer, serve
from sandbox.stage import Stage, set_stage
from sandbox.telegram import Group, Telegram

PATIENCE = 60.0
"""Seconds the bot may take for one answer while the stage is set; far more than it needs."""


@click.command()
@click.option("--port", default=8080, show_default=True, help="Where the page listens; 0 takes a free port.")
@click.option("--language", type=click.Choice(LANGUAGES), help="What the team reads; else the system's language.")
@click.option("--open/--no-open", "open_page", default=True, help="Open the page in a browser.")
@click.option("--empty", is_flag=True, help="Begin before the set-up: no group chosen, no lawyer yet.")
def main(port: int, language: str | None, open_page: bool, empty: bool) -> None:
    """Play the hotline in the browser: help-seeker, operator group, lawyer and coordinator side by side."""
    logs.configure("WARNING")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(play(port, language=language or _of_the_system(), open_page=open_page, empty=empty))


async def play(port: int, *, language: str, open_page: bool, empty: bool) -> None:
    """Serve the page and run the hotline until stopped."""
    words = json.loads((PAGE / "words.json").read_text("utf-8"))[language]
    telegram = Telegram(clock=MovableClock())
    people = set_stage(telegram, group_title=words["phone.group"], language=language)
    try:
        server = await serve(telegram, port=port, stage=people)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise click.ClickException(f"port {port} can't be used ({reason}); --port 0 takes a free one") from None
    with tempfile.TemporaryDirectory(prefix="zhanynda-") as folder:
        hotline = _hotline(telegram, people, server, Path(folder))
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, hotline.stop.set)
        try:
            await hotline.prepare()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(hotline.work())
                if not empty:
                    await _set_up(telegram, people, duty_name=words["duty"])
                click.echo(f"The sandbox is open: {server.url}\nStop it with Ctrl-C.")
                if open_page:
                    await asyncio.to_thread(webbrowser.open, server.url)
        finally:
            await hotline.close()
            await server.stop()


def _of_the_system() -> str:
    spoken = (locale.getlocale()[0] or "")[:2].lower()
    return spoken if spoken in LANGUAGES else "en"


def _hotline(telegram: Telegram, people: Stage, server: RunningServer, folder: Path) -> Hotline:
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(telegram.token),
        telegram_api_url=server.url,
        data_dir=folder,
        database_url="",
        secret_keys=[SecretStr(new_master_key())],
        operator_chat_id=None,
        coordinator_ids=people.phones["coordinator"],
        organisation_name="Zhanynda",
        organisation_storage="127.0.0.1",
    )
    return Hotline(settings, routers(), make_bot(settings), make_database(settings, telegram.clock))


async def _set_up(telegram: Telegram, people: Stage, *, duty_name: str) -> None:
    """What a coordinator does on the first day, by the same buttons: a language, the group, a link for the lawyer."""
    (coordinator,), (lawyer,), (group,) = (
        people.phones["coordinator"],
        people.phones["lawyer"],
        people.phones["group"],
    )
    chief, duty, cards = telegram.accounts[coordinator], telegram.accounts[lawyer], telegram.groups[group]
    await _choose_language(telegram, chief)
    await _choose_language(telegram, chief, cards)
    await _tap(telegram, chief, label(chief.language_code, "button.invite_lawyer"))
    await _until(telegram, lambda: label(chief.language_code, "team.ask_name") in chief.last.text)
    chief.says(duty_name)
    await _until(telegram, lambda: "start=" in chief.last.text)
    duty.start(chief.last.text.partition("start=")[2].split()[0])
    await _choose_language(telegram, duty)
    await _until(telegram, lambda: label(duty.language_code, "desk.empty") in duty.last.text)
    chief.start()
    await _until(telegram, lambda: label(chief.language_code, "button.week") in chief.last.labels)


async def _choose_language(telegram: Telegram, account: Account, group: Group | None = None) -> None:
    if group is None and not account.messages:
        account.start()
    wanted = label(account.language_code, f"language.{account.language_code}")
    await _tap(telegram, account, wanted, group)
    chat = group or account.chat
    await _until(telegram, lambda: wanted not in chat.last.labels)


async def _tap(telegram: Telegram, account: Account, wanted: str, group: Group | None = None) -> None:
    """Tap a button as soon as it is there."""
    chat = group or account.chat
    await _until(telegram, lambda: any(wanted in message.labels for message in chat.messages))
    account.taps(wanted, chat=group)


async def _until(telegram: Telegram, true: Callable[[], bool]) -> None:
    """Wait for the hotline's answer. Raises TimeoutError when it doesn't come."""
    changed = asyncio.Event()
    stop_listening = telegram.listen(lambda *_: changed.set())
    async with asyncio.timeout(PATIENCE):
        while not true():
            changed.clear()
            await changed.wait()
    stop_listening()


if __name__ == "__main__":
    main()
