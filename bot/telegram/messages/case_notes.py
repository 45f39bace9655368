"""What a lawyer sees of private notes: the question that asks for one, those there are, what became of his words."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import ForceReply, InlineKeyboardButton

from bot.domain.case_notes import ENTERED, CaseNote, NoteKind, Wanted
from bot.domain.ids import CaseCode, PersonId
from bot.domain.people import Person
from bot.i18n import Markup, label, moment_in, number_in, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import message, paragraphs, screen
from bot.telegram.work_buttons import Wrote, WroteAct

LISTED_MOST = 1800
"""Characters of notes in one message; it must hold the rest of the screen too."""


def ask(person: Person, wanted: Wanted, before: Markup | None, on: int | None) -> SendMessage | EditMessageText:
    """What is asked for and who reads it, with a way out; the question itself comes below."""
    language = person.language
    words = paragraphs(before, text(language, f"case_note.ask.{wanted.kind}", code=wanted.case))
    back = [button(language, "button.back", CaseAct(act=Act.CLOSE, code=wanted.case))]
    again = back if wanted.kind is NoteKind.CLOSING and wanted.leads_to else []
    asked = screen(person, words, keyboard([_button(person, wanted, WroteAct.CANCEL)], again), on)
    if isinstance(asked, SendMessage):
        asked.protect_content = True
    return asked


def question(person: Person, wanted: Wanted) -> SendMessage:
    """The message to reply to: the app opens the reply by itself."""
    language = person.language
    asked = message(person, text(language, f"case_note.question.{wanted.kind}", code=wanted.case))
    hint = label(language, "case_note.hint")
    asked.reply_markup = ForceReply(force_reply=True, input_field_placeholder=hint)
    return asked


def cancelled(person: Person, wanted: Wanted, on: int | None) -> SendMessage | EditMessageText:
    """Nothing is written down."""
    markup = keyboard([button(person.language, "button.case", CaseAct(act=Act.OPEN, code=wanted.case))])
    return screen(person, text(person.language, "case_note.cancelled", code=wanted.case), markup, on)


def unsure(person: Person, wanted: Wanted, codes: Sequence[CaseCode]) -> SendMessage:
    """His words are no reply: are they what was asked for, or for her? Nothing goes anywhere before he taps."""
    rows = [
        [_button(person, wanted, WroteAct.TAKE)],
        *([named(f"✉ {code}", CaseAct(act=Act.SEND, code=code))] for code in codes),
        [_button(person, wanted, WroteAct.DROP)],
    ]
    return message(person, text(person.language, "case_note.unsure", code=wanted.case), keyboard(*rows))


def taken(person: Person, wanted: Wanted, on: int | None) -> SendMessage | EditMessageText:
    """His words were what was asked for."""
    return screen(person, text(person.language, "case_note.taken", code=wanted.case), keyboard(), on)


def dropped(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """His words went nowhere."""
    return screen(person, text(person.language, "case_note.dropped"), keyboard(), on)


def listed(language: str | None, notes: Sequence[CaseNote], names: Mapping[PersonId, str], zone: ZoneInfo) -> Markup:
    """The notes of a case, the newest last; of very many the oldest are left out, and how many that are.

    What was told by phone, and how she can be reached, always stands there: nothing else says it.
    """
    pinned = [_line(language, note, names[note.author], zone) for note in notes if note.kind in ENTERED]
    shown: list[Markup] = []
    room = LISTED_MOST
    notes = [note for note in notes if note.kind not in ENTERED]
    for note in reversed(notes):
        room -= len(note.words) + 60
        if room < 0 and shown:
            break
        shown.insert(0, _line(language, note, names[note.author], zone))
    older = len(notes) - len(shown)
    left_out = text(language, "case_note.older", number=number_in(language, older)) if older else None
    return paragraphs(text(language, "case_note.head"), *pinned, left_out, *shown)


def all_of(person: Person, code: CaseCode, notes: Markup) -> SendMessage:
    """What was written down before he took the case."""
    head = text(person.language, "case_note.all", code=code)
    return message(person, paragraphs(head, notes), protected=True)


def _line(language: str | None, note: CaseNote, name: str, zone: ZoneInfo) -> Markup:
    kind = text(language, f"case_note.kind.{note.kind}")
    at = moment_in(language, note.at, zone)
    return text(language, "case_note.line", kind=kind, name=name, moment=at, words=note.words)


def _button(person: Person, wanted: Wanted, act: WroteAct) -> InlineKeyboardButton:
    key = f"button.take.{wanted.kind}" if act is WroteAct.TAKE else f"button.wrote.{act}"
    data = Wrote(act=act, kind=wanted.kind, code=wanted.case, leads_to=wanted.leads_to)
    return button(person.language, key, data)
