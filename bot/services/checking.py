"""The directory as coordinators keep it: call, *checked today*, change, hide, add, take in and give out."""

from dataclasses import replace

from aiogram.methods import GetFile

from bot import content
from bot.domain import directory
from bot.domain.directory import Service, ServiceKind
from bot.domain.errors import OutOfDate, Unfit
from bot.domain.ids import new_person_id
from bot.domain.journal import Action
from bot.domain.people import Person
from bot.domain.police import PoliceLink
from bot.domain.rights import Right, require
from bot.services.opening import asked_about
from bot.settings import Settings
from bot.storage.lanes import Due, Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import checking as messages
from bot.telegram.messages import directory_file
from bot.telegram.messages.checking import ANYWHERE, CHOSEN, EMPTY, WRITTEN

AWAITED = "service:"
"""How it begins what a coordinator's next text is: a value of a service, or the name of a new one."""

_TOLD = "services_told"
FILE_MOST = 1_000_000
"""Bytes of a file that is taken in; the whole directory is a twentieth of it."""


async def show_all(uow: UnitOfWork, coordinator: Person, page: int = 0, on: int | None = None) -> None:
    """Every service, those to call first on top."""
    require(coordinator, Right.DIRECTORY)
    await uow.people.await_text(coordinator, None)
    listed = directory.to_call(await uow.directory.all(), uow.now)
    await uow.outbox.put(messages.everything(coordinator, listed, uow.now, page, on), to=coordinator)


async def show(uow: UnitOfWork, settings: Settings, coordinator: Person, service: str, on: int | None) -> None:
    """One service: what is known, and what to ask when calling. Raises OutOfDate for one that is none."""
    found = await _found(uow, coordinator, service)
    await uow.people.await_text(coordinator, None)
    await uow.outbox.put(messages.one(coordinator, found, uow.now, settings.zone, on), to=coordinator)


async def check(uow: UnitOfWork, settings: Settings, coordinator: Person, service: str, on: int | None) -> None:
    """Somebody has called there today; it is shown from now on. Raises Unfit when there is no way to reach it."""
    found = await _found(uow, coordinator, service)
    if not found.reachable:
        raise Unfit("directory.wrong.no_way", value=found.id)
    await _keep(uow, coordinator, directory.checked(found, uow.now), Action.SERVICE_CHECKED)
    await show(uow, settings, coordinator, service, on)


async def hide(uow: UnitOfWork, settings: Settings, coordinator: Person, service: str, on: int | None) -> None:
    """Nobody is shown it any more; `check` brings it back."""
    found = await _found(uow, coordinator, service)
    await _keep(uow, coordinator, replace(found, shown=False), Action.SERVICE_HIDDEN)
    await show(uow, settings, coordinator, service, on)


async def ask_field(uow: UnitOfWork, coordinator: Person, service: str, on: int | None) -> None:
    """What shall be changed?"""
    found = await _found(uow, coordinator, service)
    await uow.outbox.put(messages.fields(coordinator, found, on), to=coordinator)


async def ask_value(
    uow: UnitOfWork, settings: Settings, coordinator: Person, service: str, column: str, on: int | None
) -> None:
    """Its new value, by a button or as the coordinator's next text. Raises OutOfDate for a field that is none."""
    found = await _found(uow, coordinator, service)
    if column in CHOSEN:
        options = _options(settings, found, column)
        await uow.outbox.put(messages.choose(coordinator, found, column, options, on), to=coordinator)
    elif column in WRITTEN:
        await uow.people.await_text(coordinator, f"{AWAITED}{service}:{column}")
        await uow.outbox.put(messages.ask(coordinator, found, column, on), to=coordinator)
    else:
        raise OutOfDate("refusal.old_button")


async def choose(
    uow: UnitOfWork, settings: Settings, coordinator: Person, service: str, column: str, value: str, on: int | None
) -> None:
    """A value by a button. Raises OutOfDate for one that was not offered."""
    found = await _found(uow, coordinator, service)
    if column not in CHOSEN or value not in _options(settings, found, column):
        raise OutOfDate("refusal.old_button")
    await _change(uow, coordinator, found, column, "" if value == ANYWHERE else value)
    await show(uow, settings, coordinator, service, on)


async def ask_new(uow: UnitOfWork, coordinator: Person) -> None:
    """The name of a new service; the coordinator's next text is it."""
    require(coordinator, Right.DIRECTORY)
    await uow.people.await_text(coordinator, f"{AWAITED}:")
    await uow.outbox.put(messages.ask_name(coordinator), to=coordinator)


async def write(uow: UnitOfWork, settings: Settings, coordinator: Person, words: str) -> None:
    """What was asked for. Raises Unfit, with the reason, for what can't be it; the question stays open."""
    require(coordinator, Right.DIRECTORY)
    service, _, column = (coordinator.awaiting or "").removeprefix(AWAITED).partition(":")
    if service:
        await _change(
            uow, coordinator, await _found(uow, coordinator, service), column, "" if words == EMPTY else words
        )
    else:
        service = await _add(uow, settings, coordinator, words)
    await show(uow, settings, coordinator, service, None)


