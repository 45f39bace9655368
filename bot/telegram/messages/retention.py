"""Before an ended case is destroyed: a word to the team and to her, and the ways to keep it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.retention import Kept, Reason
from bot.i18n import date_in, label, text
from bot.telegram.callbacks import Keep, KeepMine, Place
from bot.telegram.keyboards import at_hand, button, go, keyboard
from bot.telegram.messages.common import paragraphs, said, screen


def soon(person: Person, kept: Kept, at: datetime, zone: ZoneInfo) -> SendMessage:
    """To the team: it will be destroyed on this day, unless somebody keeps it."""
    language = person.language
    return said(
        person,
        "retention.soon",
        keyboard([button(language, "button.keep", Keep(code=kept.code))]),
        code=kept.code,
        outcome=label(language, f"outcome.{kept.case.outcome}"),
        date=_day(language, at, zone),
    )


def still(person: Person, kept: Kept) -> SendMessage:
    """To the team: it is kept for a reason that has no end; is it still so?"""
    language = person.language
    markup = keyboard(
        [button(language, f"button.keep.{kept.held_for}", Keep(code=kept.code, reason=Reason(str(kept.held_for))))],
        [button(language, "button.keep.no_more", Keep(code=kept.code, reason=Reason.NO_MORE))],
    )
    return said(
        person, "retention.still", markup, code=kept.code, reason=label(language, f"button.keep.{kept.held_for}")
    )


def choose_reason(person: Person, kept: Kept, on: int | None) -> SendMessage | EditMessageText:
    """Why it is kept."""
    reasons = [each for each in Reason if each is not Reason.NO_MORE or kept.held_for is not None]
    rows = [[button(person.language, f"button.keep.{each}", Keep(code=kept.code, reason=each))] for each in reasons]
    return screen(person, text(person.language, "retention.why", code=kept.code), keyboard(*rows), on)


def kept(
    person: Person, code: CaseCode, reason: Reason, until: datetime | None, zone: ZoneInfo, on: int | None
) -> SendMessage | EditMessageText:
    """It is kept, for this reason, until about this day."""
    language = person.language
    named = label(language, f"button.keep.{reason}")
    words = paragraphs(
        text(language, "retention.kept", code=code, reason=named),
        text(language, "retention.until", date=_day(language, until, zone)) if until else None,
    )
    return screen(person, words, keyboard(), on)


def soon_for_her(person: Person, code: CaseCode, at: datetime, zone: ZoneInfo) -> SendMessage:
    """To her: what is kept of this appeal will be deleted; keep it longer, or take a copy."""
    language = person.language
    markup = keyboard(
        [button(language, "button.keep_mine", KeepMine(code=code))],
        [go(language, "button.export", Place.EXPORT)],
        [go(language, "button.home", Place.HOME)],
        at_hand(language),
    )
    return said(person, "retention.soon_for_her", markup, code=code, date=_day(language, at, zone))


def kept_for_her(
    person: Person, code: CaseCode, until: datetime, zone: ZoneInfo, on: int | None
) -> SendMessage | EditMessageText:
    """It is kept longer."""
    language = person.language
    words = text(language, "retention.kept_for_her", code=code, date=_day(language, until, zone))
    return screen(person, words, keyboard([go(language, "button.home", Place.HOME)], at_hand(language)), on)


def _day(language: str | None, at: datetime, zone: ZoneInfo) -> str:
    return date_in(language, at.astimezone(zone).date())
