"""Danger now: one tap, before any form, consent or region."""

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message

from bot.domain.danger import DangerKind
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import label
from bot.services import danger as service
from bot.services import screening
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import CallFrom, Go, InDanger, Place
from handlers.filters import Command, Private
from handlers.taps import To

OLD = {Place.HELD: DangerKind.HELD, Place.CRISIS: DangerKind.SUICIDE}
"""What buttons of earlier versions stand for; they may be in a chat for as long as she keeps it."""


def router() -> Router:
    """Commands and buttons that help at once."""
    router = Router(name="danger")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(danger, Command("now", "danger", "112", "sos"))
    router.callback_query.register(danger, Go.filter(), To(Place.DANGER))
    router.callback_query.register(kinds, Go.filter(), To(Place.KINDS))
    router.callback_query.register(kind_of_danger, InDanger.filter())
    router.callback_query.register(kind_of_old, Go.filter(), To(Place.HELD, Place.CRISIS))
    router.callback_query.register(warn_nobody, Go.filter(), To(Place.UNWARN))
    router.callback_query.register(duty, Go.filter(), To(Place.DUTY))
    router.callback_query.register(duty_from, CallFrom.filter())
    return router


async def danger(
    event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings, topic: CaseCode | None
) -> None:
    """The numbers, whoever asks; the tap itself is answered too, for the button may sit far above."""
    if isinstance(event, CallbackQuery):
        uow.fleeting.append(
            AnswerCallbackQuery(callback_query_id=event.id, text=label(person.language, "danger.below"))
        )
    await service.show(uow, settings, person, topic=topic)


async def kinds(event: CallbackQuery, uow: UnitOfWork, person: Person, topic: CaseCode | None) -> None:
    """What is happening?"""
    await service.show_kinds(uow, person, topic)


async def kind_of_danger(
    event: CallbackQuery,
    callback_data: InDanger,
    uow: UnitOfWork,
    person: Person,
    settings: Settings,
    topic: CaseCode | None,
) -> None:
    """This is happening."""
    await service.show_kind(uow, settings, person, callback_data.kind, topic=topic)


async def kind_of_old(
    event: CallbackQuery,
    callback_data: Go,
    uow: UnitOfWork,
    person: Person,
    settings: Settings,
    topic: CaseCode | None,
) -> None:
    """The same from a screen that has stood in her chat since before there were more kinds."""
    await service.show_kind(uow, settings, person, OLD[callback_data.to], topic=topic)


async def warn_nobody(event: CallbackQuery, uow: UnitOfWork, person: Person, topic: CaseCode | None) -> None:
    """Nobody is to be warned."""
    await screening.warn_nobody(uow, person, topic)


async def duty(
    event: CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings, topic: CaseCode | None
) -> None:
    """Call the lawyer on duty."""
    await service.call_duty(uow, settings, person, topic)


async def duty_from(
    event: CallbackQuery,
    callback_data: CallFrom,
    uow: UnitOfWork,
    person: Person,
    settings: Settings,
    topic: CaseCode | None,
) -> None:
    """Call the lawyer on duty, and say from what."""
    await service.call_duty(uow, settings, person, topic, callback_data.kind)
