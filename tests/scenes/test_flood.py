"""A flood: nothing of it is lost, the lawyer's phone rings a few times, and the rest is a tap away."""

import pytest

from bot.i18n import LANGUAGES, label
from tests.stage import Stage, plain

MANY = 300


@pytest.mark.parametrize("language", LANGUAGES)
async def test_three_hundred_messages_at_once(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened(language)
    her = await stage.seeker(language)
    code = await stage.appeal(her, "the beginning")
    await lawyer.taps("button.claim", group=stage.group)
    before = len(lawyer.account.messages)
    for number in range(MANY):
        her.account.says(f"line {number:03d}." if number % 10 else "again and again")
    await stage.settle()
    assert len(lawyer.account.messages) - before <= 40
    assert [seen for seen in her.sees if plain(language, "flood.kept") in seen]
    async with stage.database.unit_of_work() as uow:
        kept = [entry.piece.text for entry in await uow.threads.of(code)]
    assert len(kept) == MANY + 1
    await lawyer.taps("button.folded")
    said = [seen.split("\n")[-1] for seen in lawyer.sees if "line " in seen or "again" in seen]
    assert sorted(said) == sorted(kept[1:])
    lines = [words for words in said if words.startswith("line")]
    assert lines == sorted(lines)
    assert lawyer.seen("flood.shown", code=code)
    assert coordinator.account.messages


async def test_a_story_in_short_lines_and_an_album_are_no_flood(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    for number in range(10):
        her.account.sends("photo", album="ten", caption=f"p{number}")
    for number in range(15):
        her.account.says(f"line {number}.")
    await stage.settle()
    assert all(f"line {number}." in lawyer.chat for number in range(15))
    assert sum(1 for each in lawyer.account.messages if each.from_bot and each.album) == 10
    assert not any(label("ru", "button.folded") in each.labels for each in lawyer.account.messages)


async def test_a_repetition_is_folded_until_the_lawyer_answers(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says("please")
    await her.says("please")
    assert lawyer.says_now("flood.more", code=code, number=1, repeated=1)
    await lawyer.says("I am here. Are you at home?")
    await her.says("please")
    assert lawyer.last.endswith("please")
    await lawyer.taps("button.folded")
    assert sum(seen.endswith("please") for seen in lawyer.sees) == 3


async def test_danger_now_overtakes_a_flood(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    for number in range(60):
        her.account.says(f"line {number}.")
    her.account.says("/danger")
    await stage.settle()
    assert "103" in her.chat
    await her.taps("button.duty")
    assert lawyer.seen("lawyer.danger", code=code)
    before = len(lawyer.account.messages)
    for _ in range(30):
        her.account.taps(label("ru", "button.duty"))
    await stage.settle()
    assert 1 <= len(lawyer.account.messages) - before <= 5
    assert lawyer.says_now("lawyer.danger", code=code)


async def test_the_notice_opens_nothing_for_another(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says("please")
    await her.says("please")
    await her.forges(f"c:more:{code}")
    assert her.alerts[-1] == label("ru", "claim.on_the_way")
    await lawyer.taps("button.release")
    await lawyer.forges(f"c:more:{code}")
    assert lawyer.alerts[-1] == label("ru", "refusal.not_yours", code=code)


async def test_a_flood_in_the_queue_does_not_fall_on_who_takes_it(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "the beginning")
    for number in range(100):
        her.account.says(f"line {number:03d}.")
    await stage.settle()
    await lawyer.taps("button.claim", group=stage.group)
    assert len(lawyer.account.messages) <= 55
    await lawyer.taps("button.folded")
    assert all(f"line {number:03d}." in lawyer.chat for number in range(100))


async def test_a_draft_of_five_hundred_is_kept_and_she_is_told_how_it_gets_read(stage: Stage) -> None:
    her = await stage.seeker("ru")
    for number in range(501):
        her.account.says(f"line {number}.")
    await stage.settle()
    assert sum(plain("ru", "draft.much", number=500) in seen for seen in her.sees) == 1
    async with stage.database.unit_of_work() as uow:
        assert await uow.drafts.count((await uow.people.by_account(her.account.id)).id) == 501
