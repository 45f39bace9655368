"""The help-seeker's way around: home, language, notice, her appeals. The team sees the desk through the same door."""

from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.rights import Right, require
from bot.i18n import LANGUAGES
from bot.services import cards, desk, intake, queue, relay, team
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Choice
from bot.telegram.messages import seeker as messages


async def home(uow: UnitOfWork, settings: Settings, person: Person, on: int | None = None) -> None:
    """The home screen; for the team the desk; before a language is chosen the greeting."""
    if person.on_the_team and person.language is not None:
        await desk.show(uow, settings, person)
    else:
        await her_home(uow, person, on)


async def her_home(uow: UnitOfWork, her: Person, on: int | None = None) -> None:
    """The home screen of a help-seeker; the greeting before a language is chosen, whoever it is."""
    if her.language is None:
        kept = await uow.drafts.answers(her.id) is not None
        await uow.outbox.put(messages.greeting(her, kept=kept), to=her)
    else:
        screen = messages.home(her, await intake.open_codes(uow, her), on)
        await uow.outbox.put(screen, to=her, slot=f"screen:{her.id}", replaceable=True)


async def here(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """Where she was, as a new message below what came since."""
    if person.on_the_team:
        await desk.show(uow, settings, person)
    else:
        await intake.show_place(uow, settings, person, back_home=True)


async def unknown(uow: UnitOfWork, settings: Settings, person: Person) -> None:
    """A command that is none: said so, and where she is now."""
    await uow.outbox.put(messages.line(person, "unknown.command"), to=person)
    if person.on_the_team:
        await desk.show(uow, settings, person)
    else:
        await intake.show_place(uow, settings, person)


async def ask_language(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """Which language?"""
    await uow.outbox.put(messages.choose_language(person, on), to=person)


async def choose_language(uow: UnitOfWork, settings: Settings, person: Person, language: str, on: int | None) -> None:
    """From now on she reads this language; the first time the notice follows. Raises OutOfDate for a forged one."""
    if language not in LANGUAGES:
        raise OutOfDate("refusal.old_button")
    first = person.language is None
    await uow.people.set(person, language=language)
    await uow.cases.set_language(person.id, language)
    await cards.follow(uow, settings, person.id)
    person = await uow.people.get(person.id)
    if person.on_the_team:
        await (team.welcome(uow, person) if first else team.show_commands(uow, person))
        await desk.show(uow, settings, person)
        return
    await team.show_commands(uow, person)
    if first:
        await uow.outbox.put(messages.notice(person, settings, on), to=person)
    else:
        await uow.outbox.put(messages.line(person, "language.chosen"), to=person)
    if not first or person.drafting:
        await intake.show_place(uow, settings, person)


async def notice(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """The privacy notice, always in reach."""
    await uow.outbox.put(messages.notice(person, settings, on), to=person)


async def cases(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """Her appeals, the newest first; for the team the desk."""
    if person.on_the_team:
        await desk.show(uow, settings, person)
        return
    hers = await uow.cases.of_seeker(person.id)
    await uow.outbox.put(messages.cases(person, hers, on), to=person)


async def make_current(uow: UnitOfWork, person: Person, code: str, on: int | None) -> None:
    """Her words go to this appeal. Raises NotAllowed for one that isn't hers."""
    require(person, Right.APPEAL)
    case = await uow.cases.find(CaseCode(code))
    if case is None or case.file.seeker != person.id:
        raise NotAllowed("refusal.no_case", code=code)
    await uow.people.set_current(person.id, case.file.code)
    await uow.outbox.put(messages.current(person, case, on), to=person)


async def after_closing(uow: UnitOfWork, settings: Settings, person: Person, code: str, choice: Choice) -> None:
    """Continue, something new, or just thanks."""
    case = await relay.closed_of(uow, person, CaseCode(code))
    match choice:
        case Choice.CONTINUE:
            await queue.reopen(uow, settings, case, person)
        case Choice.NEW:
            await relay.new_from_closed(uow, person, case)
            await uow.outbox.put(messages.line(person, "case.new_from_closed"), to=person)
            await intake.show_place(uow, settings, person)
        case Choice.THANKS:
            await uow.outbox.put(messages.line(person, "case.thanks"), to=person)
