"""Referrals: nobody is told of her case without her yes to that one, and what went out is followed until it is done."""

import io
import zipfile

import pytest
from docx import Document
from sqlalchemy import select

from bot.domain.ids import CaseCode
from bot.domain.referral import Referral
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from bot.telegram.messages.common import answer_name, category_name, region_name
from tests.stage import Actor, Stage, plain

CANARY = "Akmaral"
PROSECUTOR = "Прокуратура"
"""In Russian and in Kyrgyz."""

WORDS = "my-words-to-nobody-else"


async def _at_work(stage: Stage, language: str, **answers: str) -> tuple[Actor, Actor, CaseCode, Actor]:
    """Somebody with a name and words of her own, the lawyer who holds her case, its code, and the coordinator."""
    coordinator = await stage.coordinator(language)
    await stage.choose_group(coordinator, language)
    lawyer = await stage.lawyer(coordinator, language)
    her = await stage.seeker(language, CANARY)
    given = {"country": "KZ", "region": "KZ-79", "category": "IPV", "age": "25_34", "contact": "any_time"} | answers
    code = await stage.appeal(her, WORDS, **given)
    await lawyer.taps("button.claim", group=stage.group)
    return her, lawyer, code, coordinator


async def _referrals(stage: Stage, code: CaseCode) -> list[Referral]:
    async with stage.database.unit_of_work() as uow:
        return await uow.referrals.of(code)


async def _only(stage: Stage, code: CaseCode) -> Referral:
    (found,) = await _referrals(stage, code)
    return found


def named(lawyer: Actor, name: str) -> str | None:
    """The button of this place, numbered, and cut off where a phone does; the text above has the whole name."""
    for each in lawyer.account.last.labels:
        shown = each.partition(". ")[2]
        if shown and name.startswith(shown.rstrip("…")):
            assert name in lawyer.last
            return each
    return None


async def _asks(lawyer: Actor, kind: str, name: str) -> None:
    """From the case to the question: to whom, then *ask*."""
    await lawyer.taps("button.refer")
    await lawyer.taps(f"button.refer.{kind}")
    for _ in range(6):
        found = named(lawyer, name)
        if found:
            break
        await lawyer.taps("button.more")
    assert found, name
    await lawyer.taps_label(found)
    await lawyer.taps("button.refer.ask")


def _is_anonymous(stage: Stage, lawyer: Actor, language: str, code: CaseCode, name: str) -> None:
    """The file that came last says what she agreed to, in its language, and nothing else of her."""
    file = lawyer.account.last
    assert file.raw["document"]["file_name"] == f"{code}-{language}.docx"
    raw = stage.telegram.files.get(str(file.file_id)).data
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        everything = "".join(packed.read(each).decode(errors="replace") for each in packed.namelist())
    paper = Document(io.BytesIO(raw))
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    written = "\n".join([*(each.text for each in paper.paragraphs), *cells])
    expected = [name, code, "Example Centre", category_name(language, "IPV"), region_name(language, "KZ-79")]
    expected += [answer_name(language, "age", "25_34"), label(language, "letter.need.shelter")]
    expected += [label(language, key) for key in ("letter", "letter.signed_by_person", "letter.anonymous")]
    assert [each for each in expected if each not in written] == []
    assert label(language, "letter.need.medical") not in written, "nothing that was not chosen"
    assert [each for each in (CANARY, CANARY.lower(), WORDS, "Duty 1", "python-docx") if each in everything] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_her_yes_to_help(stage: Stage, language: str) -> None:
    her, lawyer, code, _ = await _at_work(stage, language)
    async with stage.database.unit_of_work() as uow:
        service = await uow.directory.find("kz-sana-sezim")
    assert service is not None
    name = service.name(language)
    await _asks(lawyer, "service", name)
    assert (await _only(stage, code)).state == "asked"
    assert lawyer.says_now("relay.at_once", code=code)
    assert lawyer.seen("appeal.how", code=code), "the appeal was not written over"
    assert label(language, "button.letter") not in str([each.labels for each in lawyer.account.messages])

    assert her.says_now("sharing.ask", name=name)
    facts = [category_name(language, "IPV"), region_name(language, "KZ-79"), answer_name(language, "age", "25_34")]
    assert her.says_now("sharing.will_know", facts=" · ".join(facts))
    await her.taps("button.agree.yes")
    assert her.says_now("sharing.now.agreed")
    assert lawyer.says_now("referral.answer.yes", code=code, name=name)

    await lawyer.taps("button.refer_open")
    screen = lawyer.account.last
    await lawyer.taps("button.letter", on=screen)
    assert label(language, "button.letter_made") not in screen.labels, "a letter that asks for nothing"
    await lawyer.taps("letter.need.shelter", on=screen)
    assert f"☑️ {label('kk', 'language.kk')}" in screen.labels, "the language of the country it goes to"
    for tongue in LANGUAGES:
        if f"☑️ {label(tongue, f'language.{tongue}')}" not in screen.labels:
            await lawyer.taps_label(label(tongue, f"language.{tongue}"), on=screen)
        await lawyer.taps("button.letter_made", on=screen)
        _is_anonymous(stage, lawyer, tongue, code, service.name(tongue))

    await lawyer.taps("button.back", on=screen)
    await lawyer.taps("button.referral.send", on=screen)
    assert her.says_now("sharing.sent", name=name)
    await lawyer.taps("button.referral.accept", on=screen)
    await lawyer.taps("button.referral.finish", on=screen)
    assert (await _only(stage, code)).state == "done"
    await her.says("/data")
    await her.taps("button.sharing")
    assert her.says_now("sharing.state.done")
    await her.says("/data")
    await her.taps("button.export")
    assert (
        label(language, "export.referral", moment="", name=name, state=plain(language, "sharing.state.done"))
        in her.last
    )


