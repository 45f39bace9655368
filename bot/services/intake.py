"""Intake: from the first word to an appeal that somebody sees. Before she sends, nothing of it leaves the draft."""

from typing import Any

from bot.content import taxonomy
from bot.domain import questionnaire
from bot.domain.case import Case, CaseFile, Claimed, Closed, Queued, Submitted
from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.follow_up import ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Piece
from bot.domain.people import Person
from bot.domain.triage import Taxonomy, Urgency, urgency_of
from bot.i18n import label
from bot.services import queue
from bot.settings import Settings
from bot.storage.outbox import Lane
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import danger as danger_messages
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import operators as to_operators
from bot.telegram.messages import questions
from bot.telegram.messages import seeker as messages
from bot.telegram.messages.common import said


def asked_about(settings: Settings) -> Taxonomy:
    """The taxonomy for the countries this hotline serves."""
    return taxonomy(tuple(settings.countries))


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
    _help_seeker(person)
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
    answers = questionnaire.answer(about, answers, question, option)
    await uow.drafts.keep(person.id, answers)
    if question == "subcategory" and option != questionnaire.SKIPPED:
        await _answer_danger(uow, settings, person, answers)
        on = None if about.subcategory(option).urgency is Urgency.IMMEDIATE else on
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
    """The first of two taps to a person: says who will read it."""
    _help_seeker(person)
    await uow.drafts.begin(person.id)
    await uow.outbox.put(questions.talk(person, kept=False, on=on), to=person)


