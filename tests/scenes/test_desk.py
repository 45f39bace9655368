"""The desk and the case view: what is due at a glance, whose words go where, and nothing of anybody else's case."""

import pytest

from bot.domain.case import Claimed
from bot.domain.ids import CaseCode
from bot.domain.journal import Action
from bot.i18n import LANGUAGES, label, moment_in
from bot.storage import tables
from sandbox.message import Message
from tests.scenes.test_case_work import asked_for
from tests.stage import Actor, Stage, plain
from tests.storage.given import a_claimed_case, a_person, a_queued_case, rows

PROTECTED = "canary +7 701 555 12 34"


async def holds(stage: Stage, lawyer: Actor, number: int) -> list[CaseCode]:
    """So many cases held by this lawyer, taken a minute after each other."""
    codes = []
    for each in range(number):
        async with stage.database.unit_of_work() as uow:
            me = await uow.people.by_account(lawyer.account.id)
            her = await a_person(uow, 900_000 + each)
            codes.append((await a_claimed_case(uow, her, me)).file.code)
        stage.clock.advance(minutes=1)
    return codes


def shown(message: Message) -> list[str]:
    """The codes on the buttons of a leaf, in order."""
    return [words.split()[-1] for words in message.labels if words[:1] in "🔴🟠🟢⚪✋"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_eleven_cases_by_what_comes_next_and_leaves_that_stay(stage: Stage, language: str) -> None:
    chief, _ = await stage.opened()
    lawyer = await stage.lawyer(chief, language, "Duty 2")
    codes = await holds(stage, lawyer, 11)
    await lawyer.says("/cases")
    first = lawyer.account.last
    assert first.protected
    assert lawyer.says_now("desk", number=11)
    assert shown(first) == codes[:8]
    case = await stage.case(codes[0])
    assert isinstance(case, Claimed)
    back = moment_in(language, case.at + 2 * case.file.urgency.limit, stage.settings.zone)
    assert lawyer.says_now("desk.coming.silent", moment=back)
    assert lawyer.says_now("desk.last.none")
    await holds(stage, lawyer, 1)
    said = len(lawyer.account.messages)
    await lawyer.taps_label("▶")
    assert len(lawyer.account.messages) == said
    assert lawyer.account.last.message_id == first.message_id
    assert shown(lawyer.account.last)[:3] == codes[8:]
    await lawyer.taps_label("◀")
    assert shown(lawyer.account.last) == codes[:8]
    await lawyer.taps_label(f"{label(language, 'button.pile.for_her')} 0")
    assert lawyer.says_now("desk.pile.for_her")
    assert lawyer.says_now("desk.none")
    for forged in ("dl:mine:0:4611686018427387903:ZZ", "dl:mine:1:-5:KM00000", "dl:queue:1:77:x", "dl:closed:0:9:x"):
        await lawyer.forges(forged)
        assert lawyer.account.last.message_id == first.message_id
    assert lawyer.says_now("desk.pile.closed")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_case_view_says_what_happens_when_he_does_nothing(stage: Stage, language: str) -> None:
    chief, _ = await stage.opened()
    lawyer = await stage.lawyer(chief, language, "Duty 2")
    her = await stage.seeker("ru", "CanaryName")
    code = await stage.appeal(her, PROTECTED, country="KZ", category="POL")
    await lawyer.taps("button.claim", group=stage.group)
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    limit, zone = case.file.urgency.limit, stage.settings.zone
    await lawyer.taps("button.open", group=stage.group)
    assert label(language, "desk.opened", code=code) in lawyer.alerts
    view = lawyer.account.last
    assert view.protected
    assert lawyer.says_now("desk.silence", until=moment_in(language, case.at + 2 * limit, zone))
    assert lawyer.says_now("desk.remind", moment=moment_in(language, case.at + limit, zone))
    assert plain(language, "name.share") in lawyer.last
    await lawyer.says("an answer")
    await lawyer.says(code.lower())
    assert lawyer.says_now("desk.typed")
    assert lawyer.says_now("desk.quiet")
    assert code.lower() not in her.chat
    assert her.last.endswith("an answer")
    await lawyer.taps("button.events")
    assert plain(language, f"journal.did.{Action.CLAIMED.name.lower()}") in lawyer.last
    assert "Duty 2" in lawyer.last
    assert plain(language, f"journal.did.{Action.OPENED.name.lower()}") not in lawyer.last
    await lawyer.taps("button.back")
    await lawyer.taps("button.words")
    assert "canary ▒▒▒" in lawyer.last
    assert "an answer" in lawyer.last
    assert "555 12" not in lawyer.chat
    assert "CanaryName" not in lawyer.chat
    noted = await rows(stage.database, tables.journal, tables.journal.c.action == Action.READ_WORDS)
    assert [each.case_code for each in noted] == [code]
    await lawyer.taps("button.back")
    await lawyer.taps("button.note")
    await asked_for(lawyer, "note", code, "noted by nobody else")
    await lawyer.says(code)
    assert "noted by nobody else" in lawyer.last
    assert "noted" not in her.chat
    await lawyer.taps("button.words")
    await lawyer.taps("button.words_again")
    assert lawyer.account.last.protected
    assert "canary ▒▒▒" in lawyer.sees[-2]


async def test_a_reminder_opens_its_case_and_what_it_says_comes_true(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    limit, zone = case.file.urgency.limit, stage.settings.zone
    stage.clock.advance(minutes=5)
    await lawyer.says("hello")
    since = stage.clock()
    await her.says("and now?")
    await stage.later(seconds=limit.total_seconds() - 300)
    await stage.later(seconds=302)
    assert lawyer.seen("lawyer.silent", code=code, moment=moment_in("ru", since, zone),
                       until=moment_in("ru", since + 2 * limit, zone))  # fmt: skip
    await lawyer.taps("button.open")
    assert lawyer.says_now("desk.silence", until=moment_in("ru", since + 2 * limit, zone))
    await lawyer.taps("button.desk")
    await lawyer.taps_label(f"{label('ru', 'button.pile.for_me')} 1")
    assert shown(lawyer.account.last) == [code]
    await stage.later(seconds=limit.total_seconds() - 60)
    assert isinstance(await stage.case(code), Claimed)
    await stage.later(seconds=120)
    assert not isinstance(await stage.case(code), Claimed)


async def test_the_queue_shows_what_a_card_shows_and_opens_a_claim_alone(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    async with stage.database.unit_of_work() as uow:
        waiting = [(await a_queued_case(uow, await a_person(uow, 900_000 + each))).file.code for each in range(9)]
        await uow.cases.set_conflict(waiting[0], (await uow.people.by_account(lawyer.account.id)).id)
    await lawyer.says("/cases")
    await lawyer.taps_label(f"{label('ru', 'button.pile.queue')} 8")
    assert shown(lawyer.account.last) == sorted(waiting[1:])
    assert waiting[0] not in lawyer.last
    assert "▶" not in lawyer.account.last.labels
    await lawyer.forges(f"c:open:{waiting[0]}")
    assert label("ru", "refusal.not_yours", code=waiting[0]) in lawyer.alerts
    await lawyer.taps_label(f"✋ {waiting[1]}")
    assert isinstance(await stage.case(waiting[1]), Claimed)


async def test_a_code_that_is_not_his_tells_nothing(stage: Stage) -> None:
    chief, lawyer = await stage.opened()
    other = await stage.lawyer(chief, "ru", "Duty 2")
    her, second = await stage.seeker("ru", "CanaryName"), await stage.seeker("kk")
    code = await stage.appeal(her, "canaryword")
    await other.taps("button.claim", group=stage.group)
    stage.clock.advance(minutes=1)
    await stage.appeal(second)
    await lawyer.taps("button.claim", group=stage.group)
    await lawyer.says(code)
    of_anothers = lawyer.last
    await lawyer.says("KM00000")
    assert of_anothers.replace(code, "KM00000") == lawyer.last
    assert lawyer.says_now("desk.not_here", code="KM00000")
    assert code not in second.chat
    assert "KM00000" not in second.chat
    await chief.says(code)
    held = await stage.case(code)
    assert isinstance(held, Claimed)
    assert chief.says_now("card.claimed", name="Duty 2", moment=moment_in("ru", held.at, stage.settings.zone))
    assert "canaryword" not in chief.chat
    await chief.taps("button.events")
    assert chief.says_now("journal.head", code=code)
    for part in ("facts", "words", "again", "events"):
        for actor in (lawyer, chief, second):
            await actor.forges(f"cp:{part}:{code}:0:0")
    assert "canaryword" not in lawyer.chat + chief.chat + second.chat
    await other.taps("button.close")
    await other.taps("outcome.advice")
    await other.says("/cases")
    await other.taps("button.pile.closed")
    await other.taps_label(shown_label(other, code))
    assert other.says_now("card.closed", outcome=plain("ru", "outcome.advice"))
    await other.taps("button.events")
    assert plain("ru", f"journal.did.{Action.CLOSED.name.lower()}") in other.last


def shown_label(actor: Actor, code: CaseCode) -> str:
    """The words of the button that opens this case."""
    return next(words for words in actor.account.last.labels if code in words)
