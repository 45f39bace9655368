"""The doors to charts and reports."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import label
from bot.services import orders, reporting
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.report_buttons import ChartOf, ReportDays, ReportFor, ReportOf
from handlers.filters import AnyCommand, Command, Private
from handlers.incoming import replied_to
from handlers.taps import tapped_on


class TypesDays(BaseFilter):
    """Somebody who was asked for days, and writes; not in the topic of a case, nor as a reply to anything."""

    async def __call__(self, event: Message, person: Person, topic: CaseCode | None) -> bool:
        asked = person.on_the_team and person.awaiting == reporting.AWAITED
        return asked and bool(event.text) and topic is None and replied_to(event) is None


def router() -> Router:
    """Before the conversation: what was asked for is no word in a case."""
    router = Router(name="reporting")
    router.message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(typed, ~AnyCommand(), TypesDays())
    router.message.register(start, Command("report"))
    router.callback_query.register(choose, ReportFor.filter())
    router.callback_query.register(ask_days, ReportDays.filter())
    router.callback_query.register(put_together, ReportOf.filter())
    router.callback_query.register(chart, ChartOf.filter())
    return router


async def start(message: Message, argument: str, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A report, of the days that follow the command."""
    await reporting.start(uow, settings, person, argument)


async def choose(
    event: CallbackQuery, callback_data: ReportFor, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Of these days."""
    await reporting.choose(uow, settings, person, callback_data.of, tapped_on(event))


async def ask_days(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """Of other days."""
    await reporting.ask_days(uow, person, tapped_on(event))


async def typed(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The days."""
    await reporting.type_days(uow, settings, person, message.text or "")


async def put_together(
    event: CallbackQuery, callback_data: ReportOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """What kind, in which language, for whom; or: make it."""
    await reporting.put_together(uow, settings, person, callback_data, tapped_on(event))


async def chart(event: CallbackQuery, callback_data: ChartOf, uow: UnitOfWork, person: Person) -> None:
    """The chart of a week."""
    ordered = await orders.order_chart(uow, person, callback_data.year, callback_data.number)
    words = label(person.language, "order.drawing" if ordered else "refusal.being_made")
    uow.fleeting.append(AnswerCallbackQuery(callback_query_id=event.id, text=words))
