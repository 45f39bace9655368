"""`zhanynda check`: what a hotline needs, each line ok or with what to do, in DEFAULT_LANGUAGE."""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

import aiohttp
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError

from bot import articles, content, i18n
from bot.app import make_bot, make_database
from bot.clock import Clock
from bot.domain.directory import named_by
from bot.domain.groups import Group
from bot.jobs import NotStarted
from bot.keys import key_file, master_keys, on_older_keys
from bot.settings import BadSettings, Settings
from bot.storage import migrate
from bot.storage.age import read_recipients
from bot.storage.away import disk
from bot.storage.cipher import SealBroken
from bot.storage.engine import Database
from bot.storage.erased import ErasureList
from bot.telegram import profile

Made = TypeVar("Made")

CLOCK_MAY_DIFFER = timedelta(seconds=30)
BACKED_UP_EVERY = timedelta(days=7)


class Wrong(BadSettings):
    """Something a hotline needs is not there. A text key says what to do."""


@dataclass(frozen=True)
class Line:
    """One finding."""

    ok: bool
    text: str


@dataclass(frozen=True)
class _Hotline:
    """What is looked at; where there is no bot or no database, why not."""

    settings: Settings
    clock: Clock
    bot: Bot | BadSettings
    database: Database | BadSettings

    def say(self, key: str, /, **params: object) -> str:
        return i18n.label(self.settings.default_language, key, **params)


async def check_all(settings: Settings, clock: Clock) -> AsyncIterator[Line]:
    """Everything of CHECKS, in this order."""
    hotline = _Hotline(settings, clock, _made(make_bot, settings), _made(make_database, settings))
    try:
        for name in CHECKS:
            yield await _line(hotline, name)
    finally:
        if isinstance(hotline.bot, Bot):
            await hotline.bot.session.close()
        if isinstance(hotline.database, Database):
            await hotline.database.close()


def reason(error: Exception) -> BadSettings | None:
    """What an administrator can do about an error; None when it is one for developers."""
    match error:
        case BadSettings():
            return error
        case ExceptionGroup(exceptions=[Exception() as only]):
            return reason(only)
        case NotStarted():
            return Wrong("cli.job.not_started", names=", ".join(error.names))
        case SealBroken():
            return Wrong("cli.key.wrong")
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Wrong("cli.token.refused")
        case AiogramError():
            return Wrong("cli.telegram.silent", why=type(error).__name__)
        case _ if (found := disk(error)) is not None:
            return Wrong(f"cli.disk.{found}")
        case OSError(filename=str(path)):
            return Wrong("cli.file.unreadable", path=path, why=errno.errorcode.get(error.errno or 0, "OSError"))
        case SQLAlchemyError() | OSError():
            return Wrong("cli.database.silent", why=type(error).__name__)
        case _:
            return None


async def _line(hotline: _Hotline, name: str) -> Line:
    try:
        ok, found = True, await CHECKS[name](hotline)
    except Exception as error:
        wrong = reason(error)
        if wrong is None:
            raise
        ok, found = False, hotline.say(wrong.key, **wrong.params)
    words = [hotline.say("cli.ok"), hotline.say("cli.mend")]
    verdict = words[not ok].ljust(max(map(len, words)))
    return Line(ok, f"{verdict}  {hotline.say(f'cli.check.{name}')}: {found}")


def _made(make: Callable[[Settings], Made], settings: Settings) -> Made | BadSettings:
    try:
        return make(settings)
    except BadSettings as why:
        return why


def _there(made: Made | BadSettings) -> Made:
    if isinstance(made, BadSettings):
        raise made
    return made


async def _token(hotline: _Hotline) -> str:
    me = await _there(hotline.bot).me()
    return f"@{me.username}"


async def _profile(hotline: _Hotline) -> str:
    word = await profile.telling_word(_there(hotline.bot))
    if word is not None:
        raise Wrong("cli.profile.telling", word=word)
    return hotline.say("cli.profile.neutral")


async def _clock(hotline: _Hotline) -> str:
    try:
        patience = aiohttp.ClientTimeout(total=10)
        async with (
            aiohttp.ClientSession(timeout=patience) as session,
            session.get(hotline.settings.telegram_api_url) as answer,
        ):
            theirs = answer.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError):
        raise Wrong("cli.clock.unknown") from None
    difference = abs(hotline.clock() - parsedate_to_datetime(theirs).astimezone(UTC)) if theirs else timedelta(0)
    if difference > CLOCK_MAY_DIFFER:
        raise Wrong("cli.clock.off", seconds=f"{difference.total_seconds():.0f}")
    return hotline.say("cli.clock.right")


async def _key(hotline: _Hotline) -> str:
    number = len(master_keys(hotline.settings))
    if hotline.settings.secret_keys:
        return hotline.say("cli.key.kept", number=number)
    return hotline.say("cli.key.in_file", path=key_file(hotline.settings), number=number)


