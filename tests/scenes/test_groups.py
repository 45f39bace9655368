"""More than one operator group: each case stands where it belongs, is taken once, and is never seen by nobody."""

import pytest

from bot.domain.case import Claimed, Queued
from bot.domain.groups import Takes
from bot.domain.ids import CaseCode
from bot.i18n import LANGUAGES, label, text
from bot.telegram.messages.common import region_name
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
    stage.actor("ru").account.joins(stage.group)  # whoever founded it is nobody to the hotline, and upgrades it
    coordinator, lawyer = await stage.opened()
    other = await stage.other_group(coordinator, "kk", languages=("kk",))
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    stage.group.upgrade()
    await stage.settle()
    async with stage.database.unit_of_work() as uow:
        assert {group.account for group in await uow.groups.all()} == {stage.group.id, other.id}
    await stage.later(minutes=2)
    assert stage.group.bot_is_in
    await lawyer.taps("button.claim", group=stage.group)
    assert isinstance(await stage.case(code), Claimed)
    assert "Duty 1" in cards(stage.group, code)[-1].text
    assert not cards(other, code)


async def test_where_nothing_fits_all_show_it_and_what_is_erased_is_erased_in_all(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    almaty = await stage.other_group(coordinator, "kk", regions=("KZ-75",))
    async with stage.database.unit_of_work() as uow:
        (first, _) = await uow.groups.all()
        await uow.groups.take(first, Takes(categories=("POL",)))
    her, another = await stage.seeker("ru"), await stage.seeker("ru")
    nowhere = await stage.appeal(her, "canary of hers", category="HLT")
    police = await stage.appeal(another, "…", category="POL")
    assert [bool(cards(each, nowhere)) for each in (stage.group, almaty)] == [True, True]
    assert [bool(cards(each, police)) for each in (stage.group, almaty)] == [True, False]
    await her.says("/erase")
    await her.taps("button.erase_when")
    await her.taps("button.erase_now")
    for group in (stage.group, almaty):
        assert not cards(group, nowhere)
        assert not any("canary" in message.text for message in group.messages)
    assert plain("ru", "card.gone", code=nowhere) in stage.group.messages[-2].text + stage.group.messages[-1].text
    assert any(plain("kk", "card.gone", code=nowhere) in message.text for message in almaty.messages)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_nothing_to_a_group_that_shows_what_it_is_for(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    assert coordinator.seen("setup.group")
    assert coordinator.seen("setup.lawyers")
    assert coordinator.seen("setup.duty")
    await coordinator.taps("button.groups")
    assert coordinator.says_now("coordinator.no_group")
    assert "startgroup" in str(coordinator.account.last.buttons)
    group = await stage.choose_group(coordinator, language)
    assert text(language, "group.chosen") in group.last.text
    assert coordinator.says_now("groups.chosen")
    await coordinator.taps("button.group_takes")
    await coordinator.taps("suits.languages")
    await coordinator.taps_label(label(language, "language.kk"))
    assert label(language, "suits.chosen", name=label(language, "language.kk")) in coordinator.account.last.labels
    await coordinator.taps("button.back")
    await coordinator.taps("suits.regions")
    bishkek = region_name(language, "KG-GB")
    while bishkek not in coordinator.account.last.labels:
        await coordinator.taps_label(coordinator.account.last.labels[-2])
    await coordinator.taps_label(bishkek)
    async with stage.database.unit_of_work() as uow:
        (chosen,) = await uow.groups.all()
    assert chosen.takes == Takes(languages=("kk",), regions=("KG-GB",))
    assert "Operators" not in coordinator.chat  # its title is nobody's to keep
    await stage.lawyer(coordinator, language)
    await coordinator.starts()
    assert not coordinator.says_now("setup.group")
    assert not coordinator.says_now("setup.lawyers")
    assert coordinator.says_now("setup.duty")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_wrong_with_a_group_is_said_with_what_to_press(stage: Stage, language: str) -> None:
    coordinator = await stage.coordinator(language)
    public, small = stage.telegram.group("Open"), stage.telegram.group("Small", supergroup=False)
    public.public_name = "everybody_reads"
    coordinator.account.adds_bot(public)
    await stage.settle()
    assert coordinator.says_now("group.lack.public")
    assert coordinator.says_now("group.then")
    assert not any(message.from_bot for message in public.messages if message.kind != "service")
    public.public_name = None
    await coordinator.says("/join", chat=public)
    public.public_name = "everybody_reads"  # again, while the question stands
    await coordinator.taps_label(label(language, f"language.{language}"), group=public)
    assert text(language, "refusal.public_group") in coordinator.alerts
    coordinator.account.adds_bot(small, admin=True)
    await stage.settle()
    assert coordinator.says_now("group.lack.small")
    assert coordinator.says_now("group.lack.leads")
    assert not coordinator.says_now("group.then")
    for each in LANGUAGES:
        assert plain(each, "group.ask") in small.last.text
    async with stage.database.unit_of_work() as uow:
        assert not await uow.groups.all()


async def test_a_silenced_group_is_as_good_as_lost_and_asks_again_when_it_is_free(stage: Stage) -> None:
    coordinator, _ = await stage.opened()
    kazakh = await stage.other_group(coordinator, "kk", languages=("kk",))
    her, another = await stage.seeker("kk"), await stage.seeker("kk")
    first = await stage.appeal(her, "…")
    kazakh.restricts_bot(coordinator.account)
    await stage.settle()
    assert coordinator.says_now("group.lack.silent")
    assert cards(stage.group, first)
    kazakh.restricts_bot(coordinator.account, free=True)
    await stage.settle()
    await coordinator.taps_label(label("kk", "language.kk"), group=kazakh)
    stage.group.members_write = False  # nobody tells the bot; Telegram refuses the next card
    second = await stage.appeal(another, "…")
    assert cards(kazakh, second)
    assert coordinator.seen("group.lost.others")
    async with stage.database.unit_of_work() as uow:
        assert [group.account for group in await uow.groups.all()] == [kazakh.id]


async def test_a_group_that_is_used_no_more_keeps_nothing_but_codes(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    second = await stage.other_group(coordinator, "en")
    her = await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    await coordinator.says("/groups")
    await coordinator.taps_label(label("ru", "groups.name", number="2", spoken=label("ru", "language.en")))
    stop = "gx:" + next(
        data.split(":")[1] for data in str(coordinator.account.last.buttons).split("'") if data.startswith("gx:")
    )
    await lawyer.forges(f"{stop}:1")
    assert lawyer.alerts
    await coordinator.taps("button.group_stop")
    assert coordinator.says_now("groups.stop.others")
    await coordinator.taps("button.group_stop_sure")
    assert not cards(second, code)
    assert any(plain("en", "card.elsewhere", code=code) in message.text for message in second.messages)
    assert plain("en", "group.stopped") in second.last.text
    assert not second.bot_is_in
    await lawyer.taps("button.claim", group=stage.group)
    assert "Duty 1" in cards(stage.group, code)[-1].text
