"""What a coordinator sees of the team: working names, roles, how many cases; and how somebody leaves it."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.people import Person
from bot.i18n import Markup, label, number_in, text
from bot.telegram.callbacks import Member, MemberAct
from bot.telegram.fit_buttons import Suits, SuitsPart
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import lines, screen
from bot.telegram.messages.operators import links


def everybody(
    person: Person, holds: Sequence[tuple[Person, int]], on: int | None = None
) -> SendMessage | EditMessageText:
    """The team, one button each, and the links onto it."""
    language = person.language
    rows = [
        [named(label(language, "team.line", **about), Member(act=MemberAct.SHOW, id=member.id))]
        for member, about in ((member, _about(language, member, count)) for member, count in holds)
    ]
    return screen(person, text(language, "team.everybody"), keyboard(*rows, *links(person)), on)


def one(person: Person, member: Person, count: int, on: int | None) -> SendMessage | EditMessageText:
    """Somebody on the team."""
    language = person.language
    markup = keyboard(
        [button(language, "button.suits", Suits(part=SuitsPart.ALL, id=member.id))],
        [button(language, "button.remove", Member(act=MemberAct.ASK, id=member.id))],
        [button(language, "button.back", Member(act=MemberAct.LIST))],
    )
    return screen(person, text(language, "team.line", **_about(language, member, count)), markup, on)


def ask_remove(person: Person, member: Person, on: int | None) -> SendMessage | EditMessageText:
    """What somebody loses by leaving, before the last tap."""
    language = person.language
    markup = keyboard(
        [button(language, "button.remove_now", Member(act=MemberAct.REMOVE, id=member.id))],
        [button(language, "button.back", Member(act=MemberAct.SHOW, id=member.id))],
    )
    return screen(person, text(language, "team.ask_remove", name=_name(language, member)), markup, on)


def removed(
    person: Person, member: Person, *, by_settings: bool, on: int | None = None
) -> SendMessage | EditMessageText:
    """Somebody has left; what is still to be done by hand. `by_settings`: the settings would bring him back."""
    language = person.language
    words: Markup = lines(
        text(language, "team.removed", name=_name(language, member)),
        text(language, "team.removed.settings") if by_settings else None,
    )
    return screen(person, words, keyboard(), on)


def _name(language: str | None, member: Person) -> str:
    return member.working_name or label(language, "team.unnamed")


def _about(language: str | None, member: Person, count: int) -> dict[str, str]:
    role = label(language, f"role.{member.role}")
    return {"name": _name(language, member), "role": role, "number": number_in(language, count)}