async def _older_keys(hotline: _Hotline) -> str:
    await _migrations(hotline)
    number = await on_older_keys(_there(hotline.database))
    several = len(master_keys(hotline.settings)) > 1
    return hotline.say("cli.key.older" if number else "cli.key.droppable" if several else "cli.key.one", number=number)


async def _answers(hotline: _Hotline) -> str:
    engine = _there(hotline.database).engine
    async with engine.connect() as connection:
        await connection.execute(sql("SELECT 1"))
    return engine.dialect.name


async def _migrations(hotline: _Hotline) -> str:
    if not await migrate.is_newest(_there(hotline.database).engine):
        raise Wrong("cli.migrations.missing")
    return hotline.say("cli.migrations.whole")


async def _group(hotline: _Hotline) -> str:
    await _migrations(hotline)
    async with _there(hotline.database).unit_of_work() as uow:
        groups = await uow.groups.all()
    if not groups:
        raise Wrong("cli.group.none")
    found = [await _one_group(hotline, group) for group in groups]
    said = found[0].text if len(found) == 1 else "; ".join(f"{at}: {each.text}" for at, each in enumerate(found, 1))
    if not all(each.ok for each in found):
        raise Wrong("cli.group.wrong", found=said)
    return said


async def _one_group(hotline: _Hotline, group: Group) -> Line:
    bot = _there(hotline.bot)
    try:
        chat, member = await bot.get_chat(group.account), await bot.get_chat_member(group.account, bot.id)
    except (TelegramBadRequest, TelegramForbiddenError):
        return Line(False, hotline.say("cli.group.left"))
    all_write = chat.permissions is None or chat.permissions.can_send_messages is not False
    if member.status in ("left", "kicked"):
        return Line(False, hotline.say("cli.group.left"))
    if getattr(member, "can_send_messages", True) is False or (member.status == "member" and not all_write):
        return Line(False, hotline.say("cli.group.silent"))
    if chat.username:
        return Line(False, hotline.say("cli.group.public"))
    if group.language is None:
        return Line(False, hotline.say("cli.group.no_language"))
    return Line(True, hotline.say("cli.group.chosen", language=hotline.say(f"language.{group.language}")))


async def _coordinators(hotline: _Hotline) -> str:
    await _migrations(hotline)
    async with _there(hotline.database).unit_of_work() as uow:
        number = len(await uow.people.coordinators())
    if not number:
        raise Wrong("cli.coordinators.none")
    return str(number)


async def _locales(hotline: _Hotline) -> str:
    try:
        i18n.check_catalogs()
    except LookupError as error:
        raise Wrong("cli.locales.broken", why=str(error)) from None
    return ", ".join(i18n.LANGUAGES)


async def _content(hotline: _Hotline) -> str:
    about = content.taxonomy(tuple(hotline.settings.countries))
    shown = {each.id for each in content.services() if each.shown}
    for country in hotline.settings.countries:
        for number in ("103", "112", "102"):
            if named_by(country, number) not in shown:
                raise Wrong("cli.content.no_service", number=number, country=country)
    return hotline.say("cli.content.whole", categories=len(about.categories), regions=len(about.regions))


async def _articles(hotline: _Hotline) -> str:
    try:
        return str(len(articles.read_all()))
    except articles.BrokenArticle as error:
        raise Wrong("cli.articles.broken", name=str(error)) from None


async def _organisation(hotline: _Hotline) -> str:
    missing = [
        name.upper()
        for name in ("organisation_name", "organisation_contact", "organisation_storage")
        if not getattr(hotline.settings, name)
    ]
    if missing:
        raise Wrong("cli.organisation.missing", names=", ".join(missing))
    return hotline.settings.organisation_name


async def _backup(hotline: _Hotline) -> str:
    """The last mark on the erasure list is that of the last back-up."""
    settings = hotline.settings
    read_recipients(settings.backup_recipients)
    try:
        made = sorted(ErasureList(settings.erasures).read().backups.values())
    except OSError:
        made = []
    if not made:
        raise Wrong("cli.backup.none_yet")
    day = made[-1]
    said = i18n.date_in(settings.default_language, day)
    if hotline.clock().date() - day > BACKED_UP_EVERY:
        raise Wrong("cli.backup.old", day=said)
    return hotline.say("cli.backup.last", day=said)


CHECKS: dict[str, Callable[[_Hotline], Awaitable[str]]] = {
    "token": _token,
    "clock": _clock,
    "key": _key,
    "database": _answers,
    "migrations": _migrations,
    "older_keys": _older_keys,
    "group": _group,
    "coordinators": _coordinators,
    "locales": _locales,
    "content": _content,
    "articles": _articles,
    "organisation": _organisation,
    "profile": _profile,
    "backup": _backup,
}
"""What is looked at, by name."""
