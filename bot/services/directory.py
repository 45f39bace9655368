"""Who else helps: what a help-seeker is shown of the directory, and keeping it as fresh as its seed."""

from bot import content
from bot.domain import directory, questionnaire
from bot.domain.directory import Looking
from bot.domain.errors import OutOfDate
from bot.domain.people import Person
from bot.domain.triage import UNSORTED
from bot.services.opening import asked_about
from bot.services.police_safe import suggested
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import directory as messages

_SEED = "services"


async def prepare(uow: UnitOfWork) -> None:
    """Sow the seed where it has changed since the last time; what coordinators have touched stays as it is."""
    version = content.services_version()
    if await uow.intake.fact(_SEED) != version:
        await uow.directory.sow(content.services())
        await uow.intake.set_fact(_SEED, version)


async def open_near(uow: UnitOfWork, settings: Settings, person: Person, on: int | None) -> None:
    """What helps near her with what she wrote about; the country is asked for while it is unknown."""
    known = await _known(uow, settings, person)
    if known.country:
        await near(uow, settings, person, known, on)
    else:
        await uow.outbox.put(messages.countries(person, settings.countries, on), to=person)


async def near(uow: UnitOfWork, settings: Settings, person: Person, looking: Looking, on: int | None) -> None:
    """A page of the services there. Raises OutOfDate for a place or a category that is none."""
    _real(settings, looking)
    found = await suggested(uow, person, directory.nearby(await uow.directory.all(), looking), lawyer_first=False)
    category = looking.category or (await _known(uow, settings, person)).category
    await uow.outbox.put(messages.near(person, found, looking, offer=category, on=on), to=person)


async def ask_region(uow: UnitOfWork, settings: Settings, person: Person, looking: Looking, on: int | None) -> None:
    """Which region? Raises OutOfDate as `near` does."""
    _real(settings, looking)
    regions = asked_about(settings).regions_of(looking.country)
    await uow.outbox.put(messages.regions(person, regions, looking, settings.countries, on), to=person)


def _real(settings: Settings, looking: Looking) -> None:
    about = asked_about(settings)
    places = {region.iso for region in about.regions_of(looking.country)}
    fine = looking.country in settings.countries and looking.region in {"", *places} and looking.page >= 0
    if not fine or looking.category not in {"", *(each.code for each in about.categories)}:
        raise OutOfDate("refusal.old_button")


async def _known(uow: UnitOfWork, settings: Settings, person: Person) -> Looking:
    """Where she is and what it is about, as far as she has said so; her draft is newer than her case."""
    about, answers = asked_about(settings), await uow.drafts.answers(person.id) or {}
    file = person.case.file if person.case else None
    country = questionnaire.country_of(about, answers) or (file.country if file else None)
    country = country or (settings.countries[0] if len(settings.countries) == 1 else None)
    region = answers.get("region") or (file.region if file and file.country == country else None)
    sorted_out = file is not None and (file.category, file.subcategory) != UNSORTED
    category = answers.get("category") or (file.category if file and sorted_out else None)
    known = {each.code for each in about.categories}
    places = {each.iso for each in about.regions_of(country)} if country else set()
    return Looking(
        country=country or "",
        region=region if region and region in places else "",
        category=category if category and category in known else "",
    )
