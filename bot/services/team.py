"""The team's doors: one way in, a one-time link; and the group named in the settings."""

from datetime import timedelta

from bot.domain.case import Submitted
from bot.domain.errors import Unfit
from bot.domain.journal import Action
from bot.domain.people import Person, Role
from bot.domain.rights import Right, require
from bot.domain.set_up import missing
from bot.domain.team import TYPED, LinkState, gives_more, working_name
from bot.i18n import label
from bot.services import queue
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram import commands
from bot.telegram.messages import operators as messages
from bot.telegram.messages import roles
from bot.telegram.messages import seeker as to_seeker
from bot.telegram.messages.common import said
from bot.telegram.messages.groups import ask

LINK_LIVES = timedelta(hours=24)
SETUP_LINK_LIVES = timedelta(hours=1)

_INVITED = {
    Role.LAWYER: Action.INVITED_LAWYER,
    Role.COORDINATOR: Action.INVITED_COORDINATOR,
    Role.OBSERVER: Action.INVITED_OBSERVER,
}
_OPENS_NOTHING = {
    LinkState.USED: "refusal.link.used",
    LinkState.EXPIRED: "refusal.link.expired",
    LinkState.UNKNOWN: "refusal.link",
}
_JOINED = {
    Role.LAWYER: Action.JOINED_LAWYER,
    Role.COORDINATOR: Action.JOINED_COORDINATOR,
    Role.OBSERVER: Action.JOINED_OBSERVER,
}


async def setup_link(uow: UnitOfWork) -> str:
    """A one-time key that makes the first coordinator: an hour, one use, shown in the terminal only."""
    return await uow.team.invite(Role.COORDINATOR, SETUP_LINK_LIVES)


async def ask_name(uow: UnitOfWork, coordinator: Person, role: Role) -> None:
    """Which working name shall the new person have? The coordinator's next text is it."""
    require(coordinator, Right.INVITE)
    await uow.team.ask_for_name(coordinator.id, role, LINK_LIVES)
    await uow.outbox.put(said(coordinator, "team.ask_name"), to=coordinator)


async def make_link(uow: UnitOfWork, coordinator: Person, typed: str, bot_name: str) -> None:
    """A one-time link for this working name. Raises Unfit for a name that is none; the question stays open."""
    require(coordinator, Right.INVITE)
    role = await uow.team.naming(coordinator.id)
    if role is None:
        raise Unfit("refusal.link")
    name = working_name(typed)
    if name is None:
        raise Unfit("refusal.name")
    token = await uow.team.invite(role, LINK_LIVES, name=name, made_by=coordinator.id)
    uow.journal.note(_INVITED[role], actor=coordinator)
    link = f"https://t.me/{bot_name}?start={token}"
    named = label(coordinator.language, f"role.{role}")
    await uow.outbox.put(said(coordinator, "team.link", None, name=name, role=named, link=link), to=coordinator)


async def join(uow: UnitOfWork, person: Person, token: str) -> None:
    """A one-time link was opened. Raises Unfit, with the reason, when it opens nothing.

    Who is on the team already keeps the role: a link for a coordinator alone gives more. Any other is not used up.
    """
    meant = await uow.team.fresh(token)
    worth = gives_more(person, meant.role if meant else None)
    if not worth:
        raise Unfit("team.already", role=label(person.language, f"role.{person.role}"))
    invitation = await uow.team.use(token)
    if invitation is None:
        raise Unfit(_OPENS_NOTHING[await uow.team.why_not(token)])
    await uow.people.set_role(person, invitation.role, person.working_name or invitation.working_name)
    await uow.people.set_current(person.id, None)
    await uow.drafts.discard(person.id)
    uow.journal.note(_JOINED[invitation.role], actor=person)
    joined = await uow.people.get(person.id)
    if joined.language is None:
        await uow.outbox.put(to_seeker.greeting(joined), to=joined)
    else:
        await welcome(uow, joined)
    for coordinator in await uow.people.coordinators():
        if coordinator.id != person.id:
            name = invitation.working_name or label(coordinator.language, "team.unnamed")
            role = label(coordinator.language, f"role.{invitation.role}")
            await uow.outbox.put(said(coordinator, "team.joined", None, name=name, role=role), to=coordinator)


async def welcome(uow: UnitOfWork, person: Person) -> None:
    """A word to somebody who has just come onto the team, and the commands of the role."""
    await uow.outbox.put(roles.welcome(person), to=person)
    await show_commands(uow, person)


async def show_commands(uow: UnitOfWork, person: Person) -> None:
    """The commands of this person's role, in the language chosen, in this chat alone."""
    if person.language is not None:
        await uow.outbox.put(commands.for_person(person), to=person)


async def coordinator_home(uow: UnitOfWork, person: Person) -> None:
    """Links, counts, and what is not set up yet."""
    require(person, Right.INVITE)
    waiting: list[Submitted] = await uow.cases.waiting_for_a_group()
    to_take = missing(
        groups=len(await uow.groups.all()),
        lawyers=sum(each.role is Role.LAWYER for each in await uow.people.members()),
        shifts=len(await uow.rota.shifts()),
        to_call=sum(each.overdue(uow.now) for each in await uow.directory.all()),
    )
    await uow.outbox.put(messages.home(person, missing=to_take, waiting=len(waiting)), to=person)


def typed(uow: UnitOfWork, person: Person, message_id: int) -> None:
    """This message is about the team: neither a reply to it nor a new version of it ever goes into a case."""
    chat = uow.cipher.lookup("account", person.account)
    uow.threads.show(chat, message_id, TYPED, None)


async def typed_again(uow: UnitOfWork, person: Person) -> None:
    """A new version of what has been taken already goes to nobody, and he is told."""
    await uow.outbox.put(said(person, "team.typed_again"), to=person)


async def lapsed(uow: UnitOfWork, person: Person) -> None:
    """A text about the team comes too late: it goes to nobody, least of all into the case he is in; he is told."""
    await uow.people.await_text(person, None)
    await uow.outbox.put(said(person, "team.lapsed"), to=person)


async def numbers(uow: UnitOfWork, person: Person) -> None:
    """What an observer comes to: the numbers, and nothing they were counted from."""
    require(person, Right.COUNT)
    await uow.outbox.put(messages.numbers(person), to=person)


async def prepare(uow: UnitOfWork, settings: Settings) -> None:
    """Automated set-up: the coordinators and the group named in the settings."""
    for account in settings.coordinator_ids:
        person = await uow.people.by_account(account)
        if not person.coordinates:
            await uow.people.set_role(person, Role.COORDINATOR, person.working_name)
    if settings.operator_chat_id is not None and not await uow.groups.all():
        await uow.groups.choose(settings.operator_chat_id, None)
        await uow.outbox.put(ask(settings.operator_chat_id))
        await queue.show_all_kept(uow, settings)
