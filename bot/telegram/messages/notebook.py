"""The notebook on the screen: how it is set up, and what it looks like while it stands in front of everything."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.intake import Kind
from bot.domain.people import Disguise, Person
from bot.i18n import LANGUAGES, label, moment_in, text
from bot.storage.notes import Note
from bot.telegram.callbacks import Jot, JotAct, Place
from bot.telegram.keyboards import at_hand, button, go, keyboard
from bot.telegram.messages.common import lines, message, paragraphs, screen

PREVIEW = 200
"""Letters of a note that are shown in the list."""


def about(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """What the notebook protects and what it does not, how it stands, and the way in."""
    language, ready = person.language, person.return_code is not None
    is_on = person.disguise in (Disguise.ON, Disguise.SHOWN)
    words = paragraphs(
        text(language, "notebook.about", word=default_word(language)),
        text(language, "notebook.is_on" if is_on else "notebook.is_off") if ready else None,
        None if ready else text(language, "notebook.code_first"),
    )
    choose = go(language, "button.word_other" if is_on else "button.word", Place.WORD)
    markup = keyboard(
        [choose] if ready else [go(language, "button.code", Place.CODE)],
        [go(language, "button.notebook_off", Place.NOTEBOOK_OFF)] if person.disguise else [],
        [go(language, "button.back", Place.DATA)],
        at_hand(language),
    )
    return screen(person, words, markup, on)


def told(person: Person, key: str, **params: object) -> SendMessage:
    """One step of choosing the word."""
    language = person.language
    markup = keyboard([go(language, "button.back", Place.NOTEBOOK)], at_hand(language))
    return message(person, text(language, key, **params), markup)


def after_code(person: Person) -> SendMessage:
    """The code has opened the notebook: a new word, or no notebook any more?"""
    language = person.language
    markup = keyboard(
        [go(language, "button.word_other", Place.WORD)],
        [go(language, "button.notebook_off", Place.NOTEBOOK_OFF)],
        at_hand(language),
    )
    return message(person, text(language, "notebook.after_code"), markup)


def pages(person: Person, notes: Sequence[Note], zone: ZoneInfo, on: int | None) -> SendMessage | EditMessageText:
    """The notebook itself: the latest notes, each with a way to throw it away."""
    language = person.language
    shown = [
        text(language, "notebook.line", number=number, moment=moment_in(language, note.at, zone), words=_preview(note))
        for number, note in enumerate(notes, start=1)
    ]
    each = [
        button(language, "button.note_remove", Jot(act=JotAct.REMOVE, note=note.id), number=number)
        for number, note in enumerate(notes, start=1)
    ]
    words = paragraphs(text(language, "notebook.title"), lines(*shown) if shown else text(language, "notebook.empty"))
    markup = keyboard(each, [button(language, "button.notes_remove", Jot(act=JotAct.ASK_ALL, note=0))] if each else [])
    return screen(person, words, markup, on)


def ask_all(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """Throw every note away?"""
    language = person.language
    markup = keyboard(
        [button(language, "button.notes_remove", Jot(act=JotAct.REMOVE_ALL, note=0))],
        [button(language, "button.back", Jot(act=JotAct.LIST, note=0))],
    )
    return screen(person, text(language, "notebook.ask_all"), markup, on)


def saved(person: Person) -> SendMessage:
    """A note is kept."""
    markup = keyboard([button(person.language, "button.notes", Jot(act=JotAct.LIST, note=0))])
    return message(person, text(person.language, "notebook.saved"), markup)


def open_help(person: Person) -> SendMessage:
    """A note that sounds of danger: one neutral line, and a button."""
    markup = keyboard([go(person.language, "button.open_help", Place.DANGER)])
    return message(person, text(person.language, "notebook.help"), markup)


def default_word(language: str | None) -> str:
    """The everyday word that opens help in the notebook, in this language."""
    return label(language or LANGUAGES[0], "notebook.default_word")


def default_words() -> frozenset[str]:
    """The same in all four languages: each of them opens help."""
    return frozenset(default_word(language) for language in LANGUAGES)


def _preview(note: Note) -> str:
    words = note.piece.text if note.piece.kind is Kind.TEXT else f"📎 {note.piece.text}"
    return words if len(words) <= PREVIEW else f"{words[:PREVIEW]}…"
