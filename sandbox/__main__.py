"""`python -m sandbox`: the real hotline against a Telegram of our own, in one process, on one clock that can be moved.

No token, no account, no network. The database lies in a temporary folder and is gone at the end.
"""

import asyncio
import contextlib
import logging
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from pathlib import Path

import click
from pydantic import SecretStr

from bot.app import Hotline, make_bot, make_database
from bot.i18n import LANGUAGES, label
from bot.settings import Settings
from handlers import routers
from sandbox.clock import MovableClock
from sandbox.people import Account
from sandbox.server import RunningServer, serve
from sandbox.stage import Stage, set_stage
from sandbox.telegram import Telegram

PATIENCE = 20.0


@click.command()
@click.option("--port", default=8080, show_default=True, help="Where the page listens; 0 takes a free port.")
@click.option("--open/--no-open", "open_page", default=True, help="Open the page in a browser.")
@click.option("--empty", is_flag=True, help="Begin before the set-up: no group chosen, no lawyer yet.")
def main(port: int, open_page: bool, empty: bool) -> None:
    """Play the hotline in the browser: help-seeker, operator group, lawyer and coordinator side by side."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(play(port, open_page=open_page, empty=empty))


async def play(port: int, *, open_page: bool, empty: bool) -> None:
    """Serve the page and run the hotline until stopped."""
    telegram = Telegram(clock=MovableClock())
    people = set_stage(telegram)
    server = await serve(telegram, port=port, stage=people)
    with tempfile.TemporaryDirectory(prefix="zhanynda-") as folder:
        hotline = _hotline(telegram, people, server, Path(folder))
        try:
            await hotline.prepare()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(hotline.work())
                if not empty:
                    await _set_up(telegram, people)
                click.echo(f"The sandbox is open: {server.url}\nStop it with Ctrl-C.")
                if open_page:
                    await asyncio.to_thread(webbrowser.open, server.url)
        finally:
            await hotline.close()
            await server.stop()


def _hotline(telegram: Telegram, people: Stage, server: RunningServer, folder: Path) -> Hotline:
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(telegram.token),
        telegram_api_url=server.url,
        data_dir=folder,
        database_url="",
        secret_keys=[],
        operator_chat_id=None,
        coordinator_ids=people.phones["coordinator"],
        organisation_name="",
    )
    return Hotline(settings, routers(), make_bot(settings), make_database(settings, telegram.clock))


async def _set_up(telegram: Telegram, people: Stage) -> None:
    """What a coordinator does on the first day, by the same buttons: a language, the group, a link for the lawyer."""
    (coordinator,), (lawyer,), (group,) = (
        people.phones["coordinator"],
        people.phones["lawyer"],
        people.phones["group"],
    )
    chief, duty, cards = telegram.accounts[coordinator], telegram.accounts[lawyer], telegram.groups[group]
    await _choose_language(telegram, chief)
    await _until(telegram, lambda: any(label("ru", "language.ru") in message.labels for message in cards.messages))
    chief.taps(label("ru", "language.ru"), chat=cards)
    await _until(telegram, lambda: label(_of(chief), "button.invite_lawyer") in chief.last.labels)
    chief.taps(label(_of(chief), "button.invite_lawyer"))
    await _until(telegram, lambda: label(_of(chief), "team.ask_name") in chief.last.text)
    chief.says("1")
    await _until(telegram, lambda: "start=" in chief.last.text)
    duty.start(chief.last.text.partition("start=")[2].split()[0])
    await _choose_language(telegram, duty)


async def _choose_language(telegram: Telegram, account: Account) -> None:
    if not account.messages:
        account.start()
    wanted = label(_of(account), f"language.{_of(account)}")
    await _until(telegram, lambda: any(wanted in message.labels for message in account.messages))
    account.taps(wanted)
    await _until(telegram, lambda: not account.last.labels or wanted not in account.last.labels)


def _of(account: Account) -> str:
    return account.language_code if account.language_code in LANGUAGES else "en"


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
