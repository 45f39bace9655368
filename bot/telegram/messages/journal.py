"""The journal of a case as a coordinator reads it."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.ids import CaseCode, PersonId
from bot.domain.journal import Note
from bot.domain.people import Person, Role
from bot.i18n import Markup, label, moment_in, text
from bot.telegram.callbacks import JournalPage
from bot.telegram.keyboards import keyboard, named
from bot.telegram.messages.common import lines, paragraphs, screen


def page(
    person: Person,
    code: CaseCode,
    notes: Sequence[Note],
    names: Mapping[PersonId, str],
    zone: ZoneInfo,
    *,
    number: int,
    last: int,
    on: int | None,
) -> SendMessage | EditMessageText:
    """Who did what, the newest last, with arrows to the other pages."""
    language = person.language
    rows = events(language, notes, names, zone)
    arrows = [named("◀", JournalPage(code=code, page=number - 1))] if number else []
    if number < last:
        arrows.append(named("▶", JournalPage(code=code, page=number + 1)))
    words = paragraphs(text(language, "journal.head", code=code), lines(*rows))
    return screen(person, words, keyboard(arrows), on)


def events(language: str | None, notes: Sequence[Note], names: Mapping[PersonId, str], zone: ZoneInfo) -> list[Markup]:
    """A line each: when, who by role and working name, what."""
    return [
        text(
            language,
            "journal.line",
            moment=moment_in(language, each.at, zone),
            who=_who(language, each, names),
            what=label(language, f"journal.did.{each.action.name.lower()}" if each.action else "journal.did.other"),
        )
        for each in notes
    ]


def _who(language: str | None, note: Note, names: Mapping[PersonId, str]) -> str:
    match note.role:
        case Role():
            return f"{label(language, f'role.{note.role}')} {names.get(note.actor, '') if note.actor else ''}".strip()
        case "seeker":
            return label(language, "journal.seeker")
        case _:
            return label(language, "journal.hotline")
