"""Age: who reads it is said before anything is written; under 18 the same help; no duty to report is invented."""

from pathlib import Path
from shutil import copytree

import pytest
import yaml

from bot import content
from bot.domain.questionnaire import QUESTIONS
from bot.i18n import LANGUAGES, label
from tests.stage import Stage

KEYS = [question.key for question in QUESTIONS]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_limits_of_confidentiality_come_before_her_words(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.taps("button.new")
    await her.answers("for_whom", "self")
    assert her.says_now("question.age")
    assert "18" in her.last
    assert label(language, "role.lawyer").lower()[:4] in her.last.lower()
    assert KEYS.index("age") < KEYS.index("words")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_is_said_of_a_duty_while_no_lawyer_has_written_it(stage: Stage, language: str) -> None:
    her = await stage.seeker(language)
    await her.says("/privacy")
    await her.taps("button.continue")
    await her.taps("button.new")
    await her.skips()
    assert her.says_now("question.age")
    assert her.last.endswith(her.last.split("\n\n")[1])
    assert content.duties() == ()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_duty_that_is_filled_in_is_said_with_the_question_and_in_the_notice(
    stage: Stage, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copytree(content.CONTENT, tmp_path / "content")
    data = yaml.safe_load((folder / "duty_to_report.yaml").read_text(encoding="utf-8"))
    texts = {each: f"<duty> in {each}" for each in LANGUAGES}
    data["KG"] = {"version": 3, "date": "2026-12-01", "reviewed_by": "lawyer", "source": "…", "text": texts}
    (folder / "duty_to_report.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(content, "CONTENT", folder)
    her = await stage.seeker(language)
    await her.says("/privacy")
    assert f"<duty> in {language}" in her.last
    await her.taps("button.continue")
    await her.taps("button.new")
    await her.skips()
    assert her.says_now("question.age")
    country = label(language, "option.country.KG")
    assert her.says_now("duty.under_18", country=country, version="3", words=f"<duty> in {language}")
    assert label(language, "option.country.KZ") not in her.last


async def test_under_eighteen_the_help_is_the_same(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…", age="under_18")
    assert her.says_now("case.sent", code=code, span="24 часа") or code in her.last
    assert any(code in seen and "18" in seen for seen in coordinator.sees)
    await lawyer.taps("button.claim", group=stage.group)
    assert label("ru", "option.age.under_18") in lawyer.chat
    assert not [key for key in KEYS if "guardian" in key or "parent" in key]
