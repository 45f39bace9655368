"""The counts as the team reads them: a week on one screen, each of its tables on another, and Monday's digest."""

from collections.abc import Callable, Mapping

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.codes import code_name
from bot.content import taxonomy
from bot.domain.people import Person, Reader
from bot.domain.report import MANY_AT_ONCE, TABLES, Past, Spread, Tally, Week, WeeklyCounts, within
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, Markup, date_in, label, lasting, number_in, plural, text
from bot.telegram.callbacks import WeekOf
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import category_name, lines, message, paragraphs, screen
from bot.telegram.report_buttons import ChartOf
from bot.telegram.week_buttons import WeekTable

Screen = SendMessage | EditMessageText

SHOWN = ("category", *(each for each in (*TABLES, *MANY_AT_ONCE) if each not in ("category", "subcategory")))
"""Every table that has a button; sub-categories stand behind their category."""

FIRST = 3
"""The largest categories: in the digest, and where nobody has chosen a language and all four stand on one screen."""

PAD = "\N{FIGURE SPACE}"
"""As wide as a digit: numbers stand under each other without a typewriter's letters."""


def week(person: Person, counts: WeeklyCounts, *, latest: bool, on: int | None = None) -> Screen:
    """A week on one screen: how it went, then category by category, with arrows to the others."""

    def words(language: str | None) -> Markup:
        most = None if person.language else FIRST
        return paragraphs(
            _head(language, counts),
            _compared(language, counts),
            _work(language, counts),
            _beside(language, counts),
            _block(language, "category", counts.figures.by["category"], most) if counts.figures.appeals else None,
        )

    markup = keyboard(*_arrows(counts.week, latest, ""), *_tables(person.language, counts))
    return screen(person, _in_each(person.language, words), markup, on)


def table(
    person: Person, counts: WeeklyCounts, name: str, category: str, *, latest: bool, on: int | None = None
) -> Screen:
    """One table of a week, of a category its sub-categories; with arrows to the same table of other weeks."""
    language, here = person.language, counts.week
    shown = within(counts.figures, taxonomy().category(category)) if category else counts.figures.by[name]
    title = category_name(language, category) if category else text(language, f"week.by.{name}")
    rows, came = _rows(language, "subcategory" if category else name, shown), counts.figures.appeals
    words = paragraphs(
        _head(language, counts),
        lines(Markup(f"<b>{title}</b>"), rows or text(language, "week.uncounted" if came else "week.none")),
        text(language, "week.many") if shown and name in MANY_AT_ONCE else None,
        text(language, "week.drill") if shown and name == "category" and not category else None,
    )
    drill = [] if category or name != "category" else _categories(language, counts)
    up = WeekTable(year=here.year, number=here.number, table=name) if category else WeekOf(**_of(here))
    back = button(language, "button.week.category" if category else "button.week.whole", up)
    return screen(person, words, keyboard(*drill, *_arrows(here, latest, name, category), [back]), on)


def digest(reader: Reader, counts: WeeklyCounts, found: Tally) -> SendMessage:
    """Monday: how the week that has ended went, and that nothing of it was lost, or that something was."""

    def words(language: str | None) -> Markup:
        figures = counts.figures
        return paragraphs(
            _head(language, counts),
            _compared(language, counts),
            lines(
                *_done(language, counts),
                _took(language, "week.to_claim", counts.flow.to_claim),
            ),
            _block(language, "category", figures.by["category"], FIRST) if figures.appeals else None,
            _urgencies(language, figures.by["urgency"]) if figures.appeals else None,
            _tally(language, found),
        )

    return message(reader, _in_each(reader.language, words))


def _in_each(language: str | None, words: Callable[[str | None], Markup]) -> Markup:
    """The whole of it, four times where nobody has chosen a language: not line by line."""
    return words(language) if language else paragraphs(*(words(each) for each in LANGUAGES))


def _head(language: str | None, counts: WeeklyCounts) -> Markup:
    key = "week.head" if counts.past.by_now is None else "week.head_running"
    first, last = counts.week.monday, counts.week.sunday
    return text(language, key, week=counts.week, start=date_in(language, first), end=date_in(language, last))


def _compared(language: str | None, counts: WeeklyCounts) -> Markup:
    past, came = counts.past, counts.flow.came
    return lines(
        Markup(f"<b>{plural(language, 'week.appeals', came)}</b>") if came else text(language, "week.none"),
        _before(language, past),
        _mean(language, past) if past.weeks > 1 else None,
    )


def _before(language: str | None, past: Past) -> Markup:
    whole = number_in(language, past.week_before)
    if past.by_now is None:
        return text(language, "week.before", number=whole)
    return text(language, "week.before_by_now", number=whole, by_now=number_in(language, past.by_now))


def _mean(language: str | None, past: Past) -> Markup:
    return text(language, "week.mean", weeks=number_in(language, past.weeks), mean=number_in(language, past.mean))


