"""The team's private doors: a one-time link, working names, the week."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.domain.report import Week
from bot.services import links, members, reports, roles, team
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import WeekOf
from bot.telegram.team_buttons import Invite, LinkOf, Member, MemberAct, RoleOf, TeamPage
from bot.telegram.week_buttons import WeekTable
from handlers.filters import AnyCommand, Asked, Command, Lapsed, Naming, Private, Typed
from handlers.taps import tapped_on


class Token(BaseFilter):
    """A start command that carries a one-time key."""

    async def __call__(self, event: Message) -> bool | dict[str, str]:
        found = await Command("start")(event)
        token = found["argument"] if isinstance(found, dict) else ""
        return {"token": token} if len(token) == 26 else False


class About(BaseFilter):
    """A button that does this about somebody on the team."""

    def __init__(self, act: MemberAct) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: Member) -> bool:
        return callback_data.act is self._act


def router() -> Router:
    """Links before everything else: a start with a key is no ordinary start."""
    router = Router(name="team")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.callback_query.filter(Private())
    router.message.register(join, Token())
    router.message.register(name_given, ~AnyCommand(), Naming())
    router.message.register(renamed, ~AnyCommand(), Asked(members.RENAME))
    router.edited_message.register(typed_again, Typed())
    router.message.register(too_late, ~AnyCommand(), Lapsed())
    router.message.register(show_members, Command("team"))
    router.message.register(week, Command("week"))
    router.callback_query.register(invite, Invite.filter())
    router.callback_query.register(show_members, Member.filter(), About(MemberAct.LIST))
    router.callback_query.register(show_page, TeamPage.filter())
    router.callback_query.register(ask_rename, Member.filter(), About(MemberAct.RENAME))
    router.callback_query.register(ask_role, RoleOf.filter())
    router.callback_query.register(show_links, LinkOf.filter())
    router.callback_query.register(show_member, Member.filter(), About(MemberAct.SHOW))
    router.callback_query.register(ask_remove, Member.filter(), About(MemberAct.ASK))
    router.callback_query.register(remove, Member.filter(), About(MemberAct.REMOVE))
    router.callback_query.register(week_tapped, WeekOf.filter())
    router.callback_query.register(week_table, WeekTable.filter())
    return router


async def join(message: Message, token: str, uow: UnitOfWork, person: Person) -> None:
    """Somebody opened a one-time link."""
    await team.join(uow, person, token)


async def invite(event: CallbackQuery, callback_data: Invite, uow: UnitOfWork, person: Person) -> None:
    """A link, once the working name is given."""
    await team.ask_name(uow, person, callback_data.role)


async def name_given(message: Message, uow: UnitOfWork, person: Person, bot_name: str) -> None:
    """The working name."""
    await team.make_link(uow, person, message.text or "", bot_name)


async def show_members(event: Message | CallbackQuery, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Who is on the team."""
    await members.show(uow, settings, person, 0, tapped_on(event))


async def show_page(
    event: CallbackQuery, callback_data: TeamPage, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """More of them."""
    await members.show(uow, settings, person, callback_data.page, tapped_on(event))


async def show_member(
    event: CallbackQuery, callback_data: Member, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """One of them."""
    await members.show_one(uow, settings, person, PersonId(callback_data.id), tapped_on(event))


async def ask_rename(event: CallbackQuery, callback_data: Member, uow: UnitOfWork, person: Person) -> None:
    """What shall he be called?"""
    await members.ask_name(uow, person, PersonId(callback_data.id), tapped_on(event))


async def renamed(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """His new working name."""
    await members.rename(uow, settings, person, message.text or "", message.message_id)


async def typed_again(message: Message, uow: UnitOfWork, person: Person) -> None:
    """What has been taken already: a new version of it changes nothing, and is for nobody."""
    await team.typed_again(uow, person)


async def too_late(message: Message, uow: UnitOfWork, person: Person) -> None:
    """What was asked for too long ago is for nobody."""
    await team.lapsed(uow, person)


async def ask_role(
    event: CallbackQuery, callback_data: RoleOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Which role? What does it mean? It is his."""
    member, role, on = PersonId(callback_data.id), callback_data.role, tapped_on(event)
    if role is None:
        await roles.ask(uow, person, member, on)
    elif callback_data.sure:
        await roles.change(uow, settings, person, member, role, on)
    else:
        await roles.ask_sure(uow, settings, person, member, role, on)


async def show_links(
    event: CallbackQuery, callback_data: LinkOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The open links; without the one that was tapped."""
    if callback_data.id:
        await links.withdraw(uow, settings, person, callback_data.id, tapped_on(event))
    else:
        await links.show(uow, settings, person, tapped_on(event))


async def ask_remove(event: CallbackQuery, callback_data: Member, uow: UnitOfWork, person: Person) -> None:
    """Really?"""
    await members.ask_remove(uow, person, PersonId(callback_data.id), tapped_on(event))


async def remove(
    event: CallbackQuery, callback_data: Member, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Out of the team, at once."""
    await members.remove(uow, settings, person, PersonId(callback_data.id), tapped_on(event))


async def week(message: Message, argument: str, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The counts of a week."""
    await reports.show_week(uow, settings, person, argument or None)


async def week_tapped(
    event: CallbackQuery, callback_data: WeekOf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The counts of another week in the same place; of this one, from a button that names none, in a new one."""
    week = Week(callback_data.year, callback_data.number)
    await reports.show_table(uow, settings, person, week, on=tapped_on(event) if week.year else None)


async def week_table(
    event: CallbackQuery, callback_data: WeekTable, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """One table of a week, in the same place."""
    week = Week(callback_data.year, callback_data.number)
    on = tapped_on(event)
    await reports.show_table(uow, settings, person, week, callback_data.table, callback_data.within, on)
