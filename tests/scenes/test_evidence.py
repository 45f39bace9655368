"""Evidence: an unprotected copy for the lawyer who holds the case, with her consent, journaled, with a fingerprint."""

from hashlib import sha256

import pytest
from sqlalchemy import text as sql

from bot.i18n import LANGUAGES, label
from sandbox.faults import Kind
from sandbox.message import Message
from sandbox.rules import DOWNLOAD_MAX
from tests.stage import Actor, Stage

MEDIA = ("photo", "voice", "video", "video_note", "audio", "animation", "document")


def copies(lawyer: Actor) -> list[Message]:
    """What in his chat may be saved and passed on, and says something of hers."""
    return [each for each in lawyer.account.messages if each.from_bot and not each.protected and each.kind != "text"]


def received(lawyer: Actor, words: str) -> Message:
    return next(each for each in lawyer.account.messages if each.from_bot and words in (each.text or each.caption))


async def agrees(her: Actor) -> None:
    await her.taps("button.agree.yes")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_are_saved_only_with_her_consent(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    await her.says("he wrote that he will come")
    words = received(lawyer, "he will come")
    await lawyer.says("/save", reply_to=words)
    assert lawyer.says_now("evidence.asked", code=code)
    assert her.says_now("consents.asked", code=code) or label(language, "question.evidence") in her.last
    assert not her.account.last.protected
    await agrees(her)
    await lawyer.says("/save", reply_to=words)
    copy = next(each for each in reversed(lawyer.account.messages) if "he will come" in each.text)
    assert not copy.protected
    assert copy.text.startswith(f"{code} · 20")
    assert label("ru", "evidence.side.seeker") in copy.text
    digest = sha256(b"he wrote that he will come").hexdigest()
    assert label("ru", "evidence.sha256.text", sha256=digest) in lawyer.last
    assert lawyer.account.last.reply_to_message_id == copy.message_id
    async with stage.database.unit_of_work() as uow:
        saved = await uow.read(sql("SELECT role FROM journal WHERE action = 'saved as evidence'"))
    assert [row.role for row in saved] == ["lawyer"]


@pytest.mark.parametrize("kind", MEDIA)
async def test_every_kind_of_file_is_saved_with_its_fingerprint(stage: Stage, kind: str) -> None:
    her, lawyer, code = await stage.claimed()
    sent = await her.sends(kind, data=f"bytes of a {kind}".encode())
    shown = next(each for each in reversed(lawyer.account.messages) if each.kind == kind)
    await lawyer.says("/save", reply_to=shown)
    await agrees(her)
    await lawyer.says("/save", reply_to=shown)
    copy = copies(lawyer)[-1]
    assert (copy.kind, copy.file_id) == (kind, sent.file_id)
    digest = sha256(f"bytes of a {kind}".encode()).hexdigest()
    assert label("ru", "evidence.sha256.file", sha256=digest) in lawyer.last
    assert label("ru", "evidence.saved", code=code) in lawyer.last


async def test_a_file_over_20_mb_is_saved_and_says_why_it_has_no_fingerprint(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.sends("document", data=b"x" * (DOWNLOAD_MAX + 1))
    shown = next(each for each in reversed(lawyer.account.messages) if each.kind == "document")
    await lawyer.says("/save", reply_to=shown)
    await agrees(her)
    await lawyer.says("/save", reply_to=shown)
    assert copies(lawyer)[-1].kind == "document"
    assert label("ru", "evidence.too_large") in lawyer.last


@pytest.mark.parametrize("door", ["http"])
async def test_a_file_comes_over_real_http(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.sends("voice", data=b"a voice" * 50_000)
    shown = next(each for each in reversed(lawyer.account.messages) if each.kind == "voice")
    await lawyer.says("/save", reply_to=shown)
    await agrees(her)
    await lawyer.says("/save", reply_to=shown)
    assert sha256(b"a voice" * 50_000).hexdigest() in lawyer.last


@pytest.mark.parametrize("fault", ["500", "cut_before", "502_html", "429"])
async def test_while_telegram_gives_no_file_the_line_waits_and_comes(stage: Stage, fault: Kind) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.sends("document", data=b"some bytes")
    shown = next(each for each in reversed(lawyer.account.messages) if each.kind == "document")
    await lawyer.says("/save", reply_to=shown)
    await agrees(her)
    stage.telegram.faults.add("getFile", fault)
    await lawyer.says("/save", reply_to=shown)
    await stage.later(minutes=1)
    lines = [seen for seen in lawyer.sees if sha256(b"some bytes").hexdigest() in seen]
    assert len(lines) == 1
    assert label("ru", "relay.repeated") not in lines[0]


async def test_a_no_of_hers_stands_and_is_not_asked_again(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says("not to be kept")
    words = received(lawyer, "not to be kept")
    await lawyer.says("/save", reply_to=words)
    await her.taps("button.agree.no")
    seen = len(her.account.messages)
    await lawyer.says("/save", reply_to=words)
    assert lawyer.says_now("evidence.refused", code=code)
    assert len(her.account.messages) == seen
    assert all(each.protected for each in lawyer.account.messages if each.from_bot and "not to be kept" in each.text)


async def test_what_she_keeps_hidden_is_not_saved_either(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says("ask")
    await lawyer.says("/save", reply_to=received(lawyer, "ask"))
    await agrees(her)
    await her.says("call +7 701 123 45 67")
    await lawyer.says("/save", reply_to=received(lawyer, "call"))
    assert "701 123" not in lawyer.chat
    await her.sends("location")
    await lawyer.says("/save", reply_to=lawyer.account.messages[-1])
    shown = next(
        each for each in reversed(lawyer.account.messages) if label("ru", "withheld.location.asked") in each.text
    )
    await lawyer.says("/save", reply_to=shown)
    assert lawyer.says_now("refusal.withheld", code=code)
    assert not any(each.kind == "location" for each in lawyer.account.messages)


async def test_only_a_message_of_a_case_he_holds_can_be_saved(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await lawyer.says("/save")
    assert lawyer.says_now("refusal.save")
    await lawyer.taps("button.save")
    assert lawyer.says_now("evidence.how", code=code)
    await her.says("before the release")
    words = received(lawyer, "before the release")
    await lawyer.taps("button.release")
    await lawyer.says("/save", reply_to=words)
    assert lawyer.says_now("refusal.not_yours", code=code)
    await her.says("/save", reply_to=her.account.messages[0])
    assert her.seen("unknown.command")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_with_the_first_file_she_is_told_once_what_it_may_tell(stage: Stage, language: str) -> None:
    her, _, _ = await stage.claimed(language)
    await her.says("only words")
    assert not her.seen("files.tell")
    for kind in ("voice", "document", "photo"):
        await her.sends(kind)
    told = [seen for seen in her.sees if seen.startswith(label(language, "files.tell").partition("\n")[0] + "\n")]
    assert len(told) == 1


async def test_a_file_in_a_draft_is_told_about_too(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ky")
    for number in range(3):
        her.account.sends("photo", album="a1", caption="three" if number == 0 else None)
    await stage.settle()
    assert sum(label("ky", "files.tell")[:20] in seen for seen in her.sees) == 1
