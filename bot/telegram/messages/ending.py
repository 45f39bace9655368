"""What the team sees when a case ends, or is opened again."""

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.case import Outcome
from bot.domain.case_notes import LooseEnds
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import label, number_in, text
from bot.telegram.callbacks import Act, CaseAct, CloseAs
from bot.telegram.keyboards import button, keyboard
from bot.telegram.messages.common import lines, message, paragraphs, screen


def choose_outcome(
    person: Person, code: CaseCode, left: LooseEnds, on: int | None = None
) -> SendMessage | EditMessageText:
    """How did it end? What is still open stands above."""
    language = person.language
    rows = [[button(language, f"outcome.{each}", CloseAs(code=code, outcome=each))] for each in Outcome]
    back = [button(language, "button.back", CaseAct(act=Act.OPEN, code=code))]
    still_open = lines(
        text(language, "close.offered") if left.offered else None,
        text(language, "close.referrals", number=number_in(language, left.referrals)) if left.referrals else None,
        text(language, "close.agenda", number=number_in(language, left.agenda)) if left.agenda else None,
    )
    return screen(person, paragraphs(text(language, "close.ask", code=code), still_open), keyboard(*rows, back), on)


def reopened(person: Person, code: CaseCode, lawyer: Person | None) -> SendMessage:
    """It is open again, and with whom."""
    language = person.language
    if lawyer is None:
        return message(person, text(language, "reopen.queued", code=code))
    name = lawyer.working_name or label(language, "team.unnamed")
    key = "reopen.yours" if lawyer.id == person.id else "reopen.with"
    return message(person, text(language, key, code=code, name=name))
