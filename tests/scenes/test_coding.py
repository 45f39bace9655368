"""Coding a case: a few taps, each to be passed over, by who may; with her consent, and never from her work."""

import csv
import io
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select, update

from bot.codes import code_name
from bot.domain.case import Closed, Outcome
from bot.domain.coding import Circumstance, Coding, Gbvims, Violator
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.domain.order import What
from bot.domain.period import Period
from bot.domain.report import Mode
from bot.i18n import LANGUAGES, date_in, label
from bot.storage import tables
from bot.telegram.report_buttons import ReportOf
from tests.scenes.test_papers import appeals_of_october, october, received
from tests.stage import Actor, Stage, plain


async def coding_of(stage: Stage, code: CaseCode) -> Coding:
    case = await stage.case(code)
    assert case is not None
    return case.file.coding


async def times_coded(stage: Stage, code: CaseCode) -> int:
    async with stage.database.unit_of_work() as uow:
        return await uow.journal.count(code, only=(Action.CODED,))


async def claimed(stage: Stage, lawyer: Actor, language: str = "ru", **answers: str) -> tuple[Actor, CaseCode]:
    her = await stage.seeker(language)
    code = await stage.appeal(her, "canary words", **{"happened": "3_4d"} | answers)
    await lawyer.taps("button.claim", group=stage.group)
    return her, code


