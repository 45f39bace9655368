"""What a test begins with: people and cases, put straight into the database."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from bot.domain.case import CaseFile, Claimed, Closed, Outcome, Queued, Submitted
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Person, Role
from bot.domain.triage import Urgency
from bot.storage import tables
from bot.storage.engine import Database
from bot.storage.unit_of_work import UnitOfWork

T = TypeVar("T")
CATEGORY = "INF"


class Boom(Exception):
    """Something nobody expected."""


@asynccontextmanager
async def broken_off(work: AbstractAsyncContextManager[T]) -> AsyncIterator[T]:
    """A unit of work, or a step of one, that raises Boom at its end."""
    with pytest.raises(Boom):  # noqa: PT012
        async with work as given:
            yield given
            raise Boom


@asynccontextmanager
async def failing(work: AbstractAsyncContextManager[T], error: type[Exception]) -> AsyncIterator[T]:
    """A unit of work, or a step of one, that ends with this error."""
    with pytest.raises(error):
        async with work as given:
            yield given


async def a_person(uow: UnitOfWork, account: int, role: Role | None = None, name: str | None = None) -> Person:
    """Somebody who has opened the bot and reads Russian."""
    person = await uow.people.by_account(account)
    await uow.people.set(person, language="ru", started=True)
    if role is not None:
        await uow.people.set_role(person, role, name)
    return await uow.people.get(person.id)


async def a_file(uow: UnitOfWork, seeker: Person, urgency: Urgency = Urgency.NORMAL) -> CaseFile:
    """What is known of an appeal of hers."""
    return CaseFile(
        code=await uow.cases.new_code(),
        seeker=seeker.id,
        submitted_at=uow.now,
        urgency=urgency,
        category=CATEGORY,
        language="ru",
    )


async def a_queued_case(uow: UnitOfWork, seeker: Person, urgency: Urgency = Urgency.NORMAL) -> Queued:
    """A case that waits for a lawyer."""
    case = Submitted(await a_file(uow, seeker, urgency)).queue(uow.now)
    await uow.cases.open(case)
    await uow.people.set_current(seeker.id, case.file.code)
    return case


async def a_claimed_case(uow: UnitOfWork, seeker: Person, lawyer: Person) -> Claimed:
    """A case a lawyer holds."""
    queued = await a_queued_case(uow, seeker)
    await uow.cases.move(queued, queued.claim(lawyer.id, uow.now), actor=lawyer, action=Action.CLAIMED)
    await uow.people.set_current(lawyer.id, queued.file.code)
    return await uow.cases.get(queued.file.code, Claimed)


async def a_closed_case(uow: UnitOfWork, seeker: Person, lawyer: Person) -> Closed:
    """A case that has ended."""
    claimed = await a_claimed_case(uow, seeker, lawyer)
    closed = claimed.close(Outcome.ADVICE, uow.now)
    await uow.cases.move(claimed, closed, actor=lawyer, action=Action.CLOSED)
    return await uow.cases.get(claimed.file.code, Closed)


async def rows(database: Database, table: Any, *where: Any) -> list[Any]:
    """The rows of a table, as a later transaction finds them."""
    async with database.unit_of_work() as uow:
        return list(await uow.read(select(table).where(*where), touching=(table,)))


async def count(database: Database, table: Any) -> int:
    """How many rows a table has."""
    return len(await rows(database, table))


async def case_row(database: Database, code: CaseCode) -> Any:
    """The row of one case."""
    return (await rows(database, tables.cases, tables.cases.c.code == code))[0]
