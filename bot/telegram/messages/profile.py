"""Whom a lawyer suits, as the team sees it: the line on a card, and the screens on which it is said."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.methods import EditMessageText, SendMessage

from bot.domain.case import CaseFile
from bot.domain.people import Person
from bot.domain.profile import NAMED_MOST, Profile, Suited
from bot.i18n import Markup, label, moment_in, number_in, text
from bot.telegram.fit_buttons import Suits, SuitsPart
from bot.telegram.keyboards import Row, button, keyboard, named, to_desk
from bot.telegram.messages.common import category_name, lines, paragraphs, region_name, screen
from bot.telegram.team_buttons import Member, MemberAct

PAGE = 8
"""Options on a screen."""

LISTS = (SuitsPart.LANGUAGES, SuitsPart.CATEGORIES, SuitsPart.REGIONS)


def suits(language: str | None, file: CaseFile, fit: Suited) -> Markup:
    """The lines of a card that say for whom it is; working names of the team, nothing of hers."""
    names = [each.working_name or label(language, "team.unnamed") for each in fit.people[:NAMED_MOST]]
    further = len(fit.people) - len(names)
    if not names:
        who = text(language, "card.suits_elsewhere" if fit.elsewhere else "card.suits_nobody")
    elif further:
        who = text(language, "card.suits_more", names=", ".join(names), number=number_in(language, further))
    else:
        who = text(language, "card.suits", names=", ".join(names))
    return lines(text(language, "card.prefers_woman") if file.prefers_woman else None, who)


def whole(
    person: Person, member: Person, profile: Profile, zone: ZoneInfo, now: datetime, on: int | None
) -> SendMessage | EditMessageText:
    """All of it: what was said, and what to change. Whether a woman, only the member changes."""
    language, own = person.language, person.id == member.id
    who = "" if own else member.id
    head = text(language, "suits" if own else "suits.of", name=member.working_name or label(language, "team.unnamed"))
    said = [
        text(language, "suits.line", name=label(language, f"suits.{part}"), values=_values(language, profile, part))
        for part in LISTS
    ]
    woman = text(language, "suits.woman" if profile.woman else "suits.woman_not")
    rows: list[Row] = [[button(language, f"suits.{part}", Suits(part=part, id=who))] for part in LISTS]
    if own:
        key = "button.suits_woman_not" if profile.woman else "button.suits_woman"
        rows += [[button(language, key, Suits(part=SuitsPart.WOMAN, value="1"))], to_desk(language)]
    else:
        rows.append([button(language, "button.back", Member(act=MemberAct.SHOW, id=member.id))])
    away = _away(language, profile, zone) if profile.away(now) else None
    words = paragraphs(head, away, lines(*said, woman), text(language, "suits.seen") if own else None)
    return screen(person, words, keyboard(*rows), on)


def choose(
    person: Person,
    member: Person,
    profile: Profile,
    part: SuitsPart,
    options: Sequence[str],
    page: int,
    on: int | None,
) -> SendMessage | EditMessageText:
    """One list to choose from, by pages; what is chosen is marked."""
    language, who = person.language, "" if person.id == member.id else member.id
    rows = leaves(
        language,
        part,
        options,
        getattr(profile, part),
        page,
        lambda value, leaf: Suits(part=part, value=value, page=leaf, id=who),
    )
    rows.append([button(language, "button.back", Suits(part=SuitsPart.ALL, id=who))])
    words = lines(
        text(language, "suits.line", name=label(language, f"suits.{part}"), values=_values(language, profile, part)),
        text(language, "suits.how"),
    )
    return screen(person, words, keyboard(*rows), on)


def leaves(
    language: str | None,
    part: SuitsPart,
    options: Sequence[str],
    chosen: Collection[str],
    page: int,
    leads_to: Callable[[str, int], CallbackData],
) -> list[Row]:
    """The options of one leaf, what is chosen marked, and the way to the other leaves (a button without a value)."""
    pages = max(1, -(-len(options) // PAGE))
    page %= pages
    rows: list[Row] = []
    for value in options[page * PAGE : (page + 1) * PAGE]:
        name = option_named(language, part, value)
        shown = label(language, "suits.chosen", name=name) if value in chosen else name
        rows.append([named(shown, leads_to(value, page))])
    arrows = (("before", page - 1), ("after", page + 1)) if pages > 1 else ()
    rows.append(
        [
            button(
                language,
                f"button.page.{key}",
                leads_to("", other % pages),
                page=number_in(language, other % pages + 1),
                pages=number_in(language, pages),
            )
            for key, other in arrows
        ]
    )
    return rows


def option_named(language: str | None, part: SuitsPart, value: str) -> str:
    """A language, a region or a category in words."""
    match part:
        case SuitsPart.LANGUAGES:
            return label(language, f"language.{value}")
        case SuitsPart.REGIONS:
            return region_name(language, value)
        case _:
            return category_name(language, value)


def _away(language: str | None, profile: Profile, zone: ZoneInfo) -> Markup:
    if profile.away_until is None:
        return text(language, "suits.away_open")
    return text(language, "suits.away", moment=moment_in(language, profile.away_until, zone))


def _values(language: str | None, profile: Profile, part: SuitsPart) -> str:
    chosen: tuple[str, ...] = getattr(profile, part)
    return ", ".join(option_named(language, part, each) for each in chosen) or label(language, "suits.everything")