def _work(language: str | None, counts: WeeklyCounts) -> Markup:
    flow = counts.flow
    return lines(
        *_done(language, counts),
        _took(language, "week.to_claim", flow.to_claim),
        _took(language, "week.to_answer", flow.to_answer),
        _referrals(language, flow.referrals),
    )


def _done(language: str | None, counts: WeeklyCounts) -> tuple[Markup | None, ...]:
    flow = counts.flow
    numbers = {name: number_in(language, getattr(flow, name)) for name in ("claimed", "closed", "reopened", "waiting")}
    late = text(language, "week.missed", number=number_in(language, flow.missed))
    in_time = text(language, "week.in_time") if flow.came else None
    return text(language, "week.flow", **numbers), late if flow.missed else in_time


def _took(language: str | None, key: str, spread: Spread | None) -> Markup | None:
    """How long something took; nothing where it has not happened yet."""
    if spread is None:
        return None
    return text(language, key, median=lasting(language, spread.median), ninetieth=lasting(language, spread.ninetieth))


def _referrals(language: str | None, counts: Mapping[str, int]) -> Markup | None:
    """How many were begun, and how far they have come; nothing where there was none."""
    if not counts:
        return None
    states = (f"{label(language, f'referral.state.{each}')} {number_in(language, n)}" for each, n in counts.items())
    return text(language, "week.referrals", number=number_in(language, sum(counts.values())), states=" · ".join(states))


def _beside(language: str | None, counts: WeeklyCounts) -> Markup | None:
    """What stands in no table: those who only tried it out, and what was erased and is counted no more than that."""
    found = counts.figures
    return lines(
        text(language, "week.tests", number=number_in(language, found.tests)) if found.tests else None,
        text(language, "week.erased", number=number_in(language, found.erased)) if found.erased else None,
    )


def _block(language: str | None, name: str, counts: Mapping[str, int], most: int | None = None) -> Markup:
    shown = dict(list(counts.items())[:most])
    rest = sum(counts.values()) - sum(shown.values())
    return lines(
        Markup(f"<b>{text(language, f'week.by.{name}')}</b>"),
        _rows(language, name, shown),
        text(language, "week.rest", number=number_in(language, rest)) if rest else None,
    )


def _rows(language: str | None, name: str, counts: Mapping[str, int]) -> Markup:
    """A table: the numbers under each other, then the names."""
    numbers = {code: number_in(language, number) for code, number in counts.items()}
    width = max((len(each) for each in numbers.values()), default=0)
    return lines(
        *(
            text(language, "week.line", number=number.rjust(width, PAD), name=code_name(language, name, code))
            for code, number in numbers.items()
        )
    )


def _urgencies(language: str | None, counts: Mapping[str, int]) -> Markup:
    """In one line, the most urgent first."""
    some = [each for each in Urgency if each in counts]
    each = (
        f"{level.sign} {code_name(language, 'urgency', level)} {number_in(language, counts[level])}" for level in some
    )
    return Markup(" · ".join(each))


def _tally(language: str | None, found: Tally) -> Markup:
    """What came in is what was answered, refused, or waits; or else how much is missing."""
    numbers = ("received", "answered", "refused", "waiting")
    return lines(
        text(language, "digest.tally", **{name: number_in(language, getattr(found, name)) for name in numbers}),
        text(language, "digest.missing", number=number_in(language, found.missing))
        if found.missing
        else text(language, "digest.whole"),
    )


def _of(week: Week) -> dict[str, int]:
    return {"year": week.year, "number": week.number}


def _arrows(week: Week, latest: bool, name: str, category: str = "") -> list[Row]:
    """To the week before and the one after it, to the same table; never to one that has not begun."""

    def to(other: Week, words: str) -> InlineKeyboardButton:
        data = WeekTable(**_of(other), table=name, within=category) if name else WeekOf(**_of(other))
        return named(words, data)

    earlier, later = week.shifted(-1), week.shifted(1)
    return [[to(earlier, f"◀ {earlier}"), *([] if latest else [to(later, f"{later} ▶")])]]


def _tables(language: str | None, counts: WeeklyCounts) -> list[Row]:
    """A button for the chart, and for each table, two a row; none where there is nothing to see."""
    if not counts.figures.appeals:
        return []
    each = [button(language, f"button.week.{name}", WeekTable(**_of(counts.week), table=name)) for name in SHOWN]
    drawn = [button(language, "button.chart", ChartOf(**_of(counts.week)))]
    return [drawn, *(each[at : at + 2] for at in range(0, len(each), 2))]


def _categories(language: str | None, counts: WeeklyCounts) -> list[Row]:
    """A button for each category that occurs: behind it are its sub-categories."""
    return [
        [named(category_name(language, code), WeekTable(**_of(counts.week), table="category", within=code))]
        for code in counts.figures.by["category"]
    ]
