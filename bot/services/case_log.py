"""The case log: which rows may be told of a period, and to whom."""

from collections.abc import Sequence

from bot.domain.case_log import MayTell, Row, anonymous, beside, everything
from bot.domain.errors import Unfit
from bot.domain.people import Person
from bot.domain.period import Period
from bot.domain.report import Mode
from bot.domain.rights import Right, require
from bot.i18n import date_in
from bot.services import publishing
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork


async def rows(uow: UnitOfWork, settings: Settings, person: Person, period: Period, mode: Mode) -> Sequence[Row]:
    """The rows of a period, each standing at least five times; in every mode, for a file is easily passed on.

    One that leaves the team counts as a publication of its period, tells of nothing that the report hides, and is
    refused for whatever a report is refused for; also beside a publication of other days that overlap it, for rows tell
    more than tables and nobody has worked out what the two betray together. Raises Unfit then, and where there are
    fewer than five rows.
    """
    require(person, Right.COUNT)
    may_tell: MayTell = everything
    if mode is Mode.PUBLICATION:
        may_tell = beside(await publishing.report(uow, settings, person, period))
        for other in await uow.publications.around(period):
            if other.period != period:
                first, last = (date_in(person.language, day) for day in (other.period.first, other.period.last))
                raise Unfit("refusal.publication.together", first=first, last=last)
    told = anonymous(await uow.case_log.rows(period, settings.zone), uow.chance, may_tell)
    if not told:
        raise Unfit("refusal.publication.few")
    return told
