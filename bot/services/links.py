"""One-time links onto the team: which are open, for whom and until when; one that went astray is withdrawn."""

from bot.domain.errors import OutOfDate
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import links as messages


async def show(uow: UnitOfWork, settings: Settings, coordinator: Person, on: int | None) -> None:
    """Every link that still opens something; the links themselves are shown once, to who made them."""
    require(coordinator, Right.INVITE)
    standing = await uow.team.links()
    await uow.outbox.put(messages.standing(coordinator, standing, settings.zone, on), to=coordinator)


async def withdraw(uow: UnitOfWork, settings: Settings, coordinator: Person, link: str, on: int | None) -> None:
    """It opens nothing any more. Raises OutOfDate for one that was used meanwhile, or is too old."""
    require(coordinator, Right.INVITE)
    if not await uow.team.withdraw_link(link):
        raise OutOfDate("refusal.no_link")
    uow.journal.note(Action.WITHDREW_LINK, actor=coordinator)
    await show(uow, settings, coordinator, on)
