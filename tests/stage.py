"""The stage: the whole hotline against a Telegram of our own, with people who tap and write."""

import asyncio
import html
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select

from bot.app import Hotline, make_bot, make_database
from bot.clock import system_chance
from bot.domain.case import Case
from bot.domain.groups import Takes
from bot.domain.ids import CaseCode
from bot.domain.order import Material
from bot.domain.questionnaire import QUESTIONS
from bot.i18n import label, text
from bot.jobs import once
from bot.press import printed
from bot.services import team
from bot.settings import Settings
from bot.storage import tables
from bot.telegram.messages.common import answer_name
from handlers import routers
from sandbox.chats import Group
from sandbox.message import Message
from sandbox.people import Account
from sandbox.server import RunningServer, serve
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram
from tests.clock import StandingClock

KEY = "a2V5LWZvci10ZXN0cy1vbmx5LWtleS1mb3ItdGVzdHM="


def plain(language: str | None, key: str, **params: object) -> str:
    """A text as it stands on the screen: its markup is gone."""
    return html.unescape(re.sub(r"<[^>]+>", "", text(language, key, **params)))


async def _rendered(material: Material) -> bytes:
    """What is ordered is made on the stage itself: a process of its own each time would take a second more."""
    return printed(material)


class Actor:
    """Somebody with the app: taps and writes, and the hotline answers before the next move."""

    def __init__(self, stage: "Stage", account: Account, language: str) -> None:
        self.stage = stage
        self.account = account
        self.language = language

    async def starts(self, payload: str | None = None) -> None:
        self.account.start(payload)
        await self.stage.settle()

    async def chooses_language(self) -> None:
        await self.starts()
        self.account.taps(label(self.language, f"language.{self.language}"))
        await self.stage.settle()

    async def says(self, words: str, **more: Any) -> Message:
        message = self.account.says(words, **more)
        await self.stage.settle()
        return message

    async def sends(self, kind: str, **more: Any) -> Message:
        message = self.account.sends(kind, **more)
        await self.stage.settle()
        return message

    async def edits(self, message: Message, words: str) -> None:
        self.account.edits(message, words)
        await self.stage.settle()

    async def taps(self, key: str, *, group: Group | None = None, on: Message | None = None, **params: object) -> None:
        """Tap the newest button with the text of this key; in a group, in the group's language."""
        language = self.stage.group_language if group is not None else self.language
        await self.taps_label(label(language, key, **params), group=group, on=on)

    async def taps_label(self, words: str, *, group: Group | None = None, on: Message | None = None) -> None:
        self.account.taps(words, chat=group, on=on)
        await self.stage.settle()

    async def answers(self, question: str, option: str) -> None:
        """Answer the question on the screen."""
        wanted = answer_name(self.language, question, option)
        for _ in range(3):
            shown = next(
                (each for each in reversed(self.account.messages) if f"a:{question}:" in str(each.buttons)), None
            )
            if shown is None or wanted in shown.labels:
                break
            await self.taps("button.more", on=shown)
        await self.taps_label(wanted)

    async def skips(self, times: int = 1) -> None:
        for _ in range(times):
            await self.taps("button.skip")

    async def forges(self, data: str, *, group: Group | None = None) -> None:
        """Tap a button that was never shown."""
        message = group.last if group is not None else self.account.last
        self.account.taps(data, on=message, chat=group, by="data")
        await self.stage.settle()

    @property
    def sees(self) -> list[str]:
        """Every text in the private chat, oldest first."""
        return [message.text or message.caption for message in self.account.messages]

    @property
    def last(self) -> str:
        """The newest text from the bot."""
        return self.account.last.text or self.account.last.caption

    @property
    def alerts(self) -> list[str]:
        """What popped up after a tap."""
        return [alert.text for alert in self.account.alerts if alert.text]

    @property
    def chat(self) -> str:
        """The whole chat as one text."""
        return "\n".join(self.sees)

    def says_now(self, key: str, **params: object) -> bool:
        """True when the newest text from the bot holds this key's text."""
        return plain(self.language, key, **params) in self.last

    def seen(self, key: str, **params: object) -> bool:
        """True when a text of this key stands in the chat."""
        wanted = plain(self.language, key, **params)
        return any(wanted in seen for seen in self.sees)


