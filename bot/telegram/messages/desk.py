"""The desk as a lawyer sees it: a pile of cases, two lines each, with who spoke last and what comes next."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.case import Claimed, Closed, Queued
from bot.domain.desk import Cause, Coming, Leaf, Line, Pile, mark_of
from bot.domain.intake import Author
from bot.domain.people import Person
from bot.i18n import Markup, label, moment_in, number_in, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.desk_buttons import DeskLeaf
from bot.telegram.keyboards import Row, keyboard, named
from bot.telegram.messages.common import (
    SIGNS,
    category_name,
    lines,
    message,
    paragraphs,
    region_name,
    screen,
)
from bot.telegram.messages.leave import next_button

PILES = ((Pile.MINE, Pile.QUEUE), (Pile.FOR_ME, Pile.FOR_HER), (Pile.TODAY, Pile.CLOSED))
"""The buttons of the piles, two a row."""


def pile(
    person: Person,
    shown: Leaf,
    which: Pile,
    counts: Mapping[Pile, int],
    zone: ZoneInfo,
    now: datetime,
    on: int | None = None,
) -> SendMessage | EditMessageText:
    """A leaf of a pile; the current case named; the other piles a tap away."""
    language = person.language
    empty = "desk.none" if counts[Pile.MINE] or which is not Pile.MINE else "desk.empty"
    words = paragraphs(
        text(language, "desk", number=number_in(language, counts[Pile.MINE])),
        text(language, "desk.current", code=person.case.file.code) if person.case else None,
        text(language, f"desk.pile.{which}"),
        *(_line(language, line, zone, now) for line in shown.lines),
        None if shown.lines else text(language, empty),
    )
    opens = [_opens(line) for line in shown.lines]
    markup = keyboard(
        *(opens[start : start + 2] for start in range(0, len(opens), 2)),
        _arrows(shown, which),
        next_button(language) if counts.get(Pile.QUEUE) and which in (Pile.MINE, Pile.QUEUE) else [],
        *([_to(language, each, which, counts) for each in row] for row in PILES),
    )
    if on is None:
        return message(person, words, markup, protected=True)
    return screen(person, words, markup, on)


def coming(language: str | None, what: Coming, zone: ZoneInfo, now: datetime) -> Markup:
    """What comes next, and when; marked when it is late."""
    moment = moment_in(language, what.at, zone)
    if what.cause is Cause.WINDOW:
        line = text(language, "desk.coming.window", moment=moment, name=text(language, f"window.{what.about}"))
    else:
        line = text(language, f"desk.coming.{what.cause}", moment=moment)
    return Markup(f"❗ {line}") if what.at <= now else line


def last_word(language: str | None, line: Line, zone: ZoneInfo) -> Markup:
    """Who spoke last, and when; what was said before he took it was not he."""
    if line.last is None:
        return text(language, "desk.last.none")
    his = isinstance(line.case, Claimed) and line.last.at >= line.case.at
    who = line.last.author if line.last.author is Author.SEEKER or his else "team"
    return text(language, f"desk.last.{who}", moment=moment_in(language, line.last.at, zone))


def _line(language: str | None, line: Line, zone: ZoneInfo, now: datetime) -> Markup:
    file = line.case.file
    head = text(
        language,
        "desk.line",
        sign=SIGNS[file.urgency],
        code=file.code,
        category=category_name(language, file.category),
        region=region_name(language, file.region),
    )
    match line.case:
        case Queued(since=since):
            return lines(head, text(language, "card.waiting", moment=moment_in(language, since, zone)))
        case Closed(outcome=outcome):
            return lines(head, text(language, "card.closed", outcome=text(language, f"outcome.{outcome}")))
        case _:
            comes = coming(language, line.next, zone, now) if line.next else None
            return lines(head, last_word(language, line, zone), comes)


def _opens(line: Line) -> InlineKeyboardButton:
    """What waits can only be claimed; the rest is opened."""
    file = line.case.file
    if isinstance(line.case, Queued):
        return named(f"✋ {file.code}", CaseAct(act=Act.CLAIM, code=file.code))
    return named(f"{SIGNS[file.urgency]} {file.code}", CaseAct(act=Act.OPEN, code=file.code))


def _arrows(shown: Leaf, which: Pile) -> Row:
    row = []
    if shown.before:
        first = mark_of(shown.lines[0])
        row.append(named("◀", DeskLeaf(pile=which, back=True, rank=first.rank, code=first.code)))
    if shown.after:
        last = mark_of(shown.lines[-1])
        row.append(named("▶", DeskLeaf(pile=which, rank=last.rank, code=last.code)))
    return row


def _to(language: str | None, to: Pile, which: Pile, counts: Mapping[Pile, int]) -> InlineKeyboardButton:
    number = f" {number_in(language, counts[to])}" if to in counts else ""
    sign = "• " if to is which else ""
    return named(f"{sign}{label(language, f'button.pile.{to}')}{number}", DeskLeaf(pile=to))
