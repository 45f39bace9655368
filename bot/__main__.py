"""The command line, in DEFAULT_LANGUAGE; the only place where the bot meets its handlers.

click's own words (`Usage`, `Options`, a command or an option that does not exist) stay English: it speaks through
gettext catalogs that it does not bring, and it needs no setting to say them.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import backup, keys, logs
from bot.accounts import audit_lines
from bot.app import Hotline, make_bot, make_database
from bot.checks import check_all, reason
from bot.clock import system_clock
from bot.evaluation import risk
from bot.i18n import label, moment_in
from bot.journal import verify
from bot.lock import only_one
from bot.services import team
from bot.settings import Settings, read_settings
from bot.spoken import spoken_language
from bot.storage import migrate
from bot.storage.age import new_identity
from bot.storage.chain import ChainBroken
from bot.storage.cipher import new_master_key
from bot.texts.reviewing import texts
from handlers import routers


class CommandLine(click.Group):
    """The commands; the help of each is a text like any other, looked up when the command line is read."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Give each command its help, then do as click does."""
        language = spoken_language()
        self.help = self.help if self is not main else label(language, "cli.help")
        for name, command in every_command(main):
            command.help = label(language, f"cli.help.{name}")
        return super().make_context(*args, **kwargs)


def every_command(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """The commands and the commands within them, each by the name its help goes by: `key_rotate`."""
    for name, command in group.commands.items():
        path = f"{before}{name.replace('-', '_')}"
        yield path, command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path}_")


