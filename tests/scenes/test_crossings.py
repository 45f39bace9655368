"""Where two of her protections meet: hidden, a notebook, frozen, on another phone, half erased."""

from bot.i18n import label
from bot.telegram.messages.common import message
from tests.scenes.test_notebook import WORD, disguised, hides, set_up
from tests.scenes.test_return_code import shown
from tests.scenes.test_set_aside import comes, raw
from tests.stage import Actor, Stage


async def says_it_is_not_me(her: Actor) -> None:
    await her.forges("nt:notme:")


async def frozen(stage: Stage, her: Actor) -> bool:
    async with stage.database.unit_of_work() as uow:
        return (await uow.people.by_account(her.account.id)).frozen


async def put_aside(stage: Stage, her: Actor, number: int, **words: object) -> None:
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
    await put_aside(stage, her, 2, text="/start")
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


async def test_after_moving_nothing_comes_to_a_phone_nobody_looks_at(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    number = await stage.appeal(her, contact="when_i_write")
    await lawyer.taps("button.claim", group=stage.group)
    code = await shown(her)
    stage.clock.advance(minutes=20)
    await lawyer.says("secret words")
    stage.telegram.faults.add("sendMessage", "429", chat_id=lawyer.account.id, retry_after=3600)
    other = stage.actor("ru")
    await other.says(code)
    await stage.later(minutes=61)
    await stage.later(seconds=10)
    assert lawyer.seen("lawyer.moved", code=number)
    assert "secret words" not in other.chat
    await other.starts()
    assert "secret words" in other.chat


async def test_what_was_to_be_deleted_is_deleted_though_she_moves_or_erases(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    code = await shown(her)
    await her.says("her-words")
    stage.telegram.faults.add("deleteMessages", "429", chat_id=her.account.id, retry_after=20)
    her.account.says("/hide")
    await stage.hotline.polling.once(timeout=0)
    await stage.deliver()
    assert "her-words" in her.chat
    other = stage.actor("ru")
    await other.says(code)
    await stage.later(seconds=30)
    assert "her-words" not in her.chat
    assert code not in her.chat
    stage.telegram.faults.add("deleteMessages", "429", chat_id=other.account.id, retry_after=20)
    other.account.says(f"my code is {code}")
    await stage.hotline.polling.once(timeout=0)
    await stage.deliver()
    assert code in other.chat
    await other.forges("go:erase_now")
    await stage.later(seconds=120)
    assert code not in other.chat


async def test_the_delivery_sends_nothing_to_a_chat_that_was_hidden_meanwhile(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(her.account.id)
    await hides(stage, her)
    async with stage.database.unit_of_work() as uow:
        await uow.outbox.put(message(person, "read before she hid"), to=person)
    await stage.settle()
    assert her.sees == []
    await her.says("I am here")
    assert "read before she hid" in her.chat


async def test_a_notebook_stays_one_however_long_nobody_comes(stage: Stage) -> None:
    her = await stage.seeker("ru")
    await set_up(stage, her)
    await hides(stage, her)
    await stage.later(days=100)
    await her.starts()
    assert her.says_now("notebook.empty")


async def test_a_notebook_does_not_tell_that_she_is_blocked(stage: Stage) -> None:
    her, _, _ = await disguised(stage)
    async with stage.database.unit_of_work() as uow:
        person = await uow.people.by_account(her.account.id)
        await uow.people.set(person, blocked_at=uow.now)
    await her.says("112")
    alerts = len(her.alerts)
    await her.taps("button.duty")
    assert all(label("ru", "refusal.blocked")[:40] not in each for each in her.alerts[alerts:])


async def test_what_is_refused_long_after_opens_no_hidden_chat(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await put_aside(stage, her, 1, dice={"emoji": "🎲", "value": 3})
    await hides(stage, her)
    await lawyer.says("secret words")
    assert await stage.hotline.retry() == (1, 0)
    await stage.settle()
    assert her.sees == []
    async with stage.database.unit_of_work() as uow:
        assert (await uow.people.by_account(her.account.id)).hidden


async def test_it_is_not_me_lets_nothing_come_though_the_tap_fails(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "…", contact="any_time")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=16)
    await lawyer.says("secret words")
    tap = raw(her, 1)["message"]
    query = {"id": "1", "from": tap["from"], "chat_instance": "1", "data": "nt:notme:", "message": tap}
    await comes(stage, {"update_id": 2, "callback_query": query})
    assert her.seen("set_aside")
    assert "secret words" not in her.chat


async def test_unblocking_the_bot_opens_no_hidden_chat(stage: Stage) -> None:
    her, lawyer, _ = await disguised(stage)
    her.account.blocks()
    await stage.settle()
    await lawyer.says("secret words")
    her.account.unblocks()
    await stage.settle()
    assert "secret words" not in her.chat


async def test_what_a_blocked_person_sent_is_not_kept_though_it_could_not_be_read(stage: Stage) -> None:
    her, _, _ = await stage.claimed()
    async with stage.database.unit_of_work() as uow:
        await uow.people.set(await uow.people.by_account(her.account.id), blocked_at=uow.now)
    await comes(stage, raw(her, 1, text="canaryword"))
    assert her.says_now("refusal.blocked")
    async with stage.database.unit_of_work() as uow:
        assert await uow.intake.count_set_aside() == 0
