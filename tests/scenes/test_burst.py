"""Three hundred appeals at once: the group gets twenty a minute, the urgent first; who writes waits behind none."""

from bot.domain import flood
from bot.domain.triage import Urgency
from bot.i18n import label
from bot.services.opening import open_case
from bot.storage.lanes import Lane
from tests.stage import Stage, plain

APPEALS, URGENT = 300, 15


async def burst(stage: Stage) -> set[str]:
    """Many people send at once; the codes of the urgent cases."""
    urgent = set[str]()
    async with stage.database.unit_of_work() as uow:
        for number in range(APPEALS):
            person = await uow.people.by_account(9_000_000_000 + number)
            immediate = number % (APPEALS // URGENT) == 7
            urgency = Urgency.IMMEDIATE if immediate else Urgency.NORMAL
            case = await open_case(uow, stage.settings, person, {}, urgency=urgency)
            if immediate:
                urgent.add(case.file.code)
    return urgent


async def work(stage: Stage, *, seconds: int) -> None:
    """The hotline at work for so long."""
    for _ in range(2 * seconds):
        await stage.hotline.polling.once(timeout=0)
        await stage.deliver()
        stage.clock.advance(seconds=0.5)


async def test_a_burst_of_appeals(stage: Stage) -> None:
    await stage.opened()
    her = await stage.seeker("ky")
    stage.clock.advance(minutes=1)
    before = len(stage.group.messages)
    urgent = await burst(stage)
    her.account.says("ара")
    asked_at, answered_at, in_a_minute = stage.clock(), None, list[int]()
    for half_second in range(360):
        await stage.hotline.polling.once(timeout=0)
        await stage.deliver()
        if answered_at is None and her.says_now("talk.kept"):
            answered_at = stage.clock()
        if half_second % 120 == 119:
            in_a_minute.append(len(stage.group.messages) - before - sum(in_a_minute))
        stage.clock.advance(seconds=0.5)
    assert answered_at is not None
    assert (answered_at - asked_at).total_seconds() <= 3, "she waited behind the cards"
    assert all(18 <= number <= 20 for number in in_a_minute), in_a_minute
    assert stage.telegram.outcomes.get(("sendMessage", 429), 0) == 0
    shown = [message.text for message in stage.group.messages[before:]]
    lines = [text for text in shown if plain("ru", "card.more", number="").split(":")[0] in text]
    assert len(lines) == 1, "one line for the rest"
    cards = [text for text in shown if text not in lines]
    assert {code for text in cards[: len(urgent)] for code in urgent if code in text} == urgent, "the urgent come first"
    async with stage.database.unit_of_work() as uow:
        chat = uow.cipher.lookup("account", stage.group.id)
        assert await uow.outbox.waiting(chat, Lane.CARD) == APPEALS - len(cards), "none is lost"
    assert label("ru", "button.claim") in stage.group.last.labels


async def test_many_appeals_of_one_person_keep_nobody_waiting_and_none_is_lost(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    her = await stage.seeker("kk")
    await her.says("сөз")
    stage.clock.advance(minutes=2)
    before, told = len(stage.group.messages), len(coordinator.account.messages)
    codes = []
    for each in range(40):
        async with stage.database.unit_of_work() as uow:
            sender = await uow.people.by_account(9_000_000_000)
            urgency = Urgency.IMMEDIATE if each % 2 else Urgency.NORMAL
            case = await open_case(uow, stage.settings, sender, {}, urgency=urgency)
            codes.append(case.file.code)
        stage.clock.advance(seconds=0.1)
    await work(stage, seconds=5)
    her.account.taps(label("kk", "button.send"))
    await stage.hotline.polling.once(timeout=0)
    code, stood = await stage.newest_case(), len(stage.group.messages)
    assert stood - before < len(codes), "some still wait for their turn"
    await work(stage, seconds=60)
    shown = [message.text for message in stage.group.messages[before:]]
    assert {each for each in codes for text in shown[: flood.APPEALS] if each in text} == {*codes[: flood.APPEALS]}
    assert code in stage.group.messages[stood].text, "her one card waited behind the many"
    of_many = [text for text in coordinator.sees[told:] if "/block" in text]
    assert len(of_many) == 1, "one line, not one for each"
    assert f"/block {codes[flood.APPEALS]}" in of_many[0]
    await lawyer.taps("button.claim", on=stage.group.messages[before], group=stage.group)
    await work(stage, seconds=120)
    shown = [message.text for message in stage.group.messages[before:]]
    assert [sum(each in text for text in shown) for each in codes] == [1] * len(codes), (
        "a card is missing or came twice"
    )
