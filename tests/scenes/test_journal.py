"""A coordinator reads who saw and did what with a case: roles and working names, no word of anybody's."""

import pytest

from bot.domain.journal import Action
from bot.domain.people import Role
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from tests.stage import Stage, plain
from tests.storage.given import rows


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_coordinator_reads_who_did_what_with_a_case(stage: Stage, language: str) -> None:
    chief = await stage.coordinator(language)
    await stage.choose_group(chief, "ru")
    lawyer = await stage.lawyer(chief, "ru", "Duty 7")
    her = await stage.seeker("ky", "CanaryName")
    code = await stage.appeal(her, "canaryword")
    await lawyer.taps("button.claim", group=stage.group)
    await chief.says(f"/journal {code.lower()}")
    assert chief.says_now("journal.head", code=code)
    did = [line.rpartition(": ")[2] for line in chief.last.splitlines()[2:]]
    expected = [Action.SUBMITTED, Action.CLAIMED, Action.OPENED]
    assert [each for each in did if each in {_did(language, action) for action in expected}] == [
        _did(language, action) for action in expected
    ]
    claimed = next(line for line in chief.last.splitlines() if _did(language, Action.CLAIMED) in line)
    assert f"{label(language, 'role.lawyer')} Duty 7" in claimed
    assert label(language, "journal.seeker") in chief.last
    assert "anary" not in chief.last
    await chief.says(f"/journal {code}")
    assert chief.last.splitlines()[-1].endswith(
        f"{label(language, 'role.coordinator')}: {_did(language, Action.READ_JOURNAL)}"
    )


def _did(language: str, action: Action) -> str:
    return plain(language, f"journal.did.{action.name.lower()}")


async def test_a_long_journal_has_pages_and_the_newest_comes_first(stage: Stage) -> None:
    chief, _ = await stage.opened()
    her = await stage.seeker("kk")
    code = await stage.appeal(her)
    async with stage.database.unit_of_work() as uow:
        reader = await uow.people.by_account(chief.account.id)
        for _ in range(60):
            uow.journal.note(Action.OPENED, actor=reader, case=code)
    await chief.says(f"/journal {code}")
    assert chief.account.last.labels == ["◀"]
    await chief.taps_label("◀")
    assert chief.account.last.labels == ["◀", "▶"]
    await chief.taps_label("◀")
    assert _did("ru", Action.SUBMITTED) in chief.last
    read = [row for row in await rows(stage.database, tables.journal) if row.action == Action.READ_JOURNAL]
    assert [(row.role, row.case_code) for row in read] == [(Role.COORDINATOR, code)] * 3


async def test_it_is_for_coordinators_and_for_none_with_a_conflict(stage: Stage) -> None:
    chief, lawyer = await stage.opened()
    her = await stage.seeker("en")
    code = await stage.appeal(her)
    for actor in (lawyer, her):
        await actor.says(f"/journal {code}")
        assert not actor.seen("journal.head", code=code)
    await chief.says("/journal")
    assert chief.says_now("journal.which")
    await chief.says("/journal KM00000")
    assert chief.says_now("refusal.no_case", code="KM00000")
    await chief.taps("button.not_me", group=stage.group)
    await chief.says(f"/journal {code}")
    assert chief.says_now("refusal.no_case", code=code)
    assert not chief.seen("journal.head", code=code)
