"""What a coordinator sees while entering an appeal that came by phone: a short question a screen, for one hand."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain import entering
from bot.domain.case import Case, Queued
from bot.domain.entering import REACH, TOLD
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.domain.questionnaire import SKIPPED, Answers, Question
from bot.domain.triage import Taxonomy, Urgency
from bot.i18n import label, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.enter_buttons import EnterAct, EnterAnswer, EnterChange, EnterDoes, EnterPage, EraseEntered
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import SIGNS, answer_name, lines, paragraphs, screen
from bot.telegram.messages.operators import card_words

Screen = SendMessage | EditMessageText

PAGE = 8
"""Options on one page of a long list."""

LONG = 10
"""More than this are shown in pages."""

SIDE_BY_SIDE = ("channel", "country", "age", "language", "officials", "statistics", "share", "told_elsewhere")
"""Questions whose options are short enough for two a row."""


def question(
    person: Person,
    her: PersonId,
    taxonomy: Taxonomy,
    answers: Answers,
    here: Question,
    *,
    page: int = 0,
    on: int | None = None,
) -> Screen:
    """One question to ask the caller; what is typed meanwhile is kept."""
    language = person.language
    words = paragraphs(
        text(language, f"enter.ask.{here.key}"),
        _written(language, answers),
        text(language, "enter.no_names") if here.key in (REACH, TOLD) else None,
    )
    options = () if here.written else here.options(taxonomy, answers)
    return screen(person, words, keyboard(*_options(person, her, here, options, page), *_ways(person, her, here)), on)


def summary(person: Person, her: PersonId, taxonomy: Taxonomy, answers: Answers, on: int | None) -> Screen:
    """All that was answered, and the tap that makes a case of it."""
    language = person.language
    shown = [
        text(
            language,
            "summary.line",
            name=text(language, f"name.{each.key}"),
            answer=_option(language, each.key, answers[each.key]),
        )
        for each in entering.asked(taxonomy, answers)
        if answers.get(each.key, SKIPPED) != SKIPPED and not each.written
    ]
    urgency = text(language, f"urgency.{entering.urgency(taxonomy, answers)}")
    words = paragraphs(
        text(language, "enter.summary", urgency=urgency), lines(*shown), _written(language, answers),
        text(language, "enter.who_reads"),
    )  # fmt: skip
    markup = keyboard(
        [_does(person, EnterAct.SAVE, her)],
        [_does(person, EnterAct.CHANGE, her)],
        [
            _back(person, her),
            _does(person, EnterAct.DROP, her),
        ],
    )
    return screen(person, words, markup, on)


def choose_change(person: Person, her: PersonId, taxonomy: Taxonomy, answers: Answers, on: int | None) -> Screen:
    """Which answer?"""
    language = person.language
    rows = [
        [button(language, f"name.{each.key}", EnterChange(her=her, question=each.key))]
        for each in entering.asked(taxonomy, answers)
        if each.key in answers
    ]
    here = [button(language, "button.back", EnterDoes(act=EnterAct.HERE, her=her))]
    return screen(person, text(language, "change.ask"), keyboard(*rows, here), on)


def saved(person: Person, case: Case, zone: ZoneInfo, now: datetime, on: int | None) -> Screen:
    """It is a case: its code to tell the caller, what still helps and until when, and a way to take it oneself."""
    language, code = person.language, case.file.code
    words = paragraphs(text(language, "enter.saved", code=code), card_words(language, case, zone, now, None))
    claim = [button(language, "button.claim", CaseAct(act=Act.CLAIM, code=code))] if isinstance(case, Queued) else []
    return screen(person, words, keyboard(claim, [_erase(person, code)], [_begin(person)]), on)


def dropped(person: Person, on: int | None) -> Screen:
    """Nothing of it is kept."""
    return screen(person, text(person.language, "enter.dropped"), keyboard([_begin(person)]), on)


def ask_erase(person: Person, code: CaseCode, on: int | None) -> Screen:
    """Really? Nothing takes it back."""
    sure = button(person.language, "button.enter.erase_now", EraseEntered(code=code, sure=True))
    return screen(person, text(person.language, "enter.ask_erase", code=code), keyboard([sure]), on)


def erased(person: Person, code: CaseCode, on: int | None) -> Screen:
    """It is destroyed."""
    return screen(person, text(person.language, "enter.erased", code=code), keyboard(), on)


def erase_row(person: Person, code: CaseCode) -> Row:
    """The way to erase it when she asks by phone."""
    return [_erase(person, code)]


def _written(language: str | None, answers: Answers) -> str | None:
    """What has been typed so far."""
    shown = [
        text(language, "summary.line", name=text(language, f"name.{key}"), answer=entering.written(answers, key))
        for key in (REACH, TOLD)
        if entering.written(answers, key)
    ]
    return lines(*shown) or None


def _option(language: str | None, key: str, option: str) -> str:
    match key:
        case "channel":
            return label(language, f"channel.{option}")
        case "urgency":
            return f"{SIGNS[Urgency(option)]} {label(language, f'urgency.{option}')}"
        case "language":
            return label(language, f"language.{option}")
        case "told_elsewhere":
            return answer_name(language, "officials", option)
        case _:
            return answer_name(language, key, option)


def _options(person: Person, her: PersonId, here: Question, options: Sequence[str], page: int) -> list[Row]:
    pages = -(-len(options) // PAGE) if len(options) > LONG else 1
    page %= pages
    shown = options[page * PAGE : (page + 1) * PAGE] if pages > 1 else options
    each: list[InlineKeyboardButton] = [
        named(_option(person.language, here.key, option), EnterAnswer(her=her, question=here.key, option=option))
        for option in shown
    ]
    width = 2 if here.key in SIDE_BY_SIDE else 1
    rows: list[Row] = [each[first : first + width] for first in range(0, len(each), width)]
    if pages > 1:
        rows.append([button(person.language, "button.more", EnterPage(her=her, page=(page + 1) % pages))])
    return rows


def _ways(person: Person, her: PersonId, here: Question) -> list[Row]:
    """Back, on, to the end, and out."""
    if here.key in entering.MUST:
        return [
            [
                _back(person, her),
                _does(person, EnterAct.DROP, her),
            ]
        ]
    skip = button(person.language, "button.skip", EnterAnswer(her=her, question=here.key, option=SKIPPED))
    return [
        [_back(person, her), skip],
        [_does(person, EnterAct.END, her)],
        [_does(person, EnterAct.DROP, her)],
    ]


def _does(person: Person, act: EnterAct, her: PersonId) -> InlineKeyboardButton:
    return button(person.language, f"button.enter.{act}", EnterDoes(act=act, her=her))


def _back(person: Person, her: PersonId) -> InlineKeyboardButton:
    return button(person.language, "button.back", EnterDoes(act=EnterAct.BACK, her=her))


def _begin(person: Person) -> InlineKeyboardButton:
    return button(person.language, "button.enter.begin", EnterDoes(act=EnterAct.BEGIN))


def _erase(person: Person, code: CaseCode) -> InlineKeyboardButton:
    return button(person.language, "button.enter.erase", EraseEntered(code=code))
