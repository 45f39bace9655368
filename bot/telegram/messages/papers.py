"""Charts and files as they are asked for and sent: which days, what, for whom, and what becomes of it."""

from dataclasses import replace

from aiogram.methods import EditMessageText, SendDocument, SendMessage, SendPhoto
from aiogram.types import InlineKeyboardButton

from bot.domain.errors import Refusal
from bot.domain.order import FILES, Asked, Order, What
from bot.domain.people import Person, Reader
from bot.domain.report import Mode
from bot.domain.stretch import Stretch, name_of
from bot.i18n import LANGUAGES, Markup, date_in, label, text
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import message, paragraphs, screen
from bot.telegram.report_buttons import ReportDays, ReportFor, ReportOf


def ask_period(person: Person, on: int | None = None) -> SendMessage | EditMessageText:
    """Of which days?"""
    each = [button(person.language, f"button.{stretch}", ReportFor(of=stretch)) for stretch in Stretch]
    rows = [each[:2], each[2:4], [*each[4:], button(person.language, "button.other_days", ReportDays())]]
    return screen(person, text(person.language, "report.which_days"), keyboard(*rows), on)


def ask_days(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """His next text is the days."""
    back = keyboard([button(person.language, "button.back", ReportFor())])
    return screen(person, text(person.language, "report.type_days"), back, on)


def put_together(
    person: Person, asked: Asked, *, team: bool, running: bool, on: int | None
) -> SendMessage | EditMessageText:
    """What would be made, and what can be changed of it. `team`: he may have every number as it is."""
    language = person.language
    words = paragraphs(
        Markup(f"<b>{text(language, 'report.head', days=_days(language, asked))}</b>"),
        text(language, "report.running") if running else None,
        text(language, f"report.about.{asked.what}"),
        text(language, f"report.about.{asked.mode}"),
    )
    kinds = [_choice(label(language, f"button.what.{what}"), asked, replace(asked, what=what)) for what in FILES]
    tongues = [_choice(label(language, f"language.{each}"), asked, replace(asked, language=each)) for each in LANGUAGES]
    modes = [
        _choice(label(language, f"button.mode.{mode}"), asked, replace(asked, mode=mode))
        for mode in (Mode.PUBLICATION, Mode.TEAM)
    ]
    make = [button(language, "button.make", ReportOf.of(asked, make=True))]
    rows = [kinds[:2], kinds[2:], tongues[:2], tongues[2:], modes if team else [], make]
    back = [button(language, "button.back", ReportFor())]
    return screen(person, words, keyboard(*rows, back), on)


def being_made(person: Person, asked: Asked, on: int | None) -> SendMessage | EditMessageText:
    """It is being made; the line changes when it is there."""
    return screen(person, _line(person.language, "order.being_made", asked), None, on)


def settled(reader: Reader, order: Order, key: str) -> EditMessageText:
    """What became of it, in the line that said it was being made."""
    edit = screen(reader, _line(reader.language, key, order.asked), None, on=0)
    assert isinstance(edit, EditMessageText)
    return edit


def made(reader: Reader, asked: Asked) -> SendPhoto | SendDocument:
    """The file; its name and its caption say which days, and whether it may leave the team."""
    key = "order.file.chart" if asked.what is What.CHART else f"order.file.{asked.mode}"
    caption = label(reader.language, key, days=_days(reader.language, asked))
    if asked.what is What.CHART:
        return SendPhoto(chat_id=reader.account, photo=asked.file_name, caption=caption, parse_mode=None)
    return SendDocument(chat_id=reader.account, document=asked.file_name, caption=caption, parse_mode=None)


def refused(reader: Reader, asked: Asked, why: Refusal) -> SendMessage:
    """It can't be given, and why."""
    reason = text(reader.language, why.key, **why.params)
    return message(reader, paragraphs(_line(reader.language, "order.not_made", asked), reason))


def _choice(words: str, now: Asked, then: Asked) -> InlineKeyboardButton:
    """A button of several of which one holds."""
    return named(f"✓ {words}" if now == then else words, ReportOf.of(then))


def _line(language: str | None, key: str, asked: Asked) -> Markup:
    what = label(language, f"order.what.{asked.what}")
    return text(language, key, what=what, days=_days(language, asked))


def _days(language: str | None, asked: Asked) -> str:
    """The days, and the short name of the stretch where it has one: `1 Jul – 30 Sep 2026 (2026-Q3)`."""
    first, last = asked.period.first, asked.period.last
    days = date_in(language, first) if first == last else f"{date_in(language, first)} – {date_in(language, last)}"
    name = name_of(asked.period)
    return days if "_" in name else f"{days} ({name})"
