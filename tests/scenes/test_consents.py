"""Consents: each by itself, seen and changed with one tap, in force at once; none is needed to be helped."""

import pytest

from bot.domain.consent import VERSIONS, Purpose
from bot.i18n import LANGUAGES, label, text
from bot.services import consenting
from tests.stage import Actor, Stage, plain


async def kept(stage: Stage, code: str) -> list[tuple[str, bool, int]]:
    """Every yes and no that was written down."""
    async with stage.database.unit_of_work() as uow:
        return [(each.purpose, each.given, each.version) for each in await uow.consents.of(code)]  # type: ignore[arg-type]


async def allows(stage: Stage, code: str, purpose: Purpose) -> bool:
    case = await stage.case(code)  # type: ignore[arg-type]
    assert case is not None
    return case.file.allows(purpose)


async def changes(her: Actor, key: str, purpose: Purpose) -> None:
    await her.taps(key, name=label(her.language, f"name.{purpose}"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_she_answered_is_kept_with_the_version_she_read(stage: Stage, language: str) -> None:
    await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…", share="yes", statistics="no")
    assert await kept(stage, code) == [("share", True, VERSIONS[Purpose.SHARE]), ("statistics", False, 1)]
    await her.says("/data")
    await her.taps("button.consents")
    assert her.says_now("consents.sent", code=code)
    for purpose, given in (("share", "yes"), ("statistics", "no"), ("follow_up", "no"), ("evidence", "no")):
        state = plain(language, f"consents.{given}")
        assert her.says_now("consents.state", name=plain(language, f"name.{purpose}"), state=state)
        assert her.says_now(f"question.{purpose}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_one_tap_takes_it_back_at_once_and_the_lawyer_is_told(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    code = await stage.appeal(her, "…", share="yes")
    await lawyer.taps("button.claim", group=stage.group)
    shares = text("ru", "appeal.line", name=text("ru", "name.share"), answer=label("ru", "option.share.yes"))
    assert shares in lawyer.chat
    await her.taps("button.home")
    await her.taps("button.data")
    await her.taps("button.consents")
    await changes(her, "consents.take_back", Purpose.SHARE)
    assert not await allows(stage, code, Purpose.SHARE)
    assert lawyer.says_now("lawyer.consent_taken_back", code=code, name=label("ru", "name.share"))
    name = plain(language, "name.share")
    assert her.says_now("consents.state", name=name, state=plain(language, "consents.no"))
    await lawyer.says("/cases")
    await lawyer.taps_label(next(each for each in lawyer.account.last.labels if code in each))
    assert shares not in lawyer.last
    await changes(her, "consents.give", Purpose.SHARE)
    assert await allows(stage, code, Purpose.SHARE)
    assert lawyer.says_now("lawyer.consent_given", code=code, name=label("ru", "name.share"))
    assert [given for _, given, _ in await kept(stage, code)] == [True, False, True]


async def test_danger_now_agrees_to_nothing_but_to_be_read(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    await her.taps("button.duty")
    code = await stage.newest_case()
    assert await kept(stage, code) == []
    for purpose in Purpose:
        assert not await allows(stage, code, purpose)


async def test_each_appeal_has_its_own_the_current_one_first(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("en")
    first = await stage.appeal(her, "…", share="yes")
    stage.clock.advance(minutes=1)
    await her.says("/new")
    await her.says("another")
    await her.taps("button.person")
    await her.taps("button.send")
    second = await stage.newest_case()
    await her.says("/data")
    await her.taps("button.consents")
    assert her.says_now("consents.sent", code=second)
    await her.taps_label(first)
    assert her.says_now("consents.sent", code=first)
    await changes(her, "consents.give", Purpose.EVIDENCE)
    assert await allows(stage, first, Purpose.EVIDENCE)
    assert not await allows(stage, second, Purpose.EVIDENCE)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_she_is_asked_when_the_lawyer_needs_one(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    async with stage.database.unit_of_work() as uow:
        case = await uow.cases.find(code)
        assert case is not None
        await consenting.ask(uow, stage.settings, case, Purpose.EVIDENCE)
    await stage.settle()
    assert her.says_now("consents.asked", code=code)
    assert her.says_now("question.evidence")
    await her.taps("button.agree.yes")
    assert await allows(stage, code, Purpose.EVIDENCE)
    assert lawyer.says_now("lawyer.consent_given", code=code, name=label("ru", "name.evidence"))


async def test_nobody_agrees_in_her_place(stage: Stage) -> None:
    _, lawyer, code = await stage.claimed()
    stranger = await stage.seeker("en")
    for somebody in (stranger, lawyer):
        before = len(somebody.alerts)
        await somebody.forges(f"k:evidence:1:{code}")
        await somebody.forges(f"ks:{code}")
        assert not await allows(stage, code, Purpose.EVIDENCE)
        assert len(somebody.alerts) == before + 2
