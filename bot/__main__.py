"""The command line, in DEFAULT_LANGUAGE; the only place where the bot meets its handlers.

click's own words (`Usage`, `Options`, a command or an option that does not exist) stay English: it speaks through
gettext catalogs that it does not bring, and it needs no setting to say them.
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import click

from bot.app import Hotline, make_bot, make_database
from bot.checks import check_all, reason
from bot.clock import system_clock
from bot.i18n import label
from bot.lock import only_one
from bot.services import team
from bot.settings import Settings, read_settings, spoken_language
from bot.storage import migrate
from handlers import routers


class CommandLine(click.Group):
    """The commands; the help of each is a text like any other, looked up when the command line is read."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Give each command its help, then do as click does."""
        language = spoken_language()
        self.help = label(language, "cli.help")
        for name, command in self.commands.items():
            command.help = label(language, f"cli.help.{name.replace('-', '_')}")
        return super().make_context(*args, **kwargs)


@click.group("zhanynda", cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
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
    """Run a command. What an administrator can mend ends it with one sentence."""
    try:
        return asyncio.run(work(read_settings()))
    except Exception as error:
        wrong = reason(error)
        if wrong is None:
            raise
        click.echo(f"{main.name}: {label(spoken_language(), wrong.key, **wrong.params)}", err=True)
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
        click.echo(label(settings.default_language, "cli.link.opens"), err=True)
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
