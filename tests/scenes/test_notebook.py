"""The notebook: what stands in front of everything once she has hidden the chat, until her word is typed."""

import logging
import re
from pathlib import Path

import pytest

from bot.domain.notebook import TRIED_MOST
from bot.i18n import LANGUAGES, label, text
from tests.scenes.test_privacy import everything, spoken
from tests.scenes.test_return_code import shown
from tests.stage import Actor, Stage

WORD = "Канарейка7"
CALLS = ["112", "SOS", "/sos", "/112", *(label(each, "notebook.default_word") for each in LANGUAGES)]
DANGER = [
    ("ru", "помогите, он ломает дверь"),
    ("kk", "мені өлтіреді"),
    ("en", "he is going to kill me"),
    ("ky", "мени өлтүрөм дейт"),
]


async def set_up(stage: Stage, her: Actor, word: str = WORD) -> str:
    """Her code, her word twice; what the code was."""
    code = await shown(her)
    await her.says("/notebook")
    await her.taps("button.word")
    await her.says(word)
    await her.says(word)
    assert her.says_now("notebook.ready", word=text(her.language, "notebook.default_word"))
    return code


async def hides(stage: Stage, her: Actor) -> None:
    await her.says("/hide")
    await stage.later(minutes=2)
    assert her.account.messages == []


async def disguised(stage: Stage, language: str = "ru") -> tuple[Actor, Actor, str]:
    her, lawyer, _ = await stage.claimed(language)
    code = await set_up(stage, her)
    await hides(stage, her)
    return her, lawyer, code


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_chosen_with_open_eyes(stage: Stage, language: str) -> None:
    await stage.opened()
    her = await stage.seeker(language)
    await her.says("/notebook")
    word = text(language, "notebook.default_word")
    assert her.says_now("notebook.about", word=word)
    assert her.says_now("notebook.code_first")
    assert label(language, "button.word") not in her.account.last.labels
    await her.forges("go:word")
    assert her.alerts[-1] == label(language, "refusal.code_first")
    await her.taps("button.code")
    await her.taps("button.code_none")
    await her.says("/notebook")
    await her.taps("button.word")
    await her.says("112")
    assert her.says_now("notebook.word_taken")
    await her.says(WORD)
    assert her.says_now("notebook.ask_again")
    assert WORD not in her.chat
    await her.says("другое")
    assert her.says_now("notebook.differs")
    await her.says(WORD)
    await her.says(WORD.upper())
    assert her.says_now("notebook.ready", word=word)
    assert WORD.lower() not in her.chat.lower()
    await her.says("/notebook")
    assert her.says_now("notebook.is_on")
    await her.taps("button.notebook_off")
    assert her.says_now("notebook.off")


