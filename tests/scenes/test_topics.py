"""Where the bot has topics in private chats, the conversation of a case runs in one; hiding deletes it whole."""

import pytest

from tests.stage import Stage, plain


@pytest.fixture
def topics() -> bool:
    return True


def names(stage: Stage, account_id: int) -> list[str]:
    calls = [call for call in stage.telegram.calls if call.method == "createForumTopic" and call.ok]
    return [call.params["name"] for call in calls if call.params["chat_id"] == account_id]


async def test_a_case_has_a_topic_and_her_words_there_are_its(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.says("his-words")
    (thread,) = her.account.chat.topics
    assert her.account.chat.topics[thread].name == code
    assert names(stage, her.account.id) == [code]
    assert her.account.last.text == "💬\nhis-words"
    assert her.account.last.thread_id == thread
    await her.says("/new")
    await her.taps("button.person")
    await her.taps("button.send")
    assert await stage.newest_case() != code
    await her.says("to-the-first", thread_id=thread)
    assert any(seen.endswith("to-the-first") for seen in lawyer.sees)


async def test_her_words_in_a_topic_stay_out_of_a_draft(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    (thread,) = her.account.chat.topics
    await her.says("/new")
    await her.says("to-the-case", thread_id=thread)
    assert any(seen.endswith("to-the-case") for seen in lawyer.sees)


async def test_an_album_comes_whole_into_the_topic(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    (thread,) = her.account.chat.topics
    for _ in range(2):
        lawyer.account.sends("photo", album="one")
    await stage.settle()
    shown = [message for message in her.account.messages if "photo" in message.raw]
    assert [message.thread_id for message in shown] == [thread, thread]


async def test_hiding_deletes_the_topic_however_old(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.says("his-words")
    stage.clock.advance(days=30)
    await her.says("/hide")
    assert her.account.chat.topics == {}
    assert not any("his-words" in seen for seen in her.sees)
    assert her.last == plain("ru", "hide.done")
    await lawyer.says("secret-one")
    await her.says("I am here")
    assert names(stage, her.account.id) == [code, code]
    assert any("secret-one" in seen for seen in her.sees)


async def test_a_topic_she_deleted_is_made_anew(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    (thread,) = her.account.chat.topics
    del her.account.chat.topics[thread]
    await lawyer.says("his-words")
    assert her.account.last.text == "💬\nhis-words"
    (anew,) = her.account.chat.topics
    assert her.account.last.thread_id == anew != thread
    assert her.account.chat.topics[anew].name == code


async def test_where_none_can_be_made_the_words_come_without(stage: Stage) -> None:
    stage.hotline.delivery.topics = True
    stage.telegram.topics = False
    her, lawyer, _ = await stage.claimed()
    await lawyer.says("his-words")
    assert her.account.last.text == "💬\nhis-words"
    assert her.account.last.thread_id is None


async def test_danger_is_answered_where_she_looks(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await lawyer.says("his-words")
    (thread,) = her.account.chat.topics
    await her.taps("button.danger", on=her.account.last)
    assert her.account.last.thread_id == thread
    assert "112" in her.last
    await her.taps("button.kinds", on=her.account.last)
    await her.taps("button.kind.held", on=her.account.last)
    await her.taps("button.duty", on=her.account.last)
    assert her.account.last.thread_id == thread
