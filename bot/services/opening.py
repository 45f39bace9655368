"""Opening a case: from a draft to something somebody sees."""

from collections.abc import Sequence
from dataclasses import replace

from bot.content import taxonomy
from bot.domain import questionnaire
from bot.domain.case import CaseFile, Queued, Submitted
from bot.domain.case_notes import NoteKind
from bot.domain.coding import Coding
from bot.domain.entering import Entered
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Entry
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.questionnaire import Answers
from bot.domain.risk import Finding
from bot.domain.triage import Taxonomy, Urgency, urgency_of
from bot.services import consenting, paging, queue, risk, windows, withholding
from bot.settings import Settings
from bot.storage.drafts import DraftWord
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork


def asked_about(settings: Settings) -> Taxonomy:
    """The taxonomy for the countries this hotline serves."""
    return taxonomy(tuple(settings.countries))


async def open_case(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    answers: Answers,
    urgency: Urgency | None,
    entered: Entered | None = None,
) -> Submitted | Queued:
    """Her draft becomes a case in the queue, or a kept one while there is no operator group to show it to.

    `entered`: it came by phone or in the street, and a coordinator has written it down.
    """
    words = await uow.drafts.words(person.id)
    told = [entered.told, entered.reach] if entered else []
    seen = await risk.seen_in(uow, [*(word.piece.text for word in words), *told])
    submitted = await _submitted(uow, settings, person, answers, urgency, seen)
    if entered is not None:
        told_elsewhere = Coding(told_elsewhere=entered.told_elsewhere)
        file = replace(submitted.file, channel=entered.channel, coding=told_elsewhere)
        submitted = replace(submitted, file=file)
    case = submitted.queue(uow.now) if await uow.groups.all() else submitted
    code = case.file.code
    await uow.cases.open(case)
    if entered is not None:
        await _write_down(uow, code, entered)
    uow.journal.note(Action.SUBMITTED, actor=person if entered is None else None, case=code)
    if seen.matched:
        uow.journal.note(Action.RISK_SEEN, actor=None, case=code)
    await uow.warnings.cancel(person.id)
    consenting.note_answers(uow, code, answers)
    moved = await _move_words(uow, person, code, words)
    await uow.drafts.discard(person.id)
    await uow.people.set_current(person.id, code)
    await _announce(uow, settings, case)
    await windows.watch(uow, case)
    await withholding.weigh(uow, person, case, moved)
    return case


async def _announce(uow: UnitOfWork, settings: Settings, case: Submitted | Queued) -> None:
    """A card, where there is a group for it; the coordinators hear of what can't be shown, and of a minor."""
    if isinstance(case, Queued):
        await queue.show(uow, settings, case)
        if case.file.age == "under_18" and case.file.urgency is not Urgency.IMMEDIATE:
            await paging.page_coordinators(uow, settings, case, "coordinator.minor")
    else:
        await paging.page_coordinators(uow, settings, case, "coordinator.kept")


async def _submitted(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    answers: Answers,
    urgency: Urgency | None,
    seen: Finding,
) -> Submitted:
    """What she answered as a case, as urgent as it is by the answers, by what closes soon, and by what was seen."""
    about = asked_about(settings)
    category, subcategory = questionnaire.kind_of(about, answers)
    file = CaseFile(
        code=await uow.cases.new_code(),
        seeker=person.id,
        submitted_at=uow.now,
        urgency=risk.raised(urgency or urgency_of(about, category, subcategory, answers.get("happened")), seen),
        category=category,
        subcategory=subcategory,
        language=person.language,
        danger=" ".join(risk.kinds_of(seen)) or None,
    )
    submitted = Submitted(questionnaire.filled_in(file, about, answers))
    return submitted.raised(Urgency.IMMEDIATE) if windows.closing(submitted, uow.now) else submitted


async def _write_down(uow: UnitOfWork, code: CaseCode, entered: Entered) -> None:
    """What was told goes with the case, for whoever claims it; the card has no word of it."""
    await uow.cases.entered(code, entered.by)
    for kind, words in ((NoteKind.REACH, entered.reach), (NoteKind.TOLD, entered.told)):
        if words:
            await uow.case_notes.add(code, entered.by, kind, words)


async def _move_words(uow: UnitOfWork, person: Person, code: CaseCode, words: Sequence[DraftWord]) -> list[Entry]:
    """Her words leave the draft for the case, each version where it belongs."""
    moved: dict[int, Entry] = {}
    chat = uow.cipher.lookup("account", person.account)
    for word in words:
        entry = await uow.threads.add(
            code, Author.SEEKER, word.piece, replaces=moved[word.replaces].id if word.replaces in moved else None
        )
        moved[word.id] = entry
        if word.replaces is None:
            uow.threads.show(chat, word.message_id, entry_slot(entry.id), code)
    return list(moved.values())
