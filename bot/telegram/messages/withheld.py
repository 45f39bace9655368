"""What is said about a number or a place that is kept back: to her what it could tell, to the lawyer that it is there.

First lines towards her are neutral; what was found is never repeated.
"""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.ids import CaseCode
from bot.domain.intake import Kind, Piece, Withheld
from bot.domain.masking import WHOLE, Trace, masked
from bot.domain.people import Person
from bot.i18n import label, text
from bot.telegram.callbacks import Unmask, Why, Withhold
from bot.telegram.keyboards import at_hand, button, keyboard
from bot.telegram.messages.common import lines, message, paragraphs, said, screen


def seen_by_lawyer(lawyer: Person, piece: Piece, state: Withheld | None) -> Piece:
    """A piece as he may see it at once: masked; of a contact card or a place, before her yes, that it is there."""
    if piece.kind not in WHOLE:
        return masked(piece)
    if state is Withheld.ALLOWED:
        return piece
    waiting = "dropped" if state is Withheld.DROPPED else "asked"
    return Piece(Kind.TEXT, label(lawyer.language, f"withheld.{piece.kind}.{waiting}"))


def ask(her: Person, entry: int, found: Sequence[Trace]) -> SendMessage:
    """What her message could tell a lawyer, and her choice."""
    language = her.language
    waits = set(found) <= {Trace.CONTACT, Trace.LOCATION}
    words = paragraphs(
        text(language, "withheld.waits" if waits else "withheld.masked"),
        lines(*(text(language, f"withheld.{each}") for each in found)),
        text(language, "withheld.choose"),
    )
    markup = keyboard(
        [button(language, "button.withheld.let", Withhold(entry=entry, let=True))],
        [button(language, "button.withheld.leave", Withhold(entry=entry, let=False))],
        at_hand(language),
    )
    return message(her, words, markup)


def went_at_once(her: Person) -> SendMessage:
    """In immediate danger a place or a contact card is passed on without a question."""
    return said(her, "withheld.at_once", keyboard(at_hand(her.language)))


def about_files(her: Person) -> SendMessage:
    """What a file or a voice may tell besides what it shows."""
    return said(her, "files.tell", keyboard(at_hand(her.language)))


def chosen(her: Person, *, let: bool, on: int | None) -> SendMessage | EditMessageText:
    """Her choice stands."""
    return screen(
        her, text(her.language, "withheld.let" if let else "withheld.left"), keyboard(at_hand(her.language)), on
    )


def may_be_shown(lawyer: Person, code: CaseCode, entry: int) -> SendMessage:
    """The mask above may be lifted, for a reason."""
    markup = keyboard([button(lawyer.language, "button.unmask", Unmask(entry=entry))])
    return said(lawyer, "withheld.may_be_shown", markup, code=code)


def ask_why(lawyer: Person, code: CaseCode, entry: int, on: int | None) -> SendMessage | EditMessageText:
    """For what?"""
    rows = [[button(lawyer.language, f"button.unmask.{each}", Unmask(entry=entry, why=each))] for each in Why]
    return screen(lawyer, text(lawyer.language, "withheld.why", code=code), keyboard(*rows), on)


def unmasked(lawyer: Person, code: CaseCode, why: Why, on: int | None) -> SendMessage | EditMessageText:
    """Shown below, and for what it was shown."""
    reason = text(lawyer.language, f"button.unmask.{why}")
    return screen(lawyer, text(lawyer.language, "withheld.shown", code=code, reason=reason), keyboard(), on)
