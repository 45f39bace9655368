"""The counts as the team reads them: Monday's one line, and a week with arrows to the others."""

from collections.abc import Mapping, Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.people import Person, Reader
from bot.domain.report import DIMENSIONS, Tally, WeeklyCounts
from bot.i18n import Markup, date_in, label, number_in, plural, text
from bot.telegram.callbacks import WeekOf
from bot.telegram.keyboards import keyboard, named
from bot.telegram.messages.common import category_name, lines, message, paragraphs, region_name, screen


def tally(reader: Reader, found: Tally) -> SendMessage:
    """The one line that matters: what came in is what was answered, refused, or waits; or else how much is missing."""
    language, week = reader.language, found.week
    return message(
        reader,
        lines(
            text(
                language,
                "week.head",
                week=week,
                start=date_in(language, week.monday),
                end=date_in(language, week.sunday),
            ),
            text(
                language,
                "digest.tally",
                received=number_in(language, found.received),
                answered=number_in(language, found.answered),
                refused=number_in(language, found.refused),
                waiting=number_in(language, found.waiting),
            ),
            text(language, "digest.missing", number=number_in(language, found.missing))
            if found.missing
            else text(language, "digest.whole"),
        ),
    )


def week(person: Person, counts: WeeklyCounts, *, latest: bool, on: int | None = None) -> SendMessage | EditMessageText:
    """The counts of one week, with arrows to the others."""
    language = person.language
    blocks = [_block(language, name, counts.by[name]) for name in DIMENSIONS] if counts.appeals else []
    words = paragraphs(
        lines(
            text(
                language,
                "week.head",
                week=counts.week,
                start=date_in(language, counts.week.monday),
                end=date_in(language, counts.week.sunday),
            ),
            plural(language, "week.appeals", counts.appeals) if counts.appeals else text(language, "week.none"),
            text(language, "week.before", number=number_in(language, counts.week_before)),
            text(
                language,
                "week.flow",
                claimed=number_in(language, counts.claimed),
                closed=number_in(language, counts.closed),
                waiting=number_in(language, counts.waiting_now),
            ),
            _referrals(language, counts.referrals),
        ),
        *blocks,
    )
    earlier, later = counts.week.shifted(-1), counts.week.shifted(1)
    arrows = [named(f"◀ {earlier}", WeekOf(year=earlier.year, number=earlier.number))]
    if not latest:
        arrows.append(named(f"{later} ▶", WeekOf(year=later.year, number=later.number)))
    return screen(person, words, keyboard(arrows), on)


def _referrals(language: str | None, counts: Mapping[str, int]) -> Markup | None:
    """How many were begun, and how far they have come; nothing where there was none."""
    if not counts:
        return None
    states = (f"{label(language, f'referral.state.{each}')} {number_in(language, n)}" for each, n in counts.items())
    return text(language, "week.referrals", number=number_in(language, sum(counts.values())), states=" · ".join(states))


def _block(language: str | None, dimension: str, counts: Mapping[str, int]) -> Markup:
    rows: Sequence[Markup] = [
        text(
            language,
            "week.line",
            number=number_in(language, count),
            name=_named(language, dimension, code),
        )
        for code, count in counts.items()
    ]
    return lines(Markup(f"<b>{text(language, f'week.by.{dimension}')}</b>"), *rows)


def _named(language: str | None, dimension: str, code: str) -> str:
    if not code:
        return label(language, "week.unknown")
    match dimension:
        case "category":
            return category_name(language, code)
        case "region":
            return region_name(language, code)
        case "language":
            return label(language, f"language.{code}")
        case _:
            return label(language, f"urgency.{code}")