async def test_no_means_no_until_she_changes_it_herself(stage: Stage) -> None:
    her, lawyer, code, _ = await _at_work(stage, "ru", share="yes")
    name = PROSECUTOR
    await _asks(lawyer, "body", name)
    await her.taps("button.agree.no")
    assert her.says_now("sharing.now.declined")
    assert lawyer.says_now("referral.answer.no", code=code, name=name)
    declined = await _only(stage, code)
    for data in (f"ro:{declined.id}:send", f"ro:{declined.id}:agree", f"rl:{declined.id}:ru:1:1"):
        await lawyer.forges(data)
    assert await _only(stage, code) == declined, "a general yes is not enough, and hers is not his to give"
    assert lawyer.account.last.kind != "document"

    heard = len(her.sees)
    await _asks(lawyer, "body", name)
    assert lawyer.says_now("referral.said_no")
    assert len(her.sees) == heard, "she is not asked twice"

    await her.says("/data")
    await her.taps("button.sharing")
    await her.taps("consents.give", name=name)
    assert (await _only(stage, code)).state == "agreed"
    await her.says("/data")
    await her.taps("button.sharing")
    await her.taps("consents.take_back", name=name)
    taken_back = await _only(stage, code)
    assert taken_back.state == "declined"
    await lawyer.forges(f"ro:{taken_back.id}:send")
    assert await _only(stage, code) == taken_back


async def test_what_has_gone_out_cannot_be_taken_back_and_she_is_told_so(stage: Stage) -> None:
    her, lawyer, code, coordinator = await _at_work(stage, "ky")
    name = PROSECUTOR
    await _asks(lawyer, "body", name)
    await her.taps("button.agree.yes")
    number = (await _only(stage, code)).id
    await lawyer.forges(f"ro:{number}:send")
    await her.says("/data")
    await her.taps("button.sharing")
    await her.taps("sharing.stop", name=name)
    assert her.says_now("sharing.too_late")
    assert lawyer.says_now("referral.answer.stop", code=code, name=name)
    told = len(lawyer.sees)
    await her.forges(f"rm:{number}:0")
    assert len(lawyer.sees) == told, "he is not told at every tap"
    assert (await _only(stage, code)).state == "sent"
    await lawyer.forges(f"c:release:{code}")
    stage.clock.advance(hours=13)
    await her.forges(f"rm:{number}:0")
    assert coordinator.says_now("referral.answer.stop", code=code, name=name), "nobody holds it, somebody hears of it"
    await her.forges("go:erase")
    assert her.says_now("erase.named")


async def test_she_is_asked_behind_the_neutral_line_and_only_hers_is_hers(stage: Stage) -> None:
    her, lawyer, code, coordinator = await _at_work(stage, "ru")
    stranger = await stage.seeker("en")
    other = await stage.lawyer(coordinator, "ru", "Duty 2")
    stage.clock.advance(hours=1)
    await _asks(lawyer, "body", PROSECUTOR)
    assert her.says_now("notice.waiting")
    assert PROSECUTOR not in her.chat
    number = (await _only(stage, code)).id
    for somebody in (stranger, lawyer, other):
        await somebody.forges(f"rm:{number}:1")
    for somebody in (stranger, her, other):
        for data in (f"c:refer:{code}", f"rf:{code}:service:0:0", f"rt:{code}:body:kz-police:1", f"ro:{number}:",
                     f"ro:{number}:withdraw", f"rl:{number}:ru:1:1"):  # fmt: skip
            refused = len(somebody.alerts)
            await somebody.forges(data)
            assert len(somebody.alerts) == refused + 1, data
        assert not somebody.seen("referral", code=code)
    assert (await _only(stage, code)).state == "asked"
    await her.taps("notice.show")
    assert her.seen("sharing.ask", name=PROSECUTOR)
    stage.clock.advance(hours=1)
    await lawyer.says("Здравствуйте")
    await her.taps("notice.notme")
    await her.forges(f"rm:{number}:1")
    assert (await _only(stage, code)).state == "asked", "somebody else may sit there"