async def give_out(uow: UnitOfWork, coordinator: Person) -> None:
    """The whole directory as a file, in the shape in which it is taken in again."""
    require(coordinator, Right.DIRECTORY)
    message, file = directory_file.file(coordinator, await uow.directory.all())
    uow.journal.note(Action.DIRECTORY_GIVEN, actor=coordinator)
    await uow.outbox.put(message, to=coordinator, file=file)


async def explain_file(uow: UnitOfWork, coordinator: Person) -> None:
    """How a file is taken in."""
    require(coordinator, Right.DIRECTORY)
    await uow.outbox.put(directory_file.how(coordinator), to=coordinator)


async def fetch(uow: UnitOfWork, coordinator: Person, file_id: str, size: int) -> None:
    """Have the file read; what is in it is taken in once it is here. Raises Unfit for one that is too large."""
    require(coordinator, Right.DIRECTORY)
    if size > FILE_MOST:
        raise Unfit("directory.file.large")
    await uow.outbox.put(directory_file.reading(coordinator), to=coordinator)
    await uow.outbox.put(GetFile(file_id=file_id), to=coordinator, lane=Lane.DIGEST)  # nothing waits behind it


async def take_in(uow: UnitOfWork, due: Due, read: bytes | None) -> None:
    """A file a coordinator sent is here: all of it is taken, or nothing and each error by row and column."""
    coordinator = await uow.people.by_chat(due.chat)
    if coordinator is None or not coordinator.coordinates:
        return  # has left the team meanwhile
    kept = await uow.directory.all()
    known, shown = {each.id: directory.as_row(each) for each in kept}, {each.id for each in kept if each.shown}
    regions = {region.iso for region in content.taxonomy().regions}
    services, wrong = directory_file.parsed(read, regions, content.served(), shown)
    if wrong:
        await uow.outbox.put(directory_file.not_taken(coordinator, wrong), to=coordinator)
        return
    changed = [each for each in services if known.get(each.id) != directory.as_row(each)]
    await uow.directory.keep(changed)
    uow.journal.note(Action.DIRECTORY_TAKEN, actor=coordinator)
    new = sum(each.id not in known for each in changed)
    await uow.outbox.put(
        directory_file.taken(coordinator, new=new, changed=len(changed) - new, same=len(services) - len(changed)),
        to=coordinator,
    )


async def remind(uow: UnitOfWork, settings: Settings) -> int:
    """Once a month, in the morning, coordinators hear which numbers nobody has checked for long."""
    here = uow.now.astimezone(settings.zone)
    month, told = f"{here:%Y-%m}", await uow.intake.fact(_TOLD)
    if told == month or (told is not None and here.hour < 9):
        return 0
    await uow.intake.set_fact(_TOLD, month)
    due = [each for each in await uow.directory.all() if each.shown and each.overdue(uow.now)]
    if told is None or not due:
        return 0
    for coordinator in await uow.people.coordinators():
        await uow.outbox.put(messages.overdue(coordinator, directory.to_call(due, uow.now)), to=coordinator)
    return 1


async def _found(uow: UnitOfWork, coordinator: Person, service: str) -> Service:
    require(coordinator, Right.DIRECTORY)
    found = await uow.directory.find(service)
    if found is None:
        raise OutOfDate("refusal.no_service")
    return found


async def _change(uow: UnitOfWork, coordinator: Person, service: Service, column: str, value: str) -> None:
    row = directory.as_row(service) | {column: " ".join(value.split())}
    if column == "country":
        row["region_iso"] = ""
    regions = {region.iso for region in content.taxonomy().regions}
    wrong = directory.wrong(row, regions, content.served())
    if wrong:
        raise Unfit(wrong[0].key, value=wrong[0].value)
    read = directory.from_row(row, regions, content.served())
    await _keep(uow, coordinator, replace(read, verified_at=service.verified_at), Action.SERVICE_CHANGED)


async def _add(uow: UnitOfWork, settings: Settings, coordinator: Person, words: str) -> str:
    """Hidden until somebody has called there; taken for linked to the police until somebody says it isn't."""
    name = " ".join(words.split())
    if not 2 <= len(name) <= messages.NAME_MOST:
        raise Unfit("directory.wrong.name", value=name)
    service = Service(
        id=f"own-{new_person_id(uow.chance)}",
        country=settings.countries[0],
        names={coordinator.language or "ru": name},
        kind=ServiceKind.SUPPORT,
        police_linked=PoliceLink.YES,
        call_first=1,
    )
    await _keep(uow, coordinator, service, Action.SERVICE_ADDED)
    return service.id


async def _keep(uow: UnitOfWork, coordinator: Person, service: Service, action: Action) -> None:
    await uow.people.await_text(coordinator, None)
    await uow.directory.keep([service])
    uow.journal.note(action, actor=coordinator)


def _options(settings: Settings, service: Service, column: str) -> list[str]:
    match column:
        case "country":
            return list(settings.countries)
        case "region_iso":
            return [ANYWHERE, *(region.iso for region in asked_about(settings).regions_of(service.country))]
        case "type":
            return list(ServiceKind)
        case "police_linked":
            return list(PoliceLink)
        case "free":
            return ["yes", "no", ANYWHERE]
        case _:
            return ["1", "2", "3"]
