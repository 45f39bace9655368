"""The system's clock was set back: what that does to all that is kept is seen to at once, by whoever leads.

A clock that was set forward needs nothing: what is due by it happens, once.
"""

from datetime import timedelta

from bot.i18n import label, lasting
from bot.logs import logger
from bot.storage.engine import Database

log = logger(__name__)


async def begin(database: Database, language: str) -> None:
    """This process begins to lead: what is kept tells whether the clock was set back before. Raises for no database."""
    async with database.unit_of_work(leading=True) as uow:
        was = await uow.moments.noted_later()
        if was is not None:
            await uow.moments.set_back(was)
    database.went_back = timedelta(0)
    if was is not None:
        _tell(language, was - uow.now)


async def look(database: Database, language: str) -> None:
    """See to it when the clock was set back since the last look; while the database is away, at the next."""
    by = database.went_back
    if not by:
        return
    try:
        async with database.unit_of_work(leading=True) as uow:
            await uow.moments.set_back(uow.now + by)
    except Exception as error:  # noqa: BLE001  (whatever it is, it is still owed)
        log.warning("the clock was set back, and that can't be seen to yet", why=type(error).__name__)
        return
    database.went_back -= by
    _tell(language, by)


def _tell(language: str, by: timedelta) -> None:
    log.warning(label(language, "cli.clock.back", span=lasting(language, by)))
