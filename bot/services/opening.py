"""Opening a case: from a draft to something somebody sees."""

from collections.abc import Sequence

from bot.content import taxonomy
from bot.domain import questionnaire
from bot.domain.case import CaseFile, Queued, Submitted
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Entry
from bot.domain.journal import Action
from bot.domain.people import Person
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
    uow: UnitOfWork, settings: Settings, person: Person, answers: dict[str, str], urgency: Urgency | None
) -> Submitted | Queued:
    """Her draft becomes a case in the queue, or a kept one while there is no operator group to show it to."""
    about = asked_about(settings)
    category, subcategory = questionnaire.kind_of(about, answers)
    words = await uow.drafts.words(person.id)
    seen = await risk.seen_in(uow, [word.piece.text for word in words])
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
    if windows.closing(submitted, uow.now):
        submitted = submitted.raised(Urgency.IMMEDIATE)
    case = submitted.queue(uow.now) if await uow.groups.all() else submitted
    await uow.cases.open(case)
    uow.journal.note(Action.SUBMITTED, actor=person, case=file.code)
    if seen.matched:
        uow.journal.note(Action.RISK_SEEN, actor=None, case=file.code)
    await uow.warnings.cancel(person.id)
    consenting.note_answers(uow, file.code, answers)
    moved = await _move_words(uow, person, file.code, words)
    await uow.drafts.discard(person.id)
    await uow.people.set_current(person.id, file.code)
    if isinstance(case, Queued):
        await queue.show(uow, settings, case)
        if case.file.age == "under_18" and case.file.urgency is not Urgency.IMMEDIATE:
            await paging.page_coordinators(uow, settings, case, "coordinator.minor")
    else:
        await paging.page_coordinators(uow, settings, case, "coordinator.kept")
    await windows.watch(uow, case)
    await withholding.weigh(uow, person, case, moved)
    return case


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
