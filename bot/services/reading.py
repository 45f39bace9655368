"""Reading without asking anybody: articles. What was read is kept nowhere; a screen is wiped when it has been sent."""

from bot import articles
from bot.domain import questionnaire
from bot.domain.errors import OutOfDate
from bot.domain.people import Person
from bot.services import seeker
from bot.services.opening import asked_about
from bot.services.police_safe import officials_involved
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import reading as messages


async def show_shelf(uow: UnitOfWork, settings: Settings, person: Person, page: int = 0, on: int | None = None) -> None:
    """What there is to read; before a language is chosen the greeting."""
    if person.language is None:
        await seeker.home(uow, settings, person)
        return
    topics = articles.listed(person.language, await _country(uow, settings, person))
    await uow.outbox.put(messages.shelf(person, topics, page, on), to=person)


async def find(uow: UnitOfWork, settings: Settings, person: Person, words: str) -> None:
    """What fits a few words, in whichever language they are; without words the list."""
    if person.language is None or not words:
        await show_shelf(uow, settings, person)
        return
    topics = [articles.article(each, person.language) for each in articles.found(words)]
    await uow.outbox.put(messages.found(person, topics), to=person)


async def show(uow: UnitOfWork, settings: Settings, person: Person, topic: str, page: int, on: int | None) -> None:
    """A page of an article. Raises OutOfDate for one that is not there."""
    if person.language is None or topic not in articles.shelf():
        raise OutOfDate("refusal.old_button")
    one = articles.article(topic, person.language)
    if not 0 <= page < len(one.pages):
        raise OutOfDate("refusal.old_button")
    country, police = await _country(uow, settings, person), not await officials_involved(uow, person)
    await uow.outbox.put(messages.page(person, one, page, country, police=police, on=on), to=person)


async def _country(uow: UnitOfWork, settings: Settings, person: Person) -> str | None:
    known = questionnaire.country_of(asked_about(settings), await uow.drafts.answers(person.id) or {})
    return known or (person.case.file.country if person.case else None)
