"""Where the bot has topics in private chats, the conversation of a case runs in one; hiding deletes it whole."""

import pytest

from bot.domain.ids import CaseCode
from bot.i18n import label
from sandbox.message import Message
from tests.stage import Actor, Stage, plain


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


async def two_cases(stage: Stage) -> tuple[Actor, Actor, Actor, CaseCode, CaseCode]:
    _, lawyer = await stage.opened()
    first, second = await stage.seeker("ru"), await stage.seeker("kk")
    codes = []
    for her, words in ((first, "first-words"), (second, "second-words")):
        codes.append(await stage.appeal(her, words))
        await lawyer.taps("button.claim", group=stage.group)
        stage.clock.advance(seconds=1)
    return lawyer, first, second, codes[0], codes[1]


def topic_of(lawyer: Actor, code: CaseCode) -> int:
    return next(thread for thread, topic in lawyer.account.chat.topics.items() if code in topic.name)


async def test_each_case_has_a_topic_with_its_lawyer_and_what_he_writes_there_is_its(stage: Stage) -> None:
    lawyer, first, second, one, two = await two_cases(stage)
    assert names(stage, lawyer.account.id) == [f"🟢 {one}", f"🟢 {two}"]
    there, elsewhere = topic_of(lawyer, one), topic_of(lawyer, two)
    await lawyer.says("for-the-first", thread_id=there)
    assert "for-the-first" in first.last
    assert "for-the-first" not in second.chat
    assert lawyer.account.last.thread_id == there
    assert lawyer.says_now("relay.at_once", code=one)
    for message in lawyer.account.messages:
        if message.from_bot and message.kind == "text" and message.thread_id:
            other = two if message.thread_id == there else one
            assert other not in message.text
            assert ("second-words" if message.thread_id == there else "first-words") not in message.text
    await lawyer.sends("photo", caption="a-form", thread_id=elsewhere)
    assert second.account.last.kind == "photo"
    await lawyer.says("outside-a-topic")
    assert "outside-a-topic" in second.last
    await second.says("news", thread_id=None)
    assert lawyer.account.last.thread_id == elsewhere
    await lawyer.says("back-to-the-first", thread_id=there)
    assert "back-to-the-first" in first.last


async def test_a_lawyers_topic_is_made_anew_renamed_and_closed_to_who_holds_it_no_more(stage: Stage) -> None:
    lawyer, first, second, one, two = await two_cases(stage)
    del lawyer.account.chat.topics[topic_of(lawyer, one)]
    await first.says("after-the-topic-was-deleted")
    assert lawyer.account.last.thread_id == topic_of(lawyer, one)
    await first.taps("button.danger")
    await first.taps("button.duty")
    assert lawyer.account.chat.topics[topic_of(lawyer, one)].name == f"🔴 {one}"
    await lawyer.taps("button.close", on=_appeal(lawyer, two))
    await lawyer.taps("outcome.resolved")
    ended = topic_of(lawyer, two)
    assert lawyer.account.chat.topics[ended].name == f"✅ {two}"
    await lawyer.says("too-late", thread_id=ended)
    assert lawyer.says_now("refusal.not_yours", code=two)
    assert "too-late" not in first.chat + second.chat
    await lawyer.taps("button.release", on=_appeal(lawyer, one))
    assert lawyer.account.chat.topics[topic_of(lawyer, one)].name == f"↩️ {one}"


async def test_who_leaves_the_team_keeps_no_topic(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await stage.appeal(her, "private-words")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(days=3)
    await coordinator.says("/team")
    await coordinator.taps_label(next(each for each in coordinator.account.last.labels if "Duty 1" in each))
    await coordinator.taps("button.remove")
    await coordinator.taps("button.remove_now")
    assert lawyer.account.chat.topics == {}
    assert "private-words" not in lawyer.chat


async def test_a_conflict_of_interest_takes_the_whole_topic_away(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    stage.clock.advance(days=3)
    await her.says("private-words")
    await lawyer.taps("button.not_me", on=_appeal(lawyer, code))
    assert lawyer.account.chat.topics == {}
    assert "private-words" not in lawyer.chat


def _appeal(lawyer: Actor, code: CaseCode) -> Message:
    """The appeal as it stands in his chat, with its buttons."""
    wanted = label("ru", "button.release")
    return next(each for each in lawyer.account.messages if wanted in each.labels and code in each.text)
