"""Windows in words: to her at once and before they may close, on the card, to the lawyer."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import SendMessage

from bot.content import taxonomy
from bot.domain.case import CaseFile
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.triage import UNSORTED
from bot.domain.windows import Nature, Standing, WindowState, standings
from bot.i18n import Markup, moment_in, number_in, text
from bot.telegram.callbacks import Act, CaseAct, Place
from bot.telegram.keyboards import at_hand, button, go, keyboard
from bot.telegram.messages.common import lines, message, paragraphs
from bot.telegram.messages.reading import offer

MAY_BE = frozenset({None, UNSORTED[1], "TPV.CLIENT"})
"""Sub-categories in which nobody has said that there was an exposure: the windows are named with an *if*."""


def windows_of(file: CaseFile, now: datetime) -> list[Standing]:
    """How the windows of a case stand."""
    known = taxonomy().windows_of(file.subcategory, file.country)
    return standings(known, file.happened_from, file.happened_until, now)


def at_once(
    person: Person, shown: Sequence[Standing], zone: ZoneInfo, countries: Sequence[str], subcategory: str | None
) -> SendMessage:
    """What still helps and for how long; what has passed with what helps now; and who may come to know of it."""
    language = person.language
    medical = any(each.window.nature is not Nature.LIMIT for each in shown)
    open_ = not medical or any(each.state is not WindowState.CLOSED for each in shown)
    words = paragraphs(
        text(language, "windows" if open_ else "windows.passed"),
        text(language, "windows.if") if subcategory in MAY_BE else None,
        *(_to_her(language, each, zone) for each in shown),
        text(language, "windows.where") if medical and open_ else None,
        informed(language, countries) if medical else text(language, "windows.law_checked"),
    )
    markup = keyboard(
        [go(language, "button.duty", Place.DUTY)],
        *offer(language, subcategory),
        [go(language, "button.continue", Place.HERE)],
        at_hand(language),
    )
    return message(person, words, markup)


def to_her(her: Person, soon: Sequence[Standing], zone: ZoneInfo) -> SendMessage:
    """Before it may close. It names the hour of the clock, for it may be read long after it was sent."""
    language = her.language
    moments = (
        text(language, "windows.until", name=_name(language, each), moment=moment_in(language, each.sure_until, zone))
        for each in soon
        if each.sure_until is not None
    )
    words = paragraphs(text(language, "windows"), lines(*moments), text(language, "windows.late"))
    return message(her, words, keyboard([go(language, "button.duty", Place.DUTY)], at_hand(language)))


def to_lawyer(lawyer: Person, code: CaseCode, soon: Sequence[Standing], zone: ZoneInfo) -> SendMessage:
    """Before it may close, to whoever holds the case."""
    words = lines(text(lawyer.language, "lawyer.window", code=code), *by_the_clock(lawyer.language, soon, zone))
    markup = keyboard([button(lawyer.language, "button.open", CaseAct(act=Act.OPEN, code=code))])
    return message(lawyer, words, markup, protected=True)


def by_the_clock(language: str | None, shown: Sequence[Standing], zone: ZoneInfo) -> list[Markup]:
    """What is still open, with the moments between which it closes: this stands in a chat and is read later too."""
    return [
        text(
            language,
            _by_the_clock(each),
            name=_name(language, each),
            moment=moment_in(language, each.sure_until or each.until, zone),
            until=moment_in(language, each.until, zone),
        )
        for each in shown
        if each.state is not WindowState.CLOSED or each.window.nature is Nature.LIMIT
    ]


def left(language: str | None, file: CaseFile, now: datetime) -> list[Markup]:
    """What of a case is still open, a line each, with the hours left as a range; and a limit that has passed."""
    return _left(language, windows_of(file, now))


def informed(language: str | None, countries: Sequence[str]) -> Markup:
    """Who may come to know of it when she goes to a doctor: said before she goes (`content/facts.csv` D30)."""
    return paragraphs(
        lines(*(text(language, f"danger.informed.{country}") for country in countries)),
        text(language, "danger.law_checked"),
    )


def _by_the_clock(shown: Standing) -> str:
    if shown.window.nature is Nature.FADES:
        return "appeal.window.fades"
    return "appeal.window" if shown.sure_until else "appeal.window.any_time"


def _left(language: str | None, shown: Sequence[Standing]) -> list[Markup]:
    return [
        text(
            language,
            f"card.window.{_how(each)}",
            name=_name(language, each),
            least=number_in(language, each.least),
            most=number_in(language, each.most if each.state is WindowState.OPEN else each.most + 1),
        )
        for each in shown
        if each.state is not WindowState.CLOSED or each.window.nature is Nature.LIMIT
    ]


def _how(shown: Standing) -> str:
    """In which words the team reads it: what may close any hour is said by what closing means."""
    if shown.state is WindowState.OPEN:
        return "open"
    return "over" if shown.state is WindowState.CLOSED else shown.window.nature


def _to_her(language: str | None, shown: Standing, zone: ZoneInfo) -> Markup:
    window, gone = shown.window, shown.state is WindowState.CLOSED
    hours = {"least": number_in(language, shown.least), "most": number_in(language, shown.most)}
    sure = {"moment": moment_in(language, shown.sure_until, zone)} if shown.sure_until else {}
    return lines(
        text(language, f"window.{window.nature}.{shown.state}", name=_name(language, shown), **hours, **sure),
        text(language, f"window.after.{window.code}") if gone and window.nature is Nature.CLOSES else None,
    )


def _name(language: str | None, shown: Standing) -> Markup:
    return text(language, f"window.{shown.window.code}")
