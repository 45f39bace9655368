"""What may be suggested to a person. Every screen, article and list that names a number or a service asks here."""

from collections.abc import Iterable

from bot.domain.people import Person
from bot.domain.police import S, police_safe
from bot.storage.unit_of_work import UnitOfWork


async def suggested(uow: UnitOfWork, person: Person, services: Iterable[S], *, lawyer_first: bool = True) -> list[S]:
    """Of these services, those that may be suggested to her, in this order.

    Where an official is involved: none that is linked to the police, and 112 last, after the lawyer on duty; not at all
    on a screen that doesn't name the lawyer before (`lawyer_first` is False).
    """
    return police_safe(services, officials=await officials_involved(uow, person), lawyer_first=lawyer_first)


async def officials_involved(uow: UnitOfWork, person: Person) -> bool:
    """True when she said so, or chose the police as what it is about: in any appeal of hers, or in her draft."""
    answers = await uow.drafts.answers(person.id) or {}
    if answers.get("officials") == "yes" or answers.get("category") == "POL":
        return True
    return await uow.cases.officials_involved(person.id)
