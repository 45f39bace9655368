"""Intake: from the first word to an appeal that somebody sees. Before she sends, nothing of it leaves the draft."""

from typing import Any

from bot.articles import found
from bot.domain import questionnaire
from bot.domain.case import Closed, Queued
from bot.domain.errors import OutOfDate
from bot.domain.flood import DRAFT_MUCH
from bot.domain.ids import CaseCode
from bot.domain.intake import Piece
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.domain.triage import Urgency
from bot.i18n import number_in
from bot.services import danger, duty, screening, windows, withholding
from bot.services.opening import asked_about, open_case
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import questions
from bot.telegram.messages import seeker as messages

FITTING = 2
"""Articles offered below her first words; the way to a person comes first."""


async def show_place(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    *,
    page: int = 0,
    on: int | None = None,
    back_home: bool = False,
) -> None:
    """The screen she is at: the open question, the summary, or home. It is computed, never remembered.

    `back_home`: an appeal in which there is nothing yet is forgotten, and home is shown.
    """
    answers = await uow.drafts.answers(person.id)
    if answers == {} and back_home and not await uow.drafts.count(person.id):
        await uow.drafts.discard(person.id)
        person, answers = await uow.people.get(person.id), None
    if person.language is None:
        screen: Any = messages.greeting(person, kept=answers is not None)
    elif answers is None or person.on_the_team:
        screen = messages.home(person, await open_codes(uow, person), on)
    else:
        words, about = await uow.drafts.count(person.id), asked_about(settings)
        here = questionnaire.position(about, answers)
        if here is None:
            screen = questions.summary(person, about, answers, words, on)
        else:
            screen = questions.question(person, about, answers, here, words=words, page=page, on=on)
    await uow.outbox.put(screen, to=person, slot=f"screen:{person.id}", replaceable=True)


async def open_codes(uow: UnitOfWork, person: Person) -> list[CaseCode]:
    """The codes of her open appeals; empty while there are fewer than two."""
    if person.open_cases < 2:
        return []
    return [case.file.code for case in await uow.cases.of_seeker(person.id) if not isinstance(case, Closed)]


async def begin(uow: UnitOfWork, settings: Settings, person: Person, on: int | None = None) -> None:
    """A new appeal, or the one she had begun."""
    require(person, Right.WRITE)
    await uow.drafts.begin(person.id)
    await show_place(uow, settings, person, on=on)


async def answer(
    uow: UnitOfWork, settings: Settings, person: Person, question: str, option: str, on: int | None
) -> None:
    """She answered a question. Raises OutOfDate for a button of another screen."""
    answers = await _answers(uow, person)
    about = asked_about(settings)
    if question == "words" and option == "done" and not await uow.drafts.count(person.id):
        raise OutOfDate("refusal.nothing_written")
    answers = questionnaire.answer(about, answers, question, option, uow.now)
    await uow.drafts.keep(person.id, answers)
    if question == "subcategory" and await danger.answer(uow, settings, person, answers):
        return
    if question == "happened" and await windows.answer(uow, settings, person, answers):
        return
    await show_place(uow, settings, person, on=on)


async def back(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """One screen back; from the first question to the home screen, the draft kept."""
    earlier = questionnaire.back(asked_about(settings), await _answers(uow, person))
    if earlier is None:
        await uow.outbox.put(messages.home(person, await open_codes(uow, person), on), to=person)
        return
    await uow.drafts.keep(person.id, earlier)
    await show_place(uow, settings, person, on=on)


async def change(uow: UnitOfWork, settings: Settings, person: Person, question: str, on: int | None) -> None:
    """Ask one question again."""
    answers = questionnaire.change(asked_about(settings), await _answers(uow, person), question)
    await uow.drafts.keep(person.id, answers)
    await show_place(uow, settings, person, on=on)


async def choose_change(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """Which answer shall be changed?"""
    answers = await _answers(uow, person)
    await uow.outbox.put(questions.choose_change(person, asked_about(settings), answers, on), to=person)


async def talk(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """The first of two taps to a person: says who will read it. With an open appeal, that is where her words go."""
    require(person, Right.WRITE)
    if person.case is not None and not isinstance(person.case, Closed) and not person.drafting:
        await uow.outbox.put(messages.current(person, person.case, on), to=person)
        return
    await uow.drafts.begin(person.id)
    await uow.outbox.put(questions.talk(person, kept=False, on=on), to=person)


async def discard(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """She does not send it: the draft is destroyed."""
    require(person, Right.APPEAL)
    await uow.drafts.discard(person.id)
    await uow.outbox.put(messages.line(person, "draft.discarded"), to=person)
    await show_place(uow, settings, await uow.people.get(person.id))


async def ask_discard(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """The first of two taps to throw the draft away."""
    require(person, Right.APPEAL)
    await uow.outbox.put(questions.ask_discard(person, on), to=person)


async def keep_words(uow: UnitOfWork, settings: Settings, person: Person, piece: Piece, message_id: int) -> None:
    """She writes without being asked, or while being asked something else: it is kept, nothing is lost."""
    require(person, Right.WRITE)
    await uow.drafts.begin(person.id)
    await uow.drafts.add_words(person.id, message_id, piece)
    await withholding.about_files(uow, person, piece)
    answered = await screening.of_draft(uow, settings, person, piece)
    if (number := await uow.drafts.count(person.id)) == DRAFT_MUCH:
        await uow.outbox.put(messages.line(person, "draft.much", number=number_in(person.language, number)), to=person)
    if answered and person.language is not None:
        return
    if person.language is not None and not await uow.drafts.answers(person.id):
        asked = questions.talk(person, kept=True, fits=found(piece.text)[:FITTING])
        await uow.outbox.put(asked, to=person, slot=f"screen:{person.id}", replaceable=True)
    else:
        await show_place(uow, settings, person)


async def submit(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """She sends what is there, however little: a case, a card, a number for her. Raises OutOfDate without a draft."""
    require(person, Right.WRITE)
    case = await open_case(uow, settings, person, await _answers(uow, person), urgency=None)
    screen = messages.sent(
        person,
        case.file.code,
        case.file.urgency.limit,
        shown=isinstance(case, Queued),
        on=on,
        calling=case.file.urgency is Urgency.IMMEDIATE,
        expected=await duty.expected(uow, settings, person, case),
    )
    await uow.outbox.put(screen, to=person, case=case.file.code)


async def _answers(uow: UnitOfWork, person: Person) -> dict[str, str]:
    require(person, Right.WRITE)
    answers = await uow.drafts.answers(person.id)
    if answers is None:
        raise OutOfDate("refusal.no_draft")
    return answers
