"""Entering: an appeal that came by phone or in the street becomes a case like any other, apart from one thing.

She has no account here, so nothing can be said to her by the bot: whoever claims it calls her as was agreed, and
writes down what came of it. What a coordinator enters is sealed as the draft of anybody's is, and read by no one else.
"""

from dataclasses import replace
from datetime import timedelta

from bot.domain import entering, questionnaire
from bot.domain.errors import NotAllowed, OutOfDate, Unfit
from bot.domain.ids import CaseCode, PersonId
from bot.domain.intake import Kind, Piece
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.questionnaire import Answers
from bot.domain.rights import Right, require
from bot.services import erasure
from bot.services.opening import asked_about, open_case
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import entering as messages

AWAITED = "enter:"
"""Before the id of the person in `awaiting`: the coordinator's next texts are what she tells."""

STAYS_OPEN = timedelta(hours=1)
"""A call may be long, and silent for a while."""


async def begin(uow: UnitOfWork, settings: Settings, coordinator: Person, on: int | None = None) -> None:
    """A new one, for somebody who has no account here."""
    require(coordinator, Right.ENTER)
    her = await uow.people.add_without_account()
    await uow.drafts.begin(her.id, entering.begun(coordinator.id))
    await _show(uow, settings, coordinator, her.id, on=on)


async def show(
    uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, *, page: int = 0, on: int | None = None
) -> None:
    """The open question, or the summary. Raises OutOfDate for what is entered, thrown away, or somebody else's."""
    await _answers(uow, coordinator, her)
    await _show(uow, settings, coordinator, her, page=page, on=on)


async def answer(
    uow: UnitOfWork,
    settings: Settings,
    coordinator: Person,
    her: PersonId,
    question: str,
    option: str,
    on: int | None,
) -> None:
    """One question answered. Raises OutOfDate for a button of another screen."""
    answers = await _answers(uow, coordinator, her)
    answers = entering.answer(asked_about(settings), answers, question, option, uow.now)
    await uow.drafts.keep(her, answers)
    await _show(uow, settings, coordinator, her, on=on)


async def back(uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, on: int | None) -> None:
    """One screen back; the first one stays."""
    answers = await _answers(uow, coordinator, her)
    await uow.drafts.keep(her, entering.back(asked_about(settings), answers) or dict(answers))
    await _show(uow, settings, coordinator, her, on=on)


async def end(uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, on: int | None) -> None:
    """The rest is not asked. Raises OutOfDate while it is not said what it is about."""
    answers = await _answers(uow, coordinator, her)
    await uow.drafts.keep(her, entering.ended(asked_about(settings), answers, uow.now))
    await _show(uow, settings, coordinator, her, on=on)


async def choose_change(
    uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, on: int | None
) -> None:
    """Which answer shall be changed?"""
    answers = await _answers(uow, coordinator, her)
    await uow.outbox.put(messages.choose_change(coordinator, her, asked_about(settings), answers, on), to=coordinator)


async def change(
    uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, question: str, on: int | None
) -> None:
    """Ask this one again."""
    answers = await _answers(uow, coordinator, her)
    await uow.drafts.keep(her, entering.change(asked_about(settings), answers, question))
    await _show(uow, settings, coordinator, her, on=on)


async def write(uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, piece: Piece) -> None:
    """What was told, in the coordinator's words. Raises Unfit for what is no text, and for too much of it."""
    answers = await _answers(uow, coordinator, her)
    if piece.kind is not Kind.TEXT:
        raise Unfit("refusal.text_only")
    key, answers = entering.write(asked_about(settings), answers, piece.text.strip(), uow.now)
    if len(entering.written(answers, key)) > entering.MOST[key]:
        raise Unfit("enter.long", most=str(entering.MOST[key]))
    await uow.drafts.keep(her, answers)
    await _show(uow, settings, coordinator, her)


async def save(uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, on: int | None) -> None:
    """It is a case now, in the queue like any other. Raises OutOfDate while something must still be said."""
    answers, about = await _answers(uow, coordinator, her), asked_about(settings)
    if entering.position(about, answers) is not None:
        raise OutOfDate("refusal.old_button")
    await uow.people.await_text(coordinator, None)
    person = await uow.people.get(her)
    spoken = answers.get("language", questionnaire.SKIPPED)
    if spoken != questionnaire.SKIPPED:
        person = replace(person, language=spoken)
        await uow.people.set(person, language=spoken)
    how = entering.entered(answers)
    case = await open_case(uow, settings, person, answers, entering.urgency(about, answers), how)
    uow.journal.note(Action.ENTERED, actor=coordinator, case=case.file.code)
    await uow.outbox.put(messages.saved(coordinator, case, settings.zone, uow.now, on), to=coordinator)


async def drop(uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, on: int | None) -> None:
    """It is not entered: what was written is destroyed."""
    await _answers(uow, coordinator, her)
    await uow.people.await_text(coordinator, None)
    await uow.erasure.person(her, settings.zone)
    await uow.outbox.put(messages.dropped(coordinator, on), to=coordinator)


async def erase(
    uow: UnitOfWork, settings: Settings, coordinator: Person, code: CaseCode, on: int | None, *, sure: bool
) -> None:
    """She asks by phone that nothing of hers be kept: destroyed at once, after a second tap."""
    require(coordinator, Right.ENTER)
    case = await uow.cases.find(code)
    her = await uow.people.get(case.file.seeker) if case else None
    if case is None or her is None or her.has_chat or await uow.cases.in_conflict(code, coordinator.id):
        raise NotAllowed("refusal.no_case", code=code)
    if not sure:
        await uow.outbox.put(messages.ask_erase(coordinator, code, on), to=coordinator)
        return
    await erasure.by_phone(uow, settings, her, coordinator)
    await uow.outbox.put(messages.erased(coordinator, code, on), to=coordinator)


async def _answers(uow: UnitOfWork, coordinator: Person, her: PersonId) -> Answers:
    """What this coordinator has entered for her. Raises OutOfDate for anything else."""
    require(coordinator, Right.ENTER)
    answers = await uow.drafts.answers(her)
    if answers is None or answers.get(entering.BY) != coordinator.id:
        raise OutOfDate("refusal.old_button")
    return answers


async def _show(
    uow: UnitOfWork, settings: Settings, coordinator: Person, her: PersonId, *, page: int = 0, on: int | None = None
) -> None:
    await uow.people.await_text(coordinator, f"{AWAITED}{her}", STAYS_OPEN)
    about, answers = asked_about(settings), await uow.drafts.answers(her) or {}
    here = entering.position(about, answers)
    if here is None:
        screen = messages.summary(coordinator, her, about, answers, on)
    else:
        screen = messages.question(coordinator, her, about, answers, here, page=page, on=on)
    await uow.outbox.put(screen, to=coordinator, slot=f"{AWAITED}{her}", replaceable=True)
