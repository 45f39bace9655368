"""Words to the whole team: as coordinators write them, as each member reads them, and who got them."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.broadcast import Broadcast, Reached
from bot.domain.people import Person, Role
from bot.i18n import Markup, label, moment_in, number_in, text
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import message, paragraphs, screen
from bot.telegram.messages.members import name_of
from bot.telegram.team_buttons import BroadcastAct, BroadcastOf, BroadcastTo

NAMED = 60
"""So many names of each part; the rest is counted."""

SHOWN = 300
"""So many characters of the words stand above who got them."""


def whom(
    person: Person, counts: Mapping[Role | None, int], latest: Sequence[Broadcast], zone: ZoneInfo, on: int | None
) -> SendMessage | EditMessageText:
    """To whom: everybody, or one role where there is anybody; below it who got what was sent lately."""
    language = person.language
    rows = [
        [named(f"{_to(language, to)} · {number_in(language, number)}", BroadcastTo(role=to))]
        for to, number in counts.items()
        if number
    ]
    sent = [
        [named(f"📣 {moment_in(language, each.at, zone)}", BroadcastOf(act=BroadcastAct.SHOW, id=each.id))]
        for each in latest
    ]
    words = paragraphs(text(language, "broadcast.whom" if rows else "broadcast.nobody"))
    return screen(person, words, keyboard(*rows, *sent), on)


def ask(person: Person, to: Role | None, on: int | None) -> SendMessage | EditMessageText:
    """The next text is what is said to them."""
    language = person.language
    words = text(language, "broadcast.ask", to=_to(language, to))
    return screen(person, words, keyboard([_do(person, "button.broadcast.drop", BroadcastAct.DROP, 0)]), on)


def preview(person: Person, broadcast: Broadcast, number: int) -> SendMessage:
    """As everybody will read it; the next tap sends it."""
    language = person.language
    words = paragraphs(
        text(language, "broadcast.preview", to=_to(language, broadcast.to), number=number_in(language, number)),
        text(language, "broadcast", words=broadcast.words),
    )
    send = _do(person, "button.broadcast.send", BroadcastAct.SEND, broadcast.id)
    drop = _do(person, "button.broadcast.drop", BroadcastAct.DROP, broadcast.id)
    return message(person, words, keyboard([send], [drop]))


def to_member(member: Person, broadcast: Broadcast) -> SendMessage:
    """As somebody on the team reads it."""
    return message(member, text(member.language, "broadcast", words=broadcast.words))


def who_got_it(
    person: Person, broadcast: Broadcast, parts: Mapping[Reached, Sequence[Person]], zone: ZoneInfo, on: int | None
) -> SendMessage | EditMessageText:
    """By working name; the names of those it can't reach now are what to act upon."""
    language = person.language
    head = text(
        language,
        "broadcast.sent",
        to=_to(language, broadcast.to),
        moment=moment_in(language, broadcast.at, zone),
        words=broadcast.words[:SHOWN] + ("…" if len(broadcast.words) > SHOWN else ""),
    )
    found = [_part(language, which, people) for which, people in parts.items() if people]
    again = _do(person, "button.refresh", BroadcastAct.SHOW, broadcast.id)
    back = [button(language, "button.back", BroadcastOf(act=BroadcastAct.LIST))]
    return screen(person, paragraphs(head, *found), keyboard([again], back), on)


def _part(language: str | None, which: Reached, people: Sequence[Person]) -> Markup:
    names = ", ".join(name_of(language, each) for each in people[:NAMED])
    more = f" … +{number_in(language, len(people) - NAMED)}" if len(people) > NAMED else ""
    return text(language, f"broadcast.{which}", number=number_in(language, len(people)), names=names + more)


def _to(language: str | None, to: Role | None) -> str:
    return label(language, f"broadcast.to.{to or 'everybody'}")


def _do(person: Person, key: str, act: BroadcastAct, number: int) -> InlineKeyboardButton:
    return button(person.language, key, BroadcastOf(act=act, id=number))
