"""The lawyer's doors to the agenda: by buttons, by the calendar, by a date in his own words."""

from datetime import time

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.agenda import at
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import agenda, deadlines
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.agenda_buttons import (
    AgendaPage,
    Blank,
    DeadlineOf,
    PlanAt,
    PlanDay,
    PlanHour,
    PlanIn,
    PlannedAct,
    PlannedDoes,
    PlanWords,
)
from bot.telegram.callbacks import Act, CaseAct
from handlers.filters import AnyCommand, Command, OnTheTeam, Private
from handlers.incoming import replied_to
from handlers.taps import Doing, tapped_on


class Writes(BaseFilter):
    """An answer to when, or what for: by a reply, by editing it, or simply next; not in another case's topic."""

    async def __call__(
        self, event: Message, person: Person, uow: UnitOfWork, topic: CaseCode | None
    ) -> bool | dict[str, str]:
        chat, replied = uow.cipher.lookup("account", person.account), replied_to(event)
        stands = await uow.threads.shown(chat, event.message_id) if event.edit_date else None
        stands = stands or (await uow.threads.shown(chat, replied) if replied is not None else None)
        asked = stands.slot if stands is not None else (person.awaiting or "")
        here = stands is not None or topic is None or f":{topic}:" in asked
        return bool(event.text) and here and asked.startswith(agenda.AWAITED) and {"asked": asked}


class Does(BaseFilter):
    """A button that does one of these with something planned."""

    def __init__(self, *acts: PlannedAct) -> None:
        self._acts = acts

    async def __call__(self, event: CallbackQuery, callback_data: PlannedDoes) -> bool:
        return callback_data.act in self._acts


class OnDay(BaseFilter):
    """A day of the calendar, not only a month."""

    async def __call__(self, event: CallbackQuery, callback_data: PlanDay) -> bool:
        return callback_data.day > 0


def router() -> Router:
    """Before the conversation: what was asked for is no word in a case."""
    router = Router(name="agenda")
    router.message.filter(Private(), OnTheTeam())
    router.edited_message.filter(Private(), OnTheTeam())
    router.callback_query.filter(Private())
    router.message.register(show_all, Command("agenda"))
    router.message.register(written, ~AnyCommand(), Writes())
    router.edited_message.register(written, ~AnyCommand(), Writes())
    router.callback_query.register(ask, CaseAct.filter(), Doing(Act.REMIND))
    router.callback_query.register(choose, CaseAct.filter(), Doing(Act.DEADLINE))
    router.callback_query.register(plan_in, PlanIn.filter())
    router.callback_query.register(on_day, PlanDay.filter(), OnDay())
    router.callback_query.register(month, PlanDay.filter())
    router.callback_query.register(hour, PlanHour.filter())
    router.callback_query.register(ask_words, PlanWords.filter())
    router.callback_query.register(plan_at, PlanAt.filter())
    router.callback_query.register(since, DeadlineOf.filter())
    router.callback_query.register(turned, AgendaPage.filter())
    router.callback_query.register(show, PlannedDoes.filter(), Does(PlannedAct.SHOW))
    router.callback_query.register(done, PlannedDoes.filter(), Does(PlannedAct.DONE))
    router.callback_query.register(drop, PlannedDoes.filter(), Does(PlannedAct.DROP))
    router.callback_query.register(ask_why, PlannedDoes.filter(), Does(PlannedAct.WHY))
    router.callback_query.register(put_off, PlannedDoes.filter(), Does(PlannedAct.TOMORROW, PlannedAct.WEEK))
    router.callback_query.register(nothing, Blank.filter())
    return router


async def show_all(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Everything that is due."""
    await agenda.show_all(uow, settings, person)


async def turned(
    event: CallbackQuery, callback_data: AgendaPage, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Another page of it."""
    await agenda.show_all(uow, settings, person, callback_data.page, tapped_on(event))


async def written(message: Message, uow: UnitOfWork, person: Person, settings: Settings, asked: str) -> None:
    """When, or what for."""
    await agenda.write(uow, settings, person, asked, message.text or "", message.message_id)


async def ask(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """When?"""
    await agenda.ask(uow, settings, person, CaseCode(callback_data.code), tapped_on(event))


async def choose(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Which deadline?"""
    await deadlines.choose(uow, settings, person, CaseCode(callback_data.code), tapped_on(event))


async def since(
    event: CallbackQuery, callback_data: DeadlineOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Since when?"""
    to, note = callback_data, deadlines.from_what_happened if callback_data.happened else deadlines.ask_start
    await note(uow, settings, person, CaseCode(to.code), to.of, tapped_on(event))


async def plan_in(
    event: CallbackQuery, callback_data: PlanIn, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """In so many days."""
    to = callback_data
    await agenda.plan_in(uow, settings, person, CaseCode(to.code), to.days, tapped_on(event))


async def month(
    event: CallbackQuery, callback_data: PlanDay, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Another month."""
    to = callback_data
    await agenda.show_month(uow, settings, person, CaseCode(to.code), to.of, to.on, tapped_on(event))


async def on_day(
    event: CallbackQuery, callback_data: PlanDay, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """A day: its hours, or a deadline from it."""
    to, go = callback_data, deadlines.from_day if callback_data.of else agenda.show_hours
    await go(uow, settings, person, CaseCode(to.code), to.of, to.on, tapped_on(event))


async def hour(
    event: CallbackQuery, callback_data: PlanHour, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """An hour of it."""
    to, code = callback_data, CaseCode(callback_data.code)
    moment = at(to.on, time(to.hour), settings.zone)
    if to.of:
        await deadlines.note(uow, settings, person, code, to.of, moment, tapped_on(event))
    else:
        await agenda.plan(uow, settings, person, code, moment, tapped_on(event))


async def ask_words(event: CallbackQuery, callback_data: PlanWords, uow: UnitOfWork, person: Person) -> None:
    """He writes when."""
    await agenda.ask_words(uow, person, CaseCode(callback_data.code))


async def plan_at(
    event: CallbackQuery, callback_data: PlanAt, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """That is what he meant."""
    to = callback_data
    await agenda.plan_at(uow, settings, person, CaseCode(to.code), to.minutes, tapped_on(event))


async def show(
    event: CallbackQuery, callback_data: PlannedDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """One thing."""
    await agenda.show(uow, settings, person, callback_data.id)


async def done(
    event: CallbackQuery, callback_data: PlannedDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Done."""
    await agenda.done(uow, settings, person, callback_data.id, tapped_on(event))


async def drop(
    event: CallbackQuery, callback_data: PlannedDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """By mistake."""
    await agenda.drop(uow, settings, person, callback_data.id, tapped_on(event))


async def put_off(
    event: CallbackQuery, callback_data: PlannedDoes, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Tomorrow, or in a week."""
    to = callback_data
    await agenda.put_off(uow, settings, person, to.id, int(to.act), tapped_on(event))


async def ask_why(event: CallbackQuery, callback_data: PlannedDoes, uow: UnitOfWork, person: Person) -> None:
    """What for?"""
    await agenda.ask_why(uow, person, callback_data.id)


async def nothing(event: CallbackQuery) -> None:
    """A place in the calendar that leads nowhere."""
