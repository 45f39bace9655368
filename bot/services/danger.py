"""Danger now: numbers first, and one tap to a lawyer with nothing else asked."""

from bot.domain import questionnaire
from bot.domain.case import Claimed, Queued, Submitted
from bot.domain.danger import DangerKind
from bot.domain.directory import named_by
from bot.domain.follow_up import TOLD_EVERY, ReminderKind
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.questionnaire import SKIPPED
from bot.domain.rights import Right, require
from bot.domain.triage import Urgency
from bot.i18n import label, text
from bot.services import duty, queue
from bot.services.opening import asked_about, open_case
from bot.services.police_safe import officials_involved, suggested
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import danger as messages
from bot.telegram.messages import lawyer as to_lawyer
from bot.telegram.messages import seeker as to_seeker

NUMBERS = ("103", "112", "102")
"""The ambulance first, the police last."""

TURNS = 1000
"""A reminder's stage counts up to this how often she was told; what is above says which danger she called from."""

CRISIS_LINES = {"KZ": "150", "KG": "111"}
"""Who listens to somebody who doesn't want to live."""

CALLED = {
    DangerKind.WEAPON: NUMBERS,
    DangerKind.LOCKED_IN: NUMBERS,
    DangerKind.HELD: ("103",),
    DangerKind.KIDNAPPED: NUMBERS,
    DangerKind.RAPED: ("103",),
    DangerKind.WINDOW: (),
    DangerKind.BLACKMAIL: (),
    DangerKind.MISSING: NUMBERS,
}
"""Which numbers help in which danger; in the others it is people who listen, or the lawyer alone."""

KINDS = {
    "IPV.THREAT": DangerKind.WEAPON,
    "IPV.CTRL": DangerKind.LOCKED_IN,
    "TPV.GROUP": DangerKind.WEAPON,
    "POL.DETAIN": DangerKind.HELD,
    "POL.FORCE": DangerKind.WEAPON,
    "TRF.HELD": DangerKind.LOCKED_IN,
    "MAR.KIDNAP": DangerKind.KIDNAPPED,
    "SEX.RECENT": DangerKind.RAPED,
    "SEX.MINOR": DangerKind.RAPED,
    "HAR.BLACKMAIL": DangerKind.BLACKMAIL,
    "HLT.CRISIS": DangerKind.SUICIDE,
}
"""Sub-categories that are danger in themselves, and which."""


async def show(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    *,
    go_on: bool = False,
    topic: CaseCode | None = None,
    warns: bool = False,
) -> None:
    """The numbers, ahead of all that waits for her chat; in the `topic` she looks at.

    `warns`: whoever is on duty is going to hear of it, and she is told so.
    """
    countries = await _countries(uow, settings, person)
    numbers = await _numbers(uow, person, countries, NUMBERS)
    screen = messages.danger(person, numbers, go_on=go_on, warns=warns)
    await uow.outbox.put(screen, to=person, lane=Lane.URGENT, topic=topic)


async def show_kinds(uow: UnitOfWork, person: Person, topic: CaseCode | None = None) -> None:
    """What is happening? She chooses, and is answered."""
    await uow.outbox.put(messages.kinds(person), to=person, lane=Lane.URGENT, topic=topic)


async def show_kind(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    kind: DangerKind,
    *,
    go_on: bool = False,
    topic: CaseCode | None = None,
    warns: bool = False,
) -> None:
    """The answer to this kind of danger. `go_on`: it stands between two questions of hers.

    Before a language is chosen it is the numbers in all four: four whole answers one below the other would help nobody.
    """
    if person.language is None:
        await show(uow, settings, person, go_on=go_on, topic=topic, warns=warns)
        return
    countries = await _countries(uow, settings, person)
    numbers = await _numbers_for(uow, person, countries, kind)
    screen = messages.kind(person, kind, numbers, countries, go_on=go_on, warns=warns)
    await uow.outbox.put(screen, to=person, lane=Lane.URGENT, topic=topic)