async def discard(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """She does not send it: the draft is destroyed."""
    await uow.drafts.discard(person.id)
    await uow.outbox.put(said(person, "draft.discarded"), to=person)
    await show_place(uow, settings, person)


async def keep_words(uow: UnitOfWork, settings: Settings, person: Person, piece: Piece, message_id: int) -> None:
    """She writes without being asked, or while being asked something else: it is kept, nothing is lost."""
    await uow.drafts.begin(person.id)
    await uow.drafts.add_words(person.id, message_id, piece)
    if person.language is not None and not await uow.drafts.answers(person.id):
        await uow.outbox.put(questions.talk(person, kept=True), to=person, slot=f"screen:{person.id}", replaceable=True)
    else:
        await show_place(uow, settings, person)


async def submit(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """She sends what is there, however little: a case, a card, a number for her. Raises OutOfDate without a draft."""
    _help_seeker(person)
    case = await _open(uow, settings, person, await _answers(uow, person), urgency=None)
    shown = isinstance(case, Queued)
    screen = messages.sent(person, case.file.code, case.file.urgency.limit, shown=shown, on=on)
    await uow.outbox.put(screen, to=person, case=case.file.code)


async def call_duty(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """Danger now: an immediate case with nothing else asked, or the open one made immediate."""
    _help_seeker(person)
    match person.case:
        case Submitted() | Queued() | Claimed() as case if not person.drafting:
            raised = case if case.file.urgency is Urgency.IMMEDIATE else await _raise(uow, settings, person, case)
            key = "duty.lawyer_told" if isinstance(raised, Claimed) else "duty.called"
            if isinstance(raised, Claimed):
                await _warn_lawyer(uow, settings, raised)
        case _:
            answers = await uow.drafts.answers(person.id) or {}
            raised = await _open(uow, settings, person, answers, urgency=Urgency.IMMEDIATE)
            key = "duty.called"
    if isinstance(raised, Submitted):
        key = "duty.nobody"
    await uow.outbox.put(messages.status(person, key, raised.file.code), to=person, lane=Lane.URGENT)


async def danger(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """The numbers, ahead of all that waits for her chat."""
    countries = await _countries(uow, settings, person)
    police = not await _officials_involved(uow, person)
    screen = danger_messages.danger(person, countries, police=police)
    await uow.outbox.put(screen, to=person, lane=Lane.URGENT)


async def danger_of(uow: UnitOfWork, settings: Settings, person: Person, kind: str) -> None:
    """The answer to one kind of danger: `held` by the police, or a `crisis` of the will to live."""
    countries = await _countries(uow, settings, person)
    screen = danger_messages.held(person) if kind == "held" else danger_messages.crisis(person, countries)
    await uow.outbox.put(screen, to=person, lane=Lane.URGENT)


async def set_aside(uow: UnitOfWork, update_id: int, raw: dict[str, Any], why: str) -> None:
    """Keep an update that could not be handled; she and the coordinators are told."""
    await uow.intake.set_aside(update_id, raw, why)
    sender = _private_sender(raw)
    if sender is not None:
        person = await uow.people.by_account(sender)
        await uow.outbox.put(said(person, "set_aside"), to=person)
    number = await uow.intake.count_set_aside()
    for coordinator in await uow.people.coordinators():
        told = to_operators.to_coordinator(coordinator, "set_aside.coordinators", why=why, number=number)
        await uow.outbox.put(told, to=coordinator, slot=f"set_aside:{coordinator.id}", replaceable=True)


async def _open(
    uow: UnitOfWork, settings: Settings, person: Person, answers: dict[str, str], urgency: Urgency | None
) -> Submitted | Queued:
    about = asked_about(settings)
    category, subcategory = questionnaire.kind_of(about, answers)
    file = CaseFile(
        code=await uow.cases.new_code(),
        seeker=person.id,
        submitted_at=uow.now,
        urgency=urgency or urgency_of(about, category, subcategory, answers.get("happened")),
        category=category,
        subcategory=subcategory,
        language=person.language,
    )
    submitted = Submitted(questionnaire.filled_in(file, about, answers))
    case = submitted if await uow.team.group() is None else submitted.queue(uow.now)
    await uow.cases.open(case)
    uow.journal.note("submitted", actor=person.id, case=file.code)
    await _move_words(uow, person, file.code)
    await uow.drafts.discard(person.id)
    await uow.people.set_current(person.id, file.code)
    if isinstance(case, Queued):
        await queue.show(uow, settings, case)
        if case.file.age == "under_18" and case.file.urgency is not Urgency.IMMEDIATE:
            await queue.page_coordinators(uow, settings, case, "coordinator.minor")
    else:
        await queue.page_coordinators(uow, settings, case, "coordinator.kept")
    return case


async def _move_words(uow: UnitOfWork, person: Person, code: CaseCode) -> None:
    """Her words leave the draft for the case, each version where it belongs."""
    moved: dict[int, int] = {}
    chat = uow.cipher.lookup("account", person.account)
    for word in await uow.drafts.words(person.id):
        entry = await uow.threads.add(
            code, Author.SEEKER, word.piece, replaces=moved.get(word.replaces) if word.replaces else None
        )
        moved[word.id] = entry.id
        if word.replaces is None:
            uow.threads.show(chat, word.message_id, entry_slot(entry.id), code)


async def _raise(uow: UnitOfWork, settings: Settings, person: Person, case: Case) -> Case:
    raised = case.raised(Urgency.IMMEDIATE)
    await uow.cases.move(case, raised, actor=person.id, action="danger")
    match raised:
        case Queued():
            await queue.show(uow, settings, raised, why="card.danger")
        case Claimed():
            await queue.update_card(uow, settings, raised, await uow.people.get(raised.lawyer))
            await uow.reminders.set(raised.file.code, ReminderKind.SILENT, uow.now + raised.file.urgency.limit)
            await queue.page_coordinators(uow, settings, raised, "coordinator.immediate")
        case Submitted():
            await queue.page_coordinators(uow, settings, raised, "coordinator.kept")
    return raised


async def _warn_lawyer(uow: UnitOfWork, settings: Settings, case: Claimed) -> None:
    lawyer = await uow.people.get(case.lawyer)
    await uow.outbox.put(
        to_lawyer.line(lawyer, "lawyer.danger", case.file.code),
        to=lawyer,
        case=case.file.code,
        slot=f"appeal:{case.file.code}",
        mark=label(lawyer.language, "relay.repeated"),
        lane=Lane.URGENT,
    )


async def _answer_danger(uow: UnitOfWork, settings: Settings, person: Person, answers: dict[str, str]) -> None:
    """A sub-category that is danger in itself is answered at once, before the next question."""
    chosen = asked_about(settings).subcategory(answers["subcategory"])
    if chosen.urgency is not Urgency.IMMEDIATE:
        return
    if chosen.code == "HLT.CRISIS":
        await danger_of(uow, settings, person, "crisis")
    elif chosen.code == "POL.DETAIN":
        await danger_of(uow, settings, person, "held")
    else:
        await danger(uow, settings, person)


async def _countries(uow: UnitOfWork, settings: Settings, person: Person) -> tuple[str, ...]:
    known = questionnaire.country_of(asked_about(settings), await uow.drafts.answers(person.id) or {})
    if known is None and person.case is not None:
        known = person.case.file.country
    return (known,) if known else tuple(settings.countries)


async def _officials_involved(uow: UnitOfWork, person: Person) -> bool:
    answers = await uow.drafts.answers(person.id) or {}
    return (
        answers.get("officials") == "yes"
        or answers.get("category") == "POL"
        or (person.case is not None and person.case.file.officials == "yes")
    )


async def _answers(uow: UnitOfWork, person: Person) -> dict[str, str]:
    answers = await uow.drafts.answers(person.id)
    if answers is None:
        raise OutOfDate("refusal.no_draft")
    return answers


def _help_seeker(person: Person) -> None:
    if person.on_the_team:
        raise NotAllowed("refusal.staff")


def _private_sender(raw: dict[str, Any]) -> int | None:
    """The account behind an update nobody could read, when it came from a private chat."""
    for kind in ("message", "edited_message", "callback_query"):
        event = raw.get(kind)
        if isinstance(event, dict):
            chat = (event.get("message") or {}).get("chat") if kind == "callback_query" else event.get("chat")
            sender = (event.get("from") or {}).get("id")
            if isinstance(chat, dict) and chat.get("type") == "private" and isinstance(sender, int):
                return sender
    return None
