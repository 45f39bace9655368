"""Roles as coordinators change them, and what somebody is told whose role it is."""

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.people import Person, Role
from bot.i18n import label, number_in, text
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import message, paragraphs, screen
from bot.telegram.messages.members import name_of
from bot.telegram.team_buttons import Member, MemberAct, RoleOf


def which(person: Person, member: Person, on: int | None) -> SendMessage | EditMessageText:
    """The roles he has not."""
    language = person.language
    rows = [
        [named(label(language, f"role.{role}"), RoleOf(id=member.id, role=role))]
        for role in Role
        if role is not member.role
    ]
    back = [button(language, "button.back", Member(act=MemberAct.SHOW, id=member.id))]
    now = label(language, f"role.{member.role}")
    words = text(language, "team.which_role", name=name_of(language, member), role=now)
    return screen(person, words, keyboard(*rows, back), on)


def sure(
    person: Person, member: Person, role: Role, number: int, by_settings: bool, on: int | None
) -> SendMessage | EditMessageText:
    """What this role gives and takes. `by_settings`: the settings would make him a coordinator again."""
    language = person.language
    words = paragraphs(
        text(language, "team.sure_role", name=name_of(language, member), role=label(language, f"role.{role}")),
        text(language, f"team.sure_role.{role}", number=number_in(language, number)),
        text(language, "team.removed.settings") if by_settings and role is not Role.COORDINATOR else None,
    )
    markup = keyboard(
        [button(language, "button.change_role_now", RoleOf(id=member.id, role=role, sure=True))],
        [button(language, "button.back", Member(act=MemberAct.SHOW, id=member.id))],
    )
    return screen(person, words, markup, on)


def changed(person: Person, member: Person, on: int | None) -> SendMessage | EditMessageText:
    """Somebody has another role."""
    language = person.language
    role = label(language, f"role.{member.role}")
    words = text(language, "team.role_changed", name=name_of(language, member), role=role)
    back = [button(language, "button.back", Member(act=MemberAct.SHOW, id=member.id))]
    return screen(person, words, keyboard(back), on)


def yours(member: Person) -> SendMessage:
    """His own role has changed: what he can do now."""
    language = member.language
    role = label(language, f"role.{member.role}")
    return message(member, paragraphs(text(language, "team.your_role", role=role), first(member)))


def welcome(member: Person) -> SendMessage:
    """A word to who has just come onto the team, and what to do first."""
    language = member.language
    role, name = label(language, f"role.{member.role}"), name_of(language, member)
    return message(member, paragraphs(text(language, "team.welcome", role=role, name=name), first(member)))


def first(member: Person) -> str:
    """What somebody with this role does first."""
    return text(member.language, f"team.first.{member.role}")
