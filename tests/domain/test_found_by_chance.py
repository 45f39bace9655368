"""What the game of chance has found, each once more by itself."""

from bot.domain.intake import Author
from tests.stage import Stage


async def test_something_new_tapped_twice_takes_no_word_a_second_time(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed("en")
    await lawyer.forges(f"o:{code}:advice")
    await her.says("after closing")
    await her.forges(f"x:{code}:new")
    await her.forges(f"x:{code}:new")
    await her.says("and more")
    await her.taps("button.send")
    await her.forges(f"x:{code}:new")
    await her.says("a third appeal")
    await her.forges("go:send")
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(her.account.id)
        cases = list(reversed(await uow.cases.of_seeker(person.id)))
        threads = [
            [e.piece.text for e in await uow.threads.of(c.file.code) if e.author is Author.SEEKER] for c in cases
        ]
        assert await uow.intake.count_set_aside() == 0
    assert threads == [["…", "after closing"], ["after closing", "and more"], ["a third appeal"]]
