"""Orders: a chart or a file is asked for by a tap, made elsewhere, and sent in the commit that ends the order.

Whoever has lost the right by then gets nothing; whoever can't be given what was asked for is told so in words.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aiogram.methods import TelegramMethod

from bot.domain.case_log import Row
from bot.domain.errors import NotAllowed, Refusal, Unfit
from bot.domain.groups import for_all
from bot.domain.journal import Action
from bot.domain.order import Asked, Material, Order, What
from bot.domain.people import Person, Reader
from bot.domain.report import Mode, Report, Scope, Week, plain
from bot.domain.rights import allowed, require
from bot.services import case_log, publishing
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import papers as messages

NOTED = {
    (What.CHART, Mode.TEAM): Action.ORDERED_CHART,
    (What.DOCUMENT, Mode.TEAM): Action.ORDERED_TEAM_DOCUMENT,
    (What.SPREADSHEET, Mode.TEAM): Action.ORDERED_TEAM_SPREADSHEET,
    (What.TABLE, Mode.TEAM): Action.ORDERED_TEAM_TABLE,
    (What.LOG, Mode.TEAM): Action.ORDERED_TEAM_LOG,
    (What.DOCUMENT, Mode.PUBLICATION): Action.ORDERED_DOCUMENT,
    (What.SPREADSHEET, Mode.PUBLICATION): Action.ORDERED_SPREADSHEET,
    (What.TABLE, Mode.PUBLICATION): Action.ORDERED_TABLE,
    (What.LOG, Mode.PUBLICATION): Action.ORDERED_LOG,
}
"""What the journal calls each of them; what is not here can't be ordered."""

FILE_MOST = 49 * 1024 * 1024
"""Bytes. Source: Bot API, sendDocument: files of up to 50 MB."""


async def order(uow: UnitOfWork, person: Person, asked: Asked, on: int | None = None) -> bool:
    """Somebody asks for a chart or a file: it is made as soon as its turn comes. False when it is being made already.

    Raises NotAllowed without the right to it.
    """
    require(person, asked.needs)
    if await uow.orders.find(person.id, asked) is not None:
        return False
    ordered = await uow.orders.add(person.id, asked)
    uow.journal.note(NOTED[asked.what, asked.mode], actor=person)
    if asked.what is not What.CHART:
        chat = uow.cipher.lookup("account", person.account)
        await uow.outbox.put(messages.being_made(person, asked, on), to=person, slot=ordered.slot)
        if on is not None:
            uow.threads.show(chat, on, ordered.slot, None)
    return True


async def order_chart(uow: UnitOfWork, person: Person, year: int, number: int) -> bool:
    """The chart of a week, as `order`. Raises Unfit for a week that is none."""
    try:
        period = Week.read(f"{year:04}-W{number:02}").period
    except (ValueError, OverflowError):
        raise Unfit("refusal.week") from None
    return await order(uow, person, Asked(What.CHART, Mode.TEAM, period, person.language))


async def order_charts(uow: UnitOfWork, readers: Sequence[Reader], week: Week) -> None:
    """The chart of a week goes to whoever is told of that week: to each person, and to the groups of each language."""
    chart = Asked(What.CHART, Mode.TEAM, week.period, None)
    for reader in readers:
        if isinstance(reader, Person):
            await uow.orders.add(reader.id, replace(chart, language=reader.language))
    for language in dict.fromkeys(each.language for each in readers if not isinstance(each, Person)):
        await uow.orders.add(None, replace(chart, language=language))


async def take(uow: UnitOfWork) -> Order | None:
    """The order whose turn it is; it counts as tried from now on."""
    return await uow.orders.take()


async def read(uow: UnitOfWork, settings: Settings, taken: Order) -> Material:
    """What it is made of. Raises NotAllowed where nobody may have it any more, Refusal where it may not leave."""
    readers = await _readers(uow, taken)
    if not readers:
        raise NotAllowed("refusal.not_allowed")
    asked = taken.asked
    shown = await _shown(uow, settings, readers[0], asked)
    before = await _before(uow, settings, asked) if asked.what is What.CHART else None
    language = asked.language or settings.default_language
    today = uow.now.astimezone(settings.zone).date()
    return Material(replace(asked, language=language), shown, today, settings.organisation_name, before)


async def _shown(uow: UnitOfWork, settings: Settings, reader: Reader, asked: Asked) -> Report | Sequence[Row]:
    """Plain for the team; to publish only what may be told, and noted as told to him who asked. Raises Unfit.

    The one place where plain numbers and those that may leave are told apart.
    """
    if asked.what is What.LOG and isinstance(reader, Person):
        return await case_log.rows(uow, settings, reader, asked.period, asked.mode)
    if asked.mode is Mode.PUBLICATION and isinstance(reader, Person):
        return await publishing.report(uow, settings, reader, asked.period)
    if asked.mode is not Mode.TEAM or asked.what is What.LOG:
        raise NotAllowed("refusal.not_allowed")
    figures = await uow.reports.figures(asked.period, settings.zone, Scope.TEAM)
    if asked.what is What.CHART and not figures.appeals:
        raise Unfit("refusal.nothing_to_draw")
    return plain(figures, await uow.reports.flow(asked.period, settings.zone))


async def _before(uow: UnitOfWork, settings: Settings, asked: Asked) -> int:
    return (await uow.reports.figures(asked.period.before(), settings.zone, Scope.TEAM)).appeals


async def send(uow: UnitOfWork, taken: Order, made: bytes) -> None:
    """What was made goes to whoever waits for it, and is waited for no more. Raises Unfit for what is too large."""
    if len(made) > FILE_MOST:
        raise Unfit("refusal.too_large")
    if not await uow.orders.end(taken):
        return
    for reader in await _readers(uow, taken):
        await _say(uow, taken, reader, messages.made(reader, taken.asked), "order.made", made)


async def refuse(uow: UnitOfWork, taken: Order, why: Refusal) -> None:
    """It may not be given: he who waits is told why, while he might have had it; a group has asked for nothing."""
    if not await uow.orders.end(taken):
        return
    for reader in await _readers(uow, taken) if taken.person else ():
        await _say(uow, taken, reader, messages.refused(reader, taken.asked, why), "order.not_made")


async def give_up(uow: UnitOfWork, taken: Order) -> None:
    """It could not be made, however often it was tried: that is said, and it is waited for no more."""
    await refuse(uow, taken, Unfit("refusal.cannot_make"))


async def _readers(uow: UnitOfWork, taken: Order) -> list[Reader]:
    """Who may have it now: he who asked for it, while he has the right; or the groups of its language."""
    if taken.person is not None:
        person = await uow.people.by_id(taken.person)
        return [person] if person is not None and allowed(person, taken.asked.needs) else []
    return [group for group in for_all(await uow.groups.all()) if group.language == taken.asked.language]


async def _say(
    uow: UnitOfWork, taken: Order, reader: Reader, said: TelegramMethod[Any], then: str, file: bytes | None = None
) -> None:
    """What became of it; and the line that said it was being made says so too."""
    person = reader if isinstance(reader, Person) else None
    await uow.outbox.put(said, to=person, file=file, lane=Lane.DIGEST)
    if taken.asked.what is not What.CHART:
        await uow.outbox.put(messages.settled(reader, taken, then), to=person, slot=taken.slot, lane=Lane.DIGEST)
