"""What would lead to her: masked for the lawyer at once, shown only by her word and for a reason that is journaled."""

import pytest
from sqlalchemy import text as sql

from bot.domain.masking import MASK
from bot.i18n import LANGUAGES, label
from bot.telegram.callbacks import Why
from sandbox.message import Message
from tests.stage import Actor, Stage, plain

NUMBER = "+7 701 123 45 67"


async def journal(stage: Stage) -> list[str]:
    async with stage.database.unit_of_work() as uow:
        return [row.action for row in await uow.read(sql("SELECT action FROM journal ORDER BY id"))]


def asked(her: Actor) -> Message:
    """The newest question about what she sent."""
    wanted = label(her.language, "button.withheld.let")
    return next(message for message in reversed(her.account.messages) if wanted in message.labels)


def entry_of(question: Message) -> str:
    """The entry a question is about, as its buttons carry it."""
    return str(question.buttons[0][0].data).split(":")[1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_number_is_masked_until_she_lets_it_be_seen(stage: Stage, language: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    said = await her.says(f"my number is {NUMBER}, please call")
    assert lawyer.last == f"{label('ru', 'relay.head', code=code)}\nmy number is {MASK}, please call"
    question = asked(her)
    assert plain(language, "withheld.masked") in question.text
    assert plain(language, "withheld.phone") in question.text
    assert question.reply_to_message_id == said.message_id
    assert "701" not in question.text
    await her.taps("button.withheld.let")
    assert her.says_now("withheld.let")
    assert lawyer.says_now("withheld.may_be_shown", code=code)
    await lawyer.taps("button.unmask")
    assert lawyer.says_now("withheld.why", code=code)
    assert NUMBER not in lawyer.chat
    await lawyer.taps("button.unmask.call")
    assert lawyer.seen("withheld.shown", code=code, reason=label("ru", "button.unmask.call"))
    assert NUMBER in lawyer.last
    assert lawyer.account.last.protected
    assert (await journal(stage))[-2:] == ["let the lawyer see", "unmasked: call"]
    await lawyer.says("thank you", reply_to=lawyer.account.last)
    assert "thank you" in her.last


async def test_what_she_leaves_hidden_stays_hidden(stage: Stage) -> None:
    her, lawyer, code = await stage.claimed()
    await her.says(f"call {NUMBER}")
    entry = entry_of(asked(her))
    await her.taps("button.withheld.leave")
    assert her.says_now("withheld.left")
    await her.forges(f"n:{entry}:1")
    assert label("ru", "refusal.old_button") in her.alerts
    await lawyer.forges(f"u:{entry}:{Why.CALL}")
    assert label("ru", "refusal.withheld", code=code) in lawyer.alerts
    assert NUMBER not in lawyer.chat


async def test_nobody_else_can_choose_or_look(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, "kk", "Duty 2")
    her, stranger = await stage.seeker("ru"), await stage.seeker("en")
    await stage.appeal(her, "…")
    await lawyer.taps("button.claim", group=stage.group)
    await her.says(f"call {NUMBER}")
    entry = entry_of(asked(her))
    for someone in (stranger, lawyer, other, coordinator):
        await someone.forges(f"n:{entry}:1")
    await lawyer.forges(f"u:{entry}:{Why.CALL}")
    await her.taps("button.withheld.let")
    for someone in (stranger, her, other, coordinator):
        await someone.forges(f"u:{entry}:{Why.CALL}")
        await someone.forges(f"u:{entry}:")
    for number in ("0", str(2**63 - 1), str(2**63), "-1", "x"):
        await lawyer.forges(f"u:{number}:{Why.CALL}")
        await her.forges(f"n:{number}:1")
    for someone in (stranger, other, coordinator, lawyer):
        assert NUMBER not in someone.chat
    async with stage.database.unit_of_work() as uow:
        assert await uow.intake.count_set_aside() == 0


async def test_captions_edits_and_hidden_links_are_masked_too(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.sends("photo", caption="his card 4400 4301 1234 5678")
    assert lawyer.account.last.caption.endswith(f"his card {MASK}")
    said = await her.says("no number yet")
    await her.edits(said, f"here it is: {NUMBER}")
    assert lawyer.last.endswith(f"here it is: {MASK}")
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://t.me/somebody"}
    await her.says("here I am", entities=[link])
    assert lawyer.last.endswith("here I am")
    assert "somebody" not in str([message.raw for message in lawyer.account.messages])
    assert NUMBER not in lawyer.chat


async def test_a_burst_is_asked_about_once_and_each_choice_reaches_no_further_than_it_was_asked(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    for words in (f"one {NUMBER}", "two me@mail.example", "three @somebody_else"):
        her.account.says(words)
    await stage.settle()
    first = asked(her)
    for key in ("phone", "email", "account"):
        assert plain("ru", f"withheld.{key}") in first.text
    questions = [message for message in her.account.messages if label("ru", "button.withheld.let") in message.labels]
    assert len(questions) < 3
    await her.says("four 990101300123")
    her.account.taps(label("ru", "button.withheld.let"), on=first)
    await stage.settle()
    assert lawyer.chat.count(label("ru", "withheld.may_be_shown", code="")[-20:]) == 3
    await her.taps("button.withheld.leave", on=asked(her))
    assert lawyer.chat.count(label("ru", "withheld.may_be_shown", code="")[-20:]) == 3


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_from_a_draft_are_masked_and_asked_about_once_after_sending(stage: Stage, language: str) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker(language)
    await her.says(f"first {NUMBER}")
    assert not any(label(language, "button.withheld.let") in message.labels for message in her.account.messages)
    await her.says("second me@mail.example")
    await her.taps("button.person")
    await her.taps("button.send")
    question = asked(her)
    assert plain(language, "withheld.phone") in question.text
    assert plain(language, "withheld.email") in question.text
    await lawyer.taps("button.claim", group=stage.group)
    assert f"first {MASK}" in lawyer.chat
    assert f"second {MASK}" in lawyer.chat
    await her.taps("button.withheld.let", on=question)
    assert lawyer.seen("withheld.may_be_shown", code=await stage.newest_case())


async def test_what_she_allowed_before_a_claim_is_offered_to_whoever_claims(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    code = await stage.appeal(her, f"call {NUMBER}")
    await her.taps("button.withheld.let")
    await lawyer.taps("button.claim", group=stage.group)
    assert f"call {MASK}" in lawyer.chat
    assert NUMBER not in lawyer.chat
    assert lawyer.says_now("withheld.may_be_shown", code=code)
    await lawyer.taps("button.unmask")
    await lawyer.taps("button.unmask.safety")
    assert lawyer.last.endswith(f"call {NUMBER}")
    await lawyer.taps("button.release")
    await lawyer.forges(f"u:{1}:{Why.CALL}")


async def test_in_immediate_danger_nothing_is_asked(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await her.taps("button.danger")
    await her.taps("button.duty")
    code = await stage.newest_case()
    await lawyer.taps("button.claim", group=stage.group)
    await her.says(f"call me {NUMBER}")
    assert f"call me {MASK}" in lawyer.chat
    assert lawyer.says_now("withheld.may_be_shown", code=code)
    assert not any(label("ru", "button.withheld.let") in message.labels for message in her.account.messages)
    await lawyer.taps("button.unmask")
    await lawyer.taps("button.unmask.safety")
    assert NUMBER in lawyer.last
    place = await her.sends("location")
    assert lawyer.account.last.raw["location"] == place.raw["location"]
    assert lawyer.account.last.protected
    assert her.says_now("withheld.at_once")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["contact", "location", "venue"])
async def test_a_contact_or_a_place_waits_for_her(stage: Stage, language: str, kind: str) -> None:
    her, lawyer, code = await stage.claimed(language)
    trace = "location" if kind == "venue" else kind
    await her.sends(kind)
    assert label("ru", f"withheld.{trace}.asked") in lawyer.last
    assert plain(language, "withheld.waits") in asked(her).text
    assert plain(language, f"withheld.{trace}") in asked(her).text
    shown = ("+77010000000", "Street 1", "latitude")
    assert not any(words in str([each.raw for each in lawyer.account.messages]) for words in shown)
    await her.taps("button.withheld.let")
    if kind == "contact":
        assert lawyer.last == f"{label('ru', 'relay.head', code=code)}\nContact\n+77010000000"
    else:
        assert lawyer.account.last.raw["location"]["latitude"] == pytest.approx(43.238949)
        assert ("Street 1" in lawyer.chat) == (kind == "venue")
    assert lawyer.account.last.protected


@pytest.mark.parametrize("kind", ["contact", "location"])
async def test_a_contact_or_a_place_she_keeps_is_never_passed_on(stage: Stage, kind: str) -> None:
    her, lawyer, _ = await stage.claimed()
    await her.sends(kind)
    await her.taps("button.withheld.leave")
    assert label("ru", f"withheld.{kind}.dropped") in lawyer.last
    assert not any(each.kind in ("contact", "location") for each in lawyer.account.messages)
    assert "+77010000000" not in lawyer.chat


async def test_a_place_before_sending_waits_in_the_draft(stage: Stage) -> None:
    _, lawyer = await stage.opened()
    her = await stage.seeker("ru")
    await her.sends("location")
    assert her.seen("talk.kept")
    await her.taps("button.send")
    await her.taps("button.withheld.let")
    await lawyer.taps("button.claim", group=stage.group)
    assert any(each.kind == "location" for each in lawyer.account.messages)


async def test_a_live_place_is_taken_once_and_not_followed(stage: Stage) -> None:
    her, lawyer, _ = await stage.claimed()
    said = await her.sends("location", live_period=3600)
    her.account.moves(said, 51.1, 71.4)
    await stage.settle()
    await her.taps("button.withheld.let")
    places = [each.raw["location"]["latitude"] for each in lawyer.account.messages if each.kind == "location"]
    assert places == [pytest.approx(43.238949)]
    async with stage.database.unit_of_work() as uow:
        assert await uow.intake.count_set_aside() == 0


@pytest.mark.parametrize("kind", ["contact", "location"])
async def test_a_lawyer_sends_neither_contact_nor_place(stage: Stage, kind: str) -> None:
    her, lawyer, _ = await stage.claimed()
    await lawyer.sends(kind)
    assert lawyer.says_now("refusal.unfit", kind=label("ru", f"kind.{kind}"))
    assert not any(each.from_bot and each.kind == kind for each in her.account.messages)
