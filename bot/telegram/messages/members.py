"""What a coordinator sees of the team: who carries how much, who is there, and how somebody leaves it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.people import Person
from bot.domain.team import Teammate
from bot.domain.triage import Urgency
from bot.i18n import Markup, label, moment_in, number_in, plural, text
from bot.telegram.fit_buttons import Suits, SuitsPart
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import SIGNS, lines, paragraphs, screen
from bot.telegram.messages.operators import links as new_links
from bot.telegram.team_buttons import GiveAll, LinkOf, Member, MemberAct, RoleOf, TeamPage

A_PAGE = 20


def everybody(
    person: Person,
    team: Sequence[Teammate],
    page: int,
    zone: ZoneInfo,
    now: datetime,
    *,
    links: int,
    on: int | None = None,
) -> SendMessage | EditMessageText:
    """The team, one button each, and the links onto it. `links`: how many of those are open."""
    language, last = person.language, max(0, (len(team) - 1) // A_PAGE)
    page = min(page, last)
    shown = team[page * A_PAGE : (page + 1) * A_PAGE]
    words = paragraphs(text(language, "team.everybody"), *(about(language, each, zone, now) for each in shown))
    rows = [[_line(language, each)] for each in shown]
    standing = [button(language, "button.links", LinkOf(), number=number_in(language, links))] if links else []
    return screen(person, words, keyboard(*rows, _arrows(language, page, last), standing, *new_links(person)), on)


def one(
    person: Person, member: Teammate, zone: ZoneInfo, now: datetime, on: int | None
) -> SendMessage | EditMessageText:
    """Somebody on the team."""
    language, who = person.language, member.person
    give = [button(language, "button.give_all", GiveAll(id=who.id))] if member.load.open else []
    suits = [button(language, "button.suits", Suits(part=SuitsPart.ALL, id=who.id))] if who.on_cases else []
    markup = keyboard(
        give,
        suits,
        [button(language, "button.rename", Member(act=MemberAct.RENAME, id=who.id))],
        [button(language, "button.change_role", RoleOf(id=who.id))],
        [button(language, "button.remove", Member(act=MemberAct.ASK, id=who.id))],
        [button(language, "button.back", Member(act=MemberAct.LIST))],
    )
    return screen(person, about(language, member, zone, now), markup, on)


def about(language: str | None, member: Teammate, zone: ZoneInfo, now: datetime) -> Markup:
    """How he is doing: what he carries, and whether he is there."""
    who, load = member.person, member.load
    number = number_in(language, load.open)
    urgent = [(Urgency.IMMEDIATE, load.immediate), (Urgency.HIGH, load.high)]
    signs = "".join(f" · {SIGNS[each]} {number_in(language, many)}" for each, many in urgent if many)
    days = member.absent(now)
    return lines(
        text(language, "team.who", name=name_of(language, who), role=label(language, f"role.{who.role}")),
        Markup(f"{text(language, 'team.open', number=number)}{signs}") if who.on_cases else None,
        text(language, "team.on_duty") if member.on_duty else None,
        _away(language, member, zone) if member.profile.away(now) else None,
        text(language, "team.not_started") if not who.started else None,
        text(language, "team.unreachable") if who.started and not who.reachable else None,
        plural(language, "team.absent", days) if days is not None else None,
    )


def ask_name(person: Person, member: Person, on: int | None) -> SendMessage | EditMessageText:
    """The next text is what he is called."""
    language = person.language
    back = [button(language, "button.back", Member(act=MemberAct.SHOW, id=member.id))]
    return screen(person, text(language, "team.ask_rename", name=name_of(language, member)), keyboard(back), on)


def ask_remove(person: Person, member: Person, number: int, on: int | None) -> SendMessage | EditMessageText:
    """What somebody loses by leaving, before the last tap."""
    language = person.language
    markup = keyboard(
        [button(language, "button.give_all", GiveAll(id=member.id))] if number else [],
        [button(language, "button.remove_now", Member(act=MemberAct.REMOVE, id=member.id))],
        [button(language, "button.back", Member(act=MemberAct.SHOW, id=member.id))],
    )
    words = lines(
        text(language, "team.ask_remove", name=name_of(language, member)),
        text(language, "team.open", number=number_in(language, number)) if number else None,
    )
    return screen(person, words, markup, on)


def removed(
    person: Person, member: Person, *, by_settings: bool, on: int | None = None
) -> SendMessage | EditMessageText:
    """Somebody has left; what is still to be done by hand. `by_settings`: the settings would bring him back."""
    language = person.language
    words: Markup = lines(
        text(language, "team.removed", name=name_of(language, member)),
        text(language, "team.removed.settings") if by_settings else None,
    )
    return screen(person, words, keyboard(), on)


def name_of(language: str | None, member: Person) -> str:
    """What colleagues call him."""
    return member.working_name or label(language, "team.unnamed")


def _line(language: str | None, member: Teammate) -> InlineKeyboardButton:
    who = member.person
    role, number = label(language, f"role.{who.role}"), number_in(language, member.load.open)
    words = label(language, "team.line", name=name_of(language, who), role=role, number=number)
    return named(words, Member(act=MemberAct.SHOW, id=who.id))


def _arrows(language: str | None, page: int, last: int) -> Row:
    steps = [("button.page.before", page - 1)] if page else []
    steps += [("button.page.after", page + 1)] if page < last else []
    return [button(language, key, TeamPage(page=to), page=to + 1, pages=last + 1) for key, to in steps]


def _away(language: str | None, member: Teammate, zone: ZoneInfo) -> Markup:
    until = member.profile.away_until
    if until is None:
        return text(language, "team.away")
    return text(language, "team.away_until", moment=moment_in(language, until, zone))
