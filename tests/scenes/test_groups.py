"""More than one operator group: each case stands where it belongs, is taken once, and is never seen by nobody."""

from bot.domain.case import Claimed, Queued
from bot.domain.ids import CaseCode
from bot.i18n import label
from sandbox.chats import Group
from sandbox.message import Message
from tests.stage import Stage, plain


def cards(group: Group, code: CaseCode) -> list[Message]:
    """The cards of a case in a group that can be acted on, or say who has it."""
    return [each for each in group.messages if each.from_bot and code in each.text and len(each.text.split()) > 5]


async def test_a_case_stands_in_the_group_that_names_it_and_else_in_the_one_for_all(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    kazakh = await stage.other_group(coordinator, "kk", languages=("kk",))
    bishkek = await stage.other_group(coordinator, "ky", regions=("KG-GB",), categories=("POL",))
    of_kk, of_ru = await stage.seeker("kk"), await stage.seeker("ru")
    first = await stage.appeal(of_kk, "…")
    second = await stage.appeal(of_ru, "…")
    assert [bool(cards(each, first)) for each in (stage.group, kazakh, bishkek)] == [False, True, False]
    assert [bool(cards(each, second)) for each in (stage.group, kazakh, bishkek)] == [True, False, False]
    assert label("kk", "button.claim") in cards(kazakh, first)[-1].labels
    await of_kk.says("/language")
    await of_kk.taps_label(label("ru", "language.ru"))
    assert [bool(cards(each, first)) for each in (stage.group, kazakh)] == [True, False]
    assert plain("kk", "card.elsewhere", code=first) in kazakh.last.text


async def test_a_claim_in_one_group_shows_in_every_other(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    second = await stage.other_group(coordinator, "kk")
    other = await stage.lawyer(coordinator, "kk", "Duty 2")
    other.account.joins(second)
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "canary of hers")
    one, two = cards(stage.group, code)[-1], cards(second, code)[-1]
    lawyer.account.taps(label("ru", "button.claim"), chat=stage.group, on=one)
    other.account.taps(label("kk", "button.claim"), chat=second, on=two)
    await stage.settle()
    case = await stage.case(code)
    assert isinstance(case, Claimed)
    assert any(plain("kk", "refusal.taken", code=code, name="Duty 1") in alert for alert in other.alerts)
    for card in (cards(stage.group, code)[-1], cards(second, code)[-1]):
        assert "Duty 1" in card.text
        assert label("ru", "button.claim") not in card.labels
        assert label("kk", "button.claim") not in card.labels
    for group in (stage.group, second):
        everything = "\n".join(message.text for message in group.messages)
        assert "canary" not in everything
        assert her.account.first_name not in everything


async def test_a_lost_group_leaves_its_cases_to_the_others(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    kazakh = await stage.other_group(coordinator, "kk", languages=("kk",))
    her = await stage.seeker("kk")
    code = await stage.appeal(her, "…")
    assert not cards(stage.group, code)
    coordinator.account.removes_bot(kazakh)
    await stage.settle()
    assert label("ru", "button.claim") in cards(stage.group, code)[-1].labels
    assert coordinator.says_now("group.lost.others")
    coordinator.account.removes_bot(stage.group)
    await stage.settle()
    assert coordinator.says_now("group.lost.none")
    assert isinstance(await stage.case(code), Queued)
    again = await stage.other_group(coordinator, "en")
    assert label("en", "button.claim") in cards(again, code)[-1].labels


async def test_an_upgraded_group_shows_what_waits_under_its_new_number(stage: Stage) -> None:
    stage.group = stage.telegram.group("Small", supergroup=False)
    coordinator, lawyer = await stage.opened()
    other = await stage.other_group(coordinator, "kk", languages=("kk",))
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    stage.group.upgrade()
    await stage.settle()
    async with stage.database.unit_of_work() as uow:
        assert {group.account for group in await uow.groups.all()} == {stage.group.id, other.id}
    await lawyer.taps("button.claim", group=stage.group)
    assert isinstance(await stage.case(code), Claimed)
    assert "Duty 1" in cards(stage.group, code)[-1].text
    assert not cards(other, code)
