"""The hotline as a process with people around it: a coordinator, lawyers, and help-seekers whose cases are claimed."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app import make_database
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Kind, Piece
from bot.domain.people import Role
from bot.i18n import LANGUAGES, label
from bot.services import queue
from bot.services.opening import open_case
from bot.settings import Settings
from bot.storage import migrate, tables
from bot.storage.engine import Database
from bot.storage.unit_of_work import UnitOfWork
from tests.processes.machine import Json, Process, Sandbox, Starter, until
from tests.stage import KEY

REPEATED = label("ru", "relay.repeated")
READY = label("en", "cli.ready", name="", number="").partition("@")[0] + "@"


@dataclass
class Seeker:
    """A help-seeker: what she wrote, and what was written to her."""

    account: int
    language: str
    code: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Her account in letters: a long number in her words would be masked for the lawyer."""
        return "".join("abcdefghij"[int(digit)] for digit in str(self.account))


@dataclass
class Lawyer:
    """A lawyer, the cases he holds, and in which message of his chat each appeal stands."""

    account: int
    name: str
    seekers: list[Seeker] = field(default_factory=list)
    appeals: dict[str, int] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)


class Hotline:
    """One hotline, started and stopped as often as a test likes, and its people."""

    def __init__(self, starter: Starter, sandbox: Sandbox, database_url: str, folder: Path) -> None:
        self._starter = starter
        self.sandbox = sandbox
        self.folder = folder
        self.settings = Settings(
            _env_file=None,
            bot_token=SecretStr("42:sandbox"),
            database_url=database_url,
            data_dir=folder,
            secret_keys=[SecretStr(KEY)],
        )
        self.starts = 0
        self.slowest_start = 0.0
        self.process: Process | None = None
        self.coordinator = 0
        self.group = 0
        self.lawyers: list[Lawyer] = []
        self.seekers: list[Seeker] = []

    @property
    def env(self) -> dict[str, str]:
        """The settings of the process, as an administrator would write them."""
        return {
            "BOT_TOKEN": "42:sandbox",
            "TELEGRAM_API_URL": self.sandbox.url,
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.settings.database_url,
            "SECRET_KEYS": KEY,
            "COORDINATOR_IDS": str(self.coordinator or ""),
            "DEFAULT_LANGUAGE": "en",
            "ORGANISATION_NAME": "Example Centre",
            "CHAT_PER_SECOND": "30",
            "GROUP_PER_MINUTE": "1000",
            "OVERALL_PER_SECOND": "1000",
        }

    def launch(self, *args: str, **env: str) -> Process:
        """`python -m bot …` with these settings."""
        self.starts += 1
        output = self.folder / f"bot-{self.starts}.log"
        return self._starter.start("bot", *args, folder=self.folder, output=output, **self.env | env)

    async def start(self, **env: str) -> Process:
        """Run it until it is ready."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        self.process = self.launch("run", **env)
        await self.process.says(READY)
        self.slowest_start = max(self.slowest_start, loop.time() - begun)
        return self.process

    @property
    def running(self) -> Process:
        """The process that runs now."""
        assert self.process is not None
        return self.process

    async def close(self) -> None:
        """End what runs."""
        if self.process is not None and self.process.runs:
            await self.process.dies()

    # The people

    async def populate(self, *, lawyers: int, seekers: int, supergroup: bool = True) -> None:
        """A coordinator, a group, lawyers, and help-seekers each with a claimed case; the hotline runs afterwards.

        They are put into the database by the hotline's own services before its first start: it begins by telling
        everybody all of it.
        """
        self.coordinator = await self.sandbox.account("Nurgul")
        self.group = await self.sandbox.group("Operators", supergroup=supergroup)
        self.lawyers = [Lawyer(await self.sandbox.account(f"Lawyer{n}"), f"Duty {n}") for n in range(1, lawyers + 1)]
        self.seekers = [
            Seeker(await self.sandbox.account(f"Seeker{n}"), LANGUAGES[n % len(LANGUAGES)]) for n in range(seekers)
        ]
        everybody = [self.coordinator, *(one.account for one in self.lawyers), *(her.account for her in self.seekers)]
        await self.sandbox.act(
            {"account": self.coordinator, "do": "adds_bot", "group": self.group, "admin": True},
            *({"account": account, "do": "start"} for account in everybody),
        )
        await self.sandbox.forget_updates()
        async with self.database() as database:
            await migrate.upgrade(database.engine)
            async with database.unit_of_work() as uow:
                await self._team(uow)
            for number, her in enumerate(self.seekers):
                async with database.unit_of_work() as uow:
                    await self._claimed(uow, self.lawyers[number % lawyers], her)
        await self.start()
        await self.rests(lasts(30, 180))
        for lawyer in self.lawyers:
            await self._find_appeals(lawyer)

    async def _team(self, uow: UnitOfWork) -> None:
        await uow.groups.choose(self.group, "ru")
        roles = {self.coordinator: (Role.COORDINATOR, None)} | {
            each.account: (Role.LAWYER, each.name) for each in self.lawyers
        }
        for account, (role, name) in roles.items():
            person = await uow.people.by_account(account)
            await uow.people.set(person, language="ru", started=True)
            await uow.people.set_role(person, role, name)

    async def _claimed(self, uow: UnitOfWork, lawyer: Lawyer, her: Seeker) -> None:
        person = await uow.people.by_account(her.account)
        await uow.people.set(person, language=her.language, started=True, seen_at=uow.now)
        her.said.append(_words(her, 0))
        await uow.drafts.begin(person.id)
        await uow.drafts.add_words(person.id, -1, Piece(Kind.TEXT, her.said[0]))
        case = await open_case(uow, self.settings, await uow.people.get(person.id), {}, urgency=None)
        await queue.claim(uow, self.settings, case.file.code, await uow.people.by_account(lawyer.account))
        her.code = case.file.code
        lawyer.seekers.append(her)
        lawyer.said[her.code] = []

    async def _find_appeals(self, lawyer: Lawyer) -> None:
        for message in await self.sandbox.chat(lawyer.account):
            if message["from_bot"] and message["buttons"]:
                lawyer.appeals |= {her.code: message["id"] for her in lawyer.seekers if her.code in message["text"]}

    async def says(self, account: int, words: str) -> str | None:
        """The last message to somebody, if these words stand in it."""
        last = [message for message in await self.sandbox.chat(account, 10) if message["from_bot"]][-1:]
        return last[0]["text"] if last and words in (last[0]["text"] or "") else None

    async def seen(self, account: int, words: str) -> bool:
        """True when these words stand in what the bot has said to somebody."""
        chat = await self.sandbox.chat(account)
        return any(message["from_bot"] and words in (message["text"] or "") for message in chat)

    async def tap(self, account: int, words: str, group: int | None = None) -> None:
        """Tap the newest button with these words as soon as it is there."""
        place = group or account

        async def there() -> int | None:
            for message in reversed(await self.sandbox.chat(place, 20)):
                if any(button["text"] == words for row in message["buttons"] for button in row):
                    return int(message["id"])
            return None

        on = await until(f"a button {words!r}", there)
        act: Json = {"account": account, "do": "taps", "label_or_data": words, "on": on}
        await self.sandbox.act(act | ({"group": group} if group else {}))

    # What they write

    def writes(self, her: Seeker) -> Json:
        """Her next numbered message."""
        words = _words(her, len(her.said))
        her.said.append(words)
        return {"account": her.account, "do": "says", "text": words}

    def answers(self, lawyer: Lawyer, her: Seeker) -> Json:
        """His next numbered answer to her."""
        said = lawyer.said[her.code]
        words = f"{lawyer.name} {her.code} {len(said)}"
        said.append(words)
        reply_to = lawyer.appeals[her.code]
        return {"account": lawyer.account, "do": "says", "text": words, "reply_to": reply_to}

    # What became of it

    async def rests(self, seconds: float = 30.0) -> None:
        """Wait until every update is confirmed (so its effects are committed) and nothing is left to be said."""

        async def quiet() -> bool:
            return not await self.sandbox.pending() and not {"waiting", "sending"} & set(await self.outbox())

        await until("the hotline at rest", quiet, lasts(seconds, 6 * seconds), every=0.1)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """The database as the hotline's own code opens it."""
        database = make_database(self.settings)
        try:
            yield database
        finally:
            await database.close()

    async def threads(self) -> dict[str, dict[Author, list[str]]]:
        """By case and author, everything the database holds, in order."""
        kept: dict[str, dict[Author, list[str]]] = {}
        async with self.database() as database, database.unit_of_work() as uow:
            for her in self.seekers:
                entries = await uow.threads.of(CaseCode(her.code))
                kept[her.code] = {author: [e.piece.text for e in entries if e.author is author] for author in Author}
        return kept

    async def outbox(self) -> dict[str, int]:
        """How many messages are in each state."""
        async with self.database() as database, database.unit_of_work() as uow:
            return await uow.outbox.count()

    async def set_aside(self) -> int:
        """How many updates could not be handled."""
        async with self.database() as database, database.unit_of_work() as uow:
            rows = await uow.read(select(func.count()).select_from(tables.set_aside))
            return int(rows[0][0])


def _words(her: Seeker, number: int) -> str:
    return f"{her.name} says {number}"


LONG = "ZHANYNDA_CHAOS_ROUNDS" in os.environ
"""Whether this run may take its time."""


def rounds(short: int) -> int:
    """How many rounds of chaos this run may take."""
    return int(os.environ.get("ZHANYNDA_CHAOS_ROUNDS", short))


def lasts(short: float, long: float = 30.0) -> float:
    """Seconds that an outage lasts; the long form takes its time."""
    return long if LONG else short


def crowd(few: int) -> int:
    """How many help-seekers: in the long form so many that nobody has written too much before the last round."""
    return 48 if LONG else few


EITHER = ["sqlite", "postgresql"] if LONG else ["sqlite"]
same_on_both = pytest.mark.parametrize("database_url", EITHER, indirect=True)
"""For tests in which the database has no part: both are tried in the long form alone."""
