"""Operator groups as coordinators see them: which there are, what each is for, and what is wrong with one."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.groups import Group, Lack
from bot.domain.people import LANGUAGES, Person, Reader
from bot.i18n import Markup, label, number_in, text
from bot.telegram.callbacks import GroupSpeaks
from bot.telegram.fit_buttons import SuitsPart
from bot.telegram.group_buttons import GroupList, GroupsPart, GroupStop, GroupTakes
from bot.telegram.keyboards import Row, button, keyboard, languages, named
from bot.telegram.messages.common import lines, message, paragraphs, said, screen
from bot.telegram.messages.profile import leaves, option_named

LISTS = {
    GroupsPart.LANGUAGES: SuitsPart.LANGUAGES,
    GroupsPart.REGIONS: SuitsPart.REGIONS,
    GroupsPart.CATEGORIES: SuitsPart.CATEGORIES,
}
"""The three lists of a group, each with the list of a profile that names the same things."""


def ask(group: int) -> SendMessage:
    """Shall cards stand in this group, and in which language? In all four; a coordinator taps one."""
    return said(Reader(group, None), "group.ask", keyboard(*languages(GroupSpeaks)))


def lacking(person: Person, found: Sequence[Lack], *, asked: bool) -> SendMessage:
    """What is wrong with the group the bot was brought into, and exactly what to press."""
    language = person.language
    told = [text(language, f"group.lack.{lack}") for lack in found]
    then = None if asked else text(language, "group.then")
    return message(person, paragraphs(text(language, "group.look"), *told, then))


def chosen(person: Person, group: Group) -> SendMessage:
    """To the coordinator who has chosen it: what it is for can be narrowed."""
    rows = [button(person.language, "button.group_takes", GroupTakes(id=group.id, part=GroupsPart.ALL))]
    return message(person, text(person.language, "groups.chosen"), keyboard(rows))


def lost(person: Person, key: str, *, others: bool) -> SendMessage:
    """A group shows nothing any more; and where its cases are now."""
    language = person.language
    where = text(language, "group.lost.others" if others else "group.lost.none")
    return message(person, paragraphs(text(language, key), where))


def all_of_them(
    person: Person, groups: Sequence[Group], bot_name: str, on: int | None
) -> SendMessage | EditMessageText:
    """Every group with what it is for, and how one more is added."""
    language = person.language
    told = [lines(_name(language, number, group), _takes(language, group)) for number, group in _numbered(groups)]
    rows: list[Row] = [
        [named(_name(language, number, group), GroupTakes(id=group.id, part=GroupsPart.ALL))]
        for number, group in _numbered(groups)
    ]
    add = f"https://t.me/{bot_name}?startgroup=cards"
    rows.append([InlineKeyboardButton(text=label(language, "button.group_add"), url=add)])
    head = text(language, "groups" if groups else "coordinator.no_group")
    words = paragraphs(head, *told, text(language, "groups.how", bot=bot_name))
    return screen(person, words, keyboard(*rows), on)


def one(person: Person, groups: Sequence[Group], group: Group, on: int | None) -> SendMessage | EditMessageText:
    """What a group is for, and what to change."""
    language = person.language
    rows: list[Row] = [[button(language, f"suits.{part}", GroupTakes(id=group.id, part=part))] for part in LISTS]
    rows.append([button(language, "button.group_cards", GroupTakes(id=group.id, part=GroupsPart.CARDS))])
    rows.append([button(language, "button.group_stop", GroupStop(id=group.id))])
    rows.append([button(language, "button.back", GroupList())])
    words = paragraphs(_head(language, groups, group), _takes(language, group), text(language, "groups.rule"))
    return screen(person, words, keyboard(*rows), on)


def choose(
    person: Person,
    groups: Sequence[Group],
    group: Group,
    part: GroupsPart,
    options: Sequence[str],
    page: int,
    on: int | None,
) -> SendMessage | EditMessageText:
    """One list to choose from; what is chosen is marked."""
    language, of = person.language, LISTS[part]
    taken: tuple[str, ...] = getattr(group.takes, part)
    rows = leaves(
        language,
        of,
        options,
        taken,
        page,
        lambda value, leaf: GroupTakes(id=group.id, part=part, value=value, page=leaf),
    )
    back = [button(language, "button.back", GroupTakes(id=group.id, part=GroupsPart.ALL))]
    words = paragraphs(_head(language, groups, group), lines(_line(language, group, part), text(language, "suits.how")))
    return screen(person, words, keyboard(*rows, back), on)


def speak(person: Person, groups: Sequence[Group], group: Group, on: int | None) -> SendMessage | EditMessageText:
    """In which language shall its cards be?"""
    language = person.language
    rows: list[Row] = [
        [named(label(each, f"language.{each}"), GroupTakes(id=group.id, part=GroupsPart.CARDS, value=each))]
        for each in LANGUAGES
    ]
    back = [button(language, "button.back", GroupTakes(id=group.id, part=GroupsPart.ALL))]
    words = paragraphs(_head(language, groups, group), text(language, "groups.cards"))
    return screen(person, words, keyboard(*rows, back), on)


def really_stop(person: Person, groups: Sequence[Group], group: Group, on: int | None) -> SendMessage | EditMessageText:
    """Really? And where its cases will be."""
    language = person.language
    where = text(language, "groups.stop.others" if len(groups) > 1 else "group.lost.none")
    rows = (
        [button(language, "button.group_stop_sure", GroupStop(id=group.id, sure=True))],
        [button(language, "button.back", GroupTakes(id=group.id, part=GroupsPart.ALL))],
    )
    words = paragraphs(_head(language, groups, group), text(language, "groups.stop"), where)
    return screen(person, words, keyboard(*rows), on)


def _numbered(groups: Sequence[Group]) -> list[tuple[int, Group]]:
    return list(enumerate(groups, 1))


def _head(language: str | None, groups: Sequence[Group], group: Group) -> Markup:
    number = next(number for number, each in _numbered(groups) if each.id == group.id)
    return text(language, "groups.head", name=_name(language, number, group))


def _name(language: str | None, number: int, group: Group) -> str:
    """A group is called by its number and the language of its cards; its title is not kept."""
    spoken = label(language, f"language.{group.language}" if group.language else "card.unknown")
    return label(language, "groups.name", number=number_in(language, number), spoken=spoken)


def _takes(language: str | None, group: Group) -> Markup:
    return lines(*(_line(language, group, part) for part in LISTS))


def _line(language: str | None, group: Group, part: GroupsPart) -> Markup:
    taken: tuple[str, ...] = getattr(group.takes, part)
    values = ", ".join(option_named(language, LISTS[part], each) for each in taken)
    return text(
        language,
        "suits.line",
        name=label(language, f"suits.{part}"),
        values=values or label(language, "suits.everything"),
    )
