"""Topics in groups and in private chats: writing into one, and wiping it with all its messages."""

from typing import Any

import pytest

from sandbox.telegram import Account, Group, Telegram
from tests.sandbox.conftest import Ask, Refusal, StillClock


@pytest.fixture
def topical(clock: StillClock) -> Telegram:
    return Telegram(clock=clock, topics=True)


async def test_a_topic_in_a_group(group: Group, lawyer: Account, ask: Ask, refusal: Refusal, updates: Any) -> None:
    topic = await ask("createForumTopic", chat_id=group.id, name="K7")
    thread = topic["message_thread_id"]
    created = (await updates())[-1]["message"]
    assert created["forum_topic_created"]["name"] == "K7"
    assert (created["message_thread_id"], created["chat"]["is_forum"]) == (thread, True)
    sent = await ask("sendMessage", chat_id=group.id, message_thread_id=thread, text="card")
    assert sent["message_thread_id"] == thread
    reply = lawyer.says("mine", chat=group, reply_to=group.last)
    assert reply.thread_id == thread
    await ask("editForumTopic", chat_id=group.id, message_thread_id=thread, name="K7 closed")
    assert group.topics[thread].name == "K7 closed"


async def test_a_deleted_topic_takes_its_messages_however_old(
    group: Group, ask: Ask, refusal: Refusal, clock: StillClock
) -> None:
    thread = (await ask("createForumTopic", chat_id=group.id, name="K7"))["message_thread_id"]
    await ask("sendMessage", chat_id=group.id, message_thread_id=thread, text="in it")
    await ask("sendMessage", chat_id=group.id, text="beside it")
    clock.advance(days=90)
    await ask("deleteForumTopic", chat_id=group.id, message_thread_id=thread)
    assert [message.text for message in group.messages if message.from_bot] == ["beside it"]
    gone = (400, "Bad Request: message thread not found")
    assert await refusal("sendMessage", chat_id=group.id, message_thread_id=thread, text="a") == gone


async def test_topics_need_rights_and_a_supergroup(
    telegram: Telegram, lawyer: Account, seeker: Account, refusal: Refusal
) -> None:
    plain, small = telegram.group("Plain"), telegram.group("Small", supergroup=False)
    lawyer.adds_bot(plain)
    lawyer.adds_bot(small, admin=True)
    assert "not enough rights" in (await refusal("createForumTopic", chat_id=plain.id, name="a"))[1]
    assert "not a forum" in (await refusal("createForumTopic", chat_id=small.id, name="a"))[1]
    assert "not a forum" in (await refusal("createForumTopic", chat_id=seeker.id, name="a"))[1]


async def test_names_and_colours(group: Group, refusal: Refusal) -> None:
    for params in ({"name": "a" * 129}, {"name": " "}, {"name": "a", "icon_color": 1}):
        assert (await refusal("createForumTopic", chat_id=group.id, **params))[0] == 400


async def test_topics_in_a_private_chat(topical: Telegram) -> None:
    lawyer = topical.account("Marat")
    lawyer.start()

    async def ask(method: str, **params: Any) -> Any:
        answer = await topical.call(method, {"chat_id": lawyer.id, **params})
        assert answer["ok"], answer
        return answer["result"]

    assert (await ask("getMe"))["has_topics_enabled"]
    thread = (await ask("createForumTopic", name="K7"))["message_thread_id"]
    await ask("sendMessage", message_thread_id=thread, text="her words")
    lawyer.says("my answer", thread_id=thread)
    heard = (await topical.call("getUpdates", {}))["result"][-1]["message"]
    assert (heard["message_thread_id"], heard["is_topic_message"]) == (thread, True)
    await ask("deleteForumTopic", message_thread_id=thread)
    assert [message.text for message in lawyer.messages] == ["/start"]


async def test_getme_says_whether_topics_are_on(ask: Ask) -> None:
    assert not (await ask("getMe"))["has_topics_enabled"]


async def test_closing_is_for_groups(group: Group, ask: Ask, refusal: Refusal) -> None:
    thread = (await ask("createForumTopic", chat_id=group.id, name="K7"))["message_thread_id"]
    await ask("closeForumTopic", chat_id=group.id, message_thread_id=thread)
    assert (await refusal("closeForumTopic", chat_id=group.id, message_thread_id=thread))[0] == 400
    await ask("reopenForumTopic", chat_id=group.id, message_thread_id=thread)
