"""What a lawyer sees of the status of a case he holds."""

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.case import Claimed, Work
from bot.domain.people import Person
from bot.i18n import label, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import paragraphs, screen
from bot.telegram.work_buttons import WorkOn


def choose(person: Person, case: Claimed, on: int | None) -> SendMessage | EditMessageText:
    """How does it stand? What stands now is marked, and what follows from it is said."""
    language, code = person.language, case.file.code
    rows = [
        [named(("● " if each is case.work else "") + label(language, f"work.{each}"), WorkOn(code=code, work=each))]
        for each in Work
    ]
    words = paragraphs(
        text(language, "work.ask", code=code),
        text(language, "work.her_turn" if case.work and case.work.her_turn else "work.your_turn"),
    )
    back = [button(language, "button.back", CaseAct(act=Act.OPEN, code=code))]
    return screen(person, words, keyboard(*rows, back), on)
