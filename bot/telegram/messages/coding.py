"""The coding of a case on a screen: a question each, what follows from the answers, and what still awaits it."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.codes import code_name
from bot.content import taxonomy, violated_rights
from bot.domain.case import CaseFile, Claimed, Closed
from bot.domain.coding import Circumstance, CodingPart, Gbvims, Violator, by_the_act, contexts, part_after, parts
from bot.domain.consent import Purpose
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.triage import UNSORTED
from bot.i18n import Markup, label, number_in, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.coding_buttons import CodeAs, CodingOf
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import category_name, lines, paragraphs, screen, subcategory_name

TOLD = "told"
"""No circumstance of what happened: she has told it elsewhere."""

CHOSEN, LIKELY = "✓ ", "★ "
A_ROW = 3

Screen = SendMessage | EditMessageText
Question = tuple[list[Markup | None], list[Row]]


def overview(person: Person, case: Claimed | Closed, on: int | None) -> Screen:
    """All that is coded, what follows from it, and a button for each part."""
    language, file = person.language, case.file
    asked = parts(file.allows(Purpose.STATISTICS))
    rows = [[button(language, f"button.coding.{each}", CodingOf(code=file.code, part=each))] for each in asked]
    back = [button(language, "button.back", CaseAct(act=Act.OPEN, code=file.code))]
    words = paragraphs(
        _head(language, file),
        lines(*(_line(language, file, each) for each in asked)),
        follows(language, file),
        _why_not(language, file),
    )
    return screen(person, words, keyboard(*rows, back), on)


def part(person: Person, case: Claimed | Closed, asked: CodingPart, *, wide: bool, on: int | None) -> Screen:
    """One question; it can always be passed over. `wide`: with every type there is."""
    language, file = person.language, case.file
    words, rows = _question(language, file, asked, wide)
    onward = "button.coding.next" if _answer(language, file, asked) else "button.skip"
    next_part = part_after(asked, file.allows(Purpose.STATISTICS))
    ways = [
        [button(language, onward, CodingOf(code=file.code, part=next_part))],
        [button(language, "button.coding.all", CodingOf(code=file.code))],
    ]
    return screen(person, paragraphs(_head(language, file), *words), keyboard(*rows, *ways), on)


def uncoded(person: Person, codes: Sequence[CaseCode], number: int, on: int | None) -> Screen:
    """A button for each case that awaits its coding, the newest first, and how many there are."""
    language = person.language
    buttons = [named(code, CodingOf(code=code)) for code in codes]
    rows = [buttons[at : at + A_ROW] for at in range(0, len(buttons), A_ROW)]
    awaited = text(language, "coding.awaited", number=number_in(language, number))
    return screen(person, awaited if number else text(language, "coding.none_awaited"), keyboard(*rows), on)


def answers(language: str | None, file: CaseFile) -> list[Markup]:
    """What is coded of a case, a line each, and what follows from it; nothing where nothing is."""
    coded = [_line(language, file, each) for each in CodingPart if _answer(language, file, each)]
    following = follows(language, file)
    return [*coded, *([following] if following else [])]


def follows(language: str | None, file: CaseFile) -> Markup | None:
    """The contexts, which nobody chooses."""
    found = ", ".join(code_name(language, "context", each) for each in contexts(file.coding, file.age))
    return text(language, "coding.follows", contexts=found) if found else None


def _head(language: str | None, file: CaseFile) -> Markup:
    about = subcategory_name(language, file.subcategory) if file.subcategory else category_name(language, file.category)
    return text(language, "coding.head", code=file.code, about=about)


def _line(language: str | None, file: CaseFile, asked: CodingPart) -> Markup:
    answer = _answer(language, file, asked) or label(language, "gbvims.uncoded")
    return text(language, "coding.line", name=label(language, f"button.coding.{asked}"), answer=answer)


def _answer(language: str | None, file: CaseFile, asked: CodingPart) -> str:
    """What is coded of this part; empty where nothing is."""
    coding = file.coding
    match asked:
        case CodingPart.TYPE:
            return code_name(language, "gbvims", coding.gbvims) if coding.gbvims else ""
        case CodingPart.WHOSE:
            return code_name(language, "violator", coding.violator) if coding.violator else ""
        case CodingPart.RIGHTS:
            found = [each for each in violated_rights() if each in coding.violated]
            return ", ".join(code_name(language, "violated", each) for each in found)
        case CodingPart.MORE:
            known = [code_name(language, "circumstance", each) for each in Circumstance if each in coding.circumstances]
            return ", ".join(known + [label(language, "coding.told_elsewhere")] * coding.told_elsewhere)


def _why_not(language: str | None, file: CaseFile) -> Markup | None:
    return None if file.allows(Purpose.STATISTICS) else text(language, "coding.no_consent")


def _question(language: str | None, file: CaseFile, asked: CodingPart, wide: bool) -> Question:
    match asked:
        case CodingPart.TYPE:
            return _type(language, file, wide)
        case CodingPart.WHOSE:
            rows: list[Row] = [[_choice(language, file, asked, "violator", each)] for each in Violator]
            return [_why_not(language, file), text(language, "coding.ask.whose")], rows
        case CodingPart.RIGHTS:
            rows = [[_choice(language, file, asked, "violated", each)] for each in violated_rights()]
            return [text(language, "coding.ask.rights")], rows
        case CodingPart.MORE:
            return _more(language, file)


def _type(language: str | None, file: CaseFile, wide: bool) -> Question:
    """The likely types, one of them marked; the others behind a button, or at once where nobody knows."""
    likely = candidates(file)
    chosen = [file.coding.gbvims] if file.coding.gbvims else []
    shown = tuple(Gbvims) if wide or likely is None else by_the_act([*likely, *chosen])
    first = None if likely is None else next(iter(likely), Gbvims.NONE)
    rows: list[Row] = [
        [_choice(language, file, CodingPart.TYPE, "gbvims", each, likely=each == first)] for each in shown
    ]
    if len(shown) < len(Gbvims):
        wider = CodingOf(code=file.code, part=CodingPart.TYPE, wide=True)
        rows.append([button(language, "button.coding.another", wider)])
    helped = lines(*(_helped(language, code_name(language, "gbvims", each), each) for each in shown))
    return [text(language, "coding.ask.type"), helped, text(language, "coding.no_violence")], rows


def candidates(file: CaseFile) -> tuple[str, ...] | None:
    """The types its sub-category is usually about, the likeliest first; None where nobody knows what it is about."""
    if file.subcategory is None or file.subcategory == UNSORTED[1]:
        return None
    return taxonomy().subcategory(file.subcategory).gbvims


def _more(language: str | None, file: CaseFile) -> Question:
    """The circumstances from which a context would follow, and whether she is counted elsewhere."""
    asked, elsewhere = file.coding.asked, label(language, "coding.told_elsewhere")
    helped = [_helped(language, code_name(language, "circumstance", each), each) for each in asked]
    rows: list[Row] = [[_choice(language, file, CodingPart.MORE, "circumstance", each)] for each in asked]
    told = CodeAs(code=file.code, part=CodingPart.MORE, value=TOLD)
    rows.append([named(f"{CHOSEN if file.coding.told_elsewhere else ''}{elsewhere}", told)])
    return [text(language, "coding.ask.more"), lines(*helped, _helped(language, elsewhere, TOLD))], rows


def _helped(language: str | None, name: str, code: str) -> Markup:
    return text(language, "coding.explained", name=name, words=text(language, f"coding.help.{code}"))


def _choice(
    language: str | None, file: CaseFile, asked: CodingPart, table: str, code: str, *, likely: bool = False
) -> InlineKeyboardButton:
    coding = file.coding
    chosen = code in (coding.gbvims, coding.violator, *coding.violated, *coding.circumstances)
    mark = CHOSEN if chosen else LIKELY if likely else ""
    return named(f"{mark}{code_name(language, table, code)}", CodeAs(code=file.code, part=asked, value=code))
