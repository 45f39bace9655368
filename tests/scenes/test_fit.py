"""Whom a lawyer suits: what he says of it, whom a card names, which case is the next for him."""

import pytest
from sqlalchemy import select

from bot.domain.case import Claimed, Queued
from bot.i18n import LANGUAGES, label
from bot.storage import tables
from tests.stage import Actor, Stage, plain


async def suits(actor: Actor, part: str, *names: str) -> None:
    """He says in his profile whom he suits: these of one list."""
    await actor.says("/profile")
    await actor.taps(f"suits.{part}")
    for name in names:
        while name not in actor.account.last.labels:
            await actor.taps_label(next(each for each in actor.account.last.labels if each.endswith("▶")))
        await actor.taps_label(name)
    await actor.taps("button.back")


async def holder(stage: Stage, code: str) -> str | None:
    """The working name of who holds this case."""
    async with stage.database.unit_of_work() as uow:
        case = await uow.cases.find(code)  # type: ignore[arg-type]
        return (await uow.people.get(case.lawyer)).working_name if isinstance(case, Claimed) else None


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_profile_is_said_with_buttons_on_one_message(stage: Stage, language: str) -> None:
    coordinator, lawyer = await stage.opened(language)
    await lawyer.says("/profile")
    mine = lawyer.account.last
    assert lawyer.seen("suits.woman_not")
    await suits(lawyer, "languages", label(language, "language.kk"), label(language, "language.ky"))
    await lawyer.taps("button.suits_woman")
    assert lawyer.seen("suits.woman")
    named = f"{label(language, 'language.kk')}, {label(language, 'language.ky')}"
    assert named in lawyer.last
    await lawyer.taps("suits.regions")
    pages = set[str]()
    for _ in range(6):
        pages |= set(lawyer.account.last.labels)
        await lawyer.taps_label(next(each for each in lawyer.account.last.labels if each.endswith("▶")))
    assert len(pages) > 29  # every region of both countries, and the arrows
    async with stage.database.unit_of_work() as uow:
        changed = select(tables.journal.c.role).where(tables.journal.c.action == "changed a profile")
        assert [row.role for row in await uow.read(changed)] == ["lawyer"] * 3
    await coordinator.says("/team")
    await coordinator.taps_label(next(each for each in coordinator.account.last.labels if each.startswith("Duty 1")))
    await coordinator.taps("button.suits")
    assert named in coordinator.last
    assert label(language, "button.suits_woman_not") not in coordinator.account.last.labels
    await coordinator.taps("suits.categories")
    await coordinator.taps_label(coordinator.account.last.labels[0])
    await lawyer.says("/profile")
    everything = plain(language, "suits.everything")
    assert [line.endswith(everything) for line in lawyer.last.splitlines()].count(True) == 1  # the regions
    assert mine.message_id != lawyer.account.last.message_id


async def test_a_card_names_whom_it_suits_and_nobody_else(stage: Stage) -> None:
    coordinator, first = await stage.opened()
    second = await stage.lawyer(coordinator, "kk", "Duty 2")
    third = await stage.lawyer(coordinator, "ru", "Duty 3")
    await suits(first, "languages", label("ru", "language.kk"))
    await suits(second, "languages", label("kk", "language.ru"))
    her = await stage.seeker("kk", "CanaryName")
    code = await stage.appeal(her, "canary words")
    card = stage.group.last.text
    assert plain("ru", "card.suits", names="Duty 1, Duty 3") in card  # who named the language first
    for secret in ("canary words", "CanaryName", str(her.account.id), first.account.first_name):
        assert secret not in card
    await first.taps("button.not_me", group=stage.group)
    assert plain("ru", "card.suits", names="Duty 3") in stage.group.last.text
    third.account.blocks()
    await stage.settle()
    await stage.later(hours=25)
    assert plain("ru", "card.suits_elsewhere") in stage.group.last.text, "whom it suits can't take it"
    await suits(second, "languages", label("kk", "language.kk"))
    assert plain("ru", "card.suits", names="Duty 2") in stage.group.last.text, "the card follows the profile"
    assert code in stage.group.last.text
    for number in (4, 5, 6, 7):
        await stage.lawyer(coordinator, "ru", f"Duty {number}")
    await stage.appeal(await stage.seeker("en"), "…")
    assert plain("ru", "card.suits_more", names="Duty 4, Duty 5, Duty 6", number=1) in stage.group.last.text


