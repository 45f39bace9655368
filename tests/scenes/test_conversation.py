"""The two-way conversation: every kind of message, replies, edits, albums; neither side learns who."""

import pytest

from bot.domain.case import Claimed, Closed, Queued
from bot.i18n import LANGUAGES, label
from sandbox.media import Files
from sandbox.message import Message
from tests.stage import Actor, Stage, plain

MEDIA = ("photo", "voice", "video", "video_note", "audio", "animation", "document")


@pytest.mark.parametrize("kind", MEDIA)
async def test_media_go_both_ways(stage: Stage, kind: str) -> None:
    her, lawyer, _ = await stage.claimed()
    caption = {} if kind == "video_note" else {"caption": f"about the {kind}"}
    sent = await her.sends(kind, **caption)
    assert lawyer.account.last.kind == kind
    assert lawyer.account.last.file_id == sent.file_id
    assert lawyer.account.last.protected
    if caption:
        assert f"about the {kind}" in lawyer.account.last.caption
    sent = await lawyer.sends(kind, **caption)
    received = [message for message in her.account.messages if message.from_bot and message.kind == kind]
    assert received[-1].file_id == sent.file_id
    assert not received[-1].protected


async def test_an_album_arrives_as_one(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    for number in range(3):
        her.account.sends("photo", album="a1", caption="three of them" if number == 0 else None)
    await stage.settle()
    parts = [message for message in lawyer.account.messages if message.from_bot and message.album]
    assert len(parts) == 3
    assert len({part.album for part in parts}) == 1
    assert "three of them" in parts[0].caption


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["sticker", "poll", "dice"])
async def test_what_cannot_be_passed_on_is_refused_in_words(stage: Stage, language: str, kind: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.new")
    await her.sends(kind)
    known = kind if kind in ("sticker", "poll") else "other"
    assert her.says_now("refusal.unfit", kind=label(language, f"kind.{known}"))


async def test_replies_point_at_the_same_message_on_the_other_side(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    question = await lawyer.says("where are you?")
    seen_by_her = next(message for message in her.account.messages if "where are you?" in message.text)
    await her.says("at home", reply_to=seen_by_her)
    assert lawyer.account.last.reply_to_message_id == question.message_id


async def test_an_edit_is_a_new_version_beside_the_old_one(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    said = await her.says("first version")
    await her.edits(said, "second version")
    assert label("ru", "relay.edited", code=code) in lawyer.last
    assert "second version" in lawyer.last
    assert "first version" in lawyer.chat
    answer = await lawyer.says("my answer")
    await lawyer.edits(answer, "my better answer")
    assert "my better answer" in her.last


async def test_an_edit_of_words_sent_long_ago_reaches_the_case(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    said = await her.says("before sending")
    await her.edits(said, "corrected before sending")
    await her.taps("button.person")
    await her.taps("button.send")
    await her.edits(said, "corrected after sending")
    assert her.says_now("edited.kept")
    await lawyer.taps("button.claim", group=stage.group)
    for version in ("before sending", "corrected before sending", "corrected after sending"):
        assert version in lawyer.chat


async def test_long_messages_are_never_cut(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.says("я" * 4096)
    assert lawyer.account.last.text == "я" * 4096
    await her.sends("photo", caption="c" * 1024)
    assert lawyer.account.last.caption == "c" * 1024


async def test_formatting_stays_and_people_in_it_do_not(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    other = stage.telegram.account("Mentioned")
    entities = [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "text_mention", "offset": 5, "length": 4, "user": other.raw()},
    ]
    await her.says("bold name <b>not html</b> & so on", entities=entities)
    assert {"bold"} <= {entity["type"] for entity in lawyer.account.last.entities} <= {"bold", "bot_command"}
    assert "<b>not html</b> & so on" in lawyer.account.last.text


async def test_her_words_before_a_claim_join_the_case_with_one_receipt(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "the first")
    for number in range(30):
        her.account.says(f"more-{number}")
    await stage.settle()
    receipts = [seen for seen in her.sees if seen == label("ru", "case.added", code=code)]
    assert 1 <= len(receipts) <= 3
    await lawyer.taps("button.claim", group=stage.group)
    assert [f"more-{number}" for number in range(30)] == [
        seen.split("\n")[-1] for seen in lawyer.sees if "more-" in seen
    ]


async def test_several_cases_and_the_current_one_is_named(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    first, second = await stage.seeker("ru"), await stage.seeker("en")
    code_one = await stage.appeal(first, "one")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(seconds=1)
    code_two = await stage.appeal(second, "two")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("to the second")
    assert "to the second" in second.last
    assert "to the second" not in first.chat
    words = next(message for message in lawyer.account.messages if message.text.endswith("one"))
    await lawyer.says("to the first", reply_to=words)
    assert "to the first" in first.last
    assert lawyer.seen("desk.current", code=code_one) or code_one in lawyer.last
    await lawyer.says("/cases")
    assert lawyer.says_now("desk.current", code=code_one)
    assert sum(code_two in words for words in lawyer.account.last.labels) == 1


async def test_release_brings_it_back_to_the_queue_and_the_next_lawyer_sees_all(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, "kk", "Duty 2")
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "her story")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("a first answer")
    await lawyer.taps("button.release")
    assert isinstance(await stage.case(code), Queued)
    assert her.says_now("case.released", code=code)
    await her.says("still here")
    assert "still here" not in lawyer.chat
    await lawyer.says("not mine any more")
    assert "not mine any more" not in her.chat
    await other.taps("button.claim", group=stage.group)
    for words in ("her story", "a first answer", "still here"):
        assert words in other.chat


async def test_of_two_taps_one_wins_and_the_other_is_told_who(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, "kk", "Duty 2")
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    lawyer.account.taps(label("ru", "button.claim"), chat=stage.group)
    other.account.taps(label("ru", "button.claim"), chat=stage.group)
    await stage.settle()
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert label("kk", "refusal.taken", code=code, name="Duty 1") in other.alerts
    assert label("ru", "claim.done", code=code) in lawyer.alerts
    assert "Duty 1" in stage.group.last.text


async def test_not_me_keeps_a_case_from_this_lawyer(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    await lawyer.taps("button.not_me", group=stage.group)
    await lawyer.taps("button.claim", group=stage.group)
    assert isinstance(await stage.case(code), Queued)
    assert label("ru", "refusal.conflict", code=code) in lawyer.alerts


@pytest.mark.parametrize("choice", ["new", "thanks"])
async def test_writing_after_closing(stage: Stage, choice: str) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.resolved")
    stage.clock.advance(seconds=1)
    await her.says("said after closing")
    await her.taps(f"button.after.{choice}")
    await stage.later(minutes=11)
    assert isinstance(await stage.case(code), Closed)
    if choice == "thanks":
        assert her.says_now("case.thanks")
        return
    await her.taps("button.person")
    await her.taps("button.send")
    newer = await stage.newest_case()
    assert newer != code
    await lawyer.taps("button.claim", group=stage.group)
    assert lawyer.last.endswith("said after closing")


async def test_without_a_tap_the_case_opens_again(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.taps("button.close")
    await lawyer.taps("outcome.advice")
    await her.says("he is back")
    await stage.later(minutes=9)
    assert isinstance(await stage.case(code), Closed)
    await stage.later(minutes=2)
    assert isinstance(await stage.case(code), Queued)
    assert code in stage.group.last.text


async def test_a_new_appeal_at_any_time_and_switching_between_them(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    first = await stage.appeal(her, "the first matter")
    stage.clock.advance(minutes=1)
    await her.starts()
    await her.taps("button.new_again")
    await her.says("the second matter")
    await her.taps("button.person")
    await her.taps("button.send")
    second = await stage.newest_case()
    assert second != first
    await her.starts()
    assert first in her.last
    await her.taps("button.cases")
    await her.taps_label(label("ru", "case.status", code=first, status=label("ru", "status.queued")))
    assert her.says_now("case.current", code=first)
    await her.says("more about the first")
    card = next(message for message in stage.group.messages if first in message.text)
    await lawyer.taps("button.claim", group=stage.group, on=card)
    assert "more about the first" in lawyer.chat


async def test_a_reaction_is_a_silent_receipt(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.says("I am here")
    her.account.reacts(next(message for message in her.account.messages if "I am here" in message.text), "❤")
    await stage.settle()
    assert lawyer.says_now("relay.reacted", code=code, emoji="❤")
    said = await her.says("thank you")
    assert said.reactions == ["👌"]


async def test_words_after_anothers_message_are_asked_about_before_they_go(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    first, second = await stage.seeker("ru"), await stage.seeker("en")
    code_one = await stage.appeal(first, "one")
    await lawyer.taps("button.claim", group=stage.group)
    stage.clock.advance(seconds=1)
    await stage.appeal(second, "two")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("for the second")
    await first.says("and I?")
    await lawyer.says("kept until I choose")
    await lawyer.says("this too")
    assert lawyer.says_now("lawyer.which")
    assert "kept until" not in first.chat + second.chat
    await lawyer.taps_label(code_one)
    assert [seen for seen in first.sees if "💬" in seen][-2:] == ["💬\nkept until I choose", "💬\nthis too"]
    assert "kept until" not in second.chat
    await lawyer.says("and on without a question")
    assert "and on without a question" in first.last


async def two_cases(stage: Stage) -> tuple[Actor, Actor, Actor, str, str]:
    """A lawyer with two cases; the second is the current one, and its words are the newest."""
    _, lawyer = await stage.opened()
    first, second = await stage.seeker("ru"), await stage.seeker("en")
    codes = []
    for her in (first, second):
        codes.append(await stage.appeal(her, "…"))
        await lawyer.taps("button.claim", group=stage.group)
        stage.clock.advance(seconds=1)
    return lawyer, first, second, codes[0], codes[1]


async def test_what_is_kept_until_he_chooses_survives_an_album_an_edit_and_a_restart(stage: Stage) -> None:
    lawyer, first, second, one, two = await two_cases(stage)
    await first.says("and I?")
    for number in range(2):
        lawyer.account.sends("photo", album="a1", caption="both-sides" if number == 0 else None)
    written = await lawyer.says("first-draft")
    await lawyer.edits(written, "second-thought")
    await stage.restart()
    await stage.settle()
    assert "both-sides" not in first.chat + second.chat
    assert sum(lawyer.last == seen for seen in lawyer.sees) == 1
    await lawyer.taps_label(one)
    parts = [message for message in first.account.messages if message.from_bot and message.album]
    assert len({part.album for part in parts}) == 1
    assert len(parts) == 2
    assert "second-thought" in first.last
    assert "first-draft" not in first.chat + second.chat
    assert "both-sides" not in second.chat
    await second.says("me again")
    await lawyer.says("for nobody")
    await lawyer.taps("button.nobody")
    assert lawyer.seen("lawyer.dropped")
    await lawyer.taps("button.close", on=_appeal_of(lawyer, two))
    await lawyer.taps("outcome.advice")
    await lawyer.says("meant for the one just closed")
    assert lawyer.says_now("lawyer.which")
    assert "for nobody" not in first.chat + second.chat
    assert "just closed" not in first.chat + second.chat


async def test_the_pinned_line_says_where_his_words_go(stage: Stage) -> None:
    lawyer, _, _, one, two = await two_cases(stage)
    chat = lawyer.account.chat
    assert [pinned.text for pinned in chat.pinned] == [plain("ru", "desk.current", code=two)]
    assert [each for each in chat.messages if each.service] == []
    words = next(each for each in lawyer.account.messages if one in each.text and each is not chat.pinned[0])
    await lawyer.says("to the first", reply_to=words)
    assert [pinned.text for pinned in chat.pinned] == [plain("ru", "desk.current", code=one)]
    chat.remove(chat.pinned[0])
    await lawyer.taps("button.release", on=_appeal_of(lawyer, one))
    assert [pinned.text for pinned in chat.pinned] == [plain("ru", "desk.current", code=two)]
    await lawyer.taps("button.close", on=_appeal_of(lawyer, two))
    await lawyer.taps("outcome.resolved")
    assert chat.pinned == []
    assert lawyer.seen("desk.nowhere")


async def test_one_line_a_case_says_how_his_words_fare(stage: Stage) -> None:
    """Sent, waiting behind a notice, held, refused, reacted to: each appears, and gives way to the next."""
    her, lawyer, code = await stage.claimed()

    def states() -> list[str]:
        known = {label("ru", f"relay.{state}", code=code): state for state in ("at_once", "notice", "hidden")}
        return [known[seen] for seen in lawyer.sees if seen in known]

    await lawyer.says("one")
    await lawyer.says("two")
    assert lawyer.says_now("relay.at_once", code=code)
    assert states() == ["at_once"]
    stage.clock.advance(minutes=16)
    await lawyer.says("three")
    assert states() == ["notice"]
    assert her.says_now("notice.waiting")
    await her.taps("notice.show")
    assert states() == ["at_once"]
    await her.says("/hide")
    await lawyer.says("four")
    assert states() == ["hidden"]
    await her.says("I am back")
    assert states() == ["at_once"]
    seen = next(message for message in her.account.messages if "four" in message.text)
    her.account.reacts(seen, "❤")
    await stage.settle()
    assert lawyer.says_now("relay.reacted", code=code, emoji="❤")
    her.account.reacts(seen, None)
    await stage.settle()
    assert lawyer.says_now("relay.reaction_gone", code=code)
    assert not lawyer.seen("relay.reacted", code=code, emoji="❤")
    refused = lawyer.account.sends("photo", caption="five")
    stage.telegram.files = Files()
    await stage.settle()
    why = plain("ru", "relay.why.file")
    assert lawyer.says_now("relay.failed", code=code, why=why)
    assert lawyer.account.last.reply_to_message_id == refused.message_id
    assert "five" not in her.chat


def _appeal_of(lawyer: Actor, code: str) -> Message:
    """The appeal as it stands in his chat, with its buttons."""
    wanted = label("ru", "button.release")
    return next(each for each in lawyer.account.messages if wanted in each.labels and code in each.text)
