"""My data: what is kept about her, and everything she can do with it, behind one button."""

from bot.domain.people import Person
from bot.domain.rights import Right, allowed
from bot.services import seeker
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import my_data as messages


async def show(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """What is kept, and where each door is; of the team nothing is kept but the notice."""
    if not allowed(person, Right.APPEAL):
        await seeker.notice(uow, settings, person, on)
        return
    await uow.outbox.put(messages.overview(person, await uow.holdings.count(person.id), on), to=person)