@click.group("zhanynda", cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Zhanynda: a hotline for free legal aid and referrals, on Telegram."""


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


@main.command()
@click.option("--days", type=click.IntRange(1, 8), default=7, show_default=True)
def audit(days: int) -> None:
    """Say what became of every update and every message; exit 1 when something doesn't add up."""
    sys.exit(_carry_out(partial(_audited, days=days)))


@main.command()
def retry() -> None:
    """Handle again what could not be handled; exit 1 when something still can't."""
    sys.exit(_carry_out(_retried))


_A_FILE = click.Path(dir_okay=False, path_type=Path)


@main.command("backup")
@click.argument("file", type=_A_FILE)
def back_up(file: Path) -> None:
    """Seal everything as it is now into a new file, while the hotline runs."""
    _carry_out(_told(partial(backup.backed_up, path=file)))


@main.command()
@click.argument("file", type=_A_FILE)
@click.option("--identity", type=_A_FILE, required=True)
@click.option("--verify", "only_look", is_flag=True)
@click.option("--erased", type=_A_FILE)
@click.option("--without-erasures", is_flag=True)
def restore(file: Path, identity: Path, only_look: bool, erased: Path | None, without_erasures: bool) -> None:
    """Put a back-up into an empty place; with --verify only look whether that would go well."""
    put_back = partial(backup.restored, listed=erased, knowing=not without_erasures)
    _carry_out(_told(partial(backup.looked_over if only_look else put_back, path=file, identity=identity)))


@main.group()
def key() -> None:
    """Make a master key, and go over to it."""


@key.command("new")
@click.option("--add", is_flag=True)
def key_new(add: bool) -> None:
    """Print a new master key; with --add put it first in the key file instead."""
    _carry_out(_key_added if add else _key_printed)


@key.command("rotate")
def key_rotate() -> None:
    """Wrap every key by the first master key, while the bot runs; then the older ones can go."""
    sys.exit(_carry_out(_key_rotated))


@key.command("backup")
def key_backup() -> None:
    """Print a new identity, which opens back-ups, and the recipient to which they are sealed."""
    _carry_out(_identity_printed)


@main.group()
def journal() -> None:
    """What was noted of who saw and did what."""


@journal.command("verify")
@click.option("--head", metavar="HASH")
def journal_verify(head: str | None) -> None:
    """Say whether the journal is what was written; exit 1 and the first row that doesn't fit when it isn't."""
    sys.exit(_carry_out(partial(_journal_verified, noted=head)))


main.add_command(risk)
main.add_command(texts)


def _carry_out(work: Callable[[Settings], Coroutine[Any, Any, int]]) -> int:
    """Run a command. What an administrator can mend ends it with one sentence."""
    try:
        settings = read_settings()
        logs.configure(settings.log_level)
        return asyncio.run(work(settings))
    except Exception as error:
        wrong = reason(error)
        if wrong is None:
            raise
        click.echo(f"{main.name}: {label(spoken_language(), wrong.key, **wrong.params)}", err=True)
        sys.exit(2)


def _told(
    work: Callable[[Settings], Coroutine[Any, Any, Iterable[str]]],
) -> Callable[[Settings], Coroutine[Any, Any, int]]:
    """The same, with what it found printed line by line."""

    async def told(settings: Settings) -> int:
        for line in await work(settings):
            click.echo(line)
        return 0

    return told


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


async def _key_printed(settings: Settings) -> int:
    click.echo(new_master_key())
    return 0


async def _key_added(settings: Settings) -> int:
    path = keys.add_key(settings)
    click.echo(label(settings.default_language, "cli.key.added", path=path), err=True)
    return 0


async def _key_rotated(settings: Settings) -> int:
    database = make_database(settings)
    anew = lost = 0
    try:
        await migrate.upgrade(database.engine)
        await keys.may_rotate(settings, database)
        number = await keys.count_keys(database)
        with click.progressbar(length=number, file=sys.stderr) as bar:
            async for done in keys.rotate(settings, database):
                bar.update(done.looked_at)
                anew, lost = anew + done.anew, lost + done.lost
    finally:
        await database.close()
    said = "cli.key.lost" if lost else "cli.key.rotated"
    click.echo(label(settings.default_language, said, number=number, anew=anew, lost=lost))
    return 1 if lost else 0


async def _identity_printed(settings: Settings) -> int:
    identity, recipient = new_identity()
    click.echo(identity)
    click.echo(label(settings.default_language, "cli.backup.identity", recipient=recipient), err=True)
    return 0


async def _audited(settings: Settings, days: int) -> int:
    database = make_database(settings)
    try:
        async with database.unit_of_work() as uow:
            found = await uow.accounting.audit(uow.now - timedelta(days=days))
    finally:
        await database.close()
    for line in audit_lines(settings.default_language, found, settings.zone):
        click.echo(line)
    return 1 if found.open_ends else 0


async def _retried(settings: Settings) -> int:
    bot, database = make_bot(settings), make_database(settings)
    hotline = Hotline(settings, routers(), bot, database)
    try:
        done, left = await hotline.retry()
    finally:
        await hotline.close()
    click.echo(label(settings.default_language, "cli.retry.done", done=done, left=left))
    return 1 if left else 0


async def _journal_verified(settings: Settings, noted: str | None) -> int:
    language, database = settings.default_language, make_database(settings)
    try:
        await migrate.upgrade(database.engine)
        found = await verify(database, noted)
    except ChainBroken as broken:
        moment = moment_in(language, broken.at, settings.zone) if broken.at else ""
        said = "cli.journal.cut" if broken.row is None else "cli.journal.broken"
        click.echo(label(language, said, row=broken.row, moment=moment))
        return 1
    finally:
        await database.close()
    head = found.head
    click.echo(label(language, "cli.journal.whole", number=head.count, waiting=found.waiting, head=head.link.hex()))
    if noted is not None:
        known = "cli.journal.not_noted" if found.noted_at is None else "cli.journal.noted"
        click.echo(label(language, known, number=found.noted_at))
    return int(noted is not None and found.noted_at is None)


async def _check(settings: Settings) -> int:
    failures = 0
    async for line in check_all(settings, system_clock):
        click.echo(line.text)
        failures += not line.ok
    return 1 if failures else 0


if __name__ == "__main__":
    main()
