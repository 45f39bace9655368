"""Where two of her protections meet: hidden, a notebook, frozen, on another phone, half erased."""

from bot.i18n import label
from tests.scenes.test_notebook import WORD, disguised, hides, set_up
from tests.scenes.test_return_code import shown
from tests.scenes.test_set_aside import comes, raw
from tests.stage import Actor, Stage


async def says_it_is_not_me(her: Actor) -> None:
    await her.forges("nt:notme:")


async def frozen(stage: Stage, her: Actor) -> bool:
    async with stage.database.unit_of_work() as uow:
        return (await uow.people.by_account(her.account.id)).frozen


async def put_aside(stage: Stage, her: Actor, number: int, **words: str) -> None:
    """An update that failed while she was there, and can be read by now."""
    update = raw(her, number, **words)
    del update["message"]["external_reply"]
    async with stage.database.unit_of_work() as uow:
        await uow.intake.set_aside(number, update, "TypeError")


async def test_whoever_said_it_is_not_me_is_given_no_new_code(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    code = await shown(her)
    await says_it_is_not_me(her)
    await lawyer.says("secret words")
    await her.says("/code")
    await her.forges("go:code_show")
    assert her.alerts[-1] == label("ru", "refusal.frozen")
    await her.says(code)
    assert "secret words" in her.chat, "her code still opens"


async def test_a_word_or_a_call_opens_the_notebook_and_thaws_nothing(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await set_up(stage, her)
    await says_it_is_not_me(her)
    await hides(stage, her)
    await lawyer.says("secret words")
    await her.says("112")
    await her.taps("button.duty")
    assert any("112" in seen for seen in her.sees)
    assert await frozen(stage, her)
    await her.says("/hide")
    await stage.later(minutes=2)
    await her.says(WORD)
    assert await frozen(stage, her)
    assert "secret words" not in her.chat


async def test_what_is_handled_again_comes_to_no_hidden_chat(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    await put_aside(stage, her, 1, text="/112")
    await hides(stage, her)
    assert await stage.hotline.retry() == (1, 0)
    await stage.settle()
    assert her.sees == []
    await her.says("I am here")
    assert her.seen("danger.below") or any("112" in seen for seen in her.sees)


async def test_what_is_handled_again_is_not_answered_where_somebody_else_is(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await put_aside(stage, her, 1, text="long ago")
    await says_it_is_not_me(her)
    before = len(her.sees)
    await stage.hotline.retry()
    await stage.settle()
    assert "long ago" in lawyer.chat
    assert len(her.sees) == before


async def test_her_words_to_her_lawyer_never_become_a_note(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await set_up(stage, her)
    await put_aside(stage, her, 1, text="he hit me again")
    await hides(stage, her)
    await stage.hotline.retry()
    await stage.settle()
    assert her.sees == []
    await her.starts()
    assert her.says_now("notebook.empty")
    await her.says(WORD)
    await stage.hotline.retry()
    await stage.settle()
    assert "he hit me again" in lawyer.chat


async def test_a_notebook_answers_also_what_could_not_be_read(stage: Stage) -> None:
    her, lawyer, _ = await disguised(stage)
    await comes(stage, raw(her, 1, text="bread, milk"))
    assert her.says_now("notebook.saved")
    assert "bread" not in lawyer.chat


async def test_the_menu_of_her_own_that_was_still_to_come_does_not_betray_a_notebook(stage: Stage) -> None:
    her, _, _ = await disguised(stage)
    stage.telegram.faults.add("sendMessage", "429", chat_id=her.account.id, retry_after=20)
    her.account.says(WORD)
    while await stage.hotline.polling.once(timeout=0):
        pass
    await stage.deliver()
    her.account.says("/hide")
    while await stage.hotline.polling.once(timeout=0):
        pass
    stage.clock.advance(seconds=60)
    await stage.settle()
    commands = [
        commands for (scope, _), commands in stage.telegram.commands.items() if str(her.account.id) in str(scope)
    ]
    assert [each["command"] for each in commands[-1]] == ["start", "notes"]


async def test_a_frozen_chat_is_answered_though_telegram_asks_to_wait(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    await says_it_is_not_me(her)
    stage.telegram.faults.add("sendMessage", "429", chat_id=her.account.id, retry_after=3)
    await her.starts()
    assert label("ru", "button.data") in str(her.account.last.labels) or her.says_now("home")


async def test_words_of_a_draft_or_a_secret_word_take_no_short_way_to_a_lawyer(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await shown(her)
    await her.says("/notebook")
    await her.taps("button.word")
    await comes(stage, raw(her, 1, text="canaryword"))
    assert "canaryword" not in lawyer.chat
    await her.says("/new")
    await comes(stage, raw(her, 2, text="canarydraft"))
    assert "canarydraft" not in lawyer.chat