async def test_who_prefers_a_woman_is_taken_by_one_while_there_is_time(stage: Stage) -> None:
    coordinator, man = await stage.opened()
    woman = await stage.lawyer(coordinator, "ru", "Duty 2")
    await woman.says("/profile")
    await woman.taps("button.suits_woman")
    her, another = await stage.seeker("ru"), await stage.seeker("ru")
    code = await stage.appeal(her, "…")
    await her.forges(f"wi:woman:{code}")
    await man.says("/next")
    assert man.says_now("next.none", number=1)
    await stage.later(hours=25)
    assert plain("ru", "card.prefers_woman") in stage.group.last.text
    assert plain("ru", "card.suits", names="Duty 2, Duty 1") in stage.group.last.text
    await man.says("/next")  # past its limit anybody is better than nobody
    assert await holder(stage, code) == "Duty 1"
    assert all(plain("ru", each) not in her.chat for each in ("suits.woman", "card.prefers_woman"))
    other = await stage.appeal(another, "…")
    await another.forges(f"wi:woman:{other}")
    await woman.says("/away")
    await woman.taps("button.leave.week")
    await man.says("/next")  # no woman is there
    assert await holder(stage, other) == "Duty 1"


async def test_the_next_is_the_most_urgent_that_suits_and_waits_longest(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other = await stage.lawyer(coordinator, "ru", "Duty 2")
    await suits(lawyer, "languages", label("ru", "language.ru"), label("ru", "language.en"))
    conflict = await stage.appeal(await stage.seeker("ru"), "…")
    await lawyer.taps("button.not_me", group=stage.group)
    kazakh = await stage.appeal(await stage.seeker("kk"), "…")
    oldest = await stage.appeal(await stage.seeker("ru"), "…")
    stage.clock.advance(minutes=1)
    newer = await stage.appeal(await stage.seeker("ru"), "…")
    stage.clock.advance(minutes=1)
    urgent = await stage.appeal(await stage.seeker("en"), "…", category="HUM", subcategory="HUM.SHELTER")
    for expected in (urgent, oldest, newer):
        await lawyer.says("/cases")
        await lawyer.taps("button.next")
        assert await holder(stage, expected) == "Duty 1"
        assert expected in lawyer.chat
    await lawyer.says("/next")
    assert lawyer.says_now("next.none", number=1)
    await lawyer.taps("button.pile.queue")
    assert kazakh in lawyer.last
    assert conflict not in lawyer.last
    assert await holder(stage, conflict) is None
    await lawyer.says("/claim")
    assert lawyer.says_now("claim.how")
    await lawyer.says("/claim KM00000" if kazakh != "KM00000" else "/claim KM00001")
    assert lawyer.says_now("refusal.no_case", code=lawyer.last.split()[1])
    await lawyer.says(f"/claim {conflict}")
    assert lawyer.says_now("refusal.conflict", code=conflict)
    await lawyer.says(f"/claim {kazakh.lower().translate(str.maketrans('abekmhpctx', 'авекмнрстх'))}")
    assert await holder(stage, kazakh) == "Duty 1"
    await other.says(f"/claim {kazakh}")
    assert other.says_now("refusal.taken", code=kazakh, name="Duty 1")
    await other.says("/next")
    assert await holder(stage, conflict) == "Duty 2"
    await other.says("/next")
    assert other.says_now("next.empty")


async def test_the_next_is_taken_by_one_of_two(stage: Stage) -> None:
    """Both ask at the same moment: each gets another case, and the third one hears that nothing is left."""
    coordinator, first = await stage.opened()
    lawyers = [first, *[await stage.lawyer(coordinator, "ru", f"Duty {number}") for number in (2, 3)]]
    codes = [await stage.appeal(await stage.seeker("ru"), "…") for _ in range(2)]
    for lawyer in lawyers:
        lawyer.account.says("/next")
    await stage.settle()
    assert len({await holder(stage, code) for code in codes} - {None}) == 2
    assert sum(lawyer.says_now("next.empty") for lawyer in lawyers) == 1


async def test_whom_somebody_suits_is_said_by_him_and_the_coordinators_alone(stage: Stage) -> None:
    coordinator, lawyer = await stage.opened()
    other, her = await stage.lawyer(coordinator, "ru", "Duty 2"), await stage.seeker("ru")
    async with stage.database.unit_of_work() as uow:
        target = (await uow.people.by_account(lawyer.account.id)).id
    for forger in (other, her):
        await forger.forges(f"pr:languages:kk:0:{target}")
        assert forger.alerts[-1] == label("ru", "refusal.not_allowed" if forger is other else "claim.on_the_way")
        await forger.forges(f"pr:all::0:{target}")
    await coordinator.forges(f"pr:woman:1:0:{target}")
    assert coordinator.alerts[-1] == label("ru", "refusal.old_button")
    await lawyer.forges("pr:regions:XX-1:0:")
    assert lawyer.alerts[-1] == label("ru", "refusal.old_button")
    for data in ("ls:next", "ls:away", "ls:back", "lv:week:pause"):
        await her.forges(data)
        assert her.alerts[-1] == label("ru", "claim.on_the_way")
    async with stage.database.unit_of_work() as uow:
        assert await uow.profiles.all() == {}
    code = await stage.appeal(her, "…")
    assert isinstance(await stage.case(code), Queued)