async def test_what_she_says_while_choosing_is_not_lost(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await shown(her)
    await her.says("/notebook")
    await her.taps("button.word")
    await her.says("he is here, I can't write long")
    await her.says("Помогите")
    assert any("he is here" in seen for seen in lawyer.sees)
    assert any("Помогите" in seen for seen in lawyer.sees)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_hiding_there_is_a_notebook_and_nothing_else(stage: Stage, language: str) -> None:
    her, lawyer, _ = await disguised(stage, language)
    before = len(her.sees)
    assert [each["command"] for each in stage.menus()[-1][1]] == ["start", "notes"] or any(
        [each["command"] for each in commands] == ["start", "notes"] for _, commands in stage.menus()
    )
    await her.starts()
    assert her.says_now("notebook.empty")
    await her.says("нан, сүт")
    assert her.says_now("notebook.saved")
    await her.starts()
    assert "нан, сүт" in her.last
    await lawyer.says("secret of the lawyer")
    await her.says("/data")
    await her.forges("go:home")
    await her.forges("m:KM48213")
    await her.sends("sticker")
    await her.sends("photo", caption="shelf")
    assert her.says_now("notebook.saved")
    assert "secret of the lawyer" not in her.chat
    own = [seen for seen in her.sees[before:] if seen]
    for key in ("home", "cases.ask", "relay.lawyer", "refusal.old_button", "unknown.command"):
        assert not any(text(language, key).split("\n")[0] in seen for seen in own), key
    assert not any("shelf" in seen or "нан" in seen for seen in lawyer.sees)


async def test_notes_can_be_thrown_away(stage: Stage) -> None:
    her, _, _ = await disguised(stage)
    for words in ("first", "second", "third"):
        await her.says(words)
    await her.taps("button.notes")
    assert her.last.index("third") < her.last.index("first")
    await her.taps("button.note_remove", number=1)
    assert "third" not in her.last
    assert "second" in her.last
    await her.taps("button.notes_remove")
    assert her.says_now("notebook.ask_all")
    await her.taps("button.notes_remove")
    assert her.says_now("notebook.empty")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_her_word_opens_it_and_three_wrong_ones_are_notes(stage: Stage, language: str) -> None:
    her, lawyer, _ = await disguised(stage, language)
    await lawyer.says("secret of the lawyer")
    for wrong in ("канарейка", "Канарейка8", "parol"):
        await her.says(wrong)
        assert her.last == text(language, "notebook.saved")
    assert "secret of the lawyer" not in her.chat
    await her.says(WORD.upper())
    assert her.seen("notebook.opened")
    assert any("secret of the lawyer" in seen for seen in her.sees)
    assert WORD.upper() not in her.chat
    await her.says("I am back")
    assert any("I am back" in seen for seen in lawyer.sees)
    await hides(stage, her)
    await her.starts()
    assert text(language, "notebook.title").replace("<b>", "").replace("</b>", "") in her.last


async def test_a_flood_of_notes_is_kept_and_not_searched_for_her_word(stage: Stage) -> None:
    her, _, _ = await disguised(stage)
    for number in range(TRIED_MOST):
        her.account.says(f"note{number}")
    her.account.says(WORD)
    await stage.settle()
    assert not her.seen("notebook.opened")
    stage.clock.advance(minutes=2)
    await her.says(WORD)
    assert her.seen("notebook.opened")


@pytest.mark.parametrize("call", CALLS)
async def test_a_call_opens_the_numbers(stage: Stage, call: str) -> None:
    her, _, _ = await disguised(stage)
    await her.says(call)
    assert her.says_now("danger")
    await her.taps("button.kinds")
    await her.taps("button.kind.held")
    assert her.says_now("danger.kind.held")
    await her.taps("button.danger")
    await her.taps("button.back")
    assert her.says_now("notebook.empty")


async def test_calling_the_lawyer_opens_the_notebook(stage: Stage) -> None:
    her, lawyer, _ = await disguised(stage)
    await her.says("112")
    await her.taps("button.duty")
    assert any(text("ru", "duty.lawyer_told", code="").split("(")[0] in seen for seen in map(str, her.sees))
    assert any("🆘" in seen for seen in lawyer.sees)
    await her.says("I am at home")
    assert any("I am at home" in seen for seen in lawyer.sees)


@pytest.mark.parametrize(("language", "words"), DANGER)
async def test_a_note_that_sounds_of_danger_is_asked_once(stage: Stage, language: str, words: str) -> None:
    her, _, _ = await disguised(stage, language)
    await her.says(words)
    assert her.last == text(language, "notebook.help")
    await her.taps("button.open_help")
    assert her.says_now("danger")
    await her.starts()
    assert words in her.last, "it is kept too"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_code_opens_it_and_replaces_a_forgotten_word(stage: Stage, language: str) -> None:
    her, _, code = await disguised(stage, language)
    await her.says("1111 2222 3333 4444")
    assert her.says_now("notebook.saved")
    await her.says(code)
    assert her.seen("code.opened_here")
    assert her.seen("notebook.after_code")
    await her.taps("button.word_other")
    await her.says("новое")
    await her.says("новое")
    await hides(stage, her)
    await her.says(WORD)
    assert her.says_now("notebook.saved")
    await her.says("новое")
    assert her.seen("notebook.opened")


async def test_the_code_opens_it_from_another_account_too(stage: Stage) -> None:
    _, lawyer, code = await disguised(stage)
    other = stage.actor("ru")
    await other.says(code)
    assert other.seen("code.opened")
    assert other.seen("notebook.after_code")
    await other.says("a new phone")
    assert any("a new phone" in seen for seen in lawyer.sees)


async def test_it_is_a_notebook_after_a_restart(stage: Stage) -> None:
    her, _, _ = await disguised(stage)
    await stage.restart()
    await her.starts()
    assert her.says_now("notebook.empty")
    await her.says(WORD)
    assert her.seen("notebook.opened")


async def test_the_word_and_the_notes_stand_nowhere(
    stage: Stage, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    her, _, _ = await disguised(stage)
    await her.says("canarynote of hers")
    searched = (await everything(stage, tmp_path)).lower()
    log = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot")).lower()
    for canary in (WORD.lower(), "canarynote"):
        assert canary.encode() not in searched
        assert canary not in log
        for call in stage.telegram.calls:
            if call.params.get("chat_id") != her.account.id:
                assert canary not in spoken(call).lower()
    assert not re.search(WORD, her.chat)
