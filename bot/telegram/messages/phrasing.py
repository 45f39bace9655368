"""The risk screen's phrases as a coordinator reads and changes them."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.people import LANGUAGES, Person
from bot.domain.risk import Finding, Level, Phrase
from bot.i18n import label, number_in, text
from bot.storage.risk import KeptPhrase
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import lines, message, paragraphs, screen
from bot.telegram.risk_buttons import RiskAdd, RiskList, RiskSwitch

MOST_SHOWN = 10
"""Phrases that are named of what was found in a sentence."""


def languages(person: Person, spoken: Sequence[str], on: int | None = None) -> SendMessage | EditMessageText:
    """How to try it and how phrases are written; whose phrases to look at."""
    each = [named(_language(person.language, one), RiskList(language=one)) for one in spoken]
    return screen(person, text(person.language, "risk.about"), keyboard(each[:2], each[2:4], each[4:]), on)


def kinds(person: Person, language: str, of: Sequence[str], on: int | None) -> SendMessage | EditMessageText:
    """Which kind of danger?"""
    each = [named(kind_name(person.language, one), RiskList(language=language, kind=one)) for one in of]
    rows: list[Row] = [each[first : first + 2] for first in range(0, len(each), 2)]
    words = text(person.language, "risk.kinds", spoken=_language(person.language, language))
    return screen(person, words, keyboard(*rows, [_back(person, RiskList())]), on)


def phrases(
    person: Person,
    language: str,
    kind: str,
    shown: Sequence[tuple[str, KeptPhrase]],
    page: int,
    last: int,
    on: int | None,
) -> SendMessage | EditMessageText:
    """A page of phrases, each with a button to switch it off or on, and a way to add one."""
    rows = [
        text(
            person.language,
            "risk.phrase" if kept.active else "risk.phrase_off",
            number=number_in(person.language, at),
            level=label(person.language, f"urgency.{kept.phrase.level}"),
            phrase=kept.phrase.text,
        )
        for at, (_, kept) in enumerate(shown, 1)
    ]
    switches = [
        named(f"{'✅' if kept.active else '▫️'} {at}", RiskSwitch(id=number, on=not kept.active, page=page))
        for at, (number, kept) in enumerate(shown, 1)
    ]
    arrows = [named("◀", RiskList(language=language, kind=kind, page=page - 1))] if page else []
    if page < last:
        arrows.append(named("▶", RiskList(language=language, kind=kind, page=page + 1)))
    add = [
        [button(person.language, f"button.risk_add.{level}", RiskAdd(language=language, kind=kind, level=level))]
        for level in (Level.IMMEDIATE, Level.HIGH)
    ]
    head = text(person.language, "risk.head", spoken=_language(person.language, language),
                kind=kind_name(person.language, kind))  # fmt: skip
    markup = keyboard(switches[:4], switches[4:], arrows, *add, [_back(person, RiskList(language=language))])
    return screen(person, paragraphs(head, lines(*rows)), markup, on)


def ask(person: Person, language: str, kind: str, level: str, on: int | None) -> SendMessage | EditMessageText:
    """Write the phrase."""
    words = text(
        person.language,
        "risk.ask",
        spoken=_language(person.language, language),
        kind=kind_name(person.language, kind),
        level=label(person.language, f"urgency.{level}"),
    )
    return screen(person, words, keyboard([_back(person, RiskList(language=language, kind=kind))]), on)


def added(person: Person, phrase: Phrase) -> SendMessage:
    """It counts from now on."""
    back = RiskList(language=phrase.language, kind=phrase.kind or "other")
    return message(person, text(person.language, "risk.added", phrase=phrase.text), keyboard([_back(person, back)]))


def found(person: Person, finding: Finding) -> SendMessage:
    """What would be found in the sentence that was tried, and by which phrases."""
    language = person.language
    if finding.level is Level.NONE:
        return message(person, text(language, "risk.found_nothing"))
    head = text(
        language,
        "risk.found",
        level=label(language, f"urgency.{finding.level}"),
        kind=kind_name(language, finding.kind or "other"),
    )
    rows = [
        text(language, "risk.found_by", spoken=_language(language, each.language), phrase=each.text)
        for each in finding.matched[:MOST_SHOWN]
    ]
    return message(person, paragraphs(head, lines(*rows)))


def kind_name(language: str | None, kind: str) -> str:
    """A kind of danger in a word or two."""
    return label(language, "risk.other" if kind == "other" else f"button.kind.{kind}")


def _language(reads: str | None, language: str) -> str:
    return label(reads, f"language.{language}" if language in LANGUAGES else "risk.any")


def _back(person: Person, to: RiskList) -> InlineKeyboardButton:
    return button(person.language, "button.back", to)
