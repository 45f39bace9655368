"""Publishing: numbers that leave the team, such that no one to four people can be read out of them, now or later."""

from bot.domain.errors import Unfit
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.publishing import Untold, publication
from bot.domain.report import Report, Scope
from bot.domain.rights import Right, require
from bot.domain.slicing import pieces
from bot.i18n import date_in
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork


async def report(uow: UnitOfWork, settings: Settings, person: Person, period: Period) -> Report:
    """What may be told of a period, for any file or picture that leaves the team.

    It counts as told from this transaction on: call it in the one that comes before the file is made, and make the file
    of what it returns. Called again, by the same person or another, it gives the same again; who has it is noted once
    for each. Raises Unfit, with the reason, for what may not be told: a period that is not over, one with one to four
    appeals, one that together with an earlier publication would show so few; NotAllowed without the right.
    """
    require(person, Right.COUNT)
    if period.last >= uow.now.astimezone(settings.zone).date():
        raise Unfit("refusal.publication.not_over")
    await uow.publications.one_at_a_time()
    told = await _told(uow, settings, person, period)
    if not await uow.publications.given_to(person.id, period):
        await uow.publications.add(person.id, told)
        uow.journal.note(Action.PUBLISHED, actor=person)
    return told


async def _told(uow: UnitOfWork, settings: Settings, person: Person, period: Period) -> Report:
    earlier = await uow.publications.around(period)
    days = pieces([*(each.period for each in earlier), period])
    counted = [await uow.reports.figures(each, settings.zone, Scope.CONSENTED) for each in days]
    try:
        return publication(period, earlier, counted, uow.now.astimezone(settings.zone).date())
    except Untold as why:
        if why.other is None:
            raise Unfit("refusal.publication.few") from None
        first, last = (date_in(person.language, day) for day in (why.other.first, why.other.last))
        raise Unfit("refusal.publication.together", first=first, last=last) from None