async def call_duty(
    uow: UnitOfWork,
    settings: Settings,
    person: Person,
    topic: CaseCode | None = None,
    kind: DangerKind | None = None,
) -> None:
    """Danger now: an immediate case with nothing else asked, or the open one made immediate.

    `kind`: she called from the answer to this danger. Held by an authority: from now on she is police-safe.
    """
    require(person, Right.WRITE)
    await uow.warnings.cancel(person.id)
    answers = await uow.drafts.answers(person.id) or {}
    begun = bool(answers) or await uow.drafts.count(person.id) > 0
    held = kind is DangerKind.HELD
    match person.case:
        case Submitted() | Queued() | Claimed() as case if not begun:
            raised = await _raise(uow, settings, person, case, held=held)
            key = "duty.lawyer_told" if isinstance(raised, Claimed) else "duty.called"
            if isinstance(raised, Claimed):
                await _warn_lawyer(uow, settings, raised)
        case _:
            answers |= {"officials": "yes"} if held else {}
            raised = await open_case(uow, settings, person, answers, urgency=Urgency.IMMEDIATE)
            key = "duty.called"
    if isinstance(raised, Submitted):
        key = "duty.nobody"
    alone = isinstance(raised, Queued) and await duty.next_at(uow, settings) is not None
    more = text(person.language, "duty.off_hours") if alone else None
    told = to_seeker.status(person, key, raised.file.code, more)
    await uow.outbox.put(told, to=person, lane=Lane.URGENT, topic=topic)
    if isinstance(raised, Submitted | Queued):
        stage = TURNS * (1 + tuple(DangerKind).index(kind)) if kind else 0
        await uow.reminders.set(raised.file.code, ReminderKind.WAITING, uow.now + TOLD_EVERY, stage)


async def still_calling(uow: UnitOfWork, settings: Settings, her: Person, code: CaseCode, stage: int) -> None:
    """Nobody has come yet: said to her in a few words, each time others, with the numbers that help in her danger.

    `stage`: which danger she called from, and how often she has been told.
    """
    from_kind, turn = divmod(stage, TURNS)
    kind = tuple(DangerKind)[from_kind - 1] if from_kind else None
    numbers = await _numbers_for(uow, her, await _countries(uow, settings, her), kind)
    told = messages.still_calling(her, code, numbers, turn, kind)
    await uow.outbox.put(told, to=her, case=code, slot=queue.waiting_slot(code), replaceable=True, topic=code)


async def answer(uow: UnitOfWork, settings: Settings, person: Person, answers: dict[str, str]) -> bool:
    """A sub-category that is danger in itself is answered at once; the next question waits for her tap. True then."""
    chosen = answers["subcategory"]
    if chosen in KINDS:
        await show_kind(uow, settings, person, KINDS[chosen], go_on=True)
    elif chosen != SKIPPED and asked_about(settings).subcategory(chosen).urgency is Urgency.IMMEDIATE:
        await show(uow, settings, person, go_on=True)
    else:
        return False
    return True


async def _raise(uow: UnitOfWork, settings: Settings, person: Person, case: queue.Open, *, held: bool) -> queue.Open:
    """The case as she needs it now; nothing moves where it is so already."""
    named = case.with_officials() if held else case
    if case.file.urgency is Urgency.IMMEDIATE:
        if named != case:
            await uow.cases.move(case, named, actor=person, action=Action.DANGER)
        return named
    return await queue.make_immediate(uow, settings, case, named, actor=person, action=Action.DANGER, why="card.danger")


async def _warn_lawyer(uow: UnitOfWork, settings: Settings, case: Claimed) -> None:
    lawyer = await uow.people.get(case.lawyer)
    await uow.outbox.put(
        to_lawyer.line(lawyer, "lawyer.danger", case.file.code),
        to=lawyer,
        case=case.file.code,
        slot=f"danger:{case.file.code}",
        replaceable=True,
        mark=label(lawyer.language, "relay.repeated"),
        lane=Lane.URGENT,
    )


async def _countries(uow: UnitOfWork, settings: Settings, person: Person) -> tuple[str, ...]:
    known = questionnaire.country_of(asked_about(settings), await uow.drafts.answers(person.id) or {})
    if known is None and person.case is not None:
        known = person.case.file.country
    return (known,) if known else tuple(settings.countries)


async def _numbers_for(
    uow: UnitOfWork, person: Person, countries: tuple[str, ...], kind: DangerKind | None
) -> messages.Numbers:
    """Who helps in this danger; while it is unknown which, the emergency numbers."""
    if kind is not DangerKind.SUICIDE:
        return await _numbers(uow, person, countries, CALLED[kind] if kind else NUMBERS)
    named = [named_by(country, CRISIS_LINES[country]) for country in countries] + [named_by(countries[0], "103")]
    return messages.Numbers(await suggested(uow, person, await uow.directory.shown(named)))


async def _numbers(
    uow: UnitOfWork, person: Person, countries: tuple[str, ...], wanted: tuple[str, ...]
) -> messages.Numbers:
    found = await uow.directory.shown([named_by(country, number) for country in countries for number in wanted])
    return messages.Numbers(await suggested(uow, person, found), await officials_involved(uow, person))
