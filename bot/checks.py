"""`zhanynda check`: what a hotline needs, each line ok or with what to do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from aiogram import Bot
from aiogram.exceptions import AiogramError
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError

from bot import content, i18n
from bot.app import make_bot, make_database
from bot.clock import Clock
from bot.keys import master_keys
from bot.settings import BadSettings, Settings
from bot.storage import migrate
from bot.storage.cipher import SealBroken
from bot.storage.engine import Database

CLOCK_MAY_DIFFER = timedelta(seconds=30)


@dataclass(frozen=True)
class Line:
    """One finding."""

    ok: bool
    text: str


class Wrong(Exception):
    """Something is not as it should be; the message says what to do."""


async def check_all(settings: Settings, clock: Clock) -> AsyncIterator[Line]:
    """Token, clock, database, migrations, key, operator group, locales, content, organisation; in this order."""
    bot, database = _bot(settings), _database(settings)
    try:
        findings: list[tuple[str, Callable[[], Awaitable[str]]]] = [
            ("token", lambda: _token(bot)),
            ("clock", lambda: _clock(settings, clock)),
            ("key", lambda: _key(settings)),
            ("database", lambda: _answers(database)),
            ("migrations", lambda: _migrations(database)),
            ("operator group", lambda: _group(bot, database)),
            ("coordinators", lambda: _coordinators(database)),
            ("locales", _locales),
            ("content", lambda: _content(settings)),
            ("organisation", lambda: _organisation(settings)),
        ]
        for name, finding in findings:
            yield await _line(name, finding)
    finally:
        if bot is not None:
            await bot.session.close()
        if database is not None:
            await database.close()


async def _line(name: str, finding: Callable[[], Awaitable[str]]) -> Line:
    try:
        return Line(True, f"ok    {name}: {await finding()}")
    except (Wrong, BadSettings) as error:
        return Line(False, f"MEND  {name}: {error}")
    except SealBroken as error:
        return Line(False, f"MEND  {name}: {error}; set SECRET_KEYS to the keys this database was made with")
    except (SQLAlchemyError, OSError) as error:
        return Line(False, f"MEND  {name}: the database does not answer ({type(error).__name__}); see DATABASE_URL")
    except AiogramError as error:
        return Line(False, f"MEND  {name}: Telegram says no ({type(error).__name__})")


def _bot(settings: Settings) -> Bot | None:
    try:
        return make_bot(settings)
    except BadSettings:
        return None


def _database(settings: Settings) -> Database | None:
    try:
        return make_database(settings)
    except BadSettings:
        return None


async def _token(bot: Bot | None) -> str:
    if bot is None:
        raise Wrong("BOT_TOKEN is missing or not a token; ask @BotFather for one and write it into .env")
    try:
        me = await bot.me()
    except AiogramError as error:
        raise Wrong(f"Telegram refuses it ({type(error).__name__}); see BOT_TOKEN and TELEGRAM_API_URL") from None
    return f"@{me.username}"


async def _clock(settings: Settings, clock: Clock) -> str:
    try:
        patience = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(timeout=patience) as session, session.get(settings.telegram_api_url) as answer:
            theirs = answer.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError):
        raise Wrong(f"{settings.telegram_api_url} does not answer, so the clock can't be compared") from None
    difference = abs(clock() - parsedate_to_datetime(theirs).astimezone(UTC)) if theirs else timedelta(0)
    if difference > CLOCK_MAY_DIFFER:
        raise Wrong(f"this machine is {difference.total_seconds():.0f} s off; switch time synchronisation on")
    return "agrees with Telegram's"


async def _key(settings: Settings) -> str:
    count = len(master_keys(settings))
    return f"{count} in {'SECRET_KEYS' if settings.secret_keys else 'the key file; keep a copy apart from back-ups'}"


async def _answers(database: Database | None) -> str:
    async with _there(database).engine.connect() as connection:
        await connection.execute(sql("SELECT 1"))
    return _there(database).engine.dialect.name


async def _migrations(database: Database | None) -> str:
    if not await migrate.is_newest(_there(database).engine):
        raise Wrong("not all are there yet; they run at the next `zhanynda run`")
    return "all there"


async def _group(bot: Bot | None, database: Database | None) -> str:
    await _migrations(database)
    async with _there(database).unit_of_work() as uow:
        group = await uow.team.group()
    if group is None:
        raise Wrong("none is chosen; add the bot to the group as a coordinator and tap a language there")
    if bot is None:
        raise Wrong("can't be looked at without a token")
    try:
        member = await bot.get_chat_member(group.account, bot.id)
    except AiogramError:
        raise Wrong("the bot is no longer in it; add it again") from None
    if member.status in ("left", "kicked") or getattr(member, "can_send_messages", True) is False:
        raise Wrong("the bot may not write there; allow members to send messages, or make it an administrator")
    if group.language is None:
        raise Wrong("no language is chosen; a coordinator taps one in the group")
    return f"may write there, in {group.language}"


async def _coordinators(database: Database | None) -> str:
    await _migrations(database)
    async with _there(database).unit_of_work() as uow:
        number = len(await uow.people.coordinators())
    if not number:
        raise Wrong("none has opened the bot; run `zhanynda setup-link` and open the link it prints")
    return str(number)


async def _locales() -> str:
    try:
        i18n.check_catalogs()
    except (LookupError, OSError) as error:
        raise Wrong(f"a catalog is not whole ({error})") from None
    return ", ".join(i18n.LANGUAGES)


async def _content(settings: Settings) -> str:
    about = content.taxonomy(tuple(settings.countries))
    for country in settings.countries:
        for number in ("103", "112", "102"):
            try:
                content.service(country, number)
            except LookupError:
                raise Wrong(f"content/services.csv has no {number} of {country} that may be shown") from None
    return f"{len(about.categories)} categories, {len(about.regions)} regions"


async def _organisation(settings: Settings) -> str:
    missing = [
        name.upper()
        for name in ("organisation_name", "organisation_contact", "organisation_storage")
        if not getattr(settings, name)
    ]
    if missing:
        raise Wrong(f"the privacy notice needs {', '.join(missing)}; write them into .env")
    return settings.organisation_name


def _there(database: Database | None) -> Database:
    if database is None:
        raise Wrong("can't be opened without a key")
    return database
