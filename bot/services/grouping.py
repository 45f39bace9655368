"""Groups as coordinators keep them, in private: which there are, what each is for, and the end of one."""

from dataclasses import replace

from aiogram.methods import LeaveChat

from bot.domain.errors import OutOfDate
from bot.domain.groups import Group, Takes
from bot.domain.journal import Action
from bot.domain.people import LANGUAGES, Person
from bot.domain.rights import Right, require
from bot.services import cards, profiles, queue
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram import commands
from bot.telegram.group_buttons import GroupsPart
from bot.telegram.messages import groups as messages
from bot.telegram.messages.common import said


async def show(uow: UnitOfWork, person: Person, bot_name: str, on: int | None) -> None:
    """Every operator group with what it is for, and how to add one."""
    require(person, Right.CHOOSE_GROUP)
    await uow.outbox.put(messages.all_of_them(person, await uow.groups.all(), bot_name, on), to=person)


async def show_one(
    uow: UnitOfWork, settings: Settings, person: Person, which: str, part: GroupsPart, page: int, on: int | None
) -> None:
    """All of a group, a list to choose from, or the language of its cards. Raises OutOfDate when it is none."""
    require(person, Right.CHOOSE_GROUP)
    groups = await uow.groups.all()
    group = _one_of(groups, which)
    match part:
        case GroupsPart.ALL:
            screen = messages.one(person, groups, group, on)
        case GroupsPart.CARDS:
            screen = messages.speak(person, groups, group, on)
        case _:
            options = profiles.options(settings, messages.LISTS[part])
            screen = messages.choose(person, groups, group, part, options, page, on)
    await uow.outbox.put(screen, to=person)


async def switch(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    which: str,
    part: GroupsPart,
    value: str,
    page: int,
    on: int | None,
) -> None:
    """One value more, or one less; the cards go where they belong now. Raises OutOfDate for a value that is none."""
    require(person, Right.CHOOSE_GROUP)
    group = _one_of(await uow.groups.all(), which)
    if part is GroupsPart.CARDS and value in LANGUAGES:
        await uow.groups.choose(group.account, value)
        await uow.outbox.put(commands.for_group(replace(group, language=value)))
    elif part in messages.LISTS and value in profiles.options(settings, messages.LISTS[part]):
        await uow.groups.take(group, _switched(group.takes, part, value))
    else:
        raise OutOfDate("refusal.old_button")
    uow.journal.note(Action.GROUP_CHANGED, actor=person)
    await queue.show_all_kept(uow, settings)
    await show_one(uow, settings, person, which, GroupsPart.ALL if part is GroupsPart.CARDS else part, page, on)


async def stop(
    uow: UnitOfWork, settings: Settings, person: Person, which: str, bot_name: str, on: int | None, *, sure: bool
) -> None:
    """Nothing is shown in this group any more: what stands there says so, the others show it, and the bot goes."""
    require(person, Right.CHOOSE_GROUP)
    groups = await uow.groups.all()
    group = _one_of(groups, which)
    if not sure:
        await uow.outbox.put(messages.really_stop(person, groups, group, on), to=person)
        return
    await cards.leave(uow, group)
    await uow.groups.forget(group)
    uow.journal.note(Action.GROUP_STOPPED, actor=person)
    await uow.outbox.put(said(group, "group.stopped", None), lane=Lane.LATER_CARD)
    await uow.outbox.put(LeaveChat(chat_id=group.account), lane=Lane.LATER_CARD)
    await queue.show_all_kept(uow, settings)
    await show(uow, person, bot_name, on)


def _one_of(groups: list[Group], which: str) -> Group:
    found = next((group for group in groups if group.id == which), None)
    if found is None:
        raise OutOfDate("refusal.no_group")
    return found


def _switched(takes: Takes, part: GroupsPart, value: str) -> Takes:
    chosen: tuple[str, ...] = getattr(takes, part)
    kept = tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)
    return replace(takes, **{part.value: kept})
