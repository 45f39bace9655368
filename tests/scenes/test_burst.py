"""Three hundred appeals at once: the group gets twenty a minute, the urgent first; who writes waits behind none."""

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
