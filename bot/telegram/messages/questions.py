"""The questionnaire's screens: one question, its options, and always back, skip, danger now, talk to a person."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.people import Person
from bot.domain.questionnaire import PREFERS_WOMAN, SKIPPED, Answers, Question, asked, kind_of
from bot.domain.triage import Taxonomy
from bot.i18n import label, plural, text
from bot.telegram.callbacks import Answer, Change, Page, Place
from bot.telegram.keyboards import Row, at_hand, button, go, keyboard, named
from bot.telegram.messages.common import answer_name, duty_to_report, lines, paragraphs, screen
from bot.telegram.messages.reading import offer, rows
from bot.telegram.messages.wishes import woman

PAGE = 8
"""Options on one page of a long list; a phone shows about that many buttons without scrolling far."""

LONG = 10
"""More options than this are shown in pages, so that the question and the ways out stay on the screen."""


def question(
    person: Person,
    taxonomy: Taxonomy,
    answers: Answers,
    here: Question,
    *,
    words: int = 0,
    page: int = 0,
    on: int | None = None,
) -> SendMessage | EditMessageText:
    """One question. `words`: how many messages of hers are kept in the draft."""
    language = person.language
    written = paragraphs(
        plural(language, "words.kept", words) if words else None,
        text(language, f"question.{here.key}") if not (here.written and words) else text(language, "words.more"),
        duty_to_report(language, taxonomy.countries) if here.key == "age" else None,
    )
    options = here.options(taxonomy, answers)
    if here.written and not words:
        options = ()
    read = offer(language, _chosen_before(taxonomy, answers, here))
    return screen(person, written, keyboard(*_options(person, here, options, page), *read, *_ways(person, here)), on)


def summary(
    person: Person, taxonomy: Taxonomy, answers: Answers, words: int, on: int | None = None
) -> SendMessage | EditMessageText:
    """Everything she answered, and the one tap that sends it; the screen says who will read it."""
    language = person.language
    written = paragraphs(
        text(language, "summary"), _answered(language, taxonomy, answers, words), text(language, "summary.consent")
    )
    markup = keyboard(
        [go(language, "button.send", Place.SEND)],
        [go(language, "button.change", Place.CHANGE)],
        woman(language, "", prefers=PREFERS_WOMAN in answers),
        [go(language, "button.back", Place.BACK)],
        at_hand(language),
        [go(language, "button.discard", Place.DISCARD)],
    )
    return screen(person, written, markup, on)


def choose_change(
    person: Person, taxonomy: Taxonomy, answers: Answers, on: int | None = None
) -> SendMessage | EditMessageText:
    """Which answer to change."""
    language = person.language
    rows = [
        [button(language, f"name.{each.key}", Change(question=each.key))]
        for each in asked(taxonomy, answers)
        if each.key in answers
    ]
    return screen(
        person,
        text(language, "change.ask"),
        keyboard(*rows, [go(language, "button.back", Place.HERE)], at_hand(language)),
        on,
    )


def talk(
    person: Person, *, kept: bool, fits: Sequence[str] = (), on: int | None = None
) -> SendMessage | EditMessageText:
    """Shall a person read what is here so far? The second of two taps. `fits`: what she may read about it meanwhile."""
    language = person.language
    markup = keyboard(
        [go(language, "button.send", Place.SEND)],
        [go(language, "button.questions", Place.NEW)],
        *rows(language, fits),
        at_hand(language),
        [go(language, "button.discard", Place.DISCARD)] if kept else [go(language, "button.back", Place.HERE)],
    )
    return screen(person, text(language, "talk.kept" if kept else "talk"), markup, on)


def ask_discard(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """Shall it really be thrown away?"""
    language = person.language
    markup = keyboard(
        [go(language, "button.back", Place.HERE)],
        [go(language, "button.discard_now", Place.DISCARD_NOW)],
        at_hand(language),
    )
    return screen(person, text(language, "discard.ask"), markup, on)


def _chosen_before(taxonomy: Taxonomy, answers: Answers, here: Question) -> str | None:
    """What she has just said it is about, on the screen that follows; on later ones it would be in the way."""
    keys = [each.key for each in asked(taxonomy, answers)]
    before = keys[keys.index(here.key) - 1]
    category, subcategory = kind_of(taxonomy, answers)
    return (subcategory or category) if before == "subcategory" else None


def _answered(language: str | None, taxonomy: Taxonomy, answers: Answers, words: int) -> str:
    shown = []
    for each in asked(taxonomy, answers):
        given = answers.get(each.key, SKIPPED)
        if each.written:
            value = plural(language, "words.kept", words) if words else label(language, "answer.skipped")
        elif given == SKIPPED:
            continue
        else:
            value = answer_name(language, each.key, given)
        shown.append(text(language, "summary.line", name=text(language, f"name.{each.key}"), answer=value))
    if PREFERS_WOMAN in answers:
        name, value = text(language, "name.prefers_woman"), label(language, "option.prefers_woman.yes")
        shown.append(text(language, "summary.line", name=name, answer=value))
    return lines(*shown)


def _options(person: Person, here: Question, options: Sequence[str], page: int) -> list[Row]:
    shown = options[page * PAGE : (page + 1) * PAGE] if len(options) > LONG else options
    each = [
        named(answer_name(person.language, here.key, option), Answer(question=here.key, option=option))
        for option in shown
    ]
    rows: list[Row] = _paired(each) if len(options) <= 5 and here.key in _SHORT else [[one] for one in each]
    if len(shown) < len(options):
        pages = -(-len(options) // PAGE)
        rows.append([button(person.language, "button.more", Page(question=here.key, page=(page + 1) % pages))])
    return rows


_SHORT = ("safe", "officials", "share", "statistics", "follow_up", "country", "age")
"""Questions whose options fit two a row."""


def _paired(buttons: list[InlineKeyboardButton]) -> list[Row]:
    return [buttons[first : first + 2] for first in range(0, len(buttons), 2)]


def _ways(person: Person, here: Question) -> list[Row]:
    language = person.language
    skip = button(language, "button.skip", Answer(question=here.key, option=SKIPPED))
    return [
        [go(language, "button.back", Place.BACK), skip],
        at_hand(language),
        [go(language, "button.person", Place.TALK)],
    ]
