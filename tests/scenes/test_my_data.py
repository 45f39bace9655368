"""My data: what is kept about her is shown, and every door to it is one tap away."""

import pytest

from bot.domain.intake import Author, Kind, Piece
from bot.i18n import LANGUAGES, label
from bot.telegram.messages.common import answer_name
from tests.scenes.test_return_code import shown
from tests.stage import Stage


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_sees_how_much_is_kept(stage: Stage, language: str) -> None:
    await stage.opened()
    her = await stage.seeker(language)
    await her.taps("button.data")
    assert her.says_now("data.appeals", number="0")
    code = await stage.appeal(her, "one", country="KZ", contact="hours", hours="17_22")
    await her.says("two")
    await her.says("/data")
    assert her.says_now("data.appeals", number="1")
    assert her.says_now("data.words", number="2")
    assert her.says_now("data.language", reads=label(language, f"language.{language}"))
    chosen = ", ".join(label(language, key) for key in ("option.contact.hours", "option.hours.17_22"))
    assert her.says_now("data.contact", code=code, contact=chosen)
    assert "data" in [command["command"] for _, commands in stage.menus() for command in commands]
    await her.taps("button.privacy")
    assert "Example Centre" in her.last


async def test_the_team_is_shown_the_notice(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    await lawyer.says("/data")
    assert "Example Centre" in lawyer.last


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_is_given_all_of_it_in_one_message(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, "<b>hers & his</b>", country="KG", region="KG-GB", age="25_34", share="yes")
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says("words-of-the-lawyer")
    await her.sends("voice")
    await her.says("/new")
    await her.answers("for_whom", "other")
    await her.says("not-sent-yet")
    await her.says("/data")
    await her.taps("button.export")
    given = her.last
    assert given.startswith(label(language, "export", moment="")[:4])
    for words in ("<b>hers & his</b>", "words-of-the-lawyer", "not-sent-yet", code):
        assert words in given
    for key in ("export.keep", "export.draft", "option.age.25_34", "status.claimed", "option.for_whom.other"):
        assert label(language, key) in given
    assert answer_name(language, "region", "KG-GB") in given
    assert f"[{label(language, 'export.kind.voice')}]" in given
    assert label(language, "name.share") in given
    before = len(her.account.messages)
    await her.taps("button.files")
    assert len(her.account.messages) == before + 1
    assert her.account.last.kind == "voice"


async def test_a_long_one_comes_as_a_file(stage: Stage) -> None:
    her, _, code = await stage.claimed("ru")
    async with stage.database.unit_of_work() as uow:
        for number in range(5000):
            await uow.threads.add(code, Author.SEEKER, Piece(Kind.TEXT, f"слово {number} \ud83d"))
    await her.says("/data")
    await her.taps("button.export")
    sent = her.account.last
    assert sent.kind == "document"
    assert sent.raw["document"]["file_name"] == "2026-11-20.txt"
    assert her.last.startswith(label("ru", "export.file"))
    given = stage.telegram.files.get(sent.raw["document"]["file_id"]).data.decode()
    assert "слово 0 " in given
    assert "слово 4999 " in given
    assert code in given


async def test_nothing_is_given_to_whoever_said_it_is_not_me(stage: Stage) -> None:
    her, _, _ = await stage.claimed("en")
    await her.forges("nt:notme:")
    await her.forges("go:export")
    assert her.alerts[-1] == label("en", "refusal.frozen")
    await her.forges("go:files")
    assert her.alerts[-1] == label("en", "refusal.frozen")


async def test_the_team_is_given_nothing_of_anybody(stage: Stage) -> None:
    _, lawyer, _ = await stage.claimed("en")
    await lawyer.forges("go:export")
    assert lawyer.alerts[-1] == label("ru", "refusal.staff")


async def test_from_another_account_nothing_is_given_before_the_lawyer_was_told(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed("en")
    key = await shown(her)
    stage.telegram.faults.add("sendMessage", "429", chat_id=lawyer.account.id, retry_after=60)
    other = stage.actor("en")
    await other.says(key)
    await other.forges("go:export")
    assert other.alerts[-1] == label("en", "again.later")
    await stage.later(seconds=70)
    assert lawyer.seen("lawyer.moved", code=code)
    await other.forges("go:export")
    assert code in other.last
