"""What could not be handled: kept, told of, passed on all the same where a case is open, handled again later, once."""

from datetime import timedelta
from typing import Any

import pytest

from bot import VERSION
from bot.domain.intake import Author
from bot.i18n import LANGUAGES, lasting
from tests.house.source import ROOT
from tests.stage import Actor, Stage, plain

OF_TOMORROW: dict[str, Any] = {"story": {}}
"""A field that this version can't read: the update as a whole is unreadable (it has happened to aiogram bots)."""


def raw(her: Actor, update_id: int, **message: Any) -> dict[str, Any]:
    """An update of hers that nobody can read."""
    sent = {"message_id": 900_000 + update_id, "date": 1_795_000_000, "external_reply": OF_TOMORROW}
    who = {"id": her.account.id, "is_bot": False, "first_name": her.account.first_name}
    chat = {"id": her.account.id, "type": "private", "first_name": her.account.first_name}
    return {"update_id": update_id, "message": {**sent, "from": who, "chat": chat, **message}}


async def comes(stage: Stage, update: dict[str, Any]) -> None:
    await stage.hotline.reception.take([update])
    await stage.settle()


async def counted(stage: Stage) -> int:
    async with stage.database.unit_of_work() as uow:
        return await uow.intake.count_set_aside()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_her_words_reach_the_lawyer_by_the_minimal_path_and_once(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    await comes(stage, raw(her, 1, text="canaryword, write to me"))
    assert her.says_now("set_aside")
    assert lawyer.chat.count("canaryword") == 1
    assert await counted(stage) == 1
    assert await stage.hotline.retry() == (1, 0)
    await stage.settle()
    assert lawyer.chat.count("canaryword") == 1, "her words came twice"
    async with stage.database.unit_of_work() as uow:
        said = [entry.piece.text for entry in await uow.threads.of(code) if entry.author is Author.SEEKER]
    assert said.count("canaryword, write to me") == 1


async def test_a_file_goes_by_the_minimal_path_too_and_numbers_stay_masked(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    known = await her.sends("photo", caption="…")
    photo = known.raw["photo"]
    await comes(stage, raw(her, 1, photo=photo, caption="call +7 701 123 45 67"))
    shown = lawyer.account.messages[-1]
    assert shown.raw["photo"][-1]["file_unique_id"] == photo[-1]["file_unique_id"]
    assert "123 45 67" not in lawyer.chat


async def test_before_a_case_it_is_kept_and_handled_again_when_it_can_be_read(stage: Stage) -> None:
    her = await stage.seeker("ky")
    update = raw(her, 1, text="canaryword")
    await comes(stage, update)
    assert await counted(stage) == 1
    assert await stage.hotline.retry() == (0, 1), "still nobody can read it"
    assert await counted(stage) == 1
    async with stage.database.unit_of_work() as uow:
        await uow.intake.take_up(1)
        del update["message"]["external_reply"]
        await uow.intake.set_aside(1, update, "unreadable")
    assert await stage.hotline.retry() == (1, 0)
    await stage.settle()
    assert await counted(stage) == 0
    assert her.says_now("talk.kept")


async def test_a_new_version_tries_again_by_itself(stage: Stage) -> None:
    her = await stage.seeker("kk")
    update = raw(her, 1, text="canaryword")
    del update["message"]["external_reply"]
    await stage.restart()
    async with stage.database.unit_of_work() as uow:
        await uow.intake.set_aside(1, update, "unreadable")
        await uow.intake.set_fact("version", "0.0.1")
    await stage.restart()
    await stage.settle()
    assert await counted(stage) == 0
    assert her.says_now("talk.kept")


async def test_handled_again_it_does_not_count_as_being_there(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    stage.clock.advance(hours=1)
    await lawyer.says("for her eyes")
    update = raw(her, 1, text="long ago")
    del update["message"]["external_reply"]
    async with stage.database.unit_of_work() as uow:
        await uow.intake.set_aside(1, update, "unreadable")
    assert await stage.hotline.retry() == (1, 0)
    await stage.settle()
    assert "for her eyes" not in her.chat, "the lawyer's words came to a phone nobody looks at"
    assert "long ago" in lawyer.chat


async def test_somebody_on_the_team_is_told_and_nothing_is_passed_on(stage: Stage) -> None:
    _, lawyer, _ = await stage.claimed()
    await comes(stage, raw(lawyer, 1, text="canaryword"))
    assert plain(lawyer.language, "set_aside").splitlines()[0] in lawyer.chat
    assert sum("canaryword" in str(call.params) for call in stage.telegram.calls) == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_coordinators_are_told_how_long_the_oldest_waits_and_again_every_day(
    stage: Stage, language: str
) -> None:
    coordinator = await stage.coordinator(language)
    her = await stage.seeker("en")
    await comes(stage, raw(her, 1, text="canaryword"))
    await stage.later(hours=3)
    await comes(stage, raw(her, 2, text="canaryword"))
    three_hours = lasting(language, timedelta(hours=3))
    assert coordinator.says_now("set_aside.coordinators", why="unreadable", number=2, span=three_hours)
    await stage.later(hours=20)
    before = len(coordinator.sees)
    await stage.later(hours=5)
    assert coordinator.says_now("set_aside.still", number=2, span=lasting(language, timedelta(hours=28)))
    await stage.later(hours=2)
    assert len(coordinator.sees) == before + 1
    async with stage.database.unit_of_work() as uow:
        for update_id in (1, 2):
            await uow.intake.take_up(update_id)
    await stage.later(days=1, hours=2)
    assert len(coordinator.sees) == before + 1


def test_the_version_is_the_one_of_the_project() -> None:
    assert f'\nversion = "{VERSION}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
