"""Cases: moved only from the state they were seen in; rows that can't be true are refused by the database itself."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.domain.case import Case, Claimed, Closed, Outcome, Queued, Submitted
from bot.domain.errors import NotFound, OutOfDate
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.people import Role
from bot.domain.triage import Urgency
from bot.storage import tables
from bot.storage.engine import Database
from tests.clock import StandingClock
from tests.storage.given import (
    a_claimed_case,
    a_closed_case,
    a_file,
    a_person,
    a_queued_case,
    case_row,
    count,
    failing,
    rows,
)


async def test_a_case_is_read_in_the_state_it_is_in(database: Database) -> None:
    async with database.unit_of_work() as uow:
        her, lawyer = await a_person(uow, 1), await a_person(uow, 2, Role.LAWYER, "Duty 1")
        submitted = Submitted(await a_file(uow, her))
        await uow.cases.open(submitted)
        made: list[Case] = [
            submitted,
            await a_queued_case(uow, her),
            await a_claimed_case(uow, her, lawyer),
            await a_closed_case(uow, her, lawyer),
        ]
    async with database.unit_of_work() as uow:
        for case in made:
            assert await uow.cases.find(case.file.code) == case
        assert await uow.cases.get(made[1].file.code, Queued) == made[1]
        with pytest.raises(OutOfDate):
            await uow.cases.get(made[1].file.code, Submitted)
        with pytest.raises(OutOfDate):
            await uow.cases.get(made[1].file.code, Claimed)
        with pytest.raises(OutOfDate):
            await uow.cases.get(made[1].file.code, Closed)
        with pytest.raises(NotFound):
            await uow.cases.get(CaseCode("AA00000"), Queued)


async def test_a_move_from_an_older_version_is_refused_and_changes_nothing(database: Database) -> None:
    async with database.unit_of_work() as uow:
        her, lawyer = await a_person(uow, 1), await a_person(uow, 2, Role.LAWYER, "Duty 1")
        seen_first = await a_queued_case(uow, her)
        await uow.cases.move(seen_first, seen_first.raised(Urgency.HIGH), actor=her, action=Action.DANGER)
    before = await case_row(database, seen_first.file.code)
    async with failing(database.unit_of_work(), OutOfDate) as uow:
        await uow.cases.move(seen_first, seen_first.claim(lawyer.id, uow.now), actor=lawyer, action=Action.CLAIMED)
    assert await case_row(database, seen_first.file.code) == before
    assert await count(database, tables.journal) == 1


async def test_a_move_from_another_state_is_refused(database: Database) -> None:
    async with database.unit_of_work() as uow:
        her, lawyer = await a_person(uow, 1), await a_person(uow, 2, Role.LAWYER, "Duty 1")
        claimed = await a_claimed_case(uow, her, lawyer)
        never = Queued(claimed.file, since=uow.now)
        with pytest.raises(OutOfDate):
            await uow.cases.move(never, never.claim(her.id, uow.now), actor=her, action=Action.CLAIMED)
        assert (await uow.cases.get(claimed.file.code, Claimed)).lawyer == lawyer.id


async def test_every_move_counts_and_is_in_the_journal(database: Database, clock: StandingClock) -> None:
    async with database.unit_of_work() as uow:
        her, lawyer = await a_person(uow, 1), await a_person(uow, 2, Role.LAWYER, "Duty 1")
        case = await a_claimed_case(uow, her, lawyer)
        await uow.cases.move(case, case.release(uow.now), actor=lawyer, action=Action.RELEASED)
        queued = await uow.cases.get(case.file.code, Queued)
    assert queued.file.version == 2
    noted = await rows(database, tables.journal)
    assert [(row.action, row.actor, row.case_code) for row in noted] == [
        ("claimed", lawyer.id, case.file.code),
        ("released", lawyer.id, case.file.code),
    ]


async def test_the_queue_is_by_urgency_and_then_by_age(database: Database, clock: StandingClock) -> None:
    codes = []
    for number, urgency in enumerate((Urgency.LOW, Urgency.NORMAL, Urgency.NORMAL, Urgency.IMMEDIATE)):
        async with database.unit_of_work() as uow:
            codes.append((await a_queued_case(uow, await a_person(uow, number + 1), urgency)).file.code)
        clock.advance(minutes=1)
    async with database.unit_of_work() as uow:
        assert [case.file.code for case in await uow.cases.queue()] == [codes[3], codes[1], codes[2], codes[0]]


async def test_codes_are_never_given_twice(database: Database) -> None:
    async with database.unit_of_work() as uow:
        her = await a_person(uow, 1)
        taken = (await a_queued_case(uow, her)).file.code
        draws = iter([*_draws(taken), *_draws(CaseCode("AA00001"))])
        uow.chance = lambda below: next(draws)
        assert await uow.cases.new_code() == "AA00001"


def _draws(code: CaseCode) -> list[int]:
    letters = "ABEKMHPCTX"
    return [letters.index(code[0]), letters.index(code[1]), int(code[2:])]


# What the tables refuse

TRUE: dict[str, dict[str, Any]] = {
    "submitted": {},
    "queued": {"queued_at": 1},
    "claimed": {"queued_at": 1, "lawyer": "l", "claimed_at": 2},
    "closed": {"queued_at": 1, "lawyer": "l", "claimed_at": 2, "closed_at": 3, "outcome": "advice"},
}
"""What is true in each state."""

FILLED = {"queued_at": 1, "lawyer": "l", "claimed_at": 2, "closed_at": 3, "outcome": "advice"}

WRONG = [
    *(("submitted", name, value) for name, value in FILLED.items()),
    ("queued", "queued_at", None),
    *(("queued", name, FILLED[name]) for name in ("lawyer", "claimed_at", "closed_at", "outcome")),
    *(("claimed", name, None) for name in ("lawyer", "claimed_at")),
    *(("claimed", name, FILLED[name]) for name in ("closed_at", "outcome")),
    *(("closed", name, None) for name in ("lawyer", "closed_at", "outcome")),
    *((state, "urgency", "whenever") for state in TRUE),
    *((state, "status", "lost") for state in TRUE),
]
"""One wrong column each."""

INSERT = text(
    "INSERT INTO cases (code, version, status, seeker, submitted_at, urgency, category, consent_share, "
    "consent_statistics, consent_follow_up, consent_evidence, prefers_woman, told_elsewhere, queued_at, lawyer, "
    "claimed_at, closed_at, outcome) "
    "VALUES (:code, 0, :status, 's', 0, :urgency, 'INF', :no, :no, :no, :no, :no, :no, :queued_at, :lawyer, "
    ":claimed_at, :closed_at, :outcome)"
)


async def _insert(database: Database, state: str, **columns: Any) -> None:
    row = dict.fromkeys(FILLED) | {"code": state, "status": state, "urgency": "low", "no": False} | TRUE[state]
    async with database.engine.begin() as connection:
        await connection.execute(INSERT, row | columns)


async def test_rows_that_can_be_true_are_taken(database: Database) -> None:
    for status in TRUE:
        await _insert(database, status)
    assert await count(database, tables.cases) == len(TRUE)
    async with database.unit_of_work() as uow:
        for status in TRUE:
            assert type(await uow.cases.find(CaseCode(status))).__name__.lower() == status


async def test_rows_that_can_not_be_true_are_refused(database: Database) -> None:
    for status, column, value in WRONG:
        with pytest.raises(IntegrityError):
            await _insert(database, status, **{column: value})
    assert await count(database, tables.cases) == 0


async def test_no_update_leads_to_a_row_that_can_not_be_true(database: Database) -> None:
    for status in TRUE:
        await _insert(database, status)
    for status, column, value in WRONG:
        change = text(f"UPDATE cases SET {column} = :value WHERE code = :code")
        with pytest.raises(IntegrityError):
            async with database.engine.begin() as connection:
                await connection.execute(change, {"value": value, "code": status})


@pytest.mark.parametrize("outcome", list(Outcome))
async def test_every_outcome_can_be_kept(database: Database, outcome: Outcome) -> None:
    async with database.unit_of_work() as uow:
        her, lawyer = await a_person(uow, 1), await a_person(uow, 2, Role.LAWYER, "Duty 1")
        claimed = await a_claimed_case(uow, her, lawyer)
        await uow.cases.move(claimed, claimed.close(outcome, uow.now), actor=lawyer, action=Action.CLOSED)
        assert (await uow.cases.get(claimed.file.code, Closed)).outcome is outcome