async def test_where_an_official_is_involved_the_police_are_never_suggested(stage: Stage) -> None:
    her, lawyer, code, _ = await _at_work(stage, "ru", officials="yes")
    await lawyer.taps("button.refer")
    await lawyer.taps("button.refer.body")
    police = "Орган полиции"
    assert named(lawyer, police) is None
    await lawyer.taps("button.refer.linked")
    assert lawyer.says_now("referral.linked")
    await lawyer.taps_label(named(lawyer, police) or "")
    assert lawyer.says_now("referral.linked")
    await lawyer.taps("button.refer.ask")
    assert her.says_now("nearby.police"), "she knows too before she answers"
    await lawyer.forges(f"rf:{code}:service:0:0")
    labels = list(lawyer.account.last.labels)
    async with stage.database.unit_of_work() as uow:
        line = await uow.directory.find("kz-111")
    assert line is not None
    assert not any(line.name("ru")[:30] in each for each in labels)
    checked = next(place for place, each in enumerate(labels) if not each.startswith("❔"))
    assert checked == 0, "what was checked stands first"
    assert lawyer.says_now("referral.unchecked")


async def test_reminders_come_in_the_day_to_whoever_holds_it_and_end_with_their_reason(stage: Stage) -> None:
    her, lawyer, code, coordinator = await _at_work(stage, "ru")
    other = await stage.lawyer(coordinator, "ru", "Duty 2")
    await _asks(lawyer, "body", PROSECUTOR)
    await her.taps("button.agree.yes")
    number = (await _only(stage, code)).id
    await lawyer.forges(f"ro:{number}:send")
    await coordinator.says("/week")
    assert coordinator.says_now("week.referrals", number=1, states=f"{label('ru', 'referral.state.sent')} 1")
    asked = plain("ru", "referral.due.sent", code=code, name=PROSECUTOR, moment="20 нояб., 10:00")

    await lawyer.forges(f"c:release:{code}")
    await stage.later(days=8)
    assert asked not in lawyer.chat, "nobody holds it"
    stage.clock.advance(hours=12)
    await other.taps("button.claim", group=stage.group)
    await other.says("Здравствуйте")
    await stage.later(minutes=5)
    assert asked not in other.chat, "it is ten in the evening"
    await stage.later(hours=11)
    assert asked in other.last
    assert label("ru", "button.referral.give_up") not in other.account.last.labels
    await stage.later(days=7)
    assert other.says_now("referral.due.give_up"), "the second time in vain"
    await other.taps("button.referral.give_up")
    assert (await _only(stage, code)).state == "no_answer"
    heard = other.chat.count(asked)
    await stage.later(days=10)
    assert (heard, other.chat.count(asked), lawyer.chat.count(asked)) == (1, 1, 0)


async def test_a_case_ends_with_what_was_not_sent_and_is_kept_for_what_was(stage: Stage) -> None:
    her, lawyer, code, _ = await _at_work(stage, "ru")
    await _asks(lawyer, "body", PROSECUTOR)
    await her.taps("button.agree.yes")
    await _asks(lawyer, "body", "Уполномоченный по правам человека")
    first, second = await _referrals(stage, code)
    await lawyer.forges(f"ro:{first.id}:send")
    await lawyer.forges(f"o:{code}:advice")
    assert [each.state for each in await _referrals(stage, code)] == ["sent", "withdrawn"]
    await her.forges(f"rm:{second.id}:1")
    assert her.says_now("sharing.now.withdrawn"), "nobody is told through an old button"
    await stage.later(days=120)
    await stage.later(days=20)
    assert await stage.case(code) is not None, "somebody outside still works on it"
    await lawyer.says(f"/case {code}")
    await lawyer.taps("button.refer")
    assert label("ru", "button.refer.body") not in lawyer.account.last.labels, "nothing new of an ended case"
    await lawyer.taps_label(PROSECUTOR)
    await lawyer.taps("button.referral.accept")
    await lawyer.taps("button.referral.finish")
    await stage.later(hours=1)
    assert await stage.case(code) is not None, "first everybody is told"
    await stage.later(days=15)
    assert await stage.case(code) is None
    async with stage.database.unit_of_work() as uow:
        assert not await uow.read(select(tables.referrals))
