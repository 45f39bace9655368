"""The open one-time links as coordinators see them: for whom, which role, until when. Never the key itself."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.people import Person
from bot.i18n import label, moment_in, text
from bot.storage.team import Invitation
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import paragraphs, screen
from bot.telegram.team_buttons import LinkOf, Member, MemberAct


def standing(
    person: Person, links: Sequence[Invitation], zone: ZoneInfo, on: int | None
) -> SendMessage | EditMessageText:
    """One button each, which withdraws it."""
    language = person.language
    words = paragraphs(
        text(language, "links" if links else "links.none"),
        *(
            text(
                language,
                "links.line",
                name=_name(language, each),
                role=label(language, f"role.{each.role}"),
                moment=moment_in(language, each.expires_at, zone),
            )
            for each in links
        ),
    )
    rows = [[named(f"✖ {_name(language, each)}", LinkOf(id=each.id))] for each in links]
    back = [button(language, "button.back", Member(act=MemberAct.LIST))]
    return screen(person, words, keyboard(*rows, back), on)


def _name(language: str | None, link: Invitation) -> str:
    return link.working_name or label(language, "links.unnamed")