class Stage:
    """One hotline, one Telegram, one clock."""

    def __init__(self, database_url: str, data_dir: Path, *, topics: bool = False, **settings: object) -> None:
        self.clock = StandingClock()
        self.telegram = Telegram(clock=self.clock, topics=topics)
        values: dict[str, object] = {
            "bot_token": SecretStr(self.telegram.token),
            "database_url": database_url,
            "data_dir": data_dir,
            "secret_keys": KEY,
            "organisation_name": "Example Centre",
        }
        self.settings = Settings(_env_file=None, **values | settings)  # type: ignore[arg-type]
        self.server: RunningServer | None = None
        self._assemble()
        self.group = self.telegram.group("Operators")
        self.group_language = "ru"
        self._accounts = 0

    async def restart(self) -> None:
        """The process ends and a new one begins on the same database."""
        await self.hotline.close()
        self._assemble()
        await self.hotline.prepare()

    async def over_http(self) -> None:
        """From now on every call goes over real HTTP to a server on this machine."""
        self.server = await serve(self.telegram)
        self.settings.telegram_api_url = self.server.url
        await self.hotline.close()
        self._assemble()

    def _assemble(self) -> None:
        session = None if self.server else SandboxSession(self.telegram)
        self.bot = make_bot(self.settings, session)
        self.database = make_database(self.settings, self.clock, system_chance, self.clock.steady)
        self.hotline = Hotline(self.settings, routers(), self.bot, self.database, _rendered)

    def actor(self, language: str, first_name: str | None = None) -> Actor:
        """Somebody new."""
        self._accounts += 1
        name = first_name or f"Person{self._accounts}"
        account = self.telegram.account(name, username=f"user_{name.lower()}", language_code=language)
        return Actor(self, account, language)

    async def coordinator(self, language: str = "ru") -> Actor:
        """A coordinator made by the set-up link, who has chosen a language."""
        actor = self.actor(language)
        async with self.database.unit_of_work() as uow:
            token = await team.setup_link(uow)
        await actor.starts(token)
        actor.account.taps(label(language, f"language.{language}"))
        await self.settle()
        return actor

    async def choose_group(self, coordinator: Actor, language: str = "ru") -> Group:
        """The coordinator brings the bot into the group and taps its language."""
        self.group_language = language
        coordinator.account.joins(self.group)
        coordinator.account.adds_bot(self.group)
        await self.settle()
        await coordinator.taps_label(label(language, f"language.{language}"), group=self.group)
        return self.group

    async def other_group(self, coordinator: Actor, language: str = "ru", **takes: tuple[str, ...]) -> Group:
        """One more operator group, for these languages, regions and categories."""
        group = self.telegram.group("Second operators")
        coordinator.account.joins(group)
        coordinator.account.adds_bot(group)
        await self.settle()
        await coordinator.taps_label(label(language, f"language.{language}"), group=group)
        async with self.database.unit_of_work() as uow:
            chosen = await uow.groups.at(group.id)
            assert chosen is not None
            await uow.groups.take(chosen, Takes(**takes))
        return group

    async def lawyer(self, coordinator: Actor, language: str = "ru", name: str = "Duty 1") -> Actor:
        """A lawyer who came by a one-time link and has chosen a language."""
        return await self._invited(coordinator, "button.invite_lawyer", language, name)

    async def observer(self, coordinator: Actor, language: str = "ru", name: str = "Numbers") -> Actor:
        """An observer who came the same way."""
        return await self._invited(coordinator, "button.invite_observer", language, name)

    async def _invited(self, coordinator: Actor, button: str, language: str, name: str) -> Actor:
        await coordinator.starts()
        await coordinator.taps(button)
        await coordinator.says(name)
        token = coordinator.last.rsplit("start=", 1)[1].split()[0]
        actor = self.actor(language)
        actor.account.joins(self.group)
        await actor.starts(token)
        actor.account.taps(label(language, f"language.{language}"))
        await self.settle()
        return actor

    async def opened(self, language: str = "ru") -> tuple[Actor, Actor]:
        """A coordinator with a group, and a lawyer: ready to help."""
        coordinator = await self.coordinator(language)
        await self.choose_group(coordinator, language)
        return coordinator, await self.lawyer(coordinator, language)

    async def appeal(self, her: Actor, words: str = "…", **answers: str) -> CaseCode:
        """She writes a few words and sends them; the code of her case."""
        await her.says(words)
        if answers:
            await her.taps("button.questions")
            for question in QUESTIONS:
                if question.key in answers:
                    await her.answers(question.key, answers[question.key])
                    if label(her.language, "button.continue") in her.account.last.labels:
                        await her.taps("button.continue")
                elif her.says_now(f"question.{question.key}") or (question.written and her.says_now("words.more")):
                    await her.skips()
        await her.taps("button.send")
        return await self.newest_case()

    async def newest_case(self) -> CaseCode:
        async with self.database.unit_of_work() as uow:
            rows = await uow.read(select(tables.cases.c.code).order_by(tables.cases.c.submitted_at.desc()).limit(1))
        return CaseCode(rows[0].code)

    async def case(self, code: CaseCode) -> Case | None:
        async with self.database.unit_of_work() as uow:
            return await uow.cases.find(code)

    async def claimed(self, language: str = "ru") -> tuple[Actor, Actor, CaseCode]:
        """A help-seeker, a lawyer who holds her case, and its code."""
        _, lawyer = await self.opened()
        her = await self.seeker(language)
        code = await self.appeal(her, "…")
        await lawyer.taps("button.claim", group=self.group)
        return her, lawyer, code

    async def seeker(self, language: str, first_name: str | None = None) -> Actor:
        """A help-seeker who has chosen a language and read the notice."""
        actor = self.actor(language, first_name)
        await actor.chooses_language()
        await actor.taps("button.continue")
        return actor

    async def settle(self) -> None:
        """Until nothing is left to take in or to send; the clock moves only as far as the pace asks."""
        for _ in range(2000):
            taken = await self.hotline.polling.once(timeout=0)
            sent = await self.deliver()
            if not taken and not sent and not await self._paced():
                return
        raise AssertionError("the hotline does not come to rest")

    async def deliver(self) -> int:
        """One pass of the delivery, to its end."""
        async with asyncio.TaskGroup() as tasks:
            done = await self.hotline.delivery.send_due(tasks)
            await self.hotline.delivery.settle()
        return done

    async def later(self, **span: float) -> None:
        """Time passes; what is due happens."""
        self.clock.advance(**span)
        for job in self.hotline.jobs:
            while await once(self.database, job) and job.every < timedelta(minutes=30):
                await self.settle()
        await self.settle()

    async def _paced(self) -> bool:
        """Move the clock to the next turn when something waits only for the pace or for an album to settle."""
        if self.hotline.delivery.busy:
            return True
        async with self.database.unit_of_work() as uow:
            due = await uow.outbox.next_due()
        if due is None or (due - self.clock()).total_seconds() > 5:
            return False
        turn = self.hotline.delivery._pace.next_turn(self.clock.steady())
        waits = due - self.clock() if due > self.clock() else turn - self.clock.steady() if turn else timedelta(0)
        self.clock.advance(seconds=min(max(waits.total_seconds(), 0.01), 60))
        return True

    def menus(self) -> list[tuple[str, list[dict[str, str]]]]:
        """What setMyCommands left, by scope."""
        return [(scope, list(commands)) for (scope, _), commands in self.telegram.commands.items()]

    async def close(self) -> None:
        await self.hotline.close()
        if self.server is not None:
            await self.server.stop()
