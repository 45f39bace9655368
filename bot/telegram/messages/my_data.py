"""What she sees of her own data: how much is kept, and the doors to each part of it."""

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.people import Person
from bot.i18n import Markup, label, number_in, text
from bot.storage.holdings import Held
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import at_hand, go, keyboard
from bot.telegram.messages.common import answer_name, lines, paragraphs, screen

DOORS = (
    ("button.privacy", Place.NOTICE),
    ("button.consents", Place.CONSENTS),
    ("button.hiding", Place.HIDING),
    ("button.notebook", Place.NOTEBOOK),
    ("button.code", Place.CODE),
    ("button.export", Place.EXPORT),
    ("button.erase", Place.ERASE),
)
"""What she can do with her data, in the order of the screen; what can't be undone stands last."""


def overview(person: Person, held: Held, on: int | None = None) -> SendMessage | EditMessageText:
    """How much is kept about her, and the doors."""
    language = person.language
    words = paragraphs(
        text(language, "data"),
        lines(
            text(language, "data.appeals", number=number_in(language, held.appeals)),
            text(language, "data.words", number=number_in(language, held.words)),
            text(language, "data.notes", number=number_in(language, held.notes)) if held.notes else None,
            text(language, "data.language", reads=label(language, f"language.{language}")) if language else None,
            _contact(person),
            _woman(person),
        ),
        text(language, "data.sealed"),
    )
    doors = [[go(language, key, place)] for key, place in DOORS]
    named = [go(language, "button.sharing", Place.SHARING)] if held.referrals else []
    markup = keyboard(named, *doors, at_hand(language), [go(language, "button.home", Place.HOME)])
    return screen(person, words, markup, on)


def _contact(person: Person) -> Markup | None:
    """How she may be written to in the appeal her words go to."""
    if person.case is None or person.case.file.contact is None:
        return None
    language, file = person.language, person.case.file
    chosen = [answer_name(language, "contact", file.contact or "")]
    chosen += [answer_name(language, "hours", file.hours)] if file.hours else []
    return text(language, "data.contact", code=file.code, contact=", ".join(chosen))


def _woman(person: Person) -> Markup | None:
    """Whether she would rather have a woman in that appeal."""
    if person.case is None or not person.case.file.prefers_woman:
        return None
    return text(person.language, "data.prefers_woman", code=person.case.file.code)