async def closes(lawyer: Actor, outcome: str = "advice") -> None:
    await lawyer.taps("button.close")
    await lawyer.taps(f"outcome.{outcome}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_case_is_coded_at_its_end_and_what_follows_is_shown(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened(language)
    answers = {"age": "under_18", "category": "TPV", "subcategory": "TPV.CLIENT", "statistics": "yes"}
    her, code = await claimed(stage, lawyer, language, **answers)
    await closes(lawyer)
    assert isinstance(await stage.case(code), Closed), "nothing waits for the coding"
    await lawyer.taps("button.coding")
    shown = lawyer.account.last.labels
    assert shown[:3] == [
        code_name(language, "gbvims", "rape"),
        code_name(language, "gbvims", "sexual_assault"),
        f"★ {code_name(language, 'gbvims', 'physical_assault')}",
    ], "the most specific first, the likeliest marked"
    assert shown[3:5] == [code_name(language, "gbvims", "none"), label(language, "button.coding.another")]
    assert plain(language, "coding.no_violence") in lawyer.last
    await lawyer.taps("gbvims.rape")
    await lawyer.taps("violator.buyer")
    for right in ("violence", "health"):
        await lawyer.taps_label(code_name(language, "violated", right))
    await lawyer.taps("button.coding.next")
    assert plain(language, "coding.help.exchange") in lawyer.last
    await lawyer.taps("circumstance.abduction")
    await lawyer.taps("button.coding.next")
    following = [code_name(language, "context", each) for each in ("child_sexual_abuse", "possible_sexual_slavery")]
    assert lawyer.says_now("coding.follows", contexts=", ".join(following)), (
        "and no exploitation: she was paid for work"
    )
    assert await coding_of(stage, code) == Coding(
        Gbvims.RAPE, Violator.BUYER, ("violence", "health"), frozenset({Circumstance.ABDUCTION})
    )
    assert await times_coded(stage, code) == 5
    assert "coded for the numbers" not in her.chat
    await her.says("/data")
    await her.taps("button.export")
    for words in (label(language, "export.coded"), code_name(language, "gbvims", "rape"), following[0]):
        assert words in her.last


async def test_every_question_can_be_passed_over_and_a_choice_changed(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    _, code = await claimed(stage, lawyer, category="IPV", subcategory="IPV.SEX", statistics="yes")
    await lawyer.taps("button.coding")
    for _ in range(4):
        await lawyer.taps("button.skip")
    assert label("ru", "gbvims.uncoded") in lawyer.last
    assert await coding_of(stage, code) == Coding()
    await lawyer.taps("button.coding.type")
    await lawyer.taps_label(f"★ {label('ru', 'gbvims.rape')}")
    await lawyer.taps("button.skip")
    await lawyer.taps("button.skip")
    await lawyer.taps("circumstance.exchange")
    assert (await coding_of(stage, code)).circumstances == {Circumstance.EXCHANGE}
    await lawyer.taps("button.coding.all")
    assert lawyer.says_now("coding.follows", contexts=label("ru", "context.possible_sexual_exploitation"))
    await lawyer.taps("button.coding.type")
    await lawyer.taps("button.coding.another")
    await lawyer.taps("gbvims.psychological_abuse")
    assert await coding_of(stage, code) == Coding(gbvims=Gbvims.PSYCHOLOGICAL_ABUSE), "it says nothing of this type"
    await lawyer.taps("button.coding.all")
    await lawyer.taps("button.coding.type")
    await lawyer.taps_label(f"✓ {label('ru', 'gbvims.psychological_abuse')}")
    assert await coding_of(stage, code) == Coding()


async def test_without_her_consent_no_type_is_written_down(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her, code = await claimed(stage, lawyer, category="IPV", subcategory="IPV.SEX")
    await lawyer.taps("button.coding")
    assert lawyer.says_now("coding.no_consent")
    await lawyer.taps("violator.partner")
    await lawyer.forges(f"ca:{code}:type:rape")
    await lawyer.forges(f"ca:{code}:more:exchange")
    assert lawyer.says_now("refusal.no_statistics") or label("ru", "refusal.no_statistics") in lawyer.alerts
    assert await coding_of(stage, code) == Coding(violator=Violator.PARTNER)
    await her.forges(f"k:statistics:1:{code}")
    await lawyer.taps("button.coding")
    await lawyer.taps("button.coding.type")
    await lawyer.taps_label(f"★ {label('ru', 'gbvims.rape')}")
    assert await coding_of(stage, code) == Coding(Gbvims.RAPE, Violator.PARTNER)
    await her.forges(f"k:statistics:0:{code}")
    assert await coding_of(stage, code) == Coding(violator=Violator.PARTNER), "what she took back is gone"


async def test_nobody_codes_a_case_that_is_not_his(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, name="Duty 2")
    her, code = await claimed(stage, lawyer, category="IPV", subcategory="IPV.SEX", statistics="yes")
    forged = (f"ca:{code}:type:rape", f"cg:{code}::0", f"c:code:{code}")
    for who in (other, her):
        for data in forged:
            await who.forges(data)
            assert label("ru", "gbvims.rape") not in who.last
    await other.forges("un")
    assert code not in other.last
    assert await coding_of(stage, code) == Coding()
    for wrong in ("slavery", "buyer", "health"):
        await lawyer.forges(f"ca:{code}:type:{wrong}")
    await lawyer.forges(f"ca:{code}:rights:everything")
    await lawyer.forges(f"ca:{code}:more:exchange")
    assert await coding_of(stage, code) == Coding(), "what nobody may choose is refused"
    assert await times_coded(stage, code) == 0


async def test_a_coordinator_sees_which_ended_cases_await_it_and_codes_them(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    codes = []
    for statistics, outcome in (("yes", "advice"), ("no", "advice"), ("yes", "test"), ("yes", "resolved")):
        _, code = await claimed(stage, lawyer, category="IPV", subcategory="IPV.PHYS", statistics=statistics)
        await closes(lawyer, outcome)
        codes.append(code)
    await coordinator.starts()
    await coordinator.taps("button.uncoded")
    assert coordinator.says_now("coding.awaited", number="2")
    assert set(coordinator.account.last.labels) == {codes[0], codes[3]}
    await coordinator.taps_label(codes[0])
    await coordinator.taps("button.coding.type")
    await coordinator.taps_label(f"★ {label('ru', 'gbvims.physical_assault')}")
    assert (await coding_of(stage, codes[0])).gbvims is Gbvims.PHYSICAL_ASSAULT
    await coordinator.starts()
    await coordinator.taps("button.uncoded")
    assert coordinator.account.last.labels == [codes[3]]
    case = await stage.case(codes[0])
    assert isinstance(case, Closed)
    assert case.outcome is Outcome.ADVICE, "coding moves nothing else"


async def test_a_case_log_leaves_only_where_every_row_stands_five_times(stage: Stage) -> None:
    coordinator = await appeals_of_october(stage, 11)
    async with stage.database.unit_of_work() as uow:
        codes = [row.code for row in await uow.read(select(tables.cases.c.code).order_by(tables.cases.c.code))]
        cases = tables.cases.c
        await uow.write(update(tables.cases).where(cases.code.in_(codes[:5])).values(violator="police"))
        await uow.write(update(tables.cases).where(cases.code == codes[5]).values(violator="landlord"))
        await uow.write(update(tables.cases).where(cases.code == codes[10]).values(consent_statistics=False))
    for mode in Mode:
        await coordinator.says("/report")
        await coordinator.forges(october(What.LOG, mode))
        await stage.later(seconds=5)
        made = received(stage, coordinator).decode("utf-8-sig")
        head, *lines = csv.reader(io.StringIO(made, newline=""))
        assert len(lines) == 10
        assert {line[head.index("category")] for line in lines} == {"IPV"}
        assert Counter(map(tuple, (line[2:] for line in lines))).most_common()[-1][1] >= 5
        assert "landlord" not in made, "four others would have to share it"
        assert not any(code in made for code in codes)
    async with stage.database.unit_of_work() as uow:
        days = Period(date(2026, 10, 1), date(2026, 10, 31))
        assert [each.period for each in await uow.publications.around(days)] == [days], "it left the team once"
    await coordinator.says("/report")
    wider = ReportOf(first="20261001", last="20261101", what=What.LOG, mode=Mode.PUBLICATION, language="en", make=True)
    await coordinator.forges(wider.pack())
    await stage.later(seconds=5)
    assert coordinator.seen(
        "refusal.publication.together", first=date_in("ru", days.first), last=date_in("ru", days.last)
    )
