"""The command line; the only place where the bot meets its handlers."""

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import click

from bot.app import Hotline, make_bot, make_database
from bot.checks import check_all
from bot.clock import system_clock
from bot.lock import only_one
from bot.services import team
from bot.settings import BadSettings, Settings, read_settings
from bot.storage import migrate
from handlers import routers


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Zhanynda: a hotline for free legal aid and referrals, on Telegram."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("aiogram").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


@main.command()
def run() -> None:
    """Run the hotline (long polling) until SIGTERM."""
    _carry_out(_run)


@main.command("setup-link")
def setup_link() -> None:
    """Print a one-time link that makes whoever opens it the first coordinator (one use, one hour)."""
    _carry_out(_setup_link)


@main.command()
def check() -> None:
    """Look at everything a hotline needs; each line is ok or says what to do."""
    sys.exit(_carry_out(_check))


def _carry_out(work: Callable[[Settings], Coroutine[Any, Any, int]]) -> int:
    """Run a command. A wrong setting ends it with one sentence."""
    try:
        return asyncio.run(work(read_settings()))
    except BadSettings as error:
        click.echo(f"zhanynda: {error}", err=True)
        sys.exit(2)


async def _run(settings: Settings) -> int:
    with only_one(settings):
        bot, database = make_bot(settings), make_database(settings)
        hotline = Hotline(settings, routers(), bot, database)
        try:
            await hotline.run()
        finally:
            await hotline.close()
    return 0


async def _setup_link(settings: Settings) -> int:
    bot, database = make_bot(settings), make_database(settings)
    try:
        await migrate.upgrade(database.engine)
        me = await bot.me()
        async with database.unit_of_work() as uow:
            token = await team.setup_link(uow)
        click.echo(f"https://t.me/{me.username}?start={token}")
        click.echo("Open it within an hour; it works once.", err=True)
    finally:
        await bot.session.close()
        await database.close()
    return 0


async def _check(settings: Settings) -> int:
    failures = 0
    async for line in check_all(settings, system_clock):
        click.echo(line.text)
        failures += not line.ok
    return 1 if failures else 0


if __name__ == "__main__":
    main()
